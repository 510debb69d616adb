"""What is owed on items: reviews that wait for the reader, items to publish, to write on, due soon, to evaluate."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.agencies.rights import may
from gongkai.disclosure.converted import converted_due, items_from
from gongkai.disclosure.listing import waiting
from gongkai.disclosure.outdated import still_said_to_hold
from gongkai.inforequests.conversions import waiting_conversions

from .links import link
from .todo import Desk, Todo, owed_at

MOST = 20
"""How many of each the desk shows; the page of the room shows all."""


@owed_at
def reviews(desk: Desk) -> Iterator[Todo]:
    """Sheets that this person can sign now, and what else waits in the room."""
    if not may(desk.actor, "disclosure.view", desk.agency):
        return
    slug = desk.agency.slug
    found = waiting(desk.agency, desk.actor, desk.day, MOST)
    for sheet in found.review:
        yield Todo(
            f"审查：{sheet.item.title}",
            "《条例》第十七条：公开前要审查。审查表上写意见和理由。",
            link("item-review", slug, sheet.pk),
            "去审查",
            due_on=sheet.item.due_on,
            pressing=sheet.item.due_on is None,
        )
    for item in found.publish:
        yield Todo(
            f"发布：{item.title}",
            "已经定时，到时自动发布。" if item.publish_at else "审查已经通过，发布以后公众才能看到。",
            link("item", slug, item.pk) if item.publish_at else link("item-act", slug, item.pk, "publish"),
            "打开" if item.publish_at else "去发布",
            due_on=item.due_on,
            pressing=item.publish_at is None,
        )
    opened = {item.pk for item in found.opened}
    for item in found.opened:
        yield Todo(
            f"已定为主动公开，请改好送审：{item.title}",
            "《条例》第十八条：评估以后可以公开的，应当公开；从评估之日起算公开的期限。",
            link("item", slug, item.pk),
            "打开这条信息",
            due_on=item.due_on,
        )
    found.due = [item for item in found.due if item.pk not in opened]
    due = {item.pk for item in found.due} | opened
    for item in [*found.due, *(one for one in found.write if one.pk not in due and one.state == "sent_back")]:
        back = item.state == "sent_back"
        yield Todo(
            f"{'修改退回的信息' if back else '公开期限快到了'}：{item.title}",
            "退回的原因在审查表上，改好重新送审。"
            if back
            else f"现在是“{item.get_state_display()}”。《条例》第二十六条：自形成或者变更之日起20个工作日内公开。",
            link("item", slug, item.pk),
            "打开这条信息",
            due_on=item.due_on,
        )
    yield from _to_convert(desk)
    yield from _to_be_ended(desk)
    for item in found.evaluate:
        yield Todo(
            f"评估能不能公开：{item.title}",
            "《条例》第十八条：不予公开的要定期评估审查。",
            link("item-act", slug, item.pk, "evaluate"),
            "去评估",
            due_on=item.evaluate_on,
        )


def _to_convert(desk: Desk) -> Iterator[Todo]:
    """What was proposed to be public for all and nobody has begun to write; two queries however much it is."""
    actor, agency = desk.actor, desk.agency
    if not (may(actor, "requests.convert", agency) and may(actor, "disclosure.draft", agency)):
        return
    rows = list(waiting_conversions(agency)[:MOST])
    begun = items_from(agency, [row.request_id for row in rows]) if rows else {}
    for row in rows:
        if row.request_id not in begun:
            yield Todo(
                f"转为主动公开：{row.what}",
                f"来自申请 {row.request.number}。《条例》第四十四条：可以公开的，纳入主动公开，并及时公开。",
                link("item-convert", agency.slug, row.pk),
                "去起草",
                due_on=converted_due(row.proposed_on),
            )


def _to_be_ended(desk: Desk) -> Iterator[Todo]:
    """Old documents that a public one repeals or replaces and that still say they hold; one query."""
    actor, agency = desk.actor, desk.agency
    if not may(actor, "disclosure.draft", agency):
        return
    for item in still_said_to_hold(agency)[:MOST]:
        yield Todo(
            f"旧文件还写着“有效”：{item.title}",
            "新文件写明废止、代替了它，公众看到的还是“有效”。请修订，在“目录信息”里写明从哪一天起、由什么废止。",
            link("item", agency.slug, item.pk),
            "去修订",
        )
