"""What is owed on letters: to print them, seal them, post them."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.agencies.rights import may
from gongkai.inforequests.despatch import waiting_count

from .links import link
from .todo import Desk, Todo, owed_at


@owed_at
def letters(desk: Desk) -> Iterator[Todo]:
    """One line for all that has to go out, to who handles requests."""
    if not may(desk.actor, "requests.handle", desk.agency):
        return
    count = waiting_count(desk.agency)
    if count:
        yield Todo(
            f"有 {count} 件文书要寄发",
            "国办公开办函〔2016〕235号：邮寄的，以交邮之日为答复之日。打印、盖章、寄出以后一次登记。",
            link("outgoing", desk.agency.slug),
            "打开今日寄发",
            pressing=True,
        )
