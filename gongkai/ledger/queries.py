"""The ledger as it is asked for: which requests, in which order, as rows of the twelve columns."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet

from gongkai.agencies.models import Agency
from gongkai.agencies.names import NamesBorne
from gongkai.inforequests.listing import CHANNEL_CHOICES, KIND_CHOICES, MOST_FOUND, years_of
from gongkai.inforequests.queries import InfoRequest, for_information
from gongkai.inforequests.records import FirstAnswer, first_answers, of_year, to_record
from gongkai.inforequests.searching import found_by
from gongkai.statute.ledger.columns import title
from gongkai.statute.ledger.rows import LedgerRow, empty_rows, numbered, shaded
from gongkai.statute.outcomes import OUTCOMES
from gongkai.statute.records import RequestRecord
from gongkai.statute.states import STATES

__all__ = [
    "CHANNEL_CHOICES",
    "KIND_CHOICES",
    "OUTCOME_CHOICES",
    "STATE_CHOICES",
    "Line",
    "Wanted",
    "asked_for",
    "heading",
    "is_empty_year",
    "lines",
    "records",
    "years_of",
]
_LOT = 2000
_SUMS = (("", "全部"), ("open", "没有办结的"), ("closed", "已经办结的"))
STATE_CHOICES = (*_SUMS, *((s.slug, s.label) for s in STATES.values() if s.slug != "unregistered"))
OUTCOME_CHOICES = (("", "全部"), *((o.slug, f"{o.row} {o.label}") for o in OUTCOMES))


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which part of the ledger; empty is not asked. Without a year the ledger of all years. `by_name` lets the words
    also be a requester's whole name: only for who may see the requesters' data."""

    year: int | None = None
    state: str = ""
    outcome: str = ""
    channel: str = ""
    kind: str = ""
    words: str = ""
    by_name: bool = False

    @property
    def narrowed(self) -> bool:
        """Whether anything but a year was asked, so that a part of the ledger is shown."""
        return bool(self.state or self.outcome or self.channel or self.kind or self.words)


def asked_for(agency: Agency, wanted: Wanted) -> QuerySet[InfoRequest]:
    """The requests of the part asked for, by the day of receipt; those not yet received last.

    A year's ledger holds what its annual report is counted from: received in the year, or carried into it, and what
    was answered in a year stands there as it was answered, though it was reopened later.
    """
    found, first = for_information(agency), _first(agency, wanted)
    if wanted.year:
        found = of_year(agency, wanted.year, first).filter(
            Q(received_on__isnull=False)
            | Q(submitted_on__range=(date(wanted.year, 1, 1), date(wanted.year, 12, 31)))
        )
    for name, value in (("channel", wanted.channel), ("requester_kind", wanted.kind)):
        if value:
            found = found.filter(**{name: value})
    if wanted.outcome:
        same = {number for number, one in first.items() if one.outcome == wanted.outcome}
        found = found.filter(_as_counted(Q(outcome=wanted.outcome), first, same))
    if wanted.state:
        found = found.filter(_in_state(wanted.state, first))
    if wanted.words:
        found = found.filter(_with_words(agency, wanted))
    return found.order_by(F("received_on").asc(nulls_last=True), "id")


def _first(agency: Agency, wanted: Wanted) -> dict[int, FirstAnswer]:
    """How the reopened ones stand in a year's ledger; in that of all years each stands as it is now."""
    return first_answers(agency) if wanted.year else {}


def _in_state(state: str, first: Mapping[int, FirstAnswer]) -> Q:
    if state in ("open", "closed"):
        same = set(first) if state == "closed" else set()
        return _as_counted(Q(closed_on__isnull=state == "open"), first, same)
    same = {number for number, one in first.items() if one.state == state}
    return _as_counted(Q(state=state), first, same)


def _as_counted(now: Q, first: Mapping[int, FirstAnswer], same: Collection[int]) -> Q:
    """What is asked of the requests as they are now, and of the reopened ones as they were first answered."""
    return (now & ~Q(pk__in=list(first)) | Q(pk__in=list(same))) if first else now


def _with_words(agency: Agency, wanted: Wanted) -> Q:
    found = Q(number=wanted.words) | Q(pk__in=found_by(agency, wanted.words, MOST_FOUND))
    return found | Q(applicant=wanted.words) if wanted.by_name else found


def _recorded(agency: Agency, wanted: Wanted, requests: Iterable[InfoRequest]) -> Iterator[RequestRecord]:
    names, year, first = NamesBorne(agency), wanted.year, _first(agency, wanted)
    for one in requests:
        day = one.received_on or one.submitted_on
        own = year or (day.year if day else None)
        yield to_record(one, names.in_year(own) if own else agency.name, first.get(one.pk))


def records(agency: Agency, wanted: Wanted) -> Iterator[RequestRecord]:
    """The records of the part asked for, streamed: what a sheet of any length is made from."""
    return _recorded(agency, wanted, asked_for(agency, wanted).iterator(chunk_size=_LOT))


@dataclass(frozen=True, slots=True)
class Line:
    """A row on the screen; `pk` is the request it opens, 0 for the empty rows of a year without requests."""

    row: LedgerRow
    pk: int = 0


def lines(
    agency: Agency, wanted: Wanted, requests: Iterable[InfoRequest], first: int, *, names: bool
) -> list[Line]:
    """The rows of a page, the first numbered `first`; with the requesters' names only where `names` says so."""
    page = list(requests)
    found = list(_recorded(agency, wanted, page))
    rows = numbered(found, first)
    if not names:
        rows = (shaded(row, record) for row, record in zip(rows, found, strict=True))
    return [Line(row, one.pk) for row, one in zip(rows, page, strict=True)]


def is_empty_year(wanted: Wanted, count: int) -> bool:
    """Whether this is the ledger of a whole year in which nobody asked for anything: it reads 无, as on the form."""
    return bool(wanted.year) and not wanted.narrowed and not count


def empty_lines() -> list[Line]:
    """The rows of the form for such a year."""
    return [Line(row) for row in empty_rows()]


def heading(agency: Agency, wanted: Wanted) -> str:
    """The title over the ledger, with the name the agency bore in its year."""
    name = NamesBorne(agency).in_year(wanted.year) if wanted.year else agency.name
    return title(name, wanted.year, part=wanted.narrowed)
