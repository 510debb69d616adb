"""Items at every stage at which they may not be public, each with words nobody may read on a public page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from gongkai.disclosure.actions.attaching import attach
from gongkai.disclosure.actions.drafting import edit, revise
from gongkai.disclosure.actions.publishing import expire, publish
from gongkai.disclosure.actions.referring import refer
from gongkai.disclosure.actions.signing import send_back, sign
from gongkai.disclosure.actions.submitting import recall, submit
from gongkai.disclosure.actions.withdrawing import withdraw
from gongkai.disclosure.models import Item, Publication, ReviewSheet
from gongkai.files.actions.made import keep_made
from tests.cast import Cast, assemble
from tests.disclosure.office import new_draft, reviewed
from tests.kept import once

SECRET = "没有审查过的字样"
"""In the title, the summary and the text of every item that may not be public."""
OPEN = "审查过的字样"
OK = "经审查，可以公开。"


@dataclass
class Stages:
    """The items by stage, one that passed and is not public, one that is public; `cast` around them."""

    cast: Cast
    items: dict[str, Item]
    passed: Item
    public: Item
    live: Publication


def stages() -> Stages:
    """The cast with all its items, made in earnest once and put back after that."""
    return once(_made)


def _item(cast: Cast, words: str = SECRET, **more: object) -> Item:
    return new_draft(cast, title=f"测试·{words}", summary=words, text=f"<p>{words}</p>", **more)


def _change(item: Item) -> None:
    """Put the words in past the acts, as the shell would."""
    Item.objects.filter(pk=item.pk).update(title=SECRET, summary=SECRET, text=f"<p>{SECRET}</p>")


def _made() -> Stages:
    cast = assemble()
    passed = _item(cast, OPEN)
    reviewed(cast, passed)
    public = _item(cast, OPEN)
    reviewed(cast, public)
    live = publish(public, by=cast.actor("clerk"), at=timezone.now())
    items = {"draft": _item(cast), **_under_review(cast), **_changed(cast), **_ended(cast)}
    items["withheld"] = _item(
        cast, access="withheld", access_reason="内部事务", access_basis="《条例》第十六条"
    )
    reviewed(cast, items["withheld"])
    for item in items.values():
        item.refresh_from_db()
    return Stages(cast, items, passed, public, live)


def _under_review(cast: Cast) -> dict[str, Item]:
    names = ("submitted", "half signed", "all but the final", "sent back", "recalled", "referred")
    items = {name: _item(cast) for name in names}
    sheets = {name: submit(item, by=cast.actor("clerk")) for name, item in items.items()}
    for name in ("half signed", "all but the final"):
        sign(sheets[name], by=cast.actor("section_head"), grounds=OK)
    sign(sheets["all but the final"], by=cast.actor("reviewer"), grounds=OK)
    send_back(sheets["sent back"], by=cast.actor("section_head"), words="要改")
    recall(items["recalled"], by=cast.actor("clerk"))
    refer(
        sheets["referred"], whom="secrecy", organ="测试县保密局", question="能否公开", by=cast.actor("head")
    )
    return items


def _changed(cast: Cast) -> dict[str, Item]:
    """Passed, and then another text: by the act, past the acts, by an attachment; of a public one, in revision."""
    names = ("edited after", "changed after", "file after")
    items = {name: _item(cast, OPEN) for name in names}
    for item in items.values():
        reviewed(cast, item)
    edit(items["edited after"], by=cast.actor("clerk"), title=SECRET, text=f"<p>{SECRET}</p>")
    _change(items["changed after"])
    clerk, late = cast.actor("clerk"), items["file after"]
    file = keep_made(by=clerk, agency=cast.agency, name=f"{SECRET}.txt", content=SECRET.encode(), owner=late)
    attach(late, file, by=clerk)
    revised = _item(cast, OPEN)
    reviewed(cast, revised)
    publish(revised, by=clerk, at=timezone.now())
    revise(revised, note="改动", by=clerk)
    edit(revised, by=clerk, title=SECRET, text=f"<p>{SECRET}</p>")
    submit(revised, by=clerk)
    return {**items, "revised": revised}


def _ended(cast: Cast) -> dict[str, Item]:
    """Once public: withdrawn, run out, replaced. Their words were reviewed and may not be read again."""
    clerk = cast.actor("clerk")
    items = {name: _item(cast) for name in ("withdrawn", "run out", "replaced")}
    for name, item in items.items():
        reviewed(cast, item)
        now = timezone.now()
        until = now + timedelta(microseconds=1) if name == "run out" else None
        shown = publish(item, by=clerk, at=now, until=until)
        if until is not None:
            expire(shown, by=clerk, now=timezone.now())
    withdraw(items["withdrawn"], cause="wrong", reason="有误", by=cast.actor("head"), at=timezone.now())
    revise(items["replaced"], note="改好", by=clerk)
    edit(items["replaced"], by=clerk, title=OPEN, summary=OPEN, text=f"<p>{OPEN}</p>")
    reviewed(cast, items["replaced"], ("section_head", "reviewer", "leader"))
    publish(items["replaced"], by=clerk, at=timezone.now())
    return items


def newest(item: Item) -> ReviewSheet | None:
    """Its newest sheet of any version."""
    return item.sheets.order_by("-serial").first()
