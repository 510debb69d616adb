"""Reconsiderations and lawsuits: written down, concluded, counted once a year in table four."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.agencies.rights import NotAllowed
from gongkai.remedies.actions.accept import CannotTake
from gongkai.remedies.actions.conclude import conclude
from gongkai.remedies.models import Remedy
from gongkai.remedies.records import remedy_records_for
from gongkai.reports.composition import compose
from gongkai.reports.origins import origin_of
from gongkai.statute.report.tally import tally
from tests.cast import Cast
from tests.inforequests.cases import new_case
from tests.remedies.cases import case_of


def test_each_case_is_counted_once_a_year(cast: Cast) -> None:
    clerk = cast.actor("clerk")
    old = case_of(cast, "1", date(2023, 11, 1))
    conclude(old, by=clerk, on=date(2024, 1, 10), result="upheld", decision="维持")
    within = case_of(cast, "2", date(2024, 3, 1))
    conclude(within, by=clerk, on=date(2024, 5, 1), result="corrected", decision="撤销，责令重新答复")
    suit = case_of(cast, "3", date(2024, 6, 1), "litigation_after_reconsideration", follows=old)
    conclude(suit, by=clerk, on=date(2025, 2, 1), result="upheld", decision="驳回诉讼请求")
    case_of(cast, "4", date(2025, 1, 1), "litigation_direct")
    counted = {year: {c: n for c, n in compose_cells(cast, year).items() if n} for year in (2023, 2024, 2025)}
    assert counted[2023] == {"reconsideration.pending": 1, "reconsideration.total": 1}
    assert counted[2024] == {
        "reconsideration.upheld": 1,
        "reconsideration.corrected": 1,
        "reconsideration.total": 2,
        "litigation_after_reconsideration.pending": 1,
        "litigation_after_reconsideration.total": 1,
    }
    assert counted[2025]["litigation_after_reconsideration.upheld"] == 1
    # 4 was accepted on the first day of 2025 and is pending.
    assert counted[2025]["litigation_direct.pending"] == 1


def compose_cells(cast: Cast, year: int) -> dict[str, int]:
    made = tally((), year, remedies=remedy_records_for(cast.agency, year))
    return {
        key.removeprefix("t4."): int(cell.value or 0)
        for key, cell in made.cells.items()
        if key.startswith("t4.")
    }


def test_a_figure_of_table_four_opens_to_its_cases(cast: Cast) -> None:
    case_of(cast, "复议〔2025〕1号", date(2025, 5, 6))
    origin = origin_of(compose(cast.draft), cast.draft, "t4.reconsideration.pending")
    assert origin.behind is not None
    numbers = [line.texts[0] for line in origin.behind.all_lines()]
    assert (origin.kind, origin.value, numbers) == ("remedies", 1, ["复议〔2025〕1号"])


def test_what_cannot_be_taken(cast: Cast) -> None:
    request = new_case(cast)
    with pytest.raises(CannotTake, match="早于收到申请"):
        case_of(cast, "1", date(2025, 2, 20), request=request)
    with pytest.raises(CannotTake, match="先行"):
        case_of(cast, "1", date(2025, 3, 20), "litigation_after_reconsideration")
    case_of(cast, "1", date(2025, 3, 20), request=request, early="不服逾期没有答复")
    with pytest.raises(CannotTake, match="已经登记过"):
        case_of(cast, "1", date(2025, 3, 21))
    with pytest.raises(CannotTake, match="案号"):
        case_of(cast, " ", date(2025, 3, 21))
    case = Remedy.objects.get()
    with pytest.raises(CannotTake, match="之间"):
        conclude(case, by=cast.actor("clerk"), on=date(2025, 3, 19), result="upheld", decision="维持")
    with pytest.raises(NotAllowed):
        conclude(case, by=cast.actor("neighbour"), on=date(2025, 3, 29), result="upheld", decision="维持")
    assert list(remedy_records_for(cast.other, 2025)) == []
