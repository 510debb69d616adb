"""Items on their way, moved by the same acts as in earnest, by the people of the cast."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from gongkai.disclosure.actions.drafting import draft
from gongkai.disclosure.actions.publishing import publish
from gongkai.disclosure.actions.signing import sign
from gongkai.disclosure.actions.submitting import submit
from gongkai.disclosure.models import Column, Item, Publication, ReviewSheet
from tests.cast import Cast

ROUND = ("section_head", "reviewer", "leader")
"""Who signs in the cast's agency: first level, the four checks, final level."""


def column(cast: Cast, slug: str = "zwgk") -> Column:
    """A column of the cast's agency."""
    return cast.agency.columns.get(slug=slug)


def new_draft(cast: Cast, who: str = "clerk", where: str = "zwgk", **more: Any) -> Item:
    """A draft with all that a review asks for."""
    fields = {"title": "测试信息", "summary": "测试用的信息", "text": "<p>测试正文</p>", **more}
    return draft(cast.agency, column(cast, where), by=cast.actor(who), **fields)


def reviewed(cast: Cast, item: Item, signers: tuple[str, ...] = ROUND) -> ReviewSheet:
    """The item put under review and signed through."""
    sheet = submit(item, by=cast.actor("clerk"))
    for who in signers:
        sign(sheet, by=cast.actor(who), grounds="经审查，可以公开。")
    item.refresh_from_db()
    return sheet


def passed(cast: Cast, **more: Any) -> Item:
    """An item that passed and is not yet public."""
    item = new_draft(cast, **more)
    reviewed(cast, item)
    return item


def published(cast: Cast, **more: Any) -> tuple[Item, Publication]:
    """An item that is public."""
    item = passed(cast, **more)
    return item, publish(item, by=cast.actor("clerk"), at=timezone.now())


def today() -> date:
    """The day in the agency's time."""
    return timezone.localdate()
