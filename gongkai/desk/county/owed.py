"""What is owed on orders: to answer, at the agency; to look at what was answered, at the office that asked."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.agencies.rights import may
from gongkai.oversight.board import orders

from ..links import link
from ..todo import Desk, Todo, owed_at

MOST = 20


@owed_at
def to_answer(desk: Desk) -> Iterator[Todo]:
    """Orders that wait for an answer, to who may answer; the seat that has the task is told by that."""
    actor, agency = desk.actor, desk.agency
    if not may(actor, "order.answer", agency):
        return
    mine = {seat.pk for seat in actor.at(agency)}
    for one in orders.owed_by(agency)[:MOST]:
        if one.seat_id in mine and one.task is not None and one.task.done_at is None:
            continue
        yield Todo(
            f"{one.number}（{one.get_kind_display()}）：{one.title}",
            f"{one.office.name}发来，要书面答复。",
            link("order", agency.slug, one.pk),
            "去答复",
            due_on=one.due_on,
        )


@owed_at
def to_close(desk: Desk) -> Iterator[Todo]:
    """Answers that the office has not looked at."""
    actor, office = desk.actor, desk.agency
    if not may(actor, "board.view", office):
        return
    yield Todo(
        "看一看下级机关今天的情况。",
        "逾期的申请、有出入的年报、没有更新的栏目都在“监督”里。",
        link("county", office.slug),
        "去看",
    )
    for one in orders.orders_from(office, "answered")[:MOST]:
        yield Todo(
            f"{one.agency.name}答复了{one.number}：{one.title}",
            "请看答复，销号或者要求重新答复。",
            link("county-order", office.slug, one.pk),
            "去看",
            pressing=True,
        )
