"""Links that lead off the site: noted while the items are gone through, asked politely, told of by what came of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import F, Q, QuerySet

from gongkai.disclosure.models import Publication

from ..models import LinkUse, OutsideLink
from ..probing import Prober
from .found import Found, Round
from .items import about
from .links import Link

Answer = OutsideLink.Answer
OFF = "站外链接没有检查：平台没有开启站外链接检查（设置 GONGKAI_PROBE_LINKS）。"
MORE = "站外链接每次最多检查 {most} 个，还有 {left} 个留到下一次。"


def note_links(round_: Round, links: Sequence[tuple[Publication, Link]]) -> None:
    """Write down which links stand where: four queries a lot."""
    if not links:
        return
    urls = {link.digest: link.url for _, link in links}
    OutsideLink.objects.bulk_create(
        [OutsideLink(digest=digest, url=url, host=_host(url)) for digest, url in urls.items()],
        ignore_conflicts=True,
        batch_size=500,
    )
    numbers = dict(OutsideLink.objects.filter(digest__in=urls).values_list("digest", "pk"))
    uses = {
        (row.item_id, numbers[link.digest]): LinkUse(
            agency=round_.agency,
            link_id=numbers[link.digest],
            item_id=row.item_id,
            title=row.title,
            words=link.words,
            run_id=round_.run_id or 0,
        )
        for row, link in links
    }
    LinkUse.objects.bulk_create(
        list(uses.values()),
        update_conflicts=True,
        unique_fields=["agency", "link", "item_id"],
        update_fields=["title", "words", "run_id"],
        batch_size=500,
    )


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "")[:255]


def to_ask(round_: Round) -> QuerySet[OutsideLink]:
    """The links of this run of which nothing is known, or not since long, the longest ago first."""
    used = OutsideLink.objects.filter(
        pk__in=LinkUse.objects.filter(agency=round_.agency, run_id=round_.run_id or 0).values("link")
    )
    return used.filter(_due(round_.now)).order_by(F("asked_at").asc(nulls_first=True), "pk")


def _due(now: datetime) -> Q:
    good = now - timedelta(days=settings.PROBE_DAYS)
    # What failed is asked again the next night.
    failed = now - timedelta(hours=12)
    return Q(asked_at__isnull=True) | Q(asked_at__lt=good) | Q(answer=Answer.DEAD, asked_at__lt=failed)


def ask(links: Sequence[OutsideLink], prober: Prober, now: datetime) -> None:
    """Ask some links, and keep the answers."""
    for link in links:
        answer = prober.ask(link.url)
        link.answer, link.status, link.said = answer.kind, answer.status, answer.said[:200]
        link.asked_at = now
    OutsideLink.objects.bulk_update(links, ["answer", "status", "said", "asked_at"])


def look_outside(round_: Round, uses: Sequence[LinkUse]) -> Iterator[Found]:
    """The dead links among these uses: one query for the items they stand in."""
    dead = [use for use in uses if use.link.answer == Answer.DEAD]
    rows = {
        row.item_id: row
        for row in Publication.objects.live(round_.now)
        .filter(item__in={use.item_id for use in dead})
        .select_related("item")
        .defer("content", "item__text")
    }
    for use in dead:
        row = rows.get(use.item_id)
        if row is not None:
            what = f"链接“{use.words}”打不开：{use.link.said}"
            yield about(round_, row, "link_outside", what, part=use.link.digest[:16], where="的正文")


def use_rows(round_: Round) -> QuerySet[LinkUse]:
    """The uses noted in this run, in the order in which it goes through them."""
    return (
        LinkUse.objects.filter(agency=round_.agency, run_id=round_.run_id or 0)
        .select_related("link")
        .order_by("pk")
    )
