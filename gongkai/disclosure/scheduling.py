"""What the tick does for items: publish what is due, by the same function as everybody; close what is over."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.agencies.rights import several
from gongkai.tasks.jobs import register

from .actions.base import CannotDo
from .actions.publishing import expire, publish, unschedule
from .actions.recount import recount
from .gate import GateClosed
from .models import Item, Publication
from .telling import tell_publishers

_AT_ONCE = 200


def publish_due_items(now: datetime) -> str:
    """Publish what was set for a time that has come. What the gate refuses loses its time, and who may publish is
    told why."""
    by = Actor.system(timezone.localtime(now).date(), "定时发布")
    done = refused = 0
    due = (
        Item.objects.filter(publish_at__lte=now)
        .order_by("publish_at", "pk")
        .select_related("agency", "column")
    )
    for item in due[:_AT_ONCE]:
        try:
            publish(item, by=by, at=now, until=item.publish_until)
            done += 1
        except (GateClosed, CannotDo) as error:
            _give_up(item, by, str(error), now)
            refused += 1
    for old in _over(now):
        expire(old, by=by, now=now)
        done += 1
    return f"发布、下线 {done} 条，没有发布 {refused} 条" if done or refused else ""


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
