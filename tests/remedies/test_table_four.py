"""Table four against a second count that goes through every case by hand; the register's filters against the same."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta

import pytest

from gongkai.remedies.actions.conclude import take_back
from gongkai.remedies.actions.correct import cancel
from gongkai.remedies.models import Remedy
from gongkai.remedies.queries import RESULTS, TRACKS, Asked, listed, table_four, years_counted
from gongkai.remedies.records import remedy_records_for
from gongkai.statute.report.tally import tally
from tests.cast import Cast
from tests.remedies.cases import case_of

pytestmark = pytest.mark.django_db
YEARS = range(2021, 2027)
CLASSES = ("upheld", "corrected", "other", "pending")


def sown(cast: Cast, seed: int, many: int) -> None:
    """Cases of all sorts, many of them near the turn of a year; some cancelled, some of the neighbour's."""
    dice = random.Random(seed)  # noqa: S311 - the same cases every time
    turns = [date(year, 12, 31) for year in YEARS]
    rows = []
    for n in range(many):
        accepted = dice.choice(turns) + timedelta(days=dice.randint(-3, 3) * dice.choice((1, 1, 60)))
        decided = accepted + timedelta(days=dice.choice((0, 1, 2, 30, 365, 500)))
        ended = dice.random() < 0.7
        rows.append(
            Remedy(
                agency=cast.other if n % 9 == 0 else cast.agency,
                track=dice.choice([slug for slug, _ in TRACKS]),
                organ="某机关（测试）",
                number=f"{seed}-{n}",
                about="测试",
                accepted_on=accepted,
                decided_on=decided if ended else None,
                result=dice.choice([slug for slug, _ in RESULTS]) if ended else "",
                decision="测试" if ended else "",
                cancelled="重复登记" if n % 13 == 0 else "",
            )
        )
    Remedy.objects.bulk_create(rows)


def by_hand(agency: int, year: int) -> Counter[tuple[str, str]]:
    """Every case looked at on New Year's Eve: pending then, or decided in the year."""
    found: Counter[tuple[str, str]] = Counter()
    for case in Remedy.objects.filter(agency=agency):
        begun = (case.accepted_on.year, case.accepted_on.month, case.accepted_on.day) <= (year, 12, 31)
        if case.cancelled or not begun:
            continue
        if case.decided_on is None or case.decided_on.year > year:
            found[case.track, "pending"] += 1
        elif case.decided_on.year == year:
            found[case.track, case.result] += 1
    return found


@pytest.mark.parametrize("seed", range(4))
def test_three_counts_agree(cast: Cast, seed: int) -> None:
    sown(cast, seed, 120)
    told = {
        case.pk: dict(years_counted(case, date(2026, 6, 1)))
        for case in Remedy.objects.filter(agency=cast.agency)
    }
    for year in YEARS:
        hand = by_hand(cast.agency.pk, year)
        cells = tally((), year, remedies=remedy_records_for(cast.agency, year)).cells
        shown = dict(table_four(cast.agency, year))
        for track, label in TRACKS:
            row = [hand[track, one] for one in CLASSES]
            assert [int(cells[f"t4.{track}.{one}"].value or 0) for one in CLASSES] == row
            assert shown[label] == [*row, sum(row)]
            assert int(cells[f"t4.{track}.total"].value or 0) == sum(row)
            for state, wanted in (("pending", row[3]), ("decided", sum(row[:3])), ("", sum(row))):
                assert listed(cast.agency, Asked(year, track, state)).count() == wanted
        if year <= 2026:
            assert sum(year in years for years in told.values()) == hand.total()


def test_one_counts_pending_then_decided(cast: Cast) -> None:
    case = case_of(cast, "1", date(2024, 12, 31))
    Remedy.objects.filter(pk=case.pk).update(decided_on=date(2026, 1, 1), result="other", decision="撤回")
    case.refresh_from_db()
    assert list(years_counted(case, date(2026, 5, 1))) == [
        (2024, "尚未审结"),
        (2025, "尚未审结"),
        (2026, "其他结果"),
    ]
    take_back(case, by=cast.actor("clerk"))
    assert list(years_counted(case, date(2025, 5, 1))) == [(2024, "尚未审结"), (2025, "尚未审结")]
    cancel(case, by=cast.actor("clerk"), why="重复登记")
    assert list(years_counted(case, date(2025, 5, 1))) == []
    # The number may be written down again once the wrong entry is out.
    case_of(cast, "1", date(2024, 12, 31))
