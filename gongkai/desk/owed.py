"""What is owed at an agency's desk: reports, tasks given, the agency's own data, its seats, unread notices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gongkai.agencies.queries import Agency
from gongkai.agencies.readiness import missing_in
from gongkai.agencies.rights import may
from gongkai.design.law import law_sentence
from gongkai.design.templatetags.words import long_day, short_day
from gongkai.reports import queries as annual
from gongkai.statute.report.findings import Level
from gongkai.tasks.queries import tasks_given_by, tasks_of

from .links import link
from .todo import Desk, Todo, owed_at

if TYPE_CHECKING:
    from gongkai.reports.queries import Duty, ReportState

MOST = 50
"""How many tasks the desk shows; the page of tasks shows all."""


@owed_at
def reports(desk: Desk) -> Iterator[Todo]:
    """The annual reports owed (条例 49), to who prepares or publishes them; nothing to anybody else."""
    agency = desk.agency
    eyes = _Eyes(
        prepares=bool(may(desk.actor, "report.prepare", agency)),
        publishes=bool(may(desk.actor, "report.publish", agency)),
    )
    if not eyes.prepares and not eyes.publishes:
        return
    for duty in annual.duties_of(agency, desk.works, desk.day):
        if duty.work is None:
            yield _not_begun(agency, duty, eyes)
            continue
        # Checking a report takes a while: only the newest is checked here, the others when they are opened.
        state = desk.newest if duty.work is desk.works[0] else None
        yield _begun(agency, duty, state, eyes, over=desk.day.year > duty.year)


@dataclass(frozen=True, slots=True)
class _Eyes:
    """Who reads of a report: one who prepares it, one who publishes it, or both."""

    prepares: bool
    publishes: bool


def _not_begun(agency: Agency, duty: Duty, eyes: _Eyes) -> Todo:
    """A year nobody has begun: the preparer's."""
    if duty.late_by:
        title = f"{duty.year}年年报没有在本平台编写和发布；应于{short_day(duty.due)}前提交并公布。"
    else:
        title = f"下一份是{duty.year}年年报：最迟{long_day(duty.due)}提交并公布。"
    waits = "" if eyes.prepares else "经办员编写"
    url = link("reports", agency.slug)
    why = _until(agency, duty, eyes, ready=False)
    return Todo(
        title,
        why,
        url,
        "去开始编写" if eyes.prepares else "看各年年报",
        due_on=duty.aim,
        late_from=duty.due,
        waits_for=waits,
    )


def _until(agency: Agency, duty: Duty, eyes: _Eyes, *, ready: bool) -> str:
    """The article for an agency of this kind, and what the day means for who reads it."""
    department, _, government = law_sentence("ogi 49").partition("；")
    said = f"{department}。"
    if agency.level == Agency.Level.GOVERNMENT:
        said = f"{department.partition('：')[0]}：{government}"
    if duty.late_by:
        if eyes.publishes:
            rest = "请尽快发布。" if ready else "请督促经办员尽快编好，再由您发布。"
        else:
            rest = "请尽快提请主要负责人发布。" if ready else "请尽快编好，再由主要负责人发布。"
        return f"{said}已经在别处公布的，本平台不知道；没有公布的，{rest}"
    if duty.aim != duty.due:
        said += f"最后一天不上班，日期不顺延，请在此前最后一个工作日{long_day(duty.aim)}办完。"
    return said + ("那一年的放假安排还没有公布，日期暂定。" if duty.provisional else "")


def _begun(agency: Agency, duty: Duty, state: ReportState | None, eyes: _Eyes, *, over: bool) -> Todo:
    """The work on a year: the preparer's until its year is over, no figure is missing and no check finds an error;
    then the head's. `state` is None where the report was not checked."""
    lacks = _lacks(state)
    ready = state is not None and over and not lacks
    if duty.late_by:
        title = f"{duty.year}年年报没有在本平台发布；应于{short_day(duty.due)}前提交并公布。"
    else:
        title = f"{duty.year}年年报最迟{long_day(duty.due)}提交并公布。"
    title += f"还有{'、'.join(lacks)}。" if lacks else ""
    title += "数字已填全，检查没有发现错误。" if ready else ""
    return Todo(
        title,
        _until(agency, duty, eyes, ready=ready),
        link("report", agency.slug, duty.year),
        f"去发布{duty.year}年年报" if ready and eyes.publishes else f"打开{duty.year}年年报",
        due_on=duty.aim,
        late_from=duty.due,
        waits_for=_waits(eyes, state, ready=ready),
    )


def _lacks(state: ReportState | None) -> list[str]:
    """What stands between the report and its publication, in words."""
    if state is None:
        return []
    wrong = len(state.at(Level.ERROR))
    missing = len(state.made.missing)
    told = [f" {missing} 个数没有填报"] if missing else []
    return told + ([f" {wrong} 处错误要改正"] if wrong else [])


def _waits(eyes: _Eyes, state: ReportState | None, *, ready: bool) -> str:
    """Whose turn it is, where it is not the reader's."""
    if ready:
        return "" if eyes.publishes else "主要负责人发布"
    if eyes.prepares or state is None:
        return ""
    todo = ["填报"] if state.made.missing else []
    todo += ["改正"] if state.at(Level.ERROR) else []
    return f"经办员{'、'.join(todo)}" if todo else f"{state.made.report.year}年结束"


@owed_at
def tasks(desk: Desk) -> Iterator[Todo]:
    """What the actor's seats have been given to do, and what the actor gave to others."""
    actor, agency = desk.actor, desk.agency
    for one in tasks_of(actor, agency, MOST):
        task = one.task
        by = f"{task.given_by}交办。" if task.given_by else ""
        url = link("task", agency.slug, task.pk) or task.url
        yield Todo(task.title, by + task.why, url, "去办理", due_on=task.due_on)
    if not may(actor, "task.give", agency):
        return
    for task in tasks_given_by(actor, agency)[:MOST]:
        yield Todo(
            task.title,
            "您交办的。" + task.why,
            link("task", agency.slug, task.pk),
            "看办理情况",
            due_on=task.due_on,
            waits_for=f"{task.seat.title}{f'（{task.seat.person}）' if task.seat.person else '（空缺）'}办结",
        )


@owed_at
def own_data(desk: Desk) -> Iterator[Todo]:
    """What the agency has not filled in, to who may."""
    agency, missing = desk.agency, missing_in(desk.agency)
    if missing and may(desk.actor, "agency.edit", agency):
        law = law_sentence("ogi 12").partition("；")[0]
        why = f"公开指南要写明怎样联系，答复书要写明向哪里申请行政复议、到哪个法院起诉。{law}。"
        url = link("agency-edit", agency.slug) or link("agency", agency.slug)
        yield Todo(f"本机关资料还缺：{'、'.join(missing)}。", why, url, "补全本机关资料")


@owed_at
def seats(desk: Desk) -> Iterator[Todo]:
    """Seats in which nobody can work now, to who may hand them over or arrange cover."""
    agency = desk.agency
    if not may(desk.actor, "seat.deputise", agency):
        return
    facts = desk.readiness
    url = link("people", agency.slug)
    if facts.stranded:
        title = f"{'、'.join(facts.stranded)}的账号已停用，没有人代班。"
        yield Todo(
            title,
            "在这些岗位手上的事没有人办。请移交岗位，或者安排代班。",
            url,
            "去移交或安排代班",
            pressing=True,
        )
    if facts.empty:
        title = f"{'、'.join(facts.empty)}空缺。"
        yield Todo(title, "空缺岗位上的事没有人办。请安排接任的人，或者先安排代班。", url, "去安排人员")


@owed_at
def notices(desk: Desk) -> Iterator[Todo]:
    """Notices that were not opened."""
    count, url = desk.unread, link("notices", desk.agency.slug)
    if count and url:
        yield Todo(
            f"有 {count} 条消息没有看。", "消息告诉您新交办的事、快到期的事和办理结果。", url, "看消息"
        )
