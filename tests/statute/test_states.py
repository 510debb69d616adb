"""The table of moves: whole, reachable, and true to the articles on each act."""

from __future__ import annotations

from collections import Counter

import pytest

from gongkai.statute import states
from gongkai.statute.periods import PERIODS
from gongkai.statute.states import (
    CLOSED,
    MOVES,
    OPEN,
    PAUSED,
    RUNNING,
    STATES,
    WAITING,
    ImpossibleMove,
    move,
    moves_from,
)

LABELS = ["待确认", "办理中", "待补正", "征求意见中", "待签发", "已答复", "已归档"]


def follow(*acts: str, start: str = "unregistered") -> list[str]:
    """The states passed through, with the acts done remembered for those open once."""
    at, done, passed = start, [], [start]
    for act in acts:
        at = move(at, act, done).to_state
        done.append(act)
        passed.append(at)
    return passed


def test_words_of_the_screens() -> None:
    labels = [s.label for s in STATES.values()]
    assert set(LABELS) <= set(labels)
    assert len(set(labels)) == len(labels)
    assert set(states.MARKS.values()) == {"已延期", "逾期"}
    assert states.status_words("handling", extended=True, overdue=True) == ("办理中", "已延期", "逾期")
    assert states.status_words("answered", extended=True, overdue=True) == ("已答复",)


def test_every_state_is_in_exactly_one_group() -> None:
    groups = Counter(s for group in (states.NOT_RECEIVED, RUNNING, PAUSED, WAITING, CLOSED) for s in group)
    assert groups == Counter(list(STATES))
    assert OPEN == RUNNING | PAUSED | WAITING


def test_the_table_is_whole() -> None:
    assert len({(m.from_state, m.act) for m in MOVES}) == len(MOVES), "a state and an act lead to one place"
    for m in MOVES:
        assert m.from_state in STATES
        assert m.to_state in STATES
        assert m.ref.says
        assert m.when.endswith("。")
        assert not m.within or m.within in PERIODS
    for act in {m.act for m in MOVES}:
        assert len({m.label for m in MOVES if m.act == act}) == 1


def test_every_state_is_reached_and_leads_to_the_archive() -> None:
    reached, leads = {"unregistered"}, {"archived"}
    for _ in STATES:
        reached |= {m.to_state for m in MOVES if m.from_state in reached}
        leads |= {m.from_state for m in MOVES if m.to_state in leads}
    assert reached == set(STATES)
    assert leads == set(STATES)


def test_the_clock_follows_the_groups() -> None:
    for m in MOVES:
        before, after = m.from_state, m.to_state
        if m.clock == "pause":
            assert after in PAUSED
        if m.clock == "resume":
            assert before in PAUSED
            assert after in RUNNING
        if m.clock == "restart":
            assert before in WAITING
            assert after in RUNNING
        if m.clock == "start":
            assert before not in OPEN
            assert after in RUNNING
        assert (m.clock == "stop") is (before not in CLOSED and after in CLOSED), m


def test_common_courses() -> None:
    assert follow("register_received", "decide", "review", "sign", "serve", "archive")[-1] == "archived"
    assert follow("register_arrival", "confirm_receipt")[-1] == "handling"
    assert follow("register_received", "ask_clarification", "receive_clarification")[-1] == "handling"
    assert (
        follow("register_received", "ask_clarification", "lapse_no_clarification", "archive")[-1]
        == "archived"
    )
    assert (
        follow(
            "register_received", "consult_third_party", "consult_agency", "end_one_consultation", "extend"
        )[-1]
        == "consulting"
    )
    assert (
        follow("register_received", "consult_joint_makers", "end_last_consultation", "decide", "send_back")[
            -1
        ]
        == "handling"
    )
    assert follow("register_received", "ask_reasons", "receive_reasons", "set_later_date")[-1] == "handling"
    assert follow("register_received", "give_fee_notice", "receive_payment")[-1] == "handling"
    assert follow("register_received", "give_fee_notice", "lapse_no_payment", "reopen")[-1] == "handling"
    assert (
        follow("register_received", "decide", "review", "sign", "serve", "archive", "reopen", "decide")[-1]
        == "in_review"
    )


@pytest.mark.parametrize("state", sorted(OPEN | {"unconfirmed"}))
def test_an_open_request_can_always_be_withdrawn(state: str) -> None:
    assert move(state, "withdraw").to_state == "withdrawn"


def test_clarification_once_within_seven_working_days() -> None:
    act = move("handling", "ask_clarification")
    assert act.within == "clarification_notice"
    assert act.ref.article == 30
    with pytest.raises(ImpossibleMove, match="只能有一次"):
        follow("register_received", "ask_clarification", "receive_clarification", "ask_clarification")


def test_extension_once_and_only_while_the_clock_can_run() -> None:
    extends = {m.from_state for m in MOVES if m.act == "extend"}
    assert extends <= RUNNING | PAUSED
    assert all(
        m.once and m.clock == "extend" and m.from_state == m.to_state for m in MOVES if m.act == "extend"
    )
    assert "extend" not in [m.act for m in moves_from("handling", done=["extend"])]
    with pytest.raises(ImpossibleMove, match="延长答复期限”一件申请只能有一次"):
        follow("register_received", "extend", "extend")


def test_an_impossible_move_says_what_is_open() -> None:
    with pytest.raises(ImpossibleMove, match=r"“已答复”，不能“延长答复期限”；现在可以做的：归档、重新办理"):
        move("answered", "extend")
    with pytest.raises(ImpossibleMove, match="没有“fly”这种操作"):
        move("handling", "fly")
    with pytest.raises(ImpossibleMove, match="没有“limbo”这种状态"):
        moves_from("limbo")
