"""Telling somebody something: on the desk always, by mail and short message where that is possible.

A seat is told by telling its holder and today's deputies. What is told leaves the platform by mail and by short
message, so no personal data of anybody belongs into it: say what is to be done and where, the desk shows the rest.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from gongkai.agencies.models import Deputy, Person, Seat
from gongkai.outbox.mail import is_mail_address, is_mail_on
from gongkai.outbox.models import Message
from gongkai.outbox.posting import one_line, post
from gongkai.outbox.queries import known_keys
from gongkai.outbox.sms import is_mobile, is_sms_on

ALL: tuple[str, ...] = (Message.Channel.DESK, Message.Channel.MAIL, Message.Channel.SMS)
"""Every way there is."""
DESK_ONLY: tuple[str, ...] = (Message.Channel.DESK,)
"""For what need not follow anybody home."""


@dataclass(frozen=True, slots=True)
class News:
    """What is to be told. `key` says it once: the same key never reaches the same person the same way twice."""

    key: str
    subject: str
    body: str
    url: str = ""
    agency_id: int | None = None
    channels: tuple[str, ...] = ALL


def tell(
    to: Person | Seat,
    *,
    subject: str,
    body: str,
    key: str,
    day: date,
    url: str = "",
    channels: tuple[str, ...] = ALL,
    agency_id: int | None = None,
) -> int:
    """Tell a person, or the holder and the deputies of a seat on `day`; how many messages that made.

    Runs inside the transaction of the act it tells of (RuntimeError otherwise). A vacant seat without a deputy
    hears nothing.
    """
    if agency_id is None and isinstance(to, Seat):
        agency_id = to.agency_id
    news = News(key, subject, body, url, agency_id, channels)
    people = [to] if isinstance(to, Person) else people_in([to], day).get(to.pk, [])
    return sum(_post(news, person, channel) for person in people for channel in _reach(news, person))


def tell_many(told: Iterable[tuple[Seat, News]], day: date) -> int:
    """Tell many seats at once, leaving out what was told before; how many messages that made.

    Five queries however many there are, and one more for each message that is new.
    """
    pairs = list(told)
    people = people_in([seat for seat, _ in pairs], day)
    wanted = {
        _key(news, person, channel): (news, person, channel)
        for seat, news in pairs
        for person in people.get(seat.pk, [])
        for channel in _reach(news, person)
    }
    known = known_keys(wanted)
    return sum(_post(*what) for key, what in wanted.items() if key not in known)


def people_in(seats: Iterable[Seat], day: date) -> dict[int, list[Person]]:
    """Who works in these seats on this day, by the seat's number: the holder first, then deputies; two queries."""
    numbers = {seat.pk for seat in seats}
    found: dict[int, list[Person]] = {number: [] for number in numbers}
    held = Seat.objects.filter(pk__in=numbers, ended_on__isnull=True).select_related("person")
    for seat in held:
        if seat.person is not None and seat.person.is_active:
            found[seat.pk].append(seat.person)
    covers = Deputy.objects.filter(
        seat__in=numbers,
        seat__ended_on__isnull=True,
        since__lte=day,
        until__gte=day,
        cancelled_on__isnull=True,
    ).select_related("person")
    for cover in covers:
        if cover.person.is_active and cover.person not in found[cover.seat_id]:
            found[cover.seat_id].append(cover.person)
    return found


def _reach(news: News, person: Person) -> list[str]:
    able = {
        Message.Channel.DESK: True,
        Message.Channel.MAIL: is_mail_on() and is_mail_address(person.email),
        Message.Channel.SMS: is_sms_on() and is_mobile(person.phone),
    }
    return [channel for channel, can in able.items() if can and channel in news.channels]


def _key(news: News, person: Person, channel: str) -> str:
    return f"{news.key}:{person.pk}:{channel}"


def _post(news: News, person: Person, channel: str) -> bool:
    to = {Message.Channel.MAIL.value: person.email, Message.Channel.SMS.value: person.phone}.get(channel, "")
    return post(
        key=_key(news, person, channel),
        channel=channel,
        subject=news.subject,
        body=_worded(news, channel),
        person_id=person.pk,
        to=to,
        agency_id=news.agency_id,
        url=news.url,
    )


def _worded(news: News, channel: str) -> str:
    if channel == Message.Channel.DESK:
        return news.body
    site = settings.SITE["name"]
    if channel == Message.Channel.SMS:
        return f"【{site}】{one_line(news.subject)}，请登录工作台办理。"
    where = f"\n\n请登录工作台办理：{address_of(news.url)}" if news.url else "\n\n请登录工作台查看。"
    return f"{news.body}{where}\n\n本邮件由{site}自动发出，请不要回复。\n"


def address_of(url: str) -> str:
    """The full address of one of our pages, as it stands in a mail."""
    return f"{'https' if settings.HTTPS else 'http'}://{settings.SITE['domain']}{url}"
