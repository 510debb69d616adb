"""What is owed on the self-inspection. Its findings are tasks of their seats; here the heads are told of veto items."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.agencies.rights import may
from gongkai.oversight.queries import owed

from .links import link
from .todo import Desk, Todo, owed_at


@owed_at
def inspection(desk: Desk) -> Iterator[Todo]:
    """Veto items that lie with others, to who answers for the whole."""
    if not may(desk.actor, "inspection.explain", desk.agency):
        return
    for one in owed(desk.actor, desk.agency):
        url = link("oversight", desk.agency.slug)
        yield Todo(
            f"自查发现单项否决：{one.rule.label}（{one.open}处）",
            f"{one.rule.ref}：有一项就不合格。{one.rule.do}",
            f"{url}?rule={one.rule.slug}",
            "去看",
            due_on=one.due_on,
            pressing=True,
        )
