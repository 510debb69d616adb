"""What the page of a case is made of: the clock in words, the acts open to whom, the same few queries always."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.urls import reverse

from gongkai.inforequests.actions.consultation import consult, receive_opinion
from gongkai.inforequests.actions.deciding import decide, review, serve
from gongkai.inforequests.actions.period import extend
from gongkai.inforequests.actions.signing import sign_and_make
from gongkai.inforequests.alike import alike, answered_before
from gongkai.inforequests.queries import open_requests, request_of
from gongkai.inforequests.reading import Case, case_page
from tests.cast import Cast
from tests.inforequests.cases import answer, new_case, said_of


def acts(case: Case) -> dict[str, bool]:
    return {one.move.act: one.allowed for one in case.acts}


def test_the_acts_open_to_each(cast: Cast) -> None:
    case, day = new_case(cast), date(2025, 3, 3)
    clerk = acts(case_page(case, cast.actor("clerk", day)))
    assert clerk["ask_clarification"]
    assert clerk["decide"]
    assert clerk["extend"] is False
    head = acts(case_page(case, cast.actor("ogi_head", day)))
    assert head["extend"]
    refused = next(a for a in case_page(case, cast.actor("clerk", day)).acts if a.move.act == "extend")
    assert "公开机构负责人" in refused.why_not
    assert not any(acts(case_page(case, cast.actor("auditor", day))).values())


def test_days_left_and_days_late_are_working_days(cast: Cast) -> None:
    case = new_case(cast)
    for day, left, late, words in (
        (date(2025, 2, 21), 20, 0, ("办理中",)),
        (date(2025, 3, 20), 1, 0, ("办理中",)),
        (date(2025, 3, 21), 0, 0, ("办理中",)),
        (date(2025, 3, 22), 0, 0, ("办理中",)),
        (date(2025, 3, 24), 0, 1, ("办理中", "逾期")),
    ):
        page = case_page(case, cast.actor("clerk", day))
        assert (page.left, page.late_by, page.words) == (left, late, words), day
    extend(case, by=cast.actor("ogi_head", date(2025, 3, 21)), on=date(2025, 3, 20), days=20, reason="量大")
    page = case_page(case, cast.actor("clerk", date(2025, 3, 24)))
    assert page.words == ("办理中", "已延期")
    assert page.deadline is not None
    assert any("延长" in step for step in page.deadline.steps)


def test_a_closed_case_has_no_days_left(cast: Cast) -> None:
    case = new_case(cast)
    answer(cast, case, "granted_provided", date(2025, 3, 3))
    page = case_page(case, cast.actor("clerk", date(2025, 6, 3)))
    assert (page.left, page.late_by, page.words) == (None, 0, ("已答复",))


def test_the_queries_do_not_grow_with_the_case(
    cast: Cast, queries: Callable[[Callable[[], Any]], int]
) -> None:
    case, clerk = new_case(cast), cast.actor("clerk", date(2025, 12, 1))

    def look() -> Case:
        return case_page(request_of(cast.agency, case.pk), clerk)

    before = queries(look)
    for n in range(12):
        day = date(2025, 3, 1 + n)
        one = consult(
            case, by=clerk, on=day, whom="agency", name=f"{n}局", about="x", answer_by=date(2025, 5, 1)
        )
        case.refresh_from_db()
        receive_opinion(one, by=clerk, on=day, opinion="agrees")
        case.refresh_from_db()
    assert queries(look) == before <= 6


def test_the_most_urgent_first_and_the_unconfirmed_before_all(cast: Cast) -> None:
    late = new_case(cast, date(2025, 2, 24))
    soon = new_case(cast, date(2025, 2, 21))
    waiting = new_case(cast, date(2025, 3, 3), channel="fax", arrived_on=date(2025, 3, 3))
    done = new_case(cast, date(2025, 2, 20))
    answer(cast, done, "granted_provided", date(2025, 3, 3))
    assert list(open_requests(cast.agency)) == [waiting, soon, late]


def test_what_may_be_the_same_is_shown_with_how_it_was_answered(cast: Cast) -> None:
    first = new_case(cast, content="申请公开 甲项目，批复。")
    other = new_case(cast, content="另一件事")
    theirs = new_case(cast, content="请公开甲项目批复文件", applicant="乙某")
    new_case(cast, content="申请公开丙街道低保名单", applicant="丁某")
    answer(cast, first, "granted_provided", date(2025, 3, 3))
    again = new_case(cast, content="申请公开甲项目批复", on=date(2025, 3, 4))
    found = [(one.request, one.why) for one in alike(again)]
    assert found == [(first, "同一申请人，内容相同"), (theirs, "别的申请人，内容相近"), (other, "同一申请人")]
    assert "予以公开" in alike(again)[0].answered
    assert alike(again)[1].answered == "办理中"


def test_the_answer_that_a_repeated_request_is_told_of(cast: Cast) -> None:
    first, day = new_case(cast), date(2025, 3, 3)
    assert answered_before(new_case(cast)) is None
    clerk, states = cast.actor("clerk", day), said_of("granted_provided")
    decide(first, by=clerk, on=day, reply="granted_provided", states=states)
    review(first, by=cast.actor("reviewer", day), on=day)
    letter = sign_and_make(first, by=cast.actor("leader", day), on=day)
    serve(first, by=clerk, on=day, how="当面领取")
    before = answered_before(new_case(cast, on=day))
    assert before is not None
    assert (before.request, before.letter) == (first, letter.number)
    page = cast.browse("clerk").get(
        reverse("desk:request-draft", args=["xtxsfj", new_case(cast, on=day).pk, "reject_repeat"])
    )
    assert letter.number in page.content.decode()
    assert "2025年3月3日" in page.content.decode()
