"""What is owed on the registers of table two: decisions that are to be public by a day."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.agencies.rights import may
from gongkai.dictionaries.queries import calendar
from gongkai.disclosure.registers.kinds import REGISTERS
from gongkai.disclosure.registers.listing import due_of, to_publish

from .links import link
from .todo import Desk, Todo, owed_at

MOST = 20
"""How many the desk shows; the register shows all."""


@owed_at
def decisions(desk: Desk) -> Iterator[Todo]:
    """To who keeps the registers; nothing to anybody else."""
    if not may(desk.actor, "disclosure.registers", desk.agency):
        return
    found = list(to_publish(desk.agency)[:MOST])
    days = calendar() if found else None
    for entry in found:
        due = due_of(entry, days)
        if due is None:
            continue
        drafted = "已经起草，还没有发布。" if entry.item_id else "还没有起草公开信息。"
        yield Todo(
            f"公开{REGISTERS[entry.kind].name}决定：{entry}",
            f"{REGISTERS[entry.kind].law}。{drafted}",
            link("register-entry", desk.agency.slug, entry.kind, entry.pk),
            "打开这一件",
            due_on=due.last_day,
        )
