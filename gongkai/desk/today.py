"""今日待办 and 设置: what this seat must do and by when; where things are set up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import may
from gongkai.statute.report.writers.layout import TABLE_OF

from . import (  # noqa: F401 - they say what is owed
    owed,
    owed_by_site,
    owed_inspection,
    owed_items,
    owed_letters,
    owed_messages,
    owed_registers,
    owed_remedies,
    owed_reports,
    owed_requests,
)
from .firstweek import week_of
from .frame import actor_of, of_agency, page
from .keeping import unfinished
from .links import link
from .todo import Desk, at_desk

if TYPE_CHECKING:
    from gongkai.reports.queries import ReportState

LAWSUITS = ("litigation_direct", "litigation_after_reconsideration")
TABLE_FOUR = next(section for section, table in TABLE_OF.items() if table == "t4")


@require_safe
@of_agency("desk.view")
def today(request: HttpRequest, agency: Agency) -> HttpResponse:
    """今日待办: what is to be done, most urgent first; what is waited for; the newest year in figures."""
    actor = actor_of(request)
    desk = Desk(actor, agency, actor.day)
    week = week_of(desk)
    return page(
        request,
        agency,
        "today",
        "today",
        day=actor.day,
        lists=at_desk(desk),
        unfinished=unfinished(request, agency),
        unread_notices=desk.unread,
        registers=bool(may(actor, "requests.register", agency)),
        drafts=bool(may(actor, "disclosure.draft", agency)),
        steps=[step for step in week if not step.done][:3],
        steps_done=sum(step.done for step in week),
        steps_all=len(week),
        year=desk.works[0].year if desk.works else None,
        figures=_figures(agency, desk.newest) if desk.newest else [],
    )


def _figures(agency: Agency, newest: ReportState) -> list[tuple[str, str, str]]:
    """The newest year in eight figures: name, value, where it opens."""
    facts, year = newest.made.facts, newest.made.report.year
    keys = (
        ("主动公开（条）", "items"),
        ("新收申请（件）", "t3.new.total"),
        ("办结申请（件）", "t3.result_total.total"),
        ("上年结转（件）", "t3.carried_in.total"),
        ("结转下年（件）", "t3.carried_out.total"),
        ("行政处罚（件）", "t2.penalties"),
        ("因信息公开被申请行政复议（件）", "t4.reconsideration.total"),
    )
    told = [
        (
            name,
            str(facts[key].value) if key in facts else "未填报",
            reverse("desk:figure", args=[agency.slug, year, key]),
        )
        for name, key in keys
    ]
    sued = [facts.get(f"t4.{track}.total") for track in LAWSUITS]
    value = "未填报" if None in sued else str(sum(fact.value for fact in sued if fact))
    table_four = f"{reverse('desk:report', args=[agency.slug, year])}#part-{TABLE_FOUR}"
    return [*told, ("因信息公开被起诉（件）", value, table_four)]


@dataclass(frozen=True, slots=True)
class Setting:
    """A page under 设置: its address name, its word, what it is for, the act that opens it."""

    name: str
    word: str
    meaning: str
    act: str
    own: bool = True


SETTINGS = (
    Setting(
        "agency", "本机关资料", "名称、地址、电话、行政复议机关和法院，公开指南和答复书要用。", "agency.view"
    ),
    Setting("agency-sections", "股室", "起草信息、提供材料的内设机构。", "section.edit"),
    Setting("columns", "栏目", "网站上的栏目：名称、位置、更新期限。", "disclosure.columns"),
    Setting("review-routes", "审查流程", "公开以前谁审查、谁签字。", "disclosure.view"),
    Setting("people", "人员和岗位", "谁在哪个岗位；移交岗位，请假时安排代班。", "seat.view"),
    Setting("people-history", "岗位变动", "岗位以前由谁担任，谁代过班。", "seat.view"),
    Setting(
        "letter-templates",
        "文书模板",
        "答复书、告知书的文字和版式：下载来用 Word 改，再上传；看样张，启用，退回以前的版本。",
        "requests.templates",
    ),
    Setting("notices", "消息", "新交办的事、快到期的事、办理结果。", "desk.view"),
    Setting("tasks", "交办事项", "交给您办的事。", "desk.view"),
    Setting("tasks-given", "交给别人的事", "交给同事办的事办到哪里了；交办新的事。", "task.give"),
    Setting(
        "duties",
        "年度工作",
        "一年里到日子就要做的事：年报、自查、移交、培训、评估，和本地规定的。",
        "duty.view",
    ),
    Setting(
        "inspection-limits",
        "自查限值",
        "栏目多少天没有更新算超期，发现问题多少天以内整改。",
        "inspection.limits",
    ),
    Setting(
        "message-periods",
        "留言办理期限",
        "留言、投诉多少天以内受理、答复：本地规定，本机关和下级机关用。",
        "message.periods",
    ),
    Setting(
        "redaction",
        "文件检查与遮盖",
        "公开以前看一看文件里有没有身份证号、电话、住址；遮盖以后另存一份。",
        "file.redact",
    ),
    Setting(
        "redaction-words", "本机关错敏词", "本机关不该写错的称谓、名称；检查文件时一并提醒。", "words.edit"
    ),
    Setting("orders", "收到的督办单", "上级机关发来的催办、退回和督办意见，答复的情况。", "order.view"),
    Setting("account", "我的账号", "修改密码，设置第二因素，查看在哪里登录。", "desk.view", own=False),
    Setting("trail", "本机关的操作记录", "谁在什么时候做了什么。查看也会记录下来。", "audit.view_own"),
    Setting("first-week", "第一周清单", "刚开始使用时要设置的几件事。", "agency.welcome"),
)
"""Every page under 设置, in the order in which they stand."""


@require_safe
@of_agency("desk.view")
def settings(request: HttpRequest, agency: Agency) -> HttpResponse:
    """设置: each page in a sentence, only what the actor may open."""
    actor = actor_of(request)
    rows = [
        (link(one.name, *([agency.slug] if one.own else [])), one)
        for one in SETTINGS
        if may(actor, one.act, agency)
    ]
    return page(request, agency, "settings", "settings", rows=[row for row in rows if row[0]])


PATTERNS = [
    path("<slug:agency>/", today, name="today"),
    path("<slug:agency>/settings/", settings, name="settings"),
]
