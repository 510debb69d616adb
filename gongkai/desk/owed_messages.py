"""What is owed on messages of the public, and to the office above about complaints; two queries."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.agencies.rights import may
from gongkai.oversight.message_clock import LOCAL
from gongkai.oversight.message_queries import inquiries_of, waiting

from .links import link
from .todo import Desk, Todo, owed_at

MOST = 50
"""How many of each the desk shows; the list shows all."""


@owed_at
def messages(desk: Desk) -> Iterator[Todo]:
    """To who handles them; answers to be reviewed, to who reviews."""
    handles = may(desk.actor, "message.handle", desk.agency)
    reviews = may(desk.actor, "message.review", desk.agency)
    if not handles and not reviews:
        return
    for one in waiting(desk.agency)[:MOST]:
        url = link("message", desk.agency.slug, one.pk)
        what = f"{one.get_kind_display()}{one.number}“{one.subject}”"
        if one.state == "review":
            waits = "" if reviews else "公开机构负责人审核"
            yield Todo(
                f"审核答复：{what}",
                "这件答复拟公开。",
                url,
                "去审核",
                one.due_on,
                first=not waits,
                waits_for=waits,
            )
        elif not handles:
            continue
        elif one.state == "new":
            why = f"归本机关办的受理，不归的转办或者说明理由。{LOCAL}"
            yield Todo(f"决定是否受理：{what}", why, url, "去看", min(one.accept_by, one.due_on))
        elif one.state == "handling":
            yield Todo(f"答复：{what}", LOCAL, url, "去答复", one.due_on)
        else:
            yield Todo(f"办结：{what}", "已经答复，登记结果就办完了。", url, "去办结")


@owed_at
def accounts(desk: Desk) -> Iterator[Todo]:
    """To who gives account to the office above."""
    if not may(desk.actor, "message.account", desk.agency):
        return
    for one in inquiries_of(desk.agency, open_only=True)[:MOST]:
        yield Todo(
            "向主管部门说明信息公开工作的情况",
            "有人向主管部门反映，请如实说明。《条例》第四十七条。",
            link("message-inquiry", desk.agency.slug, one.pk),
            "去说明",
            due_on=one.due_on,
        )
