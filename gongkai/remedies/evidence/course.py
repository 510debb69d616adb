"""The course of a case in words for the pack: every act, the clock of each round, opinions, service."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from gongkai.dictionaries.queries import calendar
from gongkai.inforequests.deadlines import deadline_of
from gongkai.inforequests.models import Consultation, Dispatch, InfoRequest, RequestEvent
from gongkai.statute.days import in_words

from .parts import Block, Steps, Table, Words

_SAID = (
    ("reason", "理由"),
    ("facts", "情况"),
    ("how", "方式"),
    ("mail_number", "邮件号码"),
    ("ordered_by", "依据"),
    ("place", "案卷存放"),
    ("yuan", "金额（元）"),
    ("receipt", "票据号码"),
    ("confirmed_how", "怎样确认的"),
    ("before", "补正前的申请内容"),
)
"""What an act keeps beside its words, with its label."""
_DAYS = (("received_on", "申请人收到通知"), ("until", "最迟"), ("signed_for_on", "签收"))


def moment(at: datetime) -> str:
    """2025-03-03 09:15, as the clock on the wall showed it."""
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"


def course_of(events: Sequence[RequestEvent]) -> list[Block]:
    """Every act: the day that counts, what, who, when it was entered, what was said."""
    rows = [
        (
            in_words(event.on),
            event.act_label,
            event.by + (f"（{event.seat}）" if event.seat else "") + f"\n{moment(event.at)}登记",
            "\n".join(said_of(event)),
        )
        for event in events
    ]
    return [Table(("日期", "办了什么", "谁", "说明"), rows)] if rows else []


def said_of(event: RequestEvent) -> list[str]:
    """What the act says, a line each."""
    data: dict[str, Any] = event.data
    lines = [event.said] if event.said else []
    lines += [str(point) for point in data.get("points", [])]
    lines += [f"{label}：{data[key]}" for key, label in _SAID if data.get(key)]
    lines += [f"{data['days']}个工作日"] if data.get("days") else []
    return lines + [
        f"{label}：{in_words(date.fromisoformat(data[key]))}" for key, label in _DAYS if data.get(key)
    ]


def clock_of(
    request: InfoRequest, events: Sequence[RequestEvent], consultations: Sequence[Consultation]
) -> list[Block]:
    """The steps of the period in words; where the case was handled again, those of each round."""
    ends = [n for n, event in enumerate(events) if event.act == "reopen"]
    rounds = [list(events[:end]) for end in (*ends, len(events))]
    blocks: list[Block] = []
    for n, part in enumerate(rounds):
        last = part[-1].on if part else None
        asked = [one for one in consultations if last is None or one.sent_on <= last]
        found = deadline_of(request, part, asked, calendar(), as_of=last)
        if found is None:
            continue
        if len(rounds) > 1:
            blocks.append(Words("重新办理" if n else "第一次办理", head=True))
        sure = "（暂定）" if found.provisional else ""
        blocks += [Steps(list(found.steps)), Words(f"答复期限：{in_words(found.due)}{sure}。")]
        if (out := [event.on for event in part if event.act == "serve"]) and (
            n == 0 or out[-1] > rounds[n - 1][-1].on
        ):
            timely = "在期限内" if out[-1] <= found.due else "晚于答复期限"
            blocks.append(Words(f"答复之日：{in_words(out[-1])}，{timely}。"))
    return blocks


def consulted(consultations: Sequence[Consultation]) -> list[Block]:
    """Who was asked about what, when it reached them, what came back."""
    rows = [
        (
            f"{one.name}（{one.get_whom_display()}）",
            one.about,
            in_words(one.sent_on),
            in_words(one.reached_on) if one.reached_on else "",
            _opinion(one),
        )
        for one in consultations
    ]
    return [Table(("征求谁的意见", "内容", "发出", "对方收到", "意见"), rows)] if rows else []


def _opinion(one: Consultation) -> str:
    if one.ended_on is None:
        return "还没有答复"
    return f"{in_words(one.ended_on)}{one.get_opinion_display()}" + (
        f"：{one.grounds}" if one.grounds else ""
    )


def sent(sendings: Sequence[Dispatch]) -> list[Block]:
    """Every letter that went out: how, when, who signed for it when, what the post brought back."""
    rows = [
        (
            one.letter.number,
            one.get_way_display(),
            in_words(one.sent_on),
            one.mail_number,
            _came_of(one),
        )
        for one in sendings
    ]
    head = ("文书", "方式", "寄出或者交付之日", "邮件号码", "签收或者退回")
    return [Words("文书寄发登记", head=True), Table(head, rows)] if rows else []


def _came_of(one: Dispatch) -> str:
    if one.returned_on is not None:
        return f"{in_words(one.returned_on)}退回：{one.return_reason}"
    signed = f"{in_words(one.signed_for_on)}签收" if one.signed_for_on else ""
    return "，".join(part for part in (signed, one.signed_by, one.consent) if part)


def served(events: Sequence[RequestEvent]) -> list[Block]:
    """How and when each answer went out."""
    rows = []
    for event in events:
        if event.act == "serve":
            got = event.data.get("signed_for_on")
            rows.append(
                (
                    in_words(event.on),
                    str(event.data.get("how", "")),
                    str(event.data.get("mail_number") or ""),
                    in_words(date.fromisoformat(got)) if got else "",
                )
            )
    return [Table(("寄出或者交付之日", "方式", "邮件号码", "申请人签收"), rows)] if rows else []
