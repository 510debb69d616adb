"""The judges: the due day by a walk from day to day, the tables by a count that knows no table, the register by 1, 2, 3."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from gongkai.agencies.models import Agency
from gongkai.inforequests.models import InfoRequest, RegisterNumber
from gongkai.inforequests.records import records_for
from gongkai.ledger.queries import Wanted, records
from gongkai.statute.report.editions import edition
from gongkai.statute.report.tally import Tally, tally
from gongkai.statute.requesters import KINDS
from simulate.diary import Diary

COLUMNS = [kind.slug for kind in KINDS]
LEAVES = edition("2021").leaves


class Wrong(AssertionError):
    """The platform and a judge disagree."""


class DueDays:
    """Judges the due day after every act; counts how often it was asked."""

    def __init__(self) -> None:
        self.judged = 0

    def __call__(self, case: InfoRequest, diary: Diary) -> None:
        """Raises `Wrong` when the case's due day is not the walker's."""
        if diary.cancelled or not diary.is_open:
            return
        expected = diary.due()
        self.judged += 1
        if case.due_on != expected:
            raise Wrong(f"{case.number}: {case.due_on} instead of {expected}: {diary}")


def naive_count(diaries: Iterable[Diary], year: int) -> Counter[tuple[str, str]]:
    """The rows of table three for one year, requester by requester, from the diaries alone."""
    count: Counter[tuple[str, str]] = Counter()
    for one in diaries:
        if one.cancelled or one.correction or one.received is None or one.received.year > year:
            continue
        closed = one.counted()
        if closed is not None and closed[0].year < year:
            continue
        count["new" if one.received.year == year else "carried_in", one.requester] += 1
        done = closed is not None and closed[0].year == year
        count[closed[1] if closed and done else "carried_out", one.requester] += 1
    return count


def ledger_count(agency: Agency, year: int) -> Counter[tuple[str, str]]:
    """The same count made from the rows of the year's ledger, one by one, as somebody with a pencil would."""
    count: Counter[tuple[str, str]] = Counter()
    for row in records(agency, Wanted(year)):
        if row.received_on is None:
            continue
        count["new" if row.received_on.year == year else "carried_in", row.requester] += 1
        done = row.closed_on is not None and row.closed_on.year == year
        count[row.outcome or "" if done else "carried_out", row.requester] += 1
    return count


def judge_year(agency: Agency, diaries: Iterable[Diary], year: int) -> Tally:
    """The year's tally: every cell against the naive count, its sums in every column; the rows of the year's ledger
    against the same count. Raises `Wrong`."""
    made = tally(records_for(agency, year), year)
    plain = naive_count(diaries, year)
    if ledger_count(agency, year) != plain:
        raise Wrong(f"{year}: the ledger holds {ledger_count(agency, year)}, naive {plain}")
    for row in ("new", "carried_in", "carried_out", *LEAVES):
        for column in COLUMNS:
            if cell(made, row, column) != plain[row, column]:
                raise Wrong(f"{year} {row} {column}: {cell(made, row, column)}, naive {plain[row, column]}")
    for column in (*COLUMNS, "total"):
        total = sum(cell(made, leaf, column) for leaf in LEAVES)
        if cell(made, "result_total", column) != total:
            raise Wrong(f"{year} {column}: results do not add up")
        if cell(made, "new", column) + cell(made, "carried_in", column) != total + cell(
            made, "carried_out", column
        ):
            raise Wrong(f"{year} {column}: 一+二 is not 三(七)+四")
    return made


def judge_turn(before: Tally, after: Tally) -> None:
    """What was carried out of one year is carried into the next, in every column. Raises `Wrong`."""
    for column in (*COLUMNS, "total"):
        if cell(before, "carried_out", column) != cell(after, "carried_in", column):
            raise Wrong(f"{after.year} {column}: carried in is not what was carried out of {before.year}")


def judge_unchanged(reported: Tally, now: Tally) -> None:
    """A year counted again later is as it was reported when it ended. Raises `Wrong`."""
    for name, one in reported.cells.items():
        if now.cells[name].value != one.value:
            raise Wrong(
                f"{reported.year} {name}: {one.value} when the year ended, {now.cells[name].value} now"
            )


def judge_register(agency: Agency, diaries: list[Diary]) -> int:
    """The numbers of every year run from 1 without a gap; each is a request's or cancelled. How many there are."""
    given = list(
        RegisterNumber.objects.filter(register__agency=agency).values_list(
            "register__year", "serial", "request"
        )
    )
    for year in {row[0] for row in given}:
        serials = sorted(serial for of, serial, _ in given if of == year)
        if serials != list(range(1, len(serials) + 1)):
            raise Wrong(f"{year}: the numbers have a gap")
    if len(given) != len(diaries) or sum(row[2] is None for row in given) != sum(
        d.cancelled for d in diaries
    ):
        raise Wrong(f"{len(given)} numbers for {len(diaries)} requests")
    return len(given)


def cell(made: Tally, row: str, column: str) -> int:
    """A figure of table three."""
    return int(made.cells[f"t3.{row}.{column}"].value or 0)
