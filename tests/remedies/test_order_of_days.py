"""Days in their order: a case comes after the answer, a suit after its reconsideration, or the entry says why not; and
a paper whose last day nobody wrote down stands on the desk."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from gongkai.desk.owed_remedies import remedies
from gongkai.desk.todo import Desk, sorted_out
from gongkai.inforequests.models import InfoRequest
from gongkai.remedies.actions.conclude import conclude
from gongkai.remedies.actions.correct import correct, hand_in
from gongkai.remedies.actions.facts import CannotTake, Facts
from gongkai.remedies.models import Remedy
from tests.cast import Cast, add_request
from tests.inforequests.cases import answer, new_case
from tests.remedies.cases import COURT, ORGAN, case_of

pytestmark = pytest.mark.django_db
SERVED = date(2025, 3, 10)


@pytest.fixture
def answered(cast: Cast) -> InfoRequest:
    case = new_case(cast)
    answer(cast, case, "denied_internal", SERVED)
    return case


@pytest.mark.parametrize("track", ["reconsideration", "litigation_direct"])
def test_not_before_the_answer_was_served(cast: Cast, answered: InfoRequest, track: str) -> None:
    with pytest.raises(CannotTake, match="答复在2025年3月10日（星期一）才送达"):
        case_of(cast, "1号", date(2025, 3, 7), track, request=answered)
    assert case_of(cast, "1号", SERVED, track, request=answered).early == ""


def test_for_want_of_an_answer_the_entry_says_so(cast: Cast) -> None:
    case = new_case(cast)
    with pytest.raises(CannotTake, match="还没有答复"):
        case_of(cast, "1号", date(2025, 4, 1), request=case)
    made = case_of(cast, "1号", date(2025, 4, 1), request=case, early="不服逾期没有答复")
    assert made.early == "不服逾期没有答复"
    page = cast.browse("clerk").get(reverse("desk:remedy", args=["xtxsfj", made.pk])).content.decode()
    assert "不服逾期没有答复" in page


def test_an_answer_of_an_old_ledger_counts_by_its_day(cast: Cast) -> None:
    old = add_request(
        cast.agency, "旧1", closed_on=date(2024, 6, 20), outcome="denied_internal", state="answered"
    )
    assert case_of(cast, "1号", date(2024, 7, 1), request=old).pk
    with pytest.raises(CannotTake, match="才送达"):
        case_of(cast, "2号", date(2024, 6, 10), request=old)


def test_a_suit_is_not_before_the_decision_whichever_is_written_down_first(
    cast: Cast, answered: InfoRequest
) -> None:
    first = case_of(cast, "复1号", date(2025, 3, 20), request=answered)
    clerk, on = cast.actor("clerk"), date(2025, 5, 20)
    suit = case_of(cast, "行1号", date(2025, 5, 6), "litigation_after_reconsideration", follows=first)
    with pytest.raises(CannotTake, match="审结之日晚于诉讼行1号受理的2025年5月6日"):
        conclude(first, by=clerk, on=on, result="upheld", decision="维持")
    first.refresh_from_db()
    assert first.decided_on is None
    told = Facts(
        suit.track,
        COURT,
        "行1号",
        suit.about,
        suit.accepted_on,
        answered,
        first,
        early="复议机关逾期没有决定",
    )
    correct(suit, told, by=clerk, why="补写原因")
    conclude(first, by=clerk, on=on, result="upheld", decision="维持")
    with pytest.raises(CannotTake, match="早于先行复议审结"):
        case_of(cast, "行2号", date(2025, 5, 19), "litigation_after_reconsideration", follows=first)
    assert case_of(cast, "行2号", on, "litigation_after_reconsideration", follows=first).pk


def test_a_reconsideration_is_not_moved_behind_its_suit(cast: Cast, answered: InfoRequest) -> None:
    first = case_of(cast, "复1号", date(2025, 3, 20), request=answered)
    case_of(cast, "行1号", date(2025, 5, 6), "litigation_after_reconsideration", follows=first)
    told = Facts(Remedy.Track.RECONSIDERATION, ORGAN, "复1号", first.about, date(2025, 5, 7), answered)
    with pytest.raises(CannotTake, match="之后起诉的行1号"):
        correct(first, told, by=cast.actor("clerk"), why="抄错")


def owed(cast: Cast, who: str = "clerk") -> list[str]:
    day = date(2025, 4, 1)
    lists = sorted_out(remedies(Desk(cast.actor(who, day), cast.agency, day)), day)
    return [one.todo.title for one in lists.today]


def test_a_paper_without_a_last_day_stands_on_the_desk_until_it_is_known(cast: Cast) -> None:
    case = case_of(cast, "复1号", date(2025, 3, 20))
    (title,) = owed(cast)
    assert title.startswith("补上提交答复书的最后一天：复1号")
    assert owed(cast, "reviewer") == []
    page = cast.browse("clerk").get(reverse("desk:remedy", args=["xtxsfj", case.pk])).content.decode()
    assert "补上这个日期" in page
    hand_in(case, by=cast.actor("clerk"), on=date(2025, 3, 24))
    assert owed(cast) == []
