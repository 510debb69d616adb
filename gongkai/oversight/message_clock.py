"""The periods of messages. 条例 gives none for answering them: what stands here is a local rule, which an office may
set otherwise for itself and all under it, with the reason; every page says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.agencies.models import Agency
from gongkai.agencies.ties import tie_of
from gongkai.dictionaries.queries import calendar

from .models import Message, MessagePeriod

LOCAL = "《条例》没有规定留言、投诉多少天答复，这是本地规定，由县政府办公室设定。"
_FAR = 8


@dataclass(frozen=True, slots=True)
class Period:
    """A period: its name, what it is for, its days and their unit where nobody set another, its bounds."""

    name: str
    label: str
    days: int
    unit: str
    least: int
    most: int


_WORKING = "个工作日"
PERIODS = (
    Period("accept", "收到以后多久决定是否受理", 5, _WORKING, 1, 15),
    Period(Message.Kind.COMPLAINT.value, "投诉举报多久答复", 15, _WORKING, 1, 60),
    Period(Message.Kind.ADVICE.value, "意见建议多久答复", 15, _WORKING, 1, 60),
    Period(Message.Kind.ENQUIRY.value, "咨询多久答复", 15, _WORKING, 1, 60),
    Period("account", "被投诉机关多久说明情况", 5, _WORKING, 1, 30),
    Period("keep", "办完多久以后清除留言人资料和附件", 730, "天", 90, 3650),
)
BY_NAME = {one.name: one for one in PERIODS}


@dataclass(frozen=True)
class Periods:
    """What was set for an agency, by name."""

    set: dict[str, MessagePeriod]

    def of(self, name: str) -> int:
        """The days that hold."""
        own = self.set.get(name)
        return own.days if own else BY_NAME[name].days


def chain_of(agency: Agency) -> list[int]:
    """The agency and the offices above it, the nearest first."""
    chain = [agency.pk]
    above = agency.supervisor_id
    while above is not None and above not in chain and len(chain) < _FAR:
        chain.append(above)
        tie = tie_of(above)
        above = tie.supervisor_id if tie else None
    return chain


def periods_for(agency: Agency) -> Periods:
    """Those of the agency and of the offices above it, the nearest first; one query and one for each office."""
    chain = chain_of(agency)
    found: dict[str, MessagePeriod] = {}
    rows = MessagePeriod.objects.filter(agency__in=chain, name__in=BY_NAME).select_related("agency")
    for row in sorted(rows, key=lambda one: chain.index(one.agency_id)):
        found.setdefault(row.name, row)
    return Periods(found)


@dataclass(frozen=True, slots=True)
class Days:
    """The last days of a message received on a day."""

    accept_by: date
    due_on: date


def days_of(agency: Agency, kind: str, received: date) -> Days:
    """When it has to be accepted or refused, and when it has to be answered; the day of receipt is not counted."""
    known, periods = calendar(), periods_for(agency)
    return Days(known.add(received, periods.of("accept")), known.add(received, periods.of(kind)))


@dataclass(frozen=True, slots=True)
class Clock:
    """Where a message stands: the last day, working days left, days over, what the day is for."""

    due_on: date
    left: int
    late_by: int
    what: str

    @property
    def mark(self) -> str:
        """late, due or doing."""
        return "late" if self.late_by else "due" if self.left <= 3 else "doing"

    @property
    def words(self) -> str:
        """As one says it."""
        if self.late_by:
            return f"{self.what}已逾期 {self.late_by} 天"
        return f"还剩 {self.left} 个工作日{self.what}" if self.left else f"今天是{self.what}的最后一天"


def clock_of(message: Message, day: date) -> Clock | None:
    """The clock of an open message; None when nothing is owed any more."""
    if not message.is_open:
        return None
    new = message.state == Message.State.NEW
    due = min(message.accept_by, message.due_on) if new else message.due_on
    late = max(0, (day - due).days)
    return Clock(due, 0 if late else calendar().between(day, due), late, "决定受理" if new else "答复")
