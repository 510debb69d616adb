"""What is owed on reconsiderations and lawsuits: our own 答复书 or 答辩状, and a request to be handled anew."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from gongkai.agencies.rights import may
from gongkai.remedies.queries import answers_owed, answers_without_a_day, redos_owed
from gongkai.remedies.reminding import paper_of

from .links import link
from .todo import Desk, Todo, owed_at

MOST = 50
"""How many of each the desk shows; the register shows all."""


@owed_at
def remedies(desk: Desk) -> Iterator[Todo]:
    """To who writes the cases down; nothing to anybody else."""
    if not may(desk.actor, "remedy.edit", desk.agency):
        return
    slug = desk.agency.slug
    for case in answers_owed(desk.agency)[:MOST]:
        yield Todo(
            f"提交{paper_of(case)}：{case.number}（{case.organ}）",
            f"要求在这一天前提交{paper_of(case)}和证据材料。证据材料卷可以在那件申请的页面上一次做好。",
            link("remedy", slug, case.pk),
            "打开这件案子",
            due_on=case.answer_by,
        )
    for case in answers_without_a_day(desk.agency)[:MOST]:
        yield Todo(
            f"补上提交{paper_of(case)}的最后一天：{case.number}（{case.organ}）",
            "登记时没有填这个日期，平台没法提醒。照通知书写明的期限补上；已经提交了的，打开案子登记已提交。",
            link("remedy", slug, case.pk),
            "打开这件案子",
            pressing=True,
        )
    for case in islice(redos_owed(desk.agency), MOST):
        yield Todo(
            f"重新办理：{case.request.number if case.request else ''}",
            f"{case.organ}{case.number}要求重新办理这件申请。",
            link("request-act", slug, case.request_id, "reopen"),
            "去重新办理",
            due_on=case.redo_by,
            pressing=case.redo_by is None,
        )
