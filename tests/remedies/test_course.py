"""A case from our paper to the request handled anew: what is owed, who is told, what cannot be."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from django.utils import timezone

from gongkai.audit.models import Entry
from gongkai.desk.owed_remedies import remedies
from gongkai.desk.todo import Desk
from gongkai.inforequests.actions.closing import reopen
from gongkai.inforequests.reading import case_page
from gongkai.outbox.models import Message
from gongkai.remedies.actions.conclude import conclude, take_back
from gongkai.remedies.actions.correct import cancel, correct, hand_in
from gongkai.remedies.actions.facts import CannotTake, Facts
from gongkai.remedies.models import Remedy
from gongkai.remedies.queries import carried_out, redo_order
from gongkai.remedies.reminding import remind
from tests.cast import Cast
from tests.inforequests.cases import answer, new_case
from tests.remedies.cases import COURT, ORGAN, case_of

pytestmark = pytest.mark.django_db
TAKEN, LAST = date(2025, 4, 7), date(2025, 4, 21)
DECIDED, REDO = date(2025, 5, 20), date(2025, 6, 13)


def at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9)))


def owed(cast: Cast, day: date, who: str = "clerk") -> list[tuple[str, date | None]]:
    found = remedies(Desk(cast.actor(who, day), cast.agency, day))
    return [(todo.title.partition("：")[0], todo.due_on) for todo in found]


def told(words: str) -> list[str]:
    found = Message.objects.filter(key__startswith="remedy:", body__contains=words).order_by("pk")
    return [message.body for message in found]


def test_our_paper_is_owed_until_it_is_handed_in(cast: Cast) -> None:
    case = case_of(cast, "测复〔2025〕1号", TAKEN, answer_by=LAST)
    assert owed(cast, TAKEN) == [("提交答复书", LAST)]
    assert owed(cast, TAKEN, "leader") == []
    # 21 April is a Monday: 10 April has 7 working days left, 16 April 3, 18 April 1.
    steps = {9: "", 10: "还剩 7 个工作日", 11: "", 16: "还剩 3 个工作日", 18: "还剩 1 个工作日"}
    steps |= {21: "今天是最后一天", 22: "已经过期", 23: ""}
    for day, words in steps.items():
        before = Message.objects.count()
        for _ in range(2):
            remind(at(date(2025, 4, day)))
        new = list(Message.objects.order_by("pk")[before:])
        assert [words in message.body for message in new] == ([True] if words else []), day
    hand_in(case, by=cast.actor("clerk"), on=date(2025, 4, 22))
    assert owed(cast, date(2025, 4, 23)) == []
    remind(at(date(2025, 5, 6)))
    assert len(told("答复书")) == 5


def test_a_suit_wants_a_plea_and_names_what_went_before(cast: Cast) -> None:
    request = new_case(cast)
    first = case_of(cast, "1", TAKEN, request=request, early="不服逾期没有答复")
    conclude(first, by=cast.actor("clerk"), on=DECIDED, result="upheld", decision="维持")
    suit = case_of(
        cast, "2", date(2025, 6, 1), "litigation_after_reconsideration", follows=first, answer_by=REDO
    )
    assert suit.request == request
    assert owed(cast, date(2025, 6, 2)) == [("提交答辩状", REDO)]
    with pytest.raises(CannotTake, match="早于先行复议"):
        case_of(cast, "3", TAKEN, "litigation_after_reconsideration", follows=first)
    with pytest.raises(CannotTake, match="先更正那件诉讼"):
        cancel(first, by=cast.actor("clerk"), why="重复登记")
    other = new_case(cast, content="另一件")
    with pytest.raises(CannotTake, match="另一件申请"):
        case_of(cast, "4", date(2025, 6, 1), "litigation_after_reconsideration", follows=first, request=other)


def test_ordered_to_handle_again(cast: Cast) -> None:
    request = new_case(cast)
    answer(cast, request, "granted_provided", date(2025, 3, 3))
    case = case_of(cast, "测复〔2025〕2号", TAKEN, request=request)
    assert redo_order(request) is None
    conclude(
        case,
        by=cast.actor("clerk"),
        on=DECIDED,
        result="corrected",
        decision="撤销，责令重新答复",
        redo_by=REDO,
    )
    assert (case.redo, redo_order(request)) == (True, case)
    assert owed(cast, DECIDED) == [("重新办理", REDO)]
    remind(at(date(2025, 6, 12)))
    assert len(told("重新办理并答复，还剩 1 个工作日")) == 1
    reopen(
        request, by=cast.actor("clerk", DECIDED), on=DECIDED, ordered_by=f"{ORGAN}{case.number}", until=REDO
    )
    assert (carried_out(case), redo_order(request), owed(cast, DECIDED)) == (True, None, [])
    page = case_page(request, cast.actor("clerk", DECIDED))
    assert page.deadline is not None
    assert (request.due_on, page.deadline.due) == (REDO, REDO)
    assert "以这一天为准" in page.deadline.steps[-1]
    with pytest.raises(CannotTake, match="已经按这个结果重新办理"):
        take_back(case, by=cast.actor("clerk"))


def test_what_a_result_cannot_be(cast: Cast) -> None:
    case, clerk = case_of(cast, "1", TAKEN), cast.actor("clerk")
    with pytest.raises(CannotTake, match="不会要求重新办理"):
        conclude(case, by=clerk, on=DECIDED, result="upheld", decision="维持", redo=True)
    with pytest.raises(CannotTake, match="以后"):
        conclude(case, by=clerk, on=DECIDED, result="corrected", decision="撤销", redo_by=TAKEN)
    with pytest.raises(CannotTake, match="本来就没有"):
        take_back(case, by=clerk)
    case.refresh_from_db()
    assert (case.decided_on, case.result, case.redo) == (None, "", False)


def test_a_wrong_entry_is_mended_and_the_trail_says_what(cast: Cast) -> None:
    clerk = cast.actor("clerk")
    case, other = case_of(cast, "1", TAKEN), case_of(cast, "2", TAKEN)
    told = Facts("litigation_direct", COURT, "（2025）测行初1号", "不服不予公开", DECIDED, answer_by=REDO)
    with pytest.raises(CannotTake, match="更正的原因"):
        correct(case, told, by=clerk, why=" ")
    correct(case, told, by=clerk, why="类别选错")
    assert (case.track, case.organ, case.accepted_on) == ("litigation_direct", COURT, DECIDED)
    entry = Entry.objects.filter(act="remedy.edit").latest("number")
    assert "类别选错" in entry.detail
    assert "track" in entry.detail
    with pytest.raises(CannotTake, match="已经登记过"):
        correct(other, told, by=clerk, why="案号抄错")
    conclude(case, by=clerk, on=date(2025, 6, 20), result="other", decision="撤诉")
    late = Facts("litigation_direct", COURT, "3", "不服", date(2025, 7, 1))
    with pytest.raises(CannotTake, match="晚于审结"):
        correct(case, late, by=clerk, why="日期抄错")
    cancel(other, by=clerk, why="重复登记")
    with pytest.raises(CannotTake, match="已经作废"):
        hand_in(other, by=clerk, on=DECIDED)


def test_a_suit_cannot_follow_what_was_taken_out_meanwhile(cast: Cast) -> None:
    """The form offered the reconsideration; a colleague took it out before the form was sent."""
    first = case_of(cast, "测复〔2025〕1号", TAKEN)
    offered = Remedy.objects.get(pk=first.pk)
    cancel(first, by=cast.actor("clerk"), why="重复登记")
    with pytest.raises(CannotTake, match="先行的案件"):
        case_of(cast, "测行初〔2025〕1号", DECIDED, "litigation_after_reconsideration", follows=offered)
    assert not Remedy.objects.filter(cancelled="").exists()
