"""What the tick does for items: publish what is due, by the same function as everybody; close what is over."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.agencies.rights import several
from gongkai.tasks.jobs import PartlyDone, register

from .actions.base import CannotDo
from .actions.publishing import expire, publish, unschedule
from .actions.recount import recount
from .gate import GateClosed
from .models import Item, Publication
from .telling import tell_publishers

_AT_ONCE = 200
_log = logging.getLogger(__name__)


def publish_due_items(now: datetime) -> str:
    """Publish what was set for a time that has come. What the gate refuses loses its time, and who may publish is
    told why. An error at one item keeps none of the others waiting: who may publish is told of it, and it is tried
    again the next time. Raises `PartlyDone` then."""
    by = Actor.system(timezone.localtime(now).date(), "定时发布")
    due = (
        Item.objects.filter(publish_at__lte=now)
        .order_by("publish_at", "pk")
        .select_related("agency", "column")
    )
    ends: list[tuple[Item, Callable[[], bool]]] = [
        *((item, partial(_publish, item, by, now)) for item in due[:_AT_ONCE]),
        *((old.item, partial(_expire, old, by, now)) for old in _over(now)),
    ]
    done, refused, failed = 0, 0, []
    for item, do in ends:
        try:
            if do():
                done += 1
            else:
                refused += 1
        except Exception as error:
            _log.exception("item %s could not be published or ended at its time", item.pk)
            failed.append(item.pk)
            _tell_failure(item, by, error)
    told = f"发布、下线 {done} 条，没有发布 {refused} 条" if done or refused else ""
    if failed:
        numbers = "、".join(str(pk) for pk in failed[:10])
        raise PartlyDone(f"{len(failed)} 条出错（信息编号 {numbers}），下一次再做；其余照常。{told}")
    return told


def _publish(item: Item, by: Actor, now: datetime) -> bool:
    try:
        publish(item, by=by, at=now, until=item.publish_until)
    except (GateClosed, CannotDo) as error:
        if not getattr(error, "again", False):
            _give_up(item, by, str(error), now)
        return False
    return True


def _expire(old: Publication, by: Actor, now: datetime) -> bool:
    expire(old, by=by, now=now)
    return True


def _tell_failure(item: Item, by: Actor, error: Exception) -> None:
    """Tell who may publish, once a day, that it did not go; what it was stands in the log."""
    try:
        tell_publishers(
            item,
            by,
            subject="定时发布、下线出错",
            body=f"“{item.title}”到了定好的时间，平台出错（{type(error).__name__}），没有办成，每分钟会再试。"
            "请打开这一条，直接点“发布”或者“撤回”；还不行，请找系统管理员。",
            key=f"schedule-failed:{item.pk}:{by.day:%Y%m%d}",
        )
    except Exception:
        _log.exception("nobody could be told of item %s", item.pk)


def _over(now: datetime) -> list[Publication]:
    rows = Publication.objects.filter(ended_at__isnull=True, until__lte=now).select_related("item")
    return list(rows.order_by("until", "pk")[:_AT_ONCE])


def _give_up(item: Item, by: Actor, why: str, now: datetime) -> None:
    with several():
        unschedule(item, by=by)
        tell_publishers(
            item,
            by,
            subject="定时发布没有成功",
            body=f"“{item.title}”没有按时发布：{why}",
            key=f"schedule-refused:{item.pk}:{now:%Y%m%d%H%M}",
        )


def register_scheduling() -> None:
    """Say so to the tick."""
    register("disclosure-schedule", label="定时发布和下线", every=timedelta(minutes=1), run=publish_due_items)
    register("disclosure-recount", label="重新计算公开期限", every=timedelta(days=1), run=_recount)


def _recount(now: datetime) -> str:
    moved = recount(by=Actor.system(timezone.localtime(now).date(), "重新计算公开期限"))
    return f"{moved} 条信息的公开期限有变动" if moved else ""
