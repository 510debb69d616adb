"""登记留言、投诉: a message comes in, on the site or at the desk, and gets its number and tracking code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Agency
from gongkai.agencies.rights import acting, several
from gongkai.files.actions.adding import Examined, add_file
from gongkai.files.actions.passing import hand_to
from gongkai.files.models import StoredFile
from gongkai.files.queries import files_of_owner
from gongkai.inforequests.actions.drafts import Draft, submission_key, submission_keys
from gongkai.inforequests.models import PortalDraft
from gongkai.inforequests.numbers import tracking_code

from ..message_clock import days_of
from ..models import Message, MessageSender
from .message_base import CannotDo, Step, needed, tell_handlers, write_event

MOST_FILES = 5
NOBODY_ABOVE = (
    "对{name}信息公开工作的投诉举报，要由它的上一级行政机关或者政府信息公开工作主管部门办理，"
    "那个机关没有使用本平台。请直接向那个机关提出。"
)


@dataclass(frozen=True, slots=True)
class Told:
    """What is written down of a message when it comes in."""

    kind: str
    subject: str
    text: str
    channel: str
    received_on: date
    wants_answer: bool = True
    sender: Mapping[str, str] = field(default_factory=dict)
    about: Agency | None = None
    submission_key: str = ""


def handled_by(agency: Agency, kind: str, about: Agency | None = None) -> Agency:
    """Who handles it: the agency itself, but for a complaint the office above the one complained of (条例第四十七条、
    第五十一条). Raises `CannotDo` where that one is not on the platform."""
    if kind != Message.Kind.COMPLAINT:
        return agency
    complained = about or agency
    above = complained.supervisor
    if above is None or above.ended_on is not None:
        raise CannotDo(NOBODY_ABOVE.format(name=complained.name))
    return above


def register(agency: Agency, told: Told, *, by: Actor, files: Sequence[Examined] = ()) -> Message:
    """Write a message down and give it its number; for the clerk, who received it by letter, telephone or visit, and
    for the platform. A complaint goes to the office above and is not to be found here any more. The same form sent
    twice is one message. Raises `CannotDo`."""
    _complete(told, by.day)
    about = (told.about or agency) if told.kind == Message.Kind.COMPLAINT else None
    handler = handled_by(agency, told.kind, about)
    with acting(by, "message.receive", agency, kind=told.kind, channel=told.channel) as doing:
        Agency.objects.select_for_update(no_key=True).get(pk=handler.pk)
        before = _sent_before(told.submission_key)
        if before is not None:
            return before
        message = open_row(handler, told, through=agency, about=about, by=by)
        MessageSender.objects.create(message=message, **told.sender)
        write_event(message, "register", "", Step(message), by=by, seat=doing.seat, on=told.received_on)
        for file in files:
            add_file(by=by, agency=agency, upload=file, owner=message, most=MOST_FILES)
        for one in files_of_owner(message):
            hand_to(one, message, handler)
        _tell(message, by.day)
        doing.target = message
    return message


def open_row(
    handler: Agency,
    told: Told,
    *,
    through: Agency,
    about: Agency | None,
    by: Actor,
    came_from: Message | None = None,
) -> Message:
    """The row with the next number of its agency's year, inside the act; the agency's row is locked."""
    year = by.day.year
    last = Message.objects.filter(agency=handler, year=year).order_by("-serial").first()
    serial = last.serial + 1 if last else 1
    days = days_of(handler, told.kind, told.received_on)
    return Message.objects.create(
        agency=handler,
        through=through,
        about=about,
        year=year,
        serial=serial,
        number=f"{'诉' if told.kind == Message.Kind.COMPLAINT else '留'}〔{year}〕{serial}号",
        tracking_code=tracking_code(),
        submission_key=told.submission_key or None,
        kind=told.kind,
        channel=told.channel,
        subject=told.subject.strip(),
        text=told.text.strip(),
        wants_answer=told.wants_answer,
        received_on=told.received_on,
        accept_by=days.accept_by,
        due_on=days.due_on,
        came_from=came_from,
    )


def submit_online(draft: Draft, told: Told, *, by: Actor) -> Message:
    """What was filled in on the site, with its files; the form is gone then. Sent twice it is one message."""
    with several():
        message = register(draft.agency, told, by=by)
        for file in files_of_owner(draft.row):
            _take_over(file, message)
        PortalDraft.objects.filter(pk=draft.row.pk).delete()
    return message


def _take_over(file: StoredFile, message: Message) -> None:
    hand_to(file, message, message.agency)


def key_of(draft: Draft) -> str:
    """The mark of this form."""
    return draft.row.token


def submitted_with(agency: Agency, token: str) -> Message | None:
    """The message that was made of the form with this token; None before it was submitted."""
    if not token:
        return None
    return Message.objects.filter(through=agency, submission_key__in=submission_keys(token)).first()


def fresh_key(token: str) -> str:
    """The mark of a form that was not kept."""
    return submission_key(token)


def day_of(now: datetime) -> date:
    """The day in China."""
    return timezone.localdate(now)


def _sent_before(key: str) -> Message | None:
    return Message.objects.filter(submission_key=key).first() if key else None


def _complete(told: Told, today: date) -> None:
    if told.kind not in Message.Kind.values:
        raise CannotDo("请选择是哪一类。")
    if told.channel not in Message.Channel.values:
        raise CannotDo("请选择是怎样收到的。")
    needed(told.subject, "标题", 60)
    needed(told.text, "内容")
    if told.received_on > today:
        raise CannotDo("收到的日期还没有到，请填今天或者以前的日期。")
    reach = [told.sender.get(name, "").strip() for name in ("phone", "email", "address")]
    if told.kind == Message.Kind.COMPLAINT and told.wants_answer and not any(reach):
        raise CannotDo("投诉举报要求答复的，请至少留一种联系方式；不留的，请选“不用答复我”。")


def _tell(message: Message, day: date) -> None:
    tell_handlers(
        message,
        "new",
        f"收到一件{message.get_kind_display()}，编号{message.number}",
        "请打开看一看：归本机关办的受理，不归本机关办的转办或者说明理由。",
        day,
    )
