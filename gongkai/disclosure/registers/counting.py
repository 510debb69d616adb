"""What the registers bring to the report of a year: which cells they fill, and the records behind each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import BigIntegerField, Count, Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Cast, Round

from gongkai.agencies.models import Agency
from gongkai.statute.records import ChargeRecord, DecisionGroup, DocumentRecord

from ..models import DocumentMark, Item, Publication, RegisterEntry, RegisterKept
from ..models.register import ISSUED, RegisterKind
from .kinds import REGISTERS

FIRST_YEAR = 2021
"""The first year whose form has these rows (国办公开办函〔2021〕30号)."""
_DECISIONS = (RegisterKind.LICENCES, RegisterKind.PENALTIES, RegisterKind.COERCION)
_SHOWN = (Item.State.PUBLISHED, Item.State.EXPIRED, Item.State.KEPT)


@dataclass(slots=True)
class YearOfRegisters:
    """The registers kept whole in a year, as counting takes them; None where none of that sort is kept.

    `openings`: documents said to be in force before the first year, by kind; `unlisted`: how many of these are in no
    row; `short`: kinds of which more are listed than were said to be in force.
    """

    kinds: set[str] = field(default_factory=set)
    documents: list[DocumentRecord] | None = None
    decisions: list[DecisionGroup] | None = None
    charges: list[ChargeRecord] | None = None
    openings: dict[str, int] = field(default_factory=dict)
    unlisted: dict[str, int] = field(default_factory=dict)
    short: set[str] = field(default_factory=set)

    @property
    def cells(self) -> set[str]:
        """The cells of table two that are counted from registers."""
        return {cell for kind in self.kinds for cell in REGISTERS[kind].cells}


def kept_by(agency: Agency) -> dict[str, RegisterKept]:
    """The registers the agency keeps whole, by kind, from whatever year."""
    return {kept.kind: kept for kept in RegisterKept.objects.filter(agency=agency)}


def year_of_registers(agency: Agency, year: int) -> YearOfRegisters:
    """What is counted from registers in this year; a handful of queries, whatever their length."""
    kept = {kind: row for kind, row in kept_by(agency).items() if FIRST_YEAR <= row.since <= year}
    found = YearOfRegisters(set(kept))
    if issued := [kind for kind in ISSUED if kind in kept]:
        found.documents = documents_of(agency, issued)
        for kind in issued:
            _carry(found, kept[kind])
    if decided := [kind for kind in _DECISIONS if kind in kept]:
        rows = entries_of(agency, decided, year).order_by().values_list("kind").annotate(n=Count("pk"))
        last = date(year, 12, 31)
        found.decisions = [DecisionGroup(kind, REGISTERS[kind].name, last, n) for kind, n in rows]
    if RegisterKind.CHARGES in kept:
        found.charges = [_charges(agency, year)]
    return found


def _charges(agency: Agency, year: int) -> ChargeRecord:
    """The year's charges as one sum. In whole cents: a database that adds decimals as floats would lose some."""
    cents = Cast(Round(F("amount") * 100), BigIntegerField())
    mine = entries_of(agency, [RegisterKind.CHARGES], year).order_by()
    found = mine.aggregate(cents=Sum(cents), n=Count("pk"))
    yuan = Decimal(found["cents"] or 0) / 100
    return ChargeRecord(REGISTERS[RegisterKind.CHARGES].name, date(year, 12, 31), yuan, count=found["n"])


def entries_of(agency: Agency, kinds: Sequence[str], year: int) -> QuerySet[RegisterEntry]:
    """The entries of the year by their day, the oldest first, as one query to be paged."""
    days = (date(year, 1, 1), date(year, 12, 31))
    return RegisterEntry.objects.filter(
        agency=agency, kind__in=kinds, cancelled="", day__range=days
    ).order_by("day", "pk")


def _carry(found: YearOfRegisters, kept: RegisterKept) -> None:
    """现行有效 is last year's plus made less ended (law.md §2.3). What was in force before the register began and stands
    in no row stays a number; once it is listed, because it was repealed, the number falls by it."""
    if kept.opening is None:
        return
    before = date(kept.since - 1, 12, 31)
    listed = sum(one.kind == kept.kind and one.in_force_at(before) for one in found.documents or ())
    found.openings[kept.kind] = kept.opening
    found.unlisted[kept.kind] = max(0, kept.opening - listed)
    if listed > kept.opening:
        found.short.add(kept.kind)


@dataclass(frozen=True, slots=True)
class InForce:
    """现行有效 at the end of a year, with its parts: rows of the register, public items, those known by number only."""

    year: int
    rows: int
    items: int
    unlisted: int

    @property
    def total(self) -> int:
        """As the report prints it."""
        return self.rows + self.items + self.unlisted


def in_force(agency: Agency, kind: str, year: int) -> InForce:
    """The documents of a kind in force on 31 December of the year: what every page shows that tells this number, and
    what the report counts (`tally`, of the same records)."""
    last, found = date(year, 12, 31), year_of_registers(agency, year)
    own = [from_item for one, from_item in _documents(agency, [kind]) if one.in_force_at(last)]
    return InForce(year, len(own) - sum(own), sum(own), found.unlisted.get(kind, 0))


def documents_of(agency: Agency, kinds: list[str]) -> list[DocumentRecord]:
    """The documents of these kinds: items marked so, and entries; one that is both, by its number, is one."""
    return [one for one, _ in _documents(agency, kinds)]


def _documents(agency: Agency, kinds: list[str]) -> list[tuple[DocumentRecord, bool]]:
    """The same, each with whether it is an item."""
    found: list[tuple[DocumentRecord, bool]] = []
    numbers = set()
    for item, kind in marked_items(agency, kinds):
        made = DocumentRecord(
            kind, item.title, item.formed_on, ended_on(item), item.document_number, item.in_force_on
        )
        found.append((made, True))
        if item.document_number:
            numbers.add((kind, item.document_number))
    rows = RegisterEntry.objects.filter(agency=agency, kind__in=kinds, cancelled="").order_by("day", "pk")
    for row in rows.values_list("kind", "title", "day", "ended_on", "number", "in_force_on"):
        if (row[0], row[4]) not in numbers:
            found.append((DocumentRecord(*row), False))
    return found


def marked_items(agency: Agency, kinds: list[str]) -> list[tuple[Item, str]]:
    """The items that are documents of these kinds, by their own mark or by their column's.

    By the column's mark only what this organ made, alone or with others, and what passed its review: a paper of the
    organ above that is shown in the same column was not issued here.
    """
    own = Q(document_mark__kind__in=kinds)
    by_column = Q(
        document_mark__isnull=True,
        column__document_mark__kind__in=kinds,
        origin__in=(Item.Origin.SELF_MADE, Item.Origin.JOINT),
    ) & (
        Q(state__in=_SHOWN)
        | Q(Exists(Publication.objects.filter(item=OuterRef("pk"), ended_at__isnull=True)))
    )
    rows = (
        Item.objects.filter(own | by_column, agency=agency)
        .select_related("document_mark", "column__document_mark")
        .defer("text")
        .order_by("formed_on", "pk")
    )
    return [(item, _kind_of(item)) for item in rows]


def _kind_of(item: Item) -> str:
    own: DocumentMark | None = getattr(item, "document_mark", None)
    return own.kind if own is not None else item.column.document_mark.kind


def ended_on(item: Item) -> date | None:
    """The first day on which the document no longer holds: repealed, declared lapsed, or the day after its last one,
    whichever comes first."""
    said = item.validity_on if item.validity != Item.Validity.VALID else None
    over = item.lapses_on + timedelta(days=1) if item.lapses_on is not None else None
    return min((day for day in (said, over) if day is not None), default=None)


def marked_columns(agency: Agency) -> dict[int, str]:
    """The columns whose items are documents, with the kind."""
    rows = DocumentMark.objects.filter(agency=agency, column__isnull=False)
    return {pk: kind for pk, kind in rows.values_list("column", "kind") if pk is not None}
