"""The table of moves of messages: which act leads from which state to which."""

from __future__ import annotations

from dataclasses import dataclass

from .models import DONE, Message

State = Message.State


@dataclass(frozen=True, slots=True)
class Move:
    """An act: its label, from which states, to which (empty: it stays), and when it is for."""

    label: str
    states: tuple[str, ...]
    to: str
    when: str = ""


_OPEN = (State.NEW.value, State.HANDLING.value)
MOVES: dict[str, Move] = {
    "accept": Move("受理", (State.NEW,), State.HANDLING, "属于本机关办的，先受理，再去了解、答复。"),
    "answer": Move("答复", _OPEN, "", "写答复。拟公开的，先送公开机构负责人审核；不公开的，直接答复留言人。"),
    "ask_account": Move(
        "请被投诉机关说明情况",
        (State.HANDLING,),
        State.HANDLING,
        "投诉的事要核实的，请被投诉的机关说明。它只看得到您写的这一段，看不到投诉原文和投诉人。",
    ),
    "approve": Move("同意并答复", (State.REVIEW,), State.ANSWERED, "看过答复，可以公开的。"),
    "send_back": Move("退回修改", (State.REVIEW,), State.HANDLING, "答复要改的，写明改什么。"),
    "pass_on": Move("转办", _OPEN, State.PASSED, "不归本机关办、归另一个机关办的。对方签收后这里看得到。"),
    "guide": Move(
        "引导申请信息公开",
        _OPEN,
        State.GUIDED,
        "其实是要政府信息的：请本人确认后走依申请公开，内容不用再写一遍。",
    ),
    "refuse": Move("不予受理", _OPEN, State.REFUSED, "不是留言、投诉能办的事，写明理由，告诉本人找谁。"),
    "close": Move("办结", (State.ANSWERED,), State.CLOSED, "答复已经送到，登记结果。"),
    "select": Move(
        "选登：做成公开信息的草稿",
        (State.ANSWERED, State.CLOSED),
        "",
        "有普遍意义的问题和答复可以选登。做成草稿以后，和别的信息一样审查、发布。",
    ),
    "signed_for": Move("对方机关已签收", (State.PASSED,), ""),
    "account": Move("收到情况说明", tuple(State.values), ""),
    "register": Move("收到", (), State.NEW),
    "erase": Move("清除留言人资料", tuple(DONE), ""),
}
"""The acts by slug, in the order in which their buttons stand."""
