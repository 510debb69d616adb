"""The procedure from act to act: what is open when, what follows, and that a failed act changes nothing."""

from __future__ import annotations

import ast
from datetime import date, timedelta
from pathlib import Path

import pytest

from gongkai.agencies.rights import NotAllowed
from gongkai.inforequests.actions.base import CannotDo
from gongkai.inforequests.actions.clarification import (
    ask_clarification,
    lapse_no_clarification,
    receive_clarification,
)
from gongkai.inforequests.actions.closing import archive, reopen, withdraw
from gongkai.inforequests.actions.consultation import consult, reached, receive_opinion
from gongkai.inforequests.actions.deciding import decide, review, send_back, serve, sign
from gongkai.inforequests.actions.fees import give_fee_notice, lapse_no_payment, receive_payment
from gongkai.inforequests.actions.period import ask_reasons, extend, receive_reasons, set_later_date
from gongkai.inforequests.models import InfoRequest
from gongkai.inforequests.records import records_for
from gongkai.statute.outcomes import REPLIES
from gongkai.statute.report.tally import tally
from gongkai.statute.states import ImpossibleMove
from tests.cast import Cast
from tests.inforequests.cases import DAY, answer, new_case, said_of

ROOM = Path(__file__).resolve().parents[2] / "gongkai" / "inforequests"


def d(month: int, day: int) -> date:
    return date(2025, month, day)


def test_only_base_and_registration_write_a_state() -> None:
    strays = []
    for path in ROOM.rglob("*.py"):
        if path.name in ("base.py", "register.py", "past_cases.py") or "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Attribute)
                and node.attr in ("state", "due_on")
                and isinstance(node.ctx, ast.Store)
            ):
                strays.append(f"{path.name}:{node.lineno}")
    assert not strays


@pytest.mark.parametrize(
    "reply", [r.slug for r in REPLIES if r.outcome not in ("other_no_correction", "other_no_fee")]
)
def test_every_kind_of_reply_from_intake_to_its_row(cast: Cast, reply: str) -> None:
    case = new_case(cast)
    answer(cast, case, reply, d(3, 10))
    assert (case.state, case.closed_on, case.reply) == ("answered", d(3, 10), reply)
    counted = tally(records_for(cast.agency, 2025), 2025)
    row = next(r.outcome for r in REPLIES if r.slug == reply)
    assert counted.cells[f"t3.{row}.natural"].value == 1
    assert counted.cells["t3.result_total.total"].value == 1
    assert counted.cells["t3.new.total"].value == 1


def test_clarification_restarts_the_clock_and_is_asked_once(cast: Cast) -> None:
    case, clerk = new_case(cast), cast.actor("clerk", d(6, 1))
    with pytest.raises(CannotDo, match="每一点"):
        ask_clarification(case, by=clerk, on=d(2, 26), points=[" "], until=d(3, 20))
    with pytest.raises(CannotDo, match="之后"):
        ask_clarification(case, by=clerk, on=d(2, 26), points=["哪个项目"], until=d(2, 26))
    assert case.events.count() == 1
    ask_clarification(case, by=clerk, on=d(2, 26), points=["哪个项目"], until=d(3, 20))
    assert case.state == "awaiting_clarification"
    data = case.events.last().data  # type: ignore[union-attr]
    assert data == {"points": ["哪个项目"], "until": "2025-03-20", "guidance": ""}
    with pytest.raises(CannotDo, match="以后才能"):
        lapse_no_clarification(case, by=clerk, on=d(3, 20))
    receive_clarification(case, by=clerk, on=d(3, 10), content="甲项目的批复")
    assert (case.state, case.content, case.due_on) == ("handling", "甲项目的批复", d(4, 8))
    with pytest.raises(ImpossibleMove, match="只能有一次"):
        ask_clarification(case, by=clerk, on=d(3, 12), points=["再问"], until=d(3, 30))


def test_without_correction_it_lapses_into_its_row(cast: Cast) -> None:
    case, clerk = new_case(cast), cast.actor("clerk", d(6, 1))
    ask_clarification(case, by=clerk, on=d(2, 26), points=["哪个项目"], until=d(3, 20))
    lapse_no_clarification(case, by=clerk, on=d(3, 21))
    assert (case.state, case.outcome, case.closed_on) == ("lapsed", "other_no_correction", d(3, 21))


def test_consultations_stop_the_clock_until_the_last_is_in(cast: Cast) -> None:
    case, clerk = new_case(cast), cast.actor("clerk", d(6, 1))
    first = consult(case, by=clerk, on=d(2, 24), whom="third_party", name="乙公司", about="报价表")
    second = consult(
        case, by=clerk, on=d(2, 25), whom="agency", name="丙局", about="会签稿", answer_by=d(3, 5)
    )
    reached(first, by=clerk, on=d(2, 26))
    assert first.answer_by == d(3, 19), "fifteen working days from the day it reached them"
    with pytest.raises(CannotDo, match="还没有过"):
        receive_opinion(first, by=clerk, on=d(3, 1), opinion="silent")
    with pytest.raises(CannotDo, match="理由"):
        receive_opinion(first, by=clerk, on=d(3, 3), opinion="objects")
    receive_opinion(first, by=clerk, on=d(3, 3), opinion="objects", grounds="商业秘密")
    assert case.state == "consulting"
    case.refresh_from_db()
    receive_opinion(second, by=clerk, on=d(3, 6), opinion="silent")
    case.refresh_from_db()
    assert case.state == "handling"
    # 24 February counts one; 25 February to 6 March do not; nineteen more end on 2 April.
    assert case.due_on == d(4, 2)
    with pytest.raises(CannotDo, match="已经登记过"):
        receive_opinion(second, by=clerk, on=d(3, 7), opinion="agrees")


def test_extension_needs_the_ogi_head_and_time_left(cast: Cast) -> None:
    case = new_case(cast)
    with pytest.raises(NotAllowed):
        extend(case, by=cast.actor("clerk", d(3, 10)), on=d(3, 10), days=20, reason="检索量大")
    head = cast.actor("ogi_head", d(4, 30))
    with pytest.raises(CannotDo, match="届满"):
        extend(case, by=head, on=d(3, 24), days=20, reason="检索量大")
    extend(case, by=head, on=d(3, 21), days=20, reason="检索量大")
    assert case.due_on == d(4, 21)
    with pytest.raises(ImpossibleMove, match="只能有一次"):
        extend(case, by=head, on=d(3, 24), days=1, reason="再延")


def test_reasons_and_a_later_day(cast: Cast) -> None:
    case, clerk, head = new_case(cast), cast.actor("clerk", d(6, 1)), cast.actor("ogi_head", d(6, 1))
    ask_reasons(case, by=clerk, on=d(2, 25), facts="本月第30件", until=d(3, 10))
    receive_reasons(case, by=clerk, on=d(3, 4), reasons="编写村志")
    with pytest.raises(CannotDo, match="之后"):
        set_later_date(case, by=head, on=d(3, 5), until=d(3, 21), reason="量大")
    set_later_date(case, by=head, on=d(3, 5), until=d(5, 30), reason="量大")
    assert case.due_on == d(5, 30)


def test_the_fee_is_the_ladders_and_payment_begins_anew(cast: Cast) -> None:
    case, head, clerk = new_case(cast), cast.actor("ogi_head", d(6, 1)), cast.actor("clerk", d(6, 1))
    with pytest.raises(CannotDo, match="不收费"):
        give_fee_notice(case, by=head, on=d(3, 3), basis="pages", units=30, reason="量大")
    give_fee_notice(case, by=head, on=d(3, 3), basis="pages", units=31, reason="量大")
    data = case.events.last().data  # type: ignore[union-attr]
    assert data["yuan"] == 10
    assert data["until"] == "2025-03-31"
    with pytest.raises(CannotDo, match="以后才能"):
        lapse_no_payment(case, by=clerk, on=d(3, 31), received_on=d(3, 3))
    # The post brought it on Friday 7 March: the twentieth working day after it is 7 April, with 4 April off (by hand).
    with pytest.raises(CannotDo, match="2025年4月7日"):
        lapse_no_payment(case, by=clerk, on=d(4, 7), received_on=d(3, 7))
    with pytest.raises(CannotDo, match="早于发出"):
        lapse_no_payment(case, by=clerk, on=d(4, 8), received_on=d(2, 28))
    receive_payment(case, by=clerk, on=d(3, 18), receipt_number="1")
    assert (case.state, case.due_on) == ("handling", d(4, 16))


def test_who_drafted_does_not_review_and_who_reviewed_does_not_sign(cast: Cast) -> None:
    case, day = new_case(cast), d(3, 10)
    with pytest.raises(CannotDo, match="还要写明"):
        decide(case, by=cast.actor("ogi_head", day), on=day, reply="granted_provided", states={})
    decide(
        case,
        by=cast.actor("ogi_head", day),
        on=day,
        reply="granted_provided",
        states=said_of("granted_provided"),
    )
    with pytest.raises(CannotDo, match="不同的人"):
        review(case, by=cast.actor("ogi_head", day), on=day)
    review(case, by=cast.actor("reviewer", day), on=day)
    with pytest.raises(NotAllowed):
        sign(case, by=cast.actor("reviewer", day), on=day)
    sign(case, by=cast.actor("leader", day), on=day)
    assert case.state == "signed"
    with pytest.raises(CannotDo, match="原因"):
        send_back(case, by=cast.actor("leader", day), on=day, reason="")
    send_back(case, by=cast.actor("leader", day), on=day, reason="文号有误")
    assert case.state == "handling"


def test_a_draft_changed_after_its_review_is_not_signed(cast: Cast) -> None:
    case, day = new_case(cast), d(3, 10)
    made = decide(
        case,
        by=cast.actor("clerk", day),
        on=day,
        reply="granted_provided",
        states=said_of("granted_provided"),
    )
    review(case, by=cast.actor("reviewer", day), on=day)
    made.states["how"] = "改过的话"
    made.save()
    with pytest.raises(CannotDo, match="不一致"):
        sign(case, by=cast.actor("leader", day), on=day)
    case.refresh_from_db()
    assert case.state == "awaiting_signature"


def test_information_that_does_not_exist_needs_its_search(cast: Cast) -> None:
    case, day = new_case(cast), d(3, 10)
    with pytest.raises(CannotDo, match="检索记录"):
        decide(
            case,
            by=cast.actor("clerk", day),
            on=day,
            reply="unable_not_existing",
            states=said_of("unable_not_existing"),
        )


def test_withdrawn_archived_reopened(cast: Cast) -> None:
    case, clerk = new_case(cast), cast.actor("clerk", d(12, 1))
    withdraw(case, by=clerk, on=d(3, 3), how="书面撤回")
    assert (case.state, case.outcome) == ("withdrawn", "other_other")
    archive(case, by=clerk, on=d(3, 4))
    assert (case.state, case.outcome, case.closed_on) == ("archived", "other_other", d(3, 3))
    reopen(case, by=clerk, on=d(6, 2), ordered_by="某县人民政府行政复议决定", until=d(6, 20))
    assert (case.state, case.outcome, case.closed_on, case.due_on) == ("handling", "", None, d(6, 20))
    answer(cast, case, "granted_provided", d(6, 18))
    assert case.closed_on == d(6, 18)


def test_an_act_before_the_last_one_or_in_the_future_is_refused(cast: Cast) -> None:
    case, clerk = new_case(cast), cast.actor("clerk", DAY + timedelta(days=3))
    with pytest.raises(CannotDo, match="早于上一步"):
        withdraw(case, by=clerk, on=DAY - timedelta(days=1), how="书面")
    with pytest.raises(CannotDo, match="还没有到"):
        withdraw(case, by=clerk, on=DAY + timedelta(days=4), how="书面")
    assert InfoRequest.objects.get(pk=case.pk).state == "handling"


def test_serving_needs_a_way(cast: Cast) -> None:
    case = new_case(cast)
    with pytest.raises(CannotDo, match="送达方式"):
        serve(case, by=cast.actor("clerk", DAY), on=DAY, how=" ")


def test_an_opinion_written_down_late_takes_no_more_than_fifteen_working_days(cast: Cast) -> None:
    """Reached on 26 February: the fifteenth working day is 19 March (by hand), whatever day the silence is entered."""
    case, clerk = new_case(cast), cast.actor("clerk", d(6, 1))
    asked = consult(case, by=clerk, on=d(2, 24), whom="third_party", name="乙公司", about="报价表")
    reached(asked, by=clerk, on=d(2, 26))
    with pytest.raises(CannotDo, match="已经登记过"):
        reached(asked, by=clerk, on=d(2, 27))
    receive_opinion(asked, by=clerk, on=d(4, 11), opinion="silent")
    case.refresh_from_db()
    # 24 February counts one; the nineteen from 20 March, without 4 April, end on 16 April.
    assert (case.state, case.due_on) == ("handling", d(4, 16))


def test_the_last_opinion_is_found_among_what_stands_now(cast: Cast) -> None:
    """Two clerks have the page of the same case open, each with one of the two opinions; each row is as it was read."""
    case, clerk = new_case(cast), cast.actor("clerk", d(6, 1))
    for name in ("乙公司", "丙公司"):
        consult(case, by=clerk, on=d(2, 24), whom="third_party", name=name, about="报价表")
    mine, theirs = case.consultations.all()
    receive_opinion(mine, by=clerk, on=d(3, 3), opinion="agrees")
    stale = type(mine).objects.get(pk=mine.pk)
    stale.ended_on, stale.opinion = None, ""
    with pytest.raises(CannotDo, match="已经登记过"):
        receive_opinion(stale, by=clerk, on=d(3, 4), opinion="agrees")
    receive_opinion(theirs, by=clerk, on=d(3, 4), opinion="agrees")
    case.refresh_from_db()
    assert case.state == "handling"
