"""The list of requests: what may be asked of it, in which order the rows stand, how urgent each is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import F, Q, QuerySet
from django.utils.functional import cached_property

from gongkai.agencies.models import Agency
from gongkai.statute.channels import CHANNELS
from gongkai.statute.requesters import KINDS
from gongkai.statute.states import OPEN, RUNNING, STATES, WAITING
from gongkai.statute.workdays import WorkCalendar

from .models import InfoRequest
from .searching import found_by

SOON = 3
"""Working days left from which a row is marked as due soon."""
MOST = 3000
"""Rows a list leads to; who looks for one further down narrows the list."""
MOST_FOUND = 1000
"""Requests that words may find."""
_SUMS = (("", "没有办结的"), ("overdue", "逾期没有答复的"), ("all", "全部"))
STATE_CHOICES = (*_SUMS, *((s.slug, s.label) for s in STATES.values() if s.slug != "unregistered"))
"""What may stand under 状态: three sums, then every state."""
CHANNEL_CHOICES = (("", "全部"), *((c.slug, c.label) for c in CHANNELS))
KIND_CHOICES = (("", "全部"), *((k.slug, k.label) for k in KINDS))


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the list; empty is not asked. `by_name` lets the words also be a requester's whole name:
    only for who may see the requesters' data."""

    state: str = ""
    year: int | None = None
    channel: str = ""
    kind: str = ""
    section: int | None = None
    words: str = ""
    by_name: bool = False

    @property
    def narrowed(self) -> bool:
        """Whether anything was asked at all."""
        return bool(self.state or self.year or self.channel or self.kind or self.section or self.words)


def listed(agency: Agency, asked: Asked, day: date) -> QuerySet[InfoRequest]:
    """The requests asked for. Open ones by urgency: not yet confirmed first, then by due day. Where closed ones are
    among them the newest registered first."""
    found = InfoRequest.objects.filter(agency=agency)
    for name, value in (
        ("channel", asked.channel),
        ("requester_kind", asked.kind),
        ("section", asked.section),
    ):
        if value:
            found = found.filter(**{name: value})
    if asked.year:
        found = found.filter(_of_year(asked.year))
    if asked.words:
        found = found.filter(_with_words(agency, asked))
    found, urgent = _in_state(found, asked.state, day)
    order = (F("due_on").asc(nulls_first=True), "id") if urgent else ("-id",)
    return found.order_by(*order).select_related("section")


def _in_state(found: QuerySet[InfoRequest], state: str, day: date) -> tuple[QuerySet[InfoRequest], bool]:
    """Those in the state or sum of states, and whether all of them are open."""
    if state == "all":
        return found, False
    if state in ("", "overdue") or state in OPEN or state == "unconfirmed":
        found = found.filter(closed_on__isnull=True)
        if state == "overdue":
            return found.filter(due_on__lt=day, state__in=RUNNING), True
        return (found.filter(state=state) if state else found), True
    return found.filter(state=state), False


def _of_year(year: int) -> Q:
    """Received in the year; sent in it, where the receipt is not confirmed yet."""
    within = (date(year, 1, 1), date(year, 12, 31))
    return Q(received_on__range=within) | Q(received_on__isnull=True, submitted_on__range=within)


def _with_words(agency: Agency, asked: Asked) -> Q:
    found = Q(number=asked.words) | Q(pk__in=found_by(agency, asked.words, MOST_FOUND))
    return found | Q(applicant=asked.words) if asked.by_name else found


class Pages(Paginator):  # type: ignore[type-arg]  # not subscriptable when it runs
    """Pages of a list that counts no further than `MOST`."""

    @cached_property
    def count(self) -> int:
        """How many rows there are, `MOST` where there are more."""
        rows: Any = self.object_list
        return int(rows.order_by()[:MOST].count())

    @property
    def cut(self) -> bool:
        """Whether there may be more rows than are counted."""
        return self.count >= MOST


def years_of(agency: Agency, day: date) -> list[int]:
    """The years from the first receipt to today's, the newest first."""
    own = InfoRequest.objects.filter(agency=agency, received_on__isnull=False)
    first = own.order_by("received_on").values_list("received_on", flat=True).first()
    return list(range(day.year, (first or day).year - 1, -1))


@dataclass(frozen=True, slots=True)
class Row:
    """A request as the list shows it. `mark` is done, late, due, doing or plain; `left` says the time in words."""

    request: InfoRequest
    state: str
    mark: str
    left: str
    who: str
    kind: str


_KIND_LABELS = {kind.slug: kind.label for kind in KINDS}


def rows_of(
    requests: Iterable[InfoRequest], day: date, known: WorkCalendar, *, sure: bool = True
) -> list[Row]:
    """The rows of a page; where a notice on days off was entered just now, no due day is `sure`."""
    return [
        Row(
            one,
            STATES[one.state].label,
            *urgency(one, day, known, sure=sure),
            masked(one.applicant, one.requester_kind),
            _KIND_LABELS.get(one.requester_kind, one.requester_kind),
        )
        for one in requests
    ]


def urgency(request: InfoRequest, day: date, known: WorkCalendar, *, sure: bool = True) -> tuple[str, str]:
    """The kind of mark and the time in words: what is not confirmed on the day it arrived is red (art. 31)."""
    if request.closed_on:
        return "done", ""
    if request.state == "unconfirmed":
        came = request.arrived_on or request.submitted_on
        late = came is not None and came < day
        return ("late", "到达当天没有确认") if late else ("due", "今天要确认")
    if request.state in WAITING:
        return "doing", "等申请人"
    if request.due_on is None:
        return "plain", ""
    if request.state not in RUNNING:
        return "doing", "期限中止"
    mark = "" if sure and not request.due_provisional else "（暂定）"
    if request.due_on < day:
        return "late", f"逾期 {known.between(request.due_on, day)} 个工作日" + ("" if sure else mark)
    left = known.between(day, request.due_on)
    words = f"还剩 {left} 个工作日" if left else "今天到期"
    return ("due" if left <= SOON else "doing"), words + mark


def masked(name: str, kind: str) -> str:
    """The requester as the list shows it: a person by the first character, an organisation by its name."""
    return f"{name[:1]}某" if kind == "natural" and name else name


def any_request(agency: Agency) -> bool:
    """Whether the agency has a request at all."""
    return InfoRequest.objects.filter(agency=agency).exists()
