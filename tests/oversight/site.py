"""An agency's site with exactly one of each failure, and one without any."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from gongkai.disclosure.actions.history import Past, SignedOnPaper, bring_in, leaks_of
from gongkai.disclosure.models import Column, Item
from gongkai.oversight.actions.guide import guide_is_right
from gongkai.oversight.actions.run import ask
from gongkai.oversight.inspection.running import work
from gongkai.oversight.models import Finding, InspectionRun
from tests.cast import SYSTEM, Cast

HOME = "/zfxxgk/xtxsfj/"


def bring(cast: Cast, where: str, title: str, *, formed: date, published: date, **more: Any) -> Item:
    """One item that is public since `published`, at nine in the morning."""
    text = more.pop("text", "<p>正文</p>")
    on = min(formed, published)
    signed = (
        SignedOnPaper("甲某", "办公室", on, ("text", "policy", "political", "secrecy")),
        SignedOnPaper("乙某", "分管领导", on, ("final",)),
    )
    at = datetime(published.year, published.month, published.day, 9, tzinfo=timezone.get_current_timezone())
    past = Past(
        column=cast.agency.columns.get(slug=where),
        title=title,
        text=text,
        formed_on=formed,
        published_at=min(at, timezone.now() - timedelta(minutes=1)),
        signed=signed,
        fields={"summary": title, **more},
    )
    # What must not have gone out is public all the same: whoever brought it in said that it may stand.
    stands = {leak.find.bound: "原来就公开了" for leak in leaks_of(cast.agency, [past])}
    past = replace(past, let_stand=stands)
    return bring_in(cast.agency, [past], reason="测试", by=SYSTEM, indexed=False)[0]


def freshen(cast: Cast, days_ago: int = 1) -> None:
    """Something new in every column, and the guide looked at: nothing is left to be found."""
    day = timezone.localdate() - timedelta(days=days_ago)
    for column in Column.objects.filter(agency=cast.agency):
        bring(cast, column.slug, f"{column.name}的新信息", formed=day, published=day)
    guide_is_right(cast.agency, by=cast.actor("clerk"))


def inspect(cast: Cast, who: str = "clerk") -> InspectionRun:
    """A whole run, as the button asks for one and the tick does it."""
    run = ask(cast.agency, by=cast.actor(who), at=timezone.now())
    work()
    run.refresh_from_db()
    return run


def open_rules(cast: Cast) -> list[str]:
    """The rules of all that is open, each as often as something is open against it."""
    rows = Finding.objects.filter(agency=cast.agency, state=Finding.State.OPEN)
    return sorted(rows.values_list("rule", flat=True))
