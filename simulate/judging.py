"""The judges: the due day by a walk from day to day, the tables by a count that knows no table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from gongkai.agencies.models import Agency
from gongkai.inforequests.models import InfoRequest
from gongkai.inforequests.records import records_for
from gongkai.statute.report.editions import edition
from gongkai.statute.report.tally import Tally, tally
from gongkai.statute.requesters import KINDS
from simulate.life import Diary
from tests.statute.day_by_day import due_day


class Wrong(AssertionError):
    """The platform and a judge disagree."""


class DueDays:
    """Judges the due day after every act; counts how often it was asked."""

    def __init__(self) -> None:
        self.judged = 0

    def __call__(self, case: InfoRequest, diary: Diary) -> None:
        """Raises `Wrong` when the case's due day is not the walker's."""
        if diary.received is None or diary.closed is not None:
            return
        if any(e["kind"] == "consulted" and e["to"] is None for e in diary.events):
            return
        plain = {"received": diary.received.isoformat(), "events": diary.events}
        expected, _ = due_day(plain)
        self.judged += 1
        if case.due_on != expected:
            raise Wrong(f"{case.number}: {case.due_on} instead of {expected}: {plain}")


def naive_count(diaries: Iterable[Diary], year: int) -> Counter[tuple[str, str]]:
    """The rows of table three for one year, requester by requester, from the diaries alone."""
    count: Counter[tuple[str, str]] = Counter()
    for one in diaries:
        if one.received is None or one.received.year > year:
            continue
        if one.closed is not None and one.closed.year < year:
            continue
        count["new" if one.received.year == year else "carried_in", one.requester] += 1
        done = one.closed is not None and one.closed.year == year
        count[one.row if done else "carried_out", one.requester] += 1
    return count


def judge_tables(agency: Agency, diaries: list[Diary], years: Iterable[int]) -> dict[int, Tally]:
    """Every year's tally against the naive count, its sums, and the year before. Raises `Wrong`."""
    tallies: dict[int, Tally] = {}
    leaves = edition("2021").leaves
    columns = [kind.slug for kind in KINDS]
    for year in years:
        made = tally(records_for(agency, year), year)
        plain = naive_count(diaries, year)

        def cell(row: str, column: str, made: Tally = made) -> int:
            return int(made.cells[f"t3.{row}.{column}"].value or 0)

        for row in ("new", "carried_in", "carried_out", *leaves):
            for column in columns:
                if cell(row, column) != plain[row, column]:
                    raise Wrong(f"{year} {row} {column}: {cell(row, column)}, naive {plain[row, column]}")
        for column in [*columns, "total"]:
            total = sum(cell(leaf, column) for leaf in leaves)
            if cell("result_total", column) != total:
                raise Wrong(f"{year} {column}: results do not add up")
            if cell("new", column) + cell("carried_in", column) != total + cell("carried_out", column):
                raise Wrong(f"{year} {column}: 一+二 is not 三(七)+四")
            before = tallies.get(year - 1)
            if before and before.cells[f"t3.carried_out.{column}"].value != cell("carried_in", column):
                raise Wrong(f"{year} {column}: carried in is not what was carried out")
        tallies[year] = made
    return tallies


def last_day(years: Iterable[int]) -> date:
    """31 December of the last year."""
    return date(max(years), 12, 31)
