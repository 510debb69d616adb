"""What is asked about reconsiderations and lawsuits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from gongkai.agencies.models import Agency
from gongkai.inforequests.models import InfoRequest, RequestEvent
from gongkai.statute.states import moves_from

from .models import Remedy as Remedy

TRACKS = Remedy.Track.choices
"""The three groups of table four."""
RESULTS = Remedy.Result.choices
"""The three results of table four."""
PENDING = "pending"
"""尚未审结, the fourth class of table four."""
NoRemedy = Remedy.DoesNotExist
"""There is no such case in this agency."""


def remedies_of(agency: Agency) -> QuerySet[Remedy]:
    """All cases against the agency, newest first, each with its request."""
    return Remedy.objects.filter(agency=agency).select_related("request")


def remedy_of(agency: Agency, pk: int) -> Remedy:
    """One case of the agency; raises `NoRemedy`."""
    return remedies_of(agency).select_related("agency", "follows").get(pk=pk)


def keeps_register(agency: Agency) -> bool:
    """True once the agency has written down any case here: only then does nothing found mean that there was none."""
    return Remedy.objects.filter(agency=agency, cancelled="").exists()


def touching_year(agency: Agency, year: int) -> QuerySet[Remedy]:
    """Cases that table four of the year counts: decided in it, or accepted by its end and pending then."""
    return Remedy.objects.filter(_counted(year), agency=agency, cancelled="")


def in_table_four(agency: Agency, year: int, track: str, result: str = "") -> QuerySet[Remedy]:
    """The cases behind a cell of table four, as one query to be paged: of one result, pending, or of any."""
    found = touching_year(agency, year).filter(track=track).select_related("request")
    if result:
        found = found.filter(_pending(year) if result == PENDING else _decided(year) & Q(result=result))
    return found.order_by("accepted_on", "id")


def _pending(year: int) -> Q:
    last = date(year, 12, 31)
    return Q(accepted_on__lte=last) & (Q(decided_on__isnull=True) | Q(decided_on__gt=last))


def _decided(year: int) -> Q:
    return Q(decided_on__gte=date(year, 1, 1), decided_on__lte=date(year, 12, 31))


def _counted(year: int) -> Q:
    return _decided(year) | _pending(year)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the register: a year of table four, a group of it, decided or pending; empty is not asked."""

    year: int | None = None
    track: str = ""
    state: str = ""

    @property
    def narrowed(self) -> bool:
        """Whether anything was asked at all."""
        return bool(self.year or self.track or self.state)


def listed(agency: Agency, asked: Asked) -> QuerySet[Remedy]:
    """The cases asked for, newest acceptance first. With a year: those its table four counts, decided or pending as
    of its end."""
    found = remedies_of(agency)
    if asked.year:
        found = found.filter(_counted(asked.year), cancelled="")
    if asked.track:
        found = found.filter(track=asked.track)
    if asked.state:
        pending = _pending(asked.year) if asked.year else Q(decided_on__isnull=True)
        found = found.filter(pending if asked.state == PENDING else ~pending, cancelled="")
    return found.order_by("-accepted_on", "-id")


def years_of(agency: Agency, day: date) -> list[int]:
    """The years from the first acceptance to today's, the newest first."""
    own = Remedy.objects.filter(agency=agency, cancelled="")
    first = own.order_by("accepted_on").values_list("accepted_on", flat=True).first()
    return list(range(day.year, (first or day).year - 1, -1))


def table_four(agency: Agency, year: int) -> list[tuple[str, list[int]]]:
    """Table four of the year in words: each group with 维持, 纠正, 其他, 尚未审结 and its total. One query."""
    asked = {slug: Count("pk", filter=_decided(year) & Q(result=slug)) for slug, _ in RESULTS}
    asked[PENDING] = Count("pk", filter=_pending(year))
    rows = Remedy.objects.filter(agency=agency, cancelled="").order_by().values("track").annotate(**asked)
    found = {row[0]: [int(n) for n in row[1:]] for row in rows.values_list("track", *asked)}
    counted = [(label, found.get(track, [0] * len(asked))) for track, label in TRACKS]
    return [(label, [*figures, sum(figures)]) for label, figures in counted]


def years_counted(case: Remedy, day: date) -> Iterator[tuple[int, str]]:
    """In which years' table four the case counts and as what: once a year, pending on 31 December or decided.

    The last one, of a pending case, is the year of `day`: how it will count if it is not decided by its end.
    """
    if case.cancelled:
        return
    last = (case.decided_on or day).year
    for year in range(case.accepted_on.year, last + (case.decided_on is None)):
        yield year, "尚未审结"
    if case.decided_on is not None:
        yield last, case.get_result_display()


def remedies_about(request: InfoRequest) -> list[Remedy]:
    """The cases about a request, oldest first, without those written down by mistake."""
    return list(request.remedies.filter(cancelled="").order_by("accepted_on", "id"))


def reconsiderations_of(agency: Agency, most: int = 200) -> list[Remedy]:
    """The reconsiderations that a suit may follow, newest first."""
    return list(
        remedies_of(agency)
        .filter(track=Remedy.Track.RECONSIDERATION, cancelled="")
        .order_by("-accepted_on")[:most]
    )


def answers_owed(agency: Agency | None = None) -> QuerySet[Remedy]:
    """Pending cases to which our own 答复书 or 答辩状 was not handed in and a last day is known, the nearest first;
    of all agencies where none is named."""
    found = Remedy.objects.filter(
        answer_by__isnull=False, answered_on__isnull=True, decided_on__isnull=True, cancelled=""
    )
    found = found if agency is None else found.filter(agency=agency)
    return found.select_related("agency", "request").order_by("answer_by", "id")


def answers_without_a_day(agency: Agency) -> QuerySet[Remedy]:
    """Pending cases to which our own paper was not handed in and nobody wrote down until when it has to be, the oldest
    first: nothing reminds of them."""
    found = Remedy.objects.filter(
        agency=agency, answer_by__isnull=True, answered_on__isnull=True, decided_on__isnull=True, cancelled=""
    )
    return found.order_by("accepted_on", "id")


def _reopened() -> Exists:
    after = RequestEvent.objects.filter(
        request=OuterRef("request"), act="reopen", on__gte=OuterRef("decided_on")
    )
    return Exists(after)


def redos_owed(agency: Agency | None = None) -> QuerySet[Remedy]:
    """Cases whose decision wants a request handled anew that was not taken up again, the nearest day first."""
    able = [state for state in ("answered", "lapsed", "archived") if _may_reopen(state)]
    found = Remedy.objects.filter(~_reopened(), redo=True, cancelled="", request__state__in=able)
    found = found if agency is None else found.filter(agency=agency)
    return found.select_related("agency", "request").order_by("redo_by", "id")


def _may_reopen(state: str) -> bool:
    return any(move.act == "reopen" for move in moves_from(state))


def redo_order(request: InfoRequest) -> Remedy | None:
    """The decision because of which this request has to be handled anew, the newest; None where there is none."""
    found = Remedy.objects.filter(~_reopened(), request=request, redo=True, cancelled="")
    return found.order_by("-decided_on", "-id").first()


def carried_out(case: Remedy) -> bool:
    """Whether the request was taken up again since the decision."""
    return Remedy.objects.filter(_reopened(), pk=case.pk).exists()


def can_be_redone(case: Remedy) -> bool:
    """Whether the request stands where it can be taken up again."""
    return case.request is not None and _may_reopen(case.request.state)
