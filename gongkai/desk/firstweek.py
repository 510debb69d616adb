"""第一周: what a new agency sets up, each point ticked off by the facts themselves."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST, require_safe

from gongkai.agencies.actions.welcome import put_away_first_week
from gongkai.agencies.actor import Actor
from gongkai.agencies.queries import Agency
from gongkai.agencies.readiness import Readiness, readiness_of
from gongkai.agencies.rights import may
from gongkai.disclosure.queries import columns_of
from gongkai.outbox.mail import is_mail_on
from gongkai.outbox.sms import is_sms_on

from .frame import actor_of, of_agency, page
from .links import link
from .todo import Desk


@dataclass(frozen=True, slots=True)
class Step:
    """One point: what, why or by whom, done or not, where it is done."""

    title: str
    hint: str
    done: bool
    url: str = ""
    by: str = ""
    """Who does it, where that is not the reader."""


def steps_of(actor: Actor, agency: Agency, facts: Readiness) -> list[Step]:
    """The points in the order in which they are best done."""
    sets_sections = bool(may(actor, "section.edit", agency))
    own, people = link("agency", agency.slug), link("people", agency.slug)
    lacking = f"还缺：{'、'.join(facts.missing)}。" if facts.missing else "公开指南和答复书要用的都已填写。"
    seats = (
        f"还没有：{'、'.join(facts.lacking)}。"
        if facts.lacking
        else "经办员、公开机构负责人、主要负责人都已到位。"
    )
    return [
        Step("核对本机关资料", lacking, not facts.missing, own),
        Step(
            "设置股室",
            "起草信息、提供材料的内设机构。",
            facts.sections > 0,
            link("agency-sections", agency.slug) if sets_sections else own,
            "" if sets_sections else "公开机构负责人",
        ),
        Step("人员和岗位到位", seats, not facts.lacking, people, "安全管理员"),
        Step("安排代班", "请假、出差时谁来办。期限不因请假停下。", facts.deputies > 0, people),
        Step(
            "开通邮件或者短信提醒",
            "不在工作台时也能收到快到期的提醒。",
            is_mail_on() or is_sms_on(),
            "",
            "系统管理员",
        ),
        Step(
            "设立公开栏目", "主动公开的信息放在哪里。", bool(columns_of(agency)), link("columns", agency.slug)
        ),
        Step(
            "开通对外的公开专栏",
            "开通以后，公众才能看到本机关的信息。",
            agency.portal_open,
            own,
            "系统管理员",
        ),
    ]


def week_of(desk: Desk) -> list[Step]:
    """The list while it is to be shown: to who may put it away, until that is done or nothing is left."""
    if desk.agency.welcomed_on or not may(desk.actor, "agency.welcome", desk.agency):
        return []
    steps = steps_of(desk.actor, desk.agency, desk.readiness)
    return [] if all(step.done for step in steps) else steps


@require_safe
@of_agency("agency.welcome")
def first_week(request: HttpRequest, agency: Agency) -> HttpResponse:
    """The whole list."""
    actor = actor_of(request)
    steps = steps_of(actor, agency, readiness_of(agency, actor.day))
    done = sum(step.done for step in steps)
    return page(request, agency, "first_week", "today", steps=steps, done=done)


@require_POST
@of_agency("agency.welcome")
def put_away(request: HttpRequest, agency: Agency) -> HttpResponse:
    """收起 the list; it stays to be found under 设置."""
    put_away_first_week(agency, by=actor_of(request))
    messages.success(request, "第一周清单已收起。以后可以从“设置”里打开。")
    return redirect("desk:today", agency.slug)


PATTERNS = [
    path("<slug:agency>/first-week/", first_week, name="first-week"),
    path("<slug:agency>/first-week/put-away/", put_away, name="first-week-put-away"),
]
