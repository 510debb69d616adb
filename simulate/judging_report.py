"""The judge of a year's report: every cell of its three tables against a count of plain rows, one by one, by years as
they are written; no code of the platform's counting is used for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection

from gongkai.reports.composition import Composition, compose
from gongkai.reports.findings import found_in
from gongkai.reports.models import ReportYear
from gongkai.statute.report.findings import Level
from gongkai.statute.report.model import AnnualReport
from simulate.diary import Diary
from simulate.judging import COLUMNS, LEAVES, Wrong, naive_count

TRACKS = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
RESULTS = ("upheld", "corrected", "other", "pending")


@dataclass(frozen=True, slots=True)
class Report:
    """A composed year: the report and its figures as plain numbers."""

    year: int
    report: AnnualReport
    cells: dict[str, Decimal]


def judge_report(
    work: ReportYear, openings: Mapping[str, int], diaries: Iterable[Diary], before: Report | None
) -> Report:
    """Compose the year, check it beside last year's report, count every cell a second time. Raises `Wrong`.

    Warnings may stand: the words of such an office are alike from year to year, its suits fall as the dice do."""
    made, year = compose(work), work.year
    wrong = [one for one in found_in(made, before.report if before else None) if one.level is Level.ERROR]
    if wrong:
        raise Wrong(f"{year}: the checks find {[(one.code, one.message) for one in wrong]}")
    plain = _table_two(work, openings) | _table_three(diaries, year) | _table_four(work)
    cells = {name: Decimal(cell.value or 0) for name, cell in made.report.cells.items()}
    if made.missing or set(cells) != set(plain):
        raise Wrong(f"{year}: cells not counted {sorted(made.missing)}, {sorted(set(cells) ^ set(plain))}")
    for name, value in plain.items():
        if cells[name] != value:
            raise Wrong(f"{year} {name}: {cells[name]} in the report, naive {value}")
    _judge_items(made, work)
    if before is not None:
        for column in (*COLUMNS, "total"):
            then, now = before.cells[f"t3.carried_out.{column}"], cells[f"t3.carried_in.{column}"]
            if then != now:
                raise Wrong(f"{year} {column}: {now} carried in, {then} carried out of the year before")
    return Report(year, made.report, cells)


def judge_stands(reported: Report, now: Report) -> None:
    """A report composed again years later is the same in every cell. Raises `Wrong`."""
    changed = {name for name, value in reported.cells.items() if now.cells[name] != value}
    if changed:
        raise Wrong(f"{reported.year}: changed since it was reported: {sorted(changed)}")


def _rows(query: str, work: ReportYear) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, [work.agency_id])
        return list(cursor.fetchall())


def _year(day: Any) -> int:
    """The year of a day as the database gives it, a date or a text; 9999 for none."""
    return int(str(day)[:4]) if day else 9999


def _table_two(work: ReportYear, openings: Mapping[str, int]) -> dict[str, Decimal]:
    """Entries that were not cancelled; in force is what was in force first, plus all made since, less all ended."""
    rows = _rows(
        "SELECT kind, day, ended_on, amount, cancelled FROM disclosure_registerentry WHERE agency_id = %s",
        work,
    )
    year, first = work.year, 2023
    count: Counter[str] = Counter()
    in_force, cents = dict(openings), 0
    for kind, day, ended, amount, cancelled in rows:
        if cancelled:
            continue
        if kind in in_force:
            count[f"t2.{kind}.made"] += _year(day) == year
            count[f"t2.{kind}.repealed"] += _year(ended) == year
            in_force[kind] += (first <= _year(day) <= year) - (first <= _year(ended) <= year)
        elif _year(day) == year and amount is None:
            count[f"t2.{kind}"] += 1
        elif _year(day) == year:
            cents += round(Decimal(str(amount)) * 100)
    found = {f"t2.{kind}.valid": Decimal(value) for kind, value in in_force.items()}
    found["t2.fees_10k_yuan"] = Decimal(cents) / 1000000
    names = [f"t2.{kind}" for kind in ("licences", "penalties", "coercion")]
    names += [f"t2.{kind}.{part}" for kind in in_force for part in ("made", "repealed")]
    return found | {name: Decimal(count[name]) for name in names}


def _table_three(diaries: Iterable[Diary], year: int) -> dict[str, Decimal]:
    """The diaries' rows, with the results' sum and the sum of the columns."""
    plain, found = naive_count(diaries, year), dict[str, Decimal]()
    rows = {row: [row] for row in ("new", "carried_in", "carried_out", *LEAVES)} | {"result_total": LEAVES}
    for row, parts in rows.items():
        for column in COLUMNS:
            found[f"t3.{row}.{column}"] = Decimal(sum(plain[part, column] for part in parts))
        found[f"t3.{row}.total"] = Decimal(sum(plain[part, column] for part in parts for column in COLUMNS))
    return found


def _table_four(work: ReportYear) -> dict[str, Decimal]:
    """Every case once: by its result in the year it was decided, else pending once it was accepted."""
    rows = _rows(
        "SELECT track, accepted_on, decided_on, result, cancelled FROM remedies_remedy WHERE agency_id = %s",
        work,
    )
    found = {f"t4.{track}.{name}": Decimal(0) for track in TRACKS for name in (*RESULTS, "total")}
    for track, accepted, decided, result, cancelled in rows:
        if cancelled or _year(accepted) > work.year or _year(decided) < work.year:
            continue
        found[f"t4.{track}.{result if _year(decided) == work.year else 'pending'}"] += 1
        found[f"t4.{track}.total"] += 1
    return found


def _judge_items(made: Composition, work: ReportYear) -> None:
    """The items told of in part one are those published in the year; none of the office's is withdrawn."""
    rows = _rows("SELECT formed_on FROM disclosure_item WHERE agency_id = %s AND state = 'published'", work)
    plain = sum(_year(day) == work.year for (day,) in rows)
    if made.facts["items"].value != plain:
        raise Wrong(f"{work.year}: {made.facts['items'].value} items told of, naive {plain}")
