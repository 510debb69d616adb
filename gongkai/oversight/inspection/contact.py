"""The contact data of the 指南, the messages of the public, and the last visit to the front."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.audit.models import Entry
from gongkai.statute.inspection import unreachable

from ..messages import SOURCES
from ..models import GuideCheck, SiteVisit
from .found import Found, Round

TOLD = (
    ("office", "工作机构名称"),
    ("address", "办公地址"),
    ("office_hours", "办公时间"),
    ("phone", "联系电话"),
)
"""What the guide must tell (条例第十二条). Who has neither fax nor mail box is not made to have one."""
ENOUGH_VISITS = 20
"""Visits in a week below which nothing is said of their share."""


def look_at_guide(round_: Round) -> Iterator[Found]:
    """Contact data that is missing, or that nobody has looked at for long."""
    agency = round_.agency
    missing = [word for name, word in TOLD if not getattr(agency, name).strip()]
    url = reverse("desk:agency-edit", args=[agency.slug])
    if missing:
        what = f"公开指南没有写{'、'.join(missing)}"
        yield Found("guide_missing", "guide", what, "政府信息公开指南", url)
        return
    last, limit = guide_checked_on(agency), round_.limits.of("guide_unchecked")
    if last is None or (round_.day - last).days > limit:
        said = f"{(round_.day - last).days}天没有核对" if last else "还没有核对过"
        what = f"公开指南的地址、电话、办公时间{said}"
        yield Found(
            "guide_unchecked",
            "guide",
            what,
            "政府信息公开指南",
            reverse("desk:guide-check", args=[agency.slug]),
        )


def guide_checked_on(agency: Agency) -> date | None:
    """When its contact data was last found right or changed, by what was written down and by the trail."""
    check = GuideCheck.objects.filter(agency=agency).values_list("on", flat=True).first()
    edited = (
        Entry.objects.filter(agency_id=agency.pk, act__in=("agency.edit", "agency.create"), result="done")
        .order_by("-number")
        .values_list("at", flat=True)
        .first()
    )
    return max(filter(None, (check, timezone.localdate(edited) if edited else None)), default=None)


def look_at_messages(round_: Round) -> Iterator[Found]:
    """Messages without an answer, of the last year."""
    late, waiting = round_.limits.of("messages_late"), round_.limits.of("message_waiting")
    for name, ask in SOURCES.items():
        for one in ask(round_.agency, round_.day):
            age = (round_.day - one.since).days
            rule = "messages_late" if age > late else "message_waiting" if age > waiting else ""
            if rule and age <= 365:
                what = f"“{one.title}”{age}天没有答复"
                yield Found(rule, f"{name}:{one.key}"[:120], what, "公众留言", one.url)


def look_at_visits(round_: Round) -> Iterator[Found]:
    """The visits of the last week, and the last one of them."""
    week = SiteVisit.objects.filter(agency=round_.agency, at__gt=round_.now - timedelta(days=7))
    told = week.order_by().aggregate(all=Count("id"), failed=Count("id", filter=Q(opened=False)))
    url = reverse("portal:home", args=[round_.agency.slug])
    if told["all"] >= ENOUGH_VISITS:
        share = round_.limits.of("site_down", "share")
        if unreachable(told["failed"], told["all"], share):
            what = f"最近一周访问{told['all']}次，{told['failed']}次没有打开"
            yield Found("site_down", "site", what, "公开栏目首页", url)
    last = week.order_by("-at").first()
    if last is not None and not last.opened:
        at = timezone.localtime(last.at)
        what = f"{at:%Y-%m-%d %H:%M}访问公开栏目没有打开：{last.said}"
        yield Found("site_failed", "site", what[:300], "公开栏目首页", url)
