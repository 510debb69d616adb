"""The course of a case in the requester's words: what happened, never who in the office did it or what they wrote."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gongkai.statute.days import in_words
from gongkai.statute.outcomes import REPLY_BY_SLUG

from .models import InfoRequest, RequestEvent


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that happened: the day, what, and what it means for the requester."""

    on: date
    title: str
    lines: list[str] = field(default_factory=list)


Words = Callable[[InfoRequest, RequestEvent], Told]


def course_of(request: InfoRequest, events: list[RequestEvent]) -> list[Told]:
    """What the requester is told of the course, oldest first; steps inside the office are left out."""
    course = [_WORDS[event.act](request, event) for event in events if event.act in _WORDS]
    kind = REPLY_BY_SLUG.get(request.reply)
    if kind is not None and course and events[-1].act in ("serve", "archive"):
        course[-1].lines.append(f"答复类型：{kind.label}")
    return course


def _day(data: Mapping[str, Any], name: str) -> str:
    written = data.get(name)
    return in_words(date.fromisoformat(written)) if written else ""


def _plain(title: str, *lines: str) -> Words:
    return lambda request, event: Told(event.on, title, list(lines))


def _arrived(request: InfoRequest, event: RequestEvent) -> Told:
    split = event.data.get("split_from")
    title = f"从申请{split}拆分出来，单独办理" if split else "申请已提交，等待与您确认"
    return Told(event.on, title, ["工作人员会按您留下的联系方式与您确认收到。确认之日起才算收到申请。"])


def _confirmed(request: InfoRequest, event: RequestEvent) -> Told:
    return Told(event.on, "已与您确认，收到申请", ["答复期限从第二天起算，20 个工作日内答复。"])


def _clarify(request: InfoRequest, event: RequestEvent) -> Told:
    until = _day(event.data, "until")
    return Told(event.on, "请您补正申请", [*event.data.get("points", []), f"请在{until}前补正。"])


def _reasons(request: InfoRequest, event: RequestEvent) -> Told:
    lines = [event.data.get("facts", ""), f"请在{_day(event.data, 'until')}前说明理由。"]
    return Told(event.on, "请您说明申请的理由", lines)


def _reasons_in(request: InfoRequest, event: RequestEvent) -> Told:
    return Told(event.on, "收到您说明的理由" if event.data.get("given") else "没有收到您说明的理由")


def _later(request: InfoRequest, event: RequestEvent) -> Told:
    return Told(event.on, f"答复日期推迟到{_day(event.data, 'until')}", [event.data.get("reason", "")])


def _extended(request: InfoRequest, event: RequestEvent) -> Told:
    title = f"答复期限延长 {event.data.get('days')} 个工作日"
    return Told(event.on, title, [f"理由：{event.data.get('reason', '')}"])


def _fee(request: InfoRequest, event: RequestEvent) -> Told:
    lines = [
        f"请自收到收费通知书的次日起 20 个工作日内缴费（当天收到的，到{_day(event.data, 'until')}为止）。",
        "缴清后，答复期限重新计算。",
    ]
    return Told(event.on, f"需要缴纳信息处理费 {event.data.get('yuan')} 元", lines)


def _served(request: InfoRequest, event: RequestEvent) -> Told:
    lines = [f"送达方式：{event.data.get('how', '')}"]
    if event.data.get("mail_number"):
        lines.append(f"邮件号码：{event.data['mail_number']}")
    return Told(event.on, "答复已送出", lines)


_CONSULTED = ("所需时间不计入答复期限。",)
_WORDS: dict[str, Words] = {
    "register_arrival": _arrived,
    "register_received": _plain("收到申请，已登记", "答复期限从第二天起算，20 个工作日内答复。"),
    "confirm_receipt": _confirmed,
    "ask_clarification": _clarify,
    "receive_clarification": _plain("收到您补正后的申请", "答复期限从第二天起重新计算。"),
    "lapse_no_clarification": _plain("没有在期限内收到补正，不再处理", "您可以重新提出申请。"),
    "consult_third_party": _plain("正在征求第三方的意见", *_CONSULTED),
    "consult_agency": _plain("正在征求其他机关的意见", *_CONSULTED),
    "consult_joint_makers": _plain("正在征求共同制作机关的意见", *_CONSULTED),
    "end_last_consultation": _plain("意见已经收齐，继续办理"),
    "ask_reasons": _reasons,
    "receive_reasons": _reasons_in,
    "set_later_date": _later,
    "extend": _extended,
    "give_fee_notice": _fee,
    "receive_payment": _plain("收到您缴纳的费用", "答复期限从第二天起重新计算。"),
    "lapse_no_payment": _plain("没有在期限内缴费，不再处理", "您可以重新提出申请。"),
    "serve": _served,
    "take_over": _plain("从以前的台账补录"),
    "withdraw": _plain("申请已撤回，不再办理"),
    "reopen": _plain("按复议决定或者判决重新办理"),
}
