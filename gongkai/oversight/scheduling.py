"""What the tick does for the self-inspection: plans the night's runs, goes on with those begun, visits the front."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Agency
from gongkai.tasks.jobs import register

from .actions.look import look
from .actions.run import ask
from .board.looking import waiting
from .inspection.running import prober, work
from .models import InspectionRun
from .visiting import visit_all

NIGHT = 1
"""The hour from which the day's run is planned; who was switched off at night makes up for it."""
SLICE = 25.0
"""Seconds of a tick that are spent on runs: messages are sent in between."""


def plan(now: datetime) -> str:
    """A run for every agency with an open column that has not had one today."""
    here = timezone.localtime(now)
    if here.hour < NIGHT:
        return ""
    midnight = here.replace(hour=0, minute=0, second=0, microsecond=0)
    had = InspectionRun.objects.filter(kind=InspectionRun.Kind.NIGHT, asked_at__gte=midnight)
    going = InspectionRun.objects.exclude(state=InspectionRun.State.DONE)
    waiting = (
        Agency.objects.filter(portal_open=True, ended_on__isnull=True)
        .exclude(pk__in=had.values("agency"))
        .exclude(pk__in=going.values("agency"))
    )
    by, planned = Actor.system(here.date(), "每晚自查"), 0
    for agency in waiting.order_by("id"):
        ask(agency, by=by, at=now)
        planned += 1
    return f"安排自查 {planned} 个机关" if planned else ""


def go_on(now: datetime) -> str:
    """Go on with what was begun, for a while."""
    done = work(SLICE)
    left = InspectionRun.objects.exclude(state=InspectionRun.State.DONE).count()
    return f"完成自查 {done} 个，还有 {left} 个" if done or left else ""


def pay_visits(now: datetime) -> str:
    """Visit the fronts."""
    visits, failed = visit_all(now, prober())
    return f"访问 {visits} 次，{failed} 次没有打开" if visits else ""


def look_at_reports(now: datetime) -> str:
    """Check the reports published since, for the board of the office above."""
    by = Actor.system(timezone.localdate(now), "核对年报")
    done = [look(version, by=by, at=now) for version in waiting()]
    return f"核对年报 {len(done)} 份" if done else ""


def register_inspections() -> None:
    """Say so to the tick."""
    register("inspection-plan", label="安排每晚自查", every=timedelta(hours=1), run=plan)
    register("inspection-work", label="自查", every=timedelta(minutes=1), run=go_on)
    register("inspection-visits", label="访问公开栏目", every=timedelta(hours=1), run=pay_visits)
    register("report-looks", label="核对已发布的年报", every=timedelta(minutes=10), run=look_at_reports)
