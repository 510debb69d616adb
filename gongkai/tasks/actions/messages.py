"""Send again what could not be sent. The outbox lies below the seats and cannot ask for rights itself."""

from __future__ import annotations

from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Person
from gongkai.agencies.rights import acting
from gongkai.outbox.mail import is_mail_address
from gongkai.outbox.models import Message
from gongkai.outbox.posting import one_line
from gongkai.outbox.sms import is_mobile


class CannotResend(ValueError):
    """There is nothing to send again; the message says why."""


def resend(message: Message, *, by: Actor) -> None:
    """重新发送: a message that was given up is due again at once, with all its tries, to the address that the person
    has now. For the system administrator.

    Raises `CannotResend` for one that is waiting or has been sent, and for a person without an address of its kind.
    """
    with acting(by, "outbox.resend", f"消息 {message.pk}", message=message.pk, channel=message.channel):
        changed = Message.objects.filter(pk=message.pk, state=Message.State.GIVEN_UP).update(
            state=Message.State.WAITING,
            tries=0,
            not_before=timezone.now(),
            claim="",
            claimed_until=None,
            to=_address_now(message),
        )
        if not changed:
            raise CannotResend("这条消息正在等待发送或者已经发出，不用重新发送。")


def _address_now(message: Message) -> str:
    person = Person.objects.filter(pk=message.person_id or 0).first()
    if person is None:
        return message.to
    if message.channel == Message.Channel.MAIL:
        address, kind = one_line(person.email), "电子邮箱"
        fits = is_mail_address(address)
    else:
        address, kind = one_line(person.phone), "手机号码"
        fits = is_mobile(address)
    if not person.is_active:
        raise CannotResend(f"{person.name}的账号已经停用，这条消息不再发送。")
    if not fits:
        raise CannotResend(f"{person.name}的{kind}没有填写或者写错了，请先在“人员”里改正，再重新发送。")
    return address
