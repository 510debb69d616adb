"""Every kind of page: valid HTML, the tags of law.md §5.2 with nothing empty, links that lead somewhere, and nothing
that is not public."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import html5lib
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from gongkai.disclosure.actions.publishing import schedule
from gongkai.disclosure.actions.withdrawing import withdraw
from tests.cast import Cast
from tests.disclosure.office import new_draft, passed, published

OWN = "xtxsfj"
SITE = ["SiteName", "SiteDomain", "SiteIDCode"]
COLUMN = [*SITE, "ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"]
CONTENT = [*COLUMN, "ArticleTitle", "PubDate", "ContentSource"]
OPTIONAL = {"Keywords", "Author", "Description", "Image", "Url"}


def url(name: str, *args: object) -> str:
    return reverse(f"portal:{name}", args=[OWN, *args])


def kinds(cast: Cast) -> dict[str, list[str]]:
    """Every kind of page with the tags it has to have."""
    table = "<table><tr><th>甲</th><td>乙</td></tr></table>"
    item, _ = published(
        cast,
        title='题 & "名" <b>',
        text=f"<h2>一</h2><p>文</p>{table}<ol><li>项</li></ol>",
        author="测试作者",
    )
    gone, _ = published(cast, title="撤回的")
    withdraw(gone, cause="wrong", reason="测试", by=cast.actor("leader"), at=timezone.now())
    columns = ("guide", "rules", "about", "columns", "reports", "policies", "requests", "request-help")
    return {
        url("home"): SITE,
        **{url(name): COLUMN for name in columns},
        url("column", "xzfy"): COLUMN,
        url("column", "zwgk") + "?page=1": COLUMN,
        url("request-start"): COLUMN,
        url("request-track"): COLUMN,
        url("item", gone.pk): COLUMN,
        url("item", item.pk): CONTENT,
        url("item-print", item.pk): CONTENT,
        url("item", cast.agency.items.public().earliest("pk").pk): CONTENT,
        url("report", 2024): CONTENT,
    }


def test_every_page_is_valid_and_bears_its_tags(cast: Cast, settings: Any) -> None:
    found = {one: (Client().get(one).content.decode(), wanted) for one, wanted in kinds(cast).items()}
    cast.other.portal_open = True
    cast.other.save()
    found["/"] = (Client().get("/").content.decode(), SITE)
    found["empty"] = (Client().get(reverse("portal:home", args=["sample-office"])).content.decode(), SITE)
    for place, (text, wanted) in found.items():
        html5lib.HTMLParser(strict=True).parse(text)
        tags = [
            (n.attributes["name"], n.attributes.get("content") or "")
            for n in HTMLParser(text).css("head meta[name]")
            if n.attributes["name"] not in ("viewport", "robots")
        ]
        names = [name for name, _ in tags]
        assert names[: len(wanted)] == wanted, place
        assert set(names[len(wanted) :]) <= (OPTIONAL if wanted == CONTENT else set()), place
        assert all(value.strip() for _, value in tags), place
        if wanted == CONTENT:
            assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", dict(tags)["PubDate"]), place


def test_a_wrong_page_is_found_by_the_parser() -> None:
    with pytest.raises(html5lib.html5parser.ParseError):
        html5lib.HTMLParser(strict=True).parse("<!DOCTYPE html><html><body><p><div></p></body></html>")


def test_every_link_leads_somewhere(cast: Cast) -> None:
    links: set[str] = set()
    for one in kinds(cast):
        text = Client().get(one).content.decode()
        for node in HTMLParser(text).css("[href], [src]"):
            link = node.attributes.get("href") or node.attributes.get("src") or ""
            place = one.partition("?")[0]
            links.add(place + link if link.startswith("?") else link)
    inside = {one.partition("#")[0] for one in links if one.startswith("/")}
    assert len(inside) > 60
    broken = [one for one in sorted(inside) if Client().get(one).status_code not in (200, 302)]
    assert broken == []


def test_nothing_that_is_not_public_shows_at_any_public_address(cast: Cast) -> None:
    """A draft, one under review, one passed, one put off, one withdrawn, one that ended, a corrected version that is
    not out, and all of an agency whose column is closed: their words are at none of the addresses."""
    secret = "不得出现的词"
    numbers = [new_draft(cast, title=secret, summary=secret, text=f"<p>{secret}</p>").pk]
    numbers.append(passed(cast, title=secret, summary=secret, text=f"<p>{secret}</p>").pk)
    later = passed(cast, title=secret, text=f"<p>{secret}</p>")
    schedule(later, at=datetime(2099, 1, 1, tzinfo=UTC), by=cast.actor("clerk"))
    gone, _ = published(cast, title=secret, text=f"<p>{secret}</p>")
    withdraw(gone, cause="wrong", reason="测试", by=cast.actor("leader"), at=timezone.now())
    ended, live = published(cast, title=secret, text=f"<p>{secret}</p>")
    type(live).objects.filter(pk=live.pk).update(ended_at=timezone.now(), ended="expired")
    numbers += [later.pk, gone.pk, ended.pk, cast.others_item.pk]
    shown = cast.agency.items.public().earliest("pk")
    shown.title = secret
    shown.save()
    places = [*kinds(cast), url("feed", "atom"), url("feed", "rss"), url("column-feed", "zwgk", "atom")]
    places += ["/", reverse("portal:sitemap"), url("sitemap-part", 0), reverse("portal:robots")]
    places += [url(name, pk) for name in ("item", "item-print") for pk in numbers]
    places += [place.replace(OWN, "sample-office") for place in places]
    for place in places:
        answer = Client().get(place)
        text = answer.content.decode()
        assert secret not in text, place
        assert cast.others_item.title not in text, place
        assert "sample-office" not in text, place
    for pk in numbers:
        assert Client().get(url("item", pk)).status_code in (404, 410)
        assert Client().get(url("item-print", pk)).status_code == 404
