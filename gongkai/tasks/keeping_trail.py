"""The tick's work on the trail: once a day its head is noted and told, and what is too old is moved out."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from gongkai.agencies.actions.trail import note_head, retire
from gongkai.agencies.actor import Actor

from .jobs import register


def register_trail() -> None:
    """Add the two jobs to the tick."""
    register("audit-head", label="记下审计摘要值", every=timedelta(hours=1), run=_note)
    register("audit-retire", label="移出到期的审计记录", every=timedelta(days=1), run=_retire)


def _note(now: datetime) -> str:
    verdict = note_head(now, by=Actor.system(timezone.localdate(now), "定时任务"))
    if verdict is None:
        return "今天已经记过，或者没有新的记录。"
    return verdict.broken.words if verdict.broken else f"记到第 {verdict.last} 条。"


def _retire(now: datetime) -> str:
    if not settings.AUDIT_KEEP_DAYS:
        return "审计记录永久保存，没有要移出的。"
    by = Actor.system(timezone.localdate(now), "定时任务")
    point = retire(now, by=by, keep_days=settings.AUDIT_KEEP_DAYS, folder=settings.DATA_DIR / "audit")
    return f"移出到{point}，写入 {point.file_name}。" if point else "没有到期的记录。"
