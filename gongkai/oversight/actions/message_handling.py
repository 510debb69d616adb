"""受理、不予受理、答复、审核、办结、引导申请公开: what the agency does with a message."""

from __future__ import annotations

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Kind

from ..models import RESULTS, Message, MessageEvent
from .message_base import CannotDo, Step, moving, needed, tell_handlers, write_event

State = Message.State


def accept(message: Message, *, by: Actor) -> None:
    """受理: it is ours to handle. Of what another agency passed on this is the receipt, which that one sees."""
    with moving(message, "accept", by=by) as step:
        step.message.accepted_on = by.day
        step.told = f"{step.message.agency.name}已经受理。"
        sign_for(step.message, by)


def refuse(message: Message, *, by: Actor, reason: str) -> None:
    """不予受理, with the reason, which the sender reads. Raises `CannotDo`."""
    with moving(message, "refuse", by=by) as step:
        step.told = needed(reason, "不予受理的理由", 1000)
        sign_for(step.message, by)


def answer(message: Message, *, by: Actor, text: str, public: bool = False) -> None:
    """答复: told to the sender at once; one that is to be published goes to the head of the office first."""
    with moving(message, "answer", by=by, public=public) as step:
        row = step.message
        row.answer, row.answer_public = needed(text, "答复"), public
        row.answer_by = by.person.pk if by.person else None
        if row.accepted_on is None:
            row.accepted_on = by.day
            sign_for(row, by)
        if public:
            step.to = State.REVIEW
            _ask_review(row, by)
        else:
            step.to = State.ANSWERED
            _answered(step, by)


def approve(message: Message, *, by: Actor) -> None:
    """同意: the answer is given as it stands, and may be published. Never by who wrote it. Raises `CannotDo`."""
    with moving(message, "approve", by=by, right="message.review") as step:
        row = step.message
        if by.person is not None and row.answer_by == by.person.pk:
            raise CannotDo("答复是您写的，要由另一位负责人审核。")
        _answered(step, by)


def send_back(message: Message, *, by: Actor, why: str) -> None:
    """退回修改, with what has to be changed."""
    with moving(message, "send_back", by=by, right="message.review") as step:
        step.said = needed(why, "要改什么", 500)
        tell_handlers(
            step.message,
            f"back:{_count(step.message)}",
            f"答复退回修改，编号{step.message.number}",
            "请照审核意见修改以后再送审。",
            by.day,
        )


def close(message: Message, *, by: Actor, result: str, note: str = "") -> None:
    """办结, with what came of it. Raises `CannotDo` for a result of another kind."""
    with moving(message, "close", by=by, result=result) as step:
        if result not in RESULTS[step.message.kind]:
            raise CannotDo("请选择结果。")
        step.message.result = result
        step.said = note.strip()[:500]


def guide(message: Message, *, by: Actor, how: str) -> None:
    """引导申请信息公开: it is really a request for information. The sender is told, and may turn it into one on the
    page of progress, or confirms it to the clerk, who registers it; it never becomes one without that."""
    with moving(message, "guide", by=by) as step:
        if step.message.kind == Message.Kind.COMPLAINT:
            raise CannotDo("投诉举报不能转为信息公开申请；其中要信息的，请在答复里告诉本人怎样申请。")
        step.said = how.strip()[:500]
        step.told = (
            "您要的是政府信息，可以向本机关申请公开，法定 20 个工作日内答复。"
            "在这一页点“转为信息公开申请”，内容会带过去，不用再写一遍。"
        )
        sign_for(step.message, by)


def sign_for(message: Message, by: Actor) -> None:
    """签收: the agency that passed it on sees that it arrived. Inside the act; once."""
    before = message.came_from
    if before is None or MessageEvent.objects.filter(message=before, act="signed_for").exists():
        return
    told = f"{message.agency.name}已经签收，编号{message.number}。"
    write_event(before, "signed_for", before.state, Step(before, told=told), by=by, seat=None)


def _answered(step: Step, by: Actor) -> None:
    step.message.answered_on = by.day
    step.told = step.message.answer


def _ask_review(message: Message, by: Actor) -> None:
    tell_handlers(
        message,
        f"review:{_count(message)}",
        f"有一件答复要审核，编号{message.number}",
        "这件答复拟公开，请看过以后同意或者退回。",
        by.day,
        Kind.OGI_HEAD,
    )


def _count(message: Message) -> int:
    return MessageEvent.objects.filter(message=message).count()
