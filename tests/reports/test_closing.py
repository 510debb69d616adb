"""What the end of the year asks of open requests: advice that can still be followed, on the day it is read."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.inforequests.models import InfoRequest
from gongkai.reports.closing import LATE, needs_of
from gongkai.reports.entering import _NAMES_A_DAY


def case(state: str, due: date | None, received: date = date(2025, 11, 3)) -> InfoRequest:
    return InfoRequest(state=state, due_on=due, received_on=received)


@pytest.mark.parametrize(
    ("one", "day", "told"),
    [
        (case("handling", date(2025, 12, 1)), date(2025, 11, 20), "在期限内办理、答复；年底以前答复的计入本年办理结果。"),
        (case("handling", date(2025, 12, 1)), date(2025, 12, 1), "在期限内办理、答复；年底以前答复的计入本年办理结果。"),
        (case("handling", date(2025, 12, 1)), date(2025, 12, 2), LATE),
        (case("awaiting_signature", date(2025, 12, 1)), date(2026, 1, 9), LATE),
        (case("handling", date(2026, 1, 20), date(2025, 12, 22)), date(2026, 1, 9), "结转下一年"),
        # The days do not run, or another is waited for: nothing here is late.
        (case("consulting", date(2025, 12, 1)), date(2025, 12, 5), "等被征求意见的一方"),
        (case("awaiting_clarification", date(2025, 12, 1)), date(2025, 12, 5), "等申请人补正"),
    ],
)  # fmt: skip
def test_the_advice_can_still_be_followed(one: InfoRequest, day: date, told: str) -> None:
    assert told in needs_of(one, day)


@pytest.mark.parametrize("source", ["2024年行政执法台账", "截至12月31日的统计", "第四季度报表", "下半年汇总"])
def test_a_source_of_last_year_alone_is_not_proposed_again(source: str) -> None:
    assert _NAMES_A_DAY.search(source)
    assert not _NAMES_A_DAY.search("行政执法台账")
