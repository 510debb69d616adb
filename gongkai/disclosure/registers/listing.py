"""What is asked about registers: their rows, the figures of a year, what is to be published by when, imports."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import BooleanField, Case, Count, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.dictionaries.queries import calendar
from gongkai.statute.duties import publish_due
from gongkai.statute.periods import PeriodEnd
from gongkai.statute.report.model import Cell
from gongkai.statute.report.tally import tally
from gongkai.statute.workdays import WorkCalendar

from ..models import Publication, RegisterEntry, RegisterImport
from .counting import YearOfRegisters
from .kinds import DUE, REGISTERS

__all__ = [
    "PARTS",
    "Asked",
    "NoEntry",
    "NoImport",
    "RegisterEntry",
    "RegisterImport",
    "done_before",
    "due_of",
    "entry_of",
    "figures_of",
    "import_of",
    "imports_of",
    "listed",
    "rows_of_year",
    "to_publish",
    "years_of",
]
NoEntry = RegisterEntry.DoesNotExist
"""The agency has no such entry."""
NoImport = RegisterImport.DoesNotExist
"""There is no such import in this agency."""
PARTS = {"made": "本年制发", "repealed": "本年废止", "valid": "现行有效"}
"""The three figures of documents, by the last part of the cell."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which rows of a register: of a year by its day, of documents by one of `PARTS`, only those still to be published,
    those with a word in number, title or subject; cancelled ones instead of the others."""

    kind: str
    year: int | None = None
    part: str = ""
    owed: bool = False
    word: str = ""
    cancelled: bool = False


def listed(agency: Agency, asked: Asked) -> QuerySet[RegisterEntry]:
    """The rows, newest first, each with `is_public`: here or elsewhere."""
    found = _with_public(RegisterEntry.objects.filter(agency=agency, kind=asked.kind))
    found = found.exclude(cancelled="") if asked.cancelled else found.filter(cancelled="")
    if asked.year:
        found = found.filter(_of_year(asked.year, asked.part))
    if asked.owed:
        found = found.filter(_owed())
    if asked.word:
        word = asked.word
        found = found.filter(
            Q(number__icontains=word) | Q(title__icontains=word) | Q(subject__icontains=word)
        )
    return found.order_by("-day", "-pk")


def _of_year(year: int, part: str) -> Q:
    first, last = date(year, 1, 1), date(year, 12, 31)
    if part == "repealed":
        return Q(ended_on__range=(first, last))
    if part == "valid":
        begun = Q(in_force_on__isnull=True) | Q(in_force_on__lte=last)
        return Q(day__lte=last) & (Q(ended_on__isnull=True) | Q(ended_on__gt=last)) & begun
    return Q(day__range=(first, last))


def _live() -> Exists:
    return Exists(Publication.objects.live(timezone.now()).filter(item=OuterRef("item")))


def _owed() -> Q:
    """To be public, and public neither here nor elsewhere."""
    return Q(~_live(), publish=RegisterEntry.Publish.YES, public_on__isnull=True)


def _with_public(found: QuerySet[RegisterEntry]) -> QuerySet[RegisterEntry]:
    shown = Case(
        When(public_on__isnull=False, then=Value(True)), default=_live(), output_field=BooleanField()
    )
    return found.annotate(is_public=shown).select_related("item")  # type: ignore[no-redef]


def to_publish(agency: Agency) -> QuerySet[RegisterEntry]:
    """The decisions that are to be public and are not, the oldest first: the first due first within each register."""
    found = RegisterEntry.objects.filter(_owed(), agency=agency, kind__in=DUE, cancelled="")
    return _with_public(found).order_by("day", "pk")


def due_of(entry: RegisterEntry, known: WorkCalendar | None = None) -> PeriodEnd | None:
    """By when the decision is to be public, with how that was counted; None where it is not to be."""
    duty = REGISTERS[entry.kind].duty
    if not duty or entry.publish != RegisterEntry.Publish.YES:
        return None
    return publish_due(duty, entry.day, known or calendar())


def entry_of(agency: Agency, kind: str, pk: int) -> RegisterEntry:
    """One entry of this register; raises `NoEntry`."""
    return _with_public(RegisterEntry.objects.filter(agency=agency, kind=kind)).get(pk=pk)


def years_of(agency: Agency, kinds: Collection[str], today: date) -> list[int]:
    """The years from the first entry to today's, newest first; this year and last where there is none."""
    mine = RegisterEntry.objects.filter(agency=agency, kind__in=kinds, cancelled="")
    first = mine.order_by("day").values_list("day", flat=True).first()
    return list(range(today.year, min(first.year if first else today.year, today.year - 1) - 1, -1))


def figures_of(found: YearOfRegisters, year: int) -> dict[str, Cell]:
    """The cells of table two from the registers, counted as the report counts them."""
    made = tally(
        (),
        year,
        remedies=None,
        documents=found.documents,
        decisions=found.decisions,
        charges=found.charges,
        kinds=found.kinds,
        unlisted=found.unlisted,
    )
    return {cell: value for cell, value in made.cells.items() if cell.startswith("t2.")}


def rows_of_year(agency: Agency, year: int) -> dict[str, int]:
    """How many rows of the year stand in each register, whole or not."""
    mine = RegisterEntry.objects.filter(_of_year(year, ""), agency=agency, cancelled="")
    return dict(mine.order_by().values_list("kind").annotate(n=Count("pk")))


def imports_of(agency: Agency, kind: str) -> QuerySet[RegisterImport]:
    """The imports into this register, the newest first."""
    return RegisterImport.objects.filter(agency=agency, kind=kind).select_related("file", "person")


def import_of(agency: Agency, kind: str, pk: int) -> RegisterImport:
    """One of them; raises `NoImport`."""
    return RegisterImport.objects.select_related("file", "person", "agency").get(
        agency=agency, kind=kind, pk=pk
    )


def done_before(one: RegisterImport) -> RegisterImport | None:
    """The import of the very same file into this register that was done before; None where there was none."""
    same = imports_of(one.agency, one.kind).filter(
        file__digest=one.file.digest, step=RegisterImport.Step.DONE
    )
    return same.exclude(pk=one.pk).first()
