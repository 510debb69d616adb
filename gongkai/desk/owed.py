"""What is owed at an agency's desk: tasks given, the agency's own data, its seats, unread notices."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.agencies.readiness import missing_in
from gongkai.agencies.rights import may
from gongkai.design.law import law_sentence
from gongkai.tasks.queries import tasks_given_by, tasks_of

from .links import link
from .todo import Desk, Todo, owed_at

MOST = 50
"""How many tasks the desk shows; the page of tasks shows all."""


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
