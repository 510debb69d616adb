"""What goes over the line: conditional requests, what proxies may keep, no cookies, modes of reading, addresses."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import clear_url_caches, reverse, set_urlconf
from django.utils import timezone

from gongkai.disclosure.actions.publishing import publish
from gongkai.disclosure.actions.withdrawing import withdraw
from gongkai.portal import keeping
from gongkai.portal.keeping import PAGES
from tests.cast import Cast, add_item
from tests.disclosure.office import passed, published

OWN = "xtxsfj"


@pytest.fixture
def kept(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Pages kept made, as when the site is served; the stamp is looked up for each."""
    settings.SITE_KEPT_MB = 16
    monkeypatch.setattr(keeping, "STAMP_SECONDS", 0.0)
    PAGES.forget()
    yield
    PAGES.forget()


def url(name: str, *args: object) -> str:
    return reverse(f"portal:{name}", args=[OWN, *args])


def public_urls(cast: Cast) -> list[str]:
    """One of every kind of page that is the same for everybody."""
    item = cast.agency.items.public().latest("pk").pk
    names = ("home", "guide", "rules", "about", "columns", "reports", "policies", "requests", "request-help")
    return [
        *(url(name) for name in names),
        url("column", "xzfy"),
        url("item", item),
        url("item-print", item),
        url("report", 2024),
        url("feed", "atom"),
        url("column-feed", "xzfy", "rss"),
        reverse("portal:sitemap"),
        reverse("portal:robots"),
    ]


def test_whoever_has_a_page_is_told_so(cast: Cast, kept: None) -> None:
    for one in public_urls(cast):
        first = Client().get(one)
        assert first.status_code == 200, one
        assert first["Cache-Control"] == "public, max-age=60", one
        assert Client().get(one, headers={"If-None-Match": first["ETag"]}).status_code == 304, one
        assert Client().get(one, headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 304, (
            one
        )
        assert Client().get(one, headers={"If-None-Match": '"another"'}).content == first.content, one


def test_public_pages_know_no_cookie_and_are_the_same_for_who_is_signed_in(cast: Cast) -> None:
    staff = cast.browse("clerk")
    for one in public_urls(cast):
        answer = staff.get(one)
        assert not answer.cookies, one
        assert "Vary" not in answer.headers, one
        assert answer.content == Client().get(one).content, one


def test_an_act_shows_at_once_and_an_etag_outlives_what_changed_elsewhere(cast: Cast, kept: None) -> None:
    item = passed(cast, title="马上要公开的")
    column, other = url("column", "zwgk"), url("column", "xzfy")
    before, beside = Client().get(column), Client().get(other)
    assert "马上要公开的" not in before.content.decode()
    publish(item, by=cast.actor("clerk"), at=timezone.now())
    after = Client().get(column, headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert "马上要公开的" in after.content.decode()
    assert Client().get(other, headers={"If-None-Match": beside["ETag"]}).status_code == 304
    withdraw(item, cause="wrong", reason="测试", by=cast.actor("leader"), at=timezone.now())
    assert "马上要公开的" not in Client().get(column).content.decode()
    assert Client().get(url("item", item.pk)).status_code == 410


def test_what_changes_by_itself_shows_within_a_minute(
    cast: Cast, kept: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = time.monotonic()
    item, _ = published(cast, lapses_on=timezone.localdate())
    assert "现已失效" not in Client().get(url("item", item.pk)).content.decode()
    monkeypatch.setattr(keeping.time, "monotonic", lambda: start + 62)
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        assert "现已失效" in Client().get(url("item", item.pk)).content.decode()


def test_two_changes_in_one_second_are_two_times_of_change(cast: Cast, kept: None) -> None:
    with time_machine.travel(timezone.now(), tick=False):
        times = []
        for n in range(3):
            times.append(Client().get(url("column", "czxx"))["Last-Modified"])
            add_item(cast.agency, cast.agency.columns.get(slug="czxx"), 500 + n)
    assert len(set(times)) == 3


def test_a_stranger_s_query_is_not_kept_in_the_page_of_others(cast: Cast, kept: None) -> None:
    for n in range(600, 625):
        add_item(cast.agency, cast.agency.columns.get(slug="czxx"), n)
    Client().get(url("column", "czxx"), {"evil": "word", "page": "1"})
    Client().get(url("home"), {"evil": "word"})
    for one in (url("column", "czxx"), url("column", "czxx") + "?page=1", url("home")):
        assert "evil" not in Client().get(one).content.decode()


def test_what_is_kept_is_bounded(cast: Cast, kept: None, settings: Any) -> None:
    settings.SITE_KEPT_MB = 1
    for n in range(300):
        Client().get(url("column", "xzfy"), {"page": str(n)})
    assert PAGES.size <= 1024 * 1024
    assert PAGES.find("nothing") is None


def test_the_way_of_reading_is_kept_without_a_script(cast: Cast) -> None:
    client, here, look = Client(), url("column", "xzfy") + "?page=1", reverse("portal:look")
    plain = client.get(reverse("portal:look-css"))
    assert "font-size" not in plain.content.decode()
    assert plain["Vary"] == "Cookie"
    assert "private" in plain["Cache-Control"]
    answer = client.get(look, {"set": "large", "back": here})
    assert (answer.status_code, answer["Location"]) == (302, here)
    client.get(look, {"set": "contrast", "back": here})
    style = client.get(reverse("portal:look-css")).content.decode()
    assert "125%" in style
    assert "--paper: #000000" in style
    client.get(look, {"set": "default"})
    assert "125%" not in client.get(reverse("portal:look-css")).content.decode()


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "evil", ""]
)
def test_the_way_back_leads_nowhere_else(cast: Cast, back: str) -> None:
    answer = Client().get(reverse("portal:look"), {"set": "large", "back": back})
    assert answer["Location"] == reverse("portal:front")


def test_a_page_leads_to_the_modes_and_back_to_itself(cast: Cast) -> None:
    client = Client()
    text = client.get(url("column", "xzfy"), {"page": "1"}).content.decode()
    link = (
        text.partition('class="look-large"')[2].partition('href="')[2].partition('"')[0].replace("&amp;", "&")
    )
    assert client.get(link)["Location"] == url("column", "xzfy") + "?page=1"


def test_full_addresses_follow_the_setting(cast: Cast, settings: Any) -> None:
    settings.SITE_ADDRESS = "https://www.example.gov.cn"
    text = Client().get(url("feed", "atom")).content.decode()
    assert "https://www.example.gov.cn/zfxxgk/" in text
    assert "testserver" not in text


def test_the_site_lives_under_a_path(cast: Cast, settings: Any) -> None:
    import importlib

    from gongkai.config import urls

    settings.SITE_PATH = "zwgk/xx/"
    try:
        importlib.reload(urls)
        clear_url_caches()
        home = f"/zwgk/xx/zfxxgk/{OWN}/"
        assert url("home") == home
        text = Client().get(home).content.decode()
        assert 'href="/zfxxgk/' not in text
        assert Client().get(f"/zfxxgk/{OWN}/").status_code == 404
        assert (
            "Sitemap: http://testserver/zwgk/xx/sitemap.xml"
            in Client().get("/zwgk/xx/robots.txt").content.decode()
        )
    finally:
        settings.SITE_PATH = ""
        importlib.reload(urls)
        clear_url_caches()
        set_urlconf(None)


def test_a_government_s_own_head_and_foot_take_the_place_of_ours(
    cast: Cast, settings: Any, tmp_path: Any
) -> None:
    from copy import deepcopy

    (tmp_path / "portal").mkdir()
    (tmp_path / "portal" / "head.html").write_text(
        '<header id="county">县政府门户 {{ agency.name }}</header>'
    )
    settings.TEMPLATES = deepcopy(settings.TEMPLATES)
    settings.TEMPLATES[0]["DIRS"] = [tmp_path]
    text = Client().get(url("home")).content.decode()
    assert '<header id="county">县政府门户 湘潭县司法局</header>' in text
    assert "masthead" not in text
    assert "主办单位" in text
