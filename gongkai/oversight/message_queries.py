"""What is asked about messages of the public."""

from __future__ import annotations

import hmac
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from gongkai.agencies.models import Agency
from gongkai.disclosure.models import Column
from gongkai.files.models import StoredFile
from gongkai.files.queries import files_of_owner

from .message_clock import BY_NAME, LOCAL, PERIODS, Period, Periods, periods_for
from .message_moves import MOVES
from .models import DONE, OPEN, RESULTS, Message, MessageEvent, MessageInquiry, MessageSender

__all__ = [
    "BY_NAME",
    "DONE",
    "LOCAL",
    "MOVES",
    "OPEN",
    "PERIODS",
    "RESULTS",
    "Asked",
    "Message",
    "MessageInquiry",
    "NoInquiry",
    "NoMessage",
    "Period",
    "Periods",
    "case_of",
    "columns_to_select",
    "course_of",
    "files_with",
    "find_message",
    "inquiries_of",
    "inquiry_of",
    "listed",
    "message_of",
    "others_for",
    "periods_for",
    "sender_of",
    "waiting",
]
NoMessage = Message.DoesNotExist
NoInquiry = MessageInquiry.DoesNotExist
KINDS = Message.Kind.choices
STATES = Message.State.choices
CHANNELS = [(slug, label) for slug, label in Message.Channel.choices if slug in ("letter", "phone", "visit")]
"""How a message comes to the desk."""
_NO_CODE = "-" * 12


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the list; `state` may be open or late too."""

    kind: str = ""
    state: str = "open"
    words: str = ""

    @property
    def narrowed(self) -> bool:
        """Whether anything but what is open is asked for."""
        return bool(self.kind or self.words) or self.state != "open"


def listed(agency: Agency, asked: Asked, day: date) -> QuerySet[Message]:
    """The messages asked for: open ones by their last day, others the newest first."""
    found = Message.objects.filter(agency=agency).select_related("about", "through")
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.words:
        found = found.filter(subject__contains=asked.words) | found.filter(number__contains=asked.words)
    if asked.state == "open":
        return found.filter(state__in=OPEN).order_by("due_on", "id")
    if asked.state == "late":
        return found.filter(state__in=OPEN, due_on__lt=day).order_by("due_on", "id")
    return (found.filter(state=asked.state) if asked.state else found).order_by("-id")


def message_of(agency: Agency, pk: int) -> Message:
    """One of them; raises `NoMessage`."""
    rows = Message.objects.select_related("agency", "through", "about", "came_from__agency")
    return rows.get(agency=agency, pk=pk)


def sender_of(message: Message) -> MessageSender | None:
    """Who wrote; personal data, to be shown to who opened the message."""
    return MessageSender.objects.filter(message=message).first()


def files_with(message: Message) -> QuerySet[StoredFile]:
    """The files that came with it."""
    return files_of_owner(message)


def course_of(message: Message) -> list[MessageEvent]:
    """What was done with it, oldest first."""
    return list(message.events.order_by("serial"))


def label_of(event: MessageEvent) -> str:
    """The act in words."""
    return MOVES[event.act].label


def acts_now(message: Message) -> list[str]:
    """What may be done with it as it stands, in the order of the buttons."""
    found = [slug for slug, move in MOVES.items() if message.state in move.states]
    found = [slug for slug in found if slug not in ("signed_for", "account", "register", "erase")]
    if message.kind != Message.Kind.COMPLAINT:
        found = [slug for slug in found if slug != "ask_account"]
    else:
        found = [slug for slug in found if slug != "guide"]
    if message.item_id is not None or not message.answer_public:
        found = [slug for slug in found if slug != "select"]
    return found


def waiting(agency: Agency) -> QuerySet[Message]:
    """What owes an answer, or is answered and not yet ended; the nearest last day first."""
    states = (*OPEN, Message.State.ANSWERED)
    return Message.objects.filter(agency=agency, state__in=states).order_by("due_on", "id")


def inquiries_of(agency: Agency, *, open_only: bool = False) -> QuerySet[MessageInquiry]:
    """What the office above asks this agency about complaints, the newest first; nothing of the complaints."""
    found = MessageInquiry.objects.filter(agency=agency).defer("message")
    return found.filter(answered_on__isnull=True).order_by("due_on") if open_only else found


def inquiry_of(agency: Agency, pk: int) -> MessageInquiry:
    """One of them; raises `NoInquiry`."""
    return MessageInquiry.objects.select_related("agency").get(agency=agency, pk=pk)


def asked_about(message: Message) -> list[MessageInquiry]:
    """What the agency complained of was asked, and what it said."""
    return list(message.inquiries.select_related("agency").order_by("id"))


def others_for(message: Message) -> QuerySet[Agency]:
    """To whom it may be passed on: every other agency on the platform; of a complaint neither the one complained of
    nor those under it."""
    found = Agency.objects.filter(ended_on__isnull=True).exclude(pk=message.agency_id)
    if message.about_id is not None:
        found = found.exclude(pk=message.about_id).exclude(supervisor=message.about_id)
    return found.order_by("name")


def complained_of(agency: Agency) -> QuerySet[Agency]:
    """About whom a complaint may be written down at this desk: the agency itself and those it supervises."""
    return (
        Agency.objects.filter(pk=agency.pk) | Agency.objects.filter(supervisor=agency, ended_on__isnull=True)
    ).order_by("name")


def columns_to_select(agency: Agency) -> QuerySet[Column]:
    """Where a published question and answer may stand."""
    return Column.objects.filter(agency=agency).exclude(kind=Column.Kind.ON_REQUEST).order_by("order", "id")


def column_to_select(agency: Agency, pk: int) -> Column:
    """One of them."""
    return columns_to_select(agency).get(pk=pk)


def agency_to_pass(message: Message, pk: int) -> Agency:
    """One of those it may be passed on to."""
    return others_for(message).get(pk=pk)


@dataclass(frozen=True, slots=True)
class Said:
    """A step as the sender reads it: the day, what happened, the words for the sender."""

    on: date
    title: str
    told: str


_FOR_SENDER = {
    "register": "收到",
    "accept": "受理",
    "answer": "答复",
    "approve": "答复",
    "refuse": "不予受理",
    "pass_on": "转办",
    "signed_for": "对方已签收",
    "guide": "请申请信息公开",
    "close": "办结",
}
_TELLING = ("accept", "refuse", "pass_on", "signed_for", "guide")


def said_to_sender(message: Message) -> list[Said]:
    """The course as the sender may read it, over all agencies it was passed on to: nothing of the office's own."""
    found: list[Said] = []
    here: Message | None = message
    seen: set[int] = set()
    while here is not None and here.pk not in seen:
        seen.add(here.pk)
        found += _said_at(here)
        here = Message.objects.select_related("agency").filter(came_from=here).first()
    return found


def _said_at(message: Message) -> Iterator[Said]:
    for event in course_of(message):
        title = _FOR_SENDER.get(event.act)
        if title is None or (event.act == "answer" and event.to_state == Message.State.REVIEW):
            continue
        told = event.told if event.act in _TELLING else ""
        yield Said(event.on, f"{message.agency.name}{title}", told)


def newest_of(message: Message) -> Message:
    """The message where it is handled now, after it was passed on."""
    here, seen = message, {message.pk}
    while True:
        after = Message.objects.select_related("agency", "through").filter(came_from=here).first()
        if after is None or after.pk in seen:
            return here
        seen.add(after.pk)
        here = after


def find_message(agency: Agency, number: str, code: str) -> Message | None:
    """The message with this number and code that came in here or is handled here; None whichever is wrong."""
    given = re.sub(r"[^0-9A-Z]", "", unicodedata.normalize("NFKC", code).upper())
    rows = Message.objects.filter(tracking_code=given or _NO_CODE, came_from__isnull=True)
    found = rows.select_related("agency", "through").first()
    known = found.tracking_code if found else _NO_CODE
    right = hmac.compare_digest(known, given.ljust(12)[:12])
    ours = found is not None and agency.pk in (found.agency_id, found.through_id)
    same = found is not None and _digits(found.number) == _digits(number)
    return found if right and ours and same else None


def _digits(number: str) -> list[str]:
    return re.findall(r"\d+", unicodedata.normalize("NFKC", number))


def case_of(agency: Agency, pk: int) -> Message | None:
    """The message of this number that may be opened at this agency's page of progress."""
    found = Message.objects.select_related("agency", "through").filter(pk=pk, came_from__isnull=True).first()
    return found if found is not None and agency.pk in (found.agency_id, found.through_id) else None


@dataclass(frozen=True, slots=True)
class SetPeriod:
    """A period as the page of periods shows it."""

    period: Period
    days: int
    by: str
    reason: str
    own: bool


def periods_told(agency: Agency) -> list[SetPeriod]:
    """All periods as they hold for the agency."""
    periods = periods_for(agency)
    found = []
    for one in PERIODS:
        row = periods.set.get(one.name)
        by = f"{row.agency.name}（{row.by}）" if row else ""
        own = bool(row and row.agency_id == agency.pk)
        found.append(SetPeriod(one, periods.of(one.name), by, row.reason if row else "", own))
    return found
