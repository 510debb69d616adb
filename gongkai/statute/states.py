"""States of a request and the table of moves between them: who follows whom, by which act, on what ground."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from .refs import Ref

ClockEffect = Literal["start", "restart", "pause", "resume", "extend", "set", "stop", "none"]
"""What a move does to the clock: start and restart begin a full period, pause and resume bound the days not
counted, extend adds working days, set makes the day notified to the requester the due day (art. 35), stop ends it."""


class ImpossibleMove(ValueError):
    """The act is not open in this state, or was already used up; says so in Chinese, with what is open."""


@dataclass(frozen=True, slots=True)
class State:
    """Where a request stands: its slug, the word on the screen, and what it means in a sentence."""

    slug: str
    label: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Move:
    """One row of the table: from a state by an act to a state.

    `when` says in a sentence when the act applies; `once` acts are open once in a case; `within` names the
    period of `periods.toml` in which the act must be done, counted from the day of receipt of the request
    (clarification notice) or of the fee notice (payment).
    """

    from_state: str
    act: str
    to_state: str
    label: str
    when: str
    ref: Ref
    clock: ClockEffect = "none"
    once: bool = False
    within: str = ""


STATES: dict[str, State] = {
    slug: State(slug, label, meaning)
    for slug, label, meaning in (
        ("unregistered", "未登记", "申请刚到，还没有登记。"),
        ("unconfirmed", "待确认", "申请已经到达，但还没有与申请人确认，法律上还不算收到。"),
        ("handling", "办理中", "已经收到，期限在走。"),
        ("awaiting_clarification", "待补正", "已告知补正，等申请人补正；收到补正后期限重新起算。"),
        ("consulting", "征求意见中", "正在征求第三方或者其他机关意见，所需时间不计入期限。"),
        ("awaiting_reasons", "待说明理由", "申请明显过多，已要求申请人说明理由；期限照常在走。"),
        ("awaiting_payment", "待缴费", "已发收费通知，等申请人缴费；缴清后期限重新起算。"),
        ("in_review", "待审核", "答复已经拟好，等审核；期限在走。"),
        ("awaiting_signature", "待签发", "审核已经通过，等签发；期限在走。"),
        ("signed", "待送达", "答复已经签发，等寄出或者交给申请人；期限走到送达为止。"),
        ("answered", "已答复", "答复已经送达，期限停止。"),
        ("lapsed", "不再处理", "申请人逾期不补正或者不缴费，本机关不再处理。"),
        ("withdrawn", "已撤回", "申请人撤回了申请。"),
        ("archived", "已归档", "案卷已经归档。"),
    )
}

MARKS: dict[str, str] = {"extended": "已延期", "overdue": "逾期"}
"""Words shown beside a state; they follow from the clock and today's date and are not states themselves."""

NOT_RECEIVED = frozenset({"unregistered", "unconfirmed"})
RUNNING = frozenset({"handling", "awaiting_reasons", "in_review", "awaiting_signature", "signed"})
PAUSED = frozenset({"consulting"})
WAITING = frozenset({"awaiting_clarification", "awaiting_payment"})
CLOSED = frozenset({"answered", "lapsed", "withdrawn", "archived"})
OPEN = RUNNING | PAUSED | WAITING
"""Received and not closed: what is carried out at the end of the year (row 四 of table three)."""

_CONSULTABLE = ("handling", "consulting")
_EXTENDABLE = ("handling", "awaiting_reasons", "consulting", "in_review", "awaiting_signature")
_WITHDRAWABLE = tuple(slug for slug in STATES if slug in OPEN or slug == "unconfirmed")
_OGI = {n: Ref("ogi", n) for n in (17, 30, 31, 32, 33, 34, 35, 36, 42, 45, 51)}
_FEE = Ref("fee_2020")
_SAME = ""


def _moves(
    act: str,
    label: str,
    froms: Collection[str],
    to: str,
    ref: Ref,
    when: str,
    clock: ClockEffect = "none",
    once: bool = False,
    within: str = "",
) -> list[Move]:
    return [Move(f, act, to or f, label, when, ref, clock, once, within) for f in froms]


# fmt: off
MOVES: tuple[Move, ...] = (
    *_moves("register_received", "登记申请", ["unregistered"], "handling", _OGI[31],
            "当面提交、口头提出或者签收的邮件，当日就是收到申请之日；期限从次日起算。", "start"),
    *_moves("register_arrival", "登记申请，待确认", ["unregistered"], "unconfirmed", _OGI[31],
            "平常信函、网络、传真、电子邮件要与申请人确认，确认之前期限不起算。"),
    *_moves("confirm_receipt", "确认收到", ["unconfirmed"], "handling", _OGI[31],
            "与申请人确认后登记，确认之日为收到申请之日，期限从次日起算。", "start"),
    *_moves("ask_clarification", "发出补正告知书", ["handling"], "awaiting_clarification", _OGI[30],
            "申请内容不明确时，收到申请之日起7个工作日内一次性告知全部要补正的内容和合理期限。",
            once=True, within="clarification_notice"),
    *_moves("receive_clarification", "登记收到补正", ["awaiting_clarification"], "handling", _OGI[30],
            "收到补正后的申请，答复期限从收到之日起重新计算。", "restart"),
    *_moves("lapse_no_clarification", "逾期不补正，不再处理", ["awaiting_clarification"], "lapsed", _OGI[30],
            "补正期限已过，申请人没有正当理由仍不补正，视为放弃申请。", "stop"),
    *_moves("consult_third_party", "征求第三方意见", _CONSULTABLE, "consulting", _OGI[32],
            "公开可能损害第三方合法权益时书面征求意见；第三方15个工作日内不答复的，由本机关自行决定。", "pause"),
    *_moves("consult_agency", "征求其他机关意见", _CONSULTABLE, "consulting", _OGI[33],
            "内容涉及其他机关时征求其意见，所需时间不计入期限。", "pause"),
    *_moves("consult_joint_makers", "征求共同制作机关意见", _CONSULTABLE, "consulting", _OGI[34],
            "本机关牵头、与其他机关共同制作的；对方15个工作日内不提出意见的，视为同意公开。", "pause"),
    *_moves("end_one_consultation", "登记一份意见", ["consulting"], "consulting", _OGI[33],
            "收到其中一份意见或者其期限已满，还有别的意见没有收齐。"),
    *_moves("end_last_consultation", "意见已收齐", ["consulting"], "handling", _OGI[33],
            "最后一份意见已收到或者期限已满，期限继续计算。", "resume"),
    *_moves("ask_reasons", "要求说明理由", ["handling"], "awaiting_reasons", _OGI[35],
            "申请数量、频次明显超过合理范围时，可以要求申请人说明理由。"),
    *_moves("receive_reasons", "登记理由或者没有说明", ["awaiting_reasons"], "handling", _OGI[35],
            "申请人已说明理由，或者到期没有说明；理由不合理的可以决定不予处理。"),
    *_moves("set_later_date", "告知延迟答复的日期", ["handling"], "handling", _OGI[35],
            "理由合理但不能按期答复的，确定并告知申请人一个合理的延迟期限。", "set"),
    *_moves("extend", "延长答复期限", _EXTENDABLE, _SAME, _OGI[33],
            "期限届满前，经政府信息公开工作机构负责人同意并告知申请人，最长延长20个工作日，只有一次。",
            "extend", once=True),
    *_moves("give_fee_notice", "发出收费通知书", ["handling"], "awaiting_payment", _OGI[42],
            "申请数量、频次明显超过合理范围，决定收取信息处理费的，在答复期限内通知。"),
    *_moves("receive_payment", "登记缴费", ["awaiting_payment"], "handling", _FEE,
            "申请人已缴清，答复期限从缴清的次日起重新计算。", "restart", within="fee_payment"),
    *_moves("lapse_no_payment", "逾期不缴费，不再处理", ["awaiting_payment"], "lapsed", _FEE,
            "收到收费通知的次日起20个工作日内没有缴费，视为放弃申请。", "stop"),
    *_moves("decide", "作出决定", ["handling"], "in_review", _OGI[36],
            "选定办理结果并拟好答复，送审核。"),
    *_moves("send_back", "退回修改", ["in_review", "awaiting_signature", "signed"], "handling", _OGI[17],
            "审核、签发没有通过，或者送达前发现差错，退回重新办理。"),
    *_moves("review", "审核通过", ["in_review"], "awaiting_signature", _OGI[17],
            "公开审查同意，送签发。"),
    *_moves("sign", "签发", ["awaiting_signature"], "signed", _OGI[36],
            "负责人签发，盖章后送达。"),
    *_moves("serve", "登记送达", ["signed"], "answered", Ref("reply_2016_235"),
            "以邮寄之日或者申请人签收之日为答复之日。", "stop"),
    *_moves("withdraw", "登记申请人撤回", _WITHDRAWABLE, "withdrawn", Ref("practice"),
            "申请人撤回申请；已经收到的计入其他处理。", "stop"),
    *_moves("archive", "归档", ["answered", "lapsed", "withdrawn"], "archived", _OGI[45],
            "办结后整理归档。"),
    *_moves("reopen", "重新办理", ["answered", "lapsed", "archived"], "handling", _OGI[51],
            "复议决定或者判决要求重新处理的，按其确定的期限重新办理。", "start"),
)
# fmt: on
"""The table of moves."""

_BY_KEY: dict[tuple[str, str], Move] = {(m.from_state, m.act): m for m in MOVES}
_ACT_LABELS: dict[str, str] = {m.act: m.label for m in MOVES}


def act_label(act: str) -> str:
    """The act in words, as its button says it (条例第四十五条: every step is registered); the slug where there is none."""
    return _ACT_LABELS.get(act, act)


def moves_from(state: str, done: Collection[str] = ()) -> tuple[Move, ...]:
    """The moves open in a state, in the table's order, without those that `done` acts have used up.

    Raises `ImpossibleMove` for a state that does not exist.
    """
    if state not in STATES:
        raise ImpossibleMove(f"没有“{state}”这种状态")
    return tuple(m for m in MOVES if m.from_state == state and not (m.once and m.act in done))


def move(state: str, act: str, done: Collection[str] = ()) -> Move:
    """The move that an act makes from a state; `done` are the acts done in this case since it was registered
    or last reopened.

    Raises `ImpossibleMove` when the table holds no such move or the act is open only once and was done.
    """
    open_moves = moves_from(state, done)
    if act not in _ACT_LABELS:
        raise ImpossibleMove(f"没有“{act}”这种操作")
    found = _BY_KEY.get((state, act))
    label = _ACT_LABELS[act]
    if found is None:
        names = "、".join(m.label for m in open_moves) or "没有"
        raise ImpossibleMove(f"申请处于“{STATES[state].label}”，不能“{label}”；现在可以做的：{names}")
    if found not in open_moves:
        raise ImpossibleMove(f"“{label}”一件申请只能有一次，已经做过了（{found.ref}）")
    return found


def status_words(state: str, *, extended: bool = False, overdue: bool = False) -> tuple[str, ...]:
    """The words shown for a request: its state, then 已延期 and 逾期 while it is open."""
    words = [STATES[state].label]
    if state in OPEN:
        words += [MARKS["extended"]] * extended + [MARKS["overdue"]] * overdue
    return tuple(words)
