"""What the public reads: tags, lists, catalogue box, the report as real tables, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from gongkai.audit.triggers import aside
from gongkai.reports.models import ReportVersion
from gongkai.reports.queries import made_of
from gongkai.statute.report.readers import read_bytes
from tests.cast import Cast, add_item
from tests.disclosure.office import published

SITE_TAGS = ["SiteName", "SiteDomain", "SiteIDCode"]
COLUMN_TAGS = ["ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"]
CONTENT_TAGS = ["ArticleTitle", "PubDate", "ContentSource"]


def page(name: str, *args: object) -> HTMLParser:
    answer = Client().get(reverse(f"portal:{name}", args=["xtxsfj", *args]))
    assert answer.status_code == 200
    return HTMLParser(answer.content.decode())


def tags(found: HTMLParser) -> dict[str, str]:
    return {
        n.attributes["name"] or "": n.attributes.get("content") or ""
        for n in found.css("head meta[name]")
        if n.attributes["name"] != "viewport"
    }


def test_page_tags_grow_from_home_to_column_to_content(cast: Cast) -> None:
    item = cast.agency.items.public().latest("pk")
    assert list(tags(page("home"))) == SITE_TAGS
    for name, *args in (
        ("columns",),
        ("column", "xzfy"),
        ("guide",),
        ("rules",),
        ("reports",),
        ("requests",),
    ):
        assert list(tags(page(name, *args))) == SITE_TAGS + COLUMN_TAGS, name
    for name, arg in (("item", item.pk), ("report", 2024)):
        found = tags(page(name, arg))
        assert list(found)[:10] == SITE_TAGS + COLUMN_TAGS + CONTENT_TAGS
        assert all(found.values()), found
        assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", found["PubDate"])


def test_texts_are_escaped(cast: Cast) -> None:
    evil = '<script>alert("甲")</script>'
    item, _ = published(cast, title=evil, summary=evil, text=f"<p>文</p>{evil}")
    found = page("item", item.pk)
    assert [n.attributes.get("src") for n in found.css("script") if not n.attributes.get("src")] == []
    assert tags(found)["ArticleTitle"] == evil


def test_twenty_a_page_newest_first(cast: Cast) -> None:
    column = cast.agency.columns.get(slug="xzfy")
    for n in range(100, 125):
        add_item(cast.agency, column, n)
    url = reverse("portal:column", args=["xtxsfj", "xzfy"])
    dates: list[str] = []
    for number, rows in ((1, 20), (2, 20), (3, 3)):
        found = HTMLParser(Client().get(url, {"page": number}).content.decode())
        shown = [n.text() for n in found.css("main .rows time")]
        assert len(shown) == rows
        dates += shown
    assert dates == sorted(dates, reverse=True)
    assert Client().get(url, {"page": "x"}).status_code == 200
    assert Client().get(url, {"page": "99"}).status_code == 200


def cast_title(year: int) -> str:
    return f"湘潭县司法局{year}年政府信息公开工作年度报告"


def test_what_is_not_public_is_nowhere(cast: Cast) -> None:
    cast.hidden.title = "尚未公开的标题"
    cast.hidden.save()
    for name, *args in (("home",), ("columns",), ("column", "czxx"), ("reports",), ("report", 2024)):
        assert cast.hidden.title not in (page(name, *args).html or "")
    assert len(page("column", "czxx").css("main .rows li")) == 2
    assert [n.text() for n in page("reports").css("main .rows > li > a")] == [cast_title(2024)]


def test_the_catalogue_box(cast: Cast) -> None:
    item = cast.agency.items.public().filter(column__slug="czxx").latest("pk")
    found = page("item", item.pk)
    box = {d.css_first("dt").text(): d.css_first("dd").text() for d in found.css(".catalogue div")}
    assert box["索引号"] == item.index_number
    assert box["成文日期"] == item.formed_on.isoformat()
    assert box["发文机关"] == "湘潭县司法局"
    assert box["有效性"] == "有效"


def test_the_report_page_can_be_read_back_as_a_report(cast: Cast) -> None:
    answer = Client().get(reverse("portal:report", args=["xtxsfj", 2024]))
    back = read_bytes(answer.content, "report.html")
    made = made_of(cast.agency, 2024).report
    assert {c: cell.value for c, cell in back.cells.items()} == {c: m.value for c, m in made.cells.items()}
    assert (back.agency, back.year) == ("湘潭县司法局", 2024)


def test_tables_have_captions_scopes_and_scroll_inside_themselves(cast: Cast) -> None:
    found = page("report", 2024)
    assert len(found.css(".sheet table")) == 3
    for sheet in found.css(".sheet"):
        assert sheet.attributes["tabindex"] == "0"
        assert sheet.attributes["aria-label"]
        assert sheet.css_first("caption").text()
        assert all(th.attributes.get("scope") for th in sheet.css("th"))
        assert not any(th.text().isdecimal() for th in sheet.css("th"))
    assert len(found.css("td.figure")) == 200


def test_the_menu_links_only_what_exists(cast: Cast) -> None:
    found = page("home")
    links = {n.attributes["href"] for n in found.css("a") if (n.attributes["href"] or "").startswith("/")}
    assert len(links) > 15
    for link in sorted(links - {None}):
        assert Client().get(link).status_code in (200, 302), link


def test_the_sample_says_that_it_is_one(cast: Cast) -> None:
    assert "示例数据" in page("home").css_first("footer").text()
    cast.agency.is_sample = False
    cast.agency.save()
    assert "示例数据" not in page("home").css_first("footer").text()


@pytest.mark.parametrize(
    ("name", "args", "most"),
    [("home", [], 5), ("columns", [], 3), ("column", ["xzfy"], 5), ("reports", [], 3), ("report", [2024], 3)],
)
def test_the_number_of_queries_does_not_grow(
    cast: Cast, queries: Callable[[Callable[[], Any]], int], name: str, args: list[object], most: int
) -> None:
    url = reverse(f"portal:{name}", args=["xtxsfj", *args])
    before = queries(lambda: Client().get(url))
    for n in range(200, 230):
        add_item(cast.agency, cast.agency.columns.get(slug="xzfy"), n)
    after = queries(lambda: Client().get(url))
    assert after == before <= most


def test_an_error_inside_is_told_in_plain_words(cast: Cast) -> None:
    # A snapshot that is no report cannot come from publishing; a damaged database can hold one.
    with aside(connection):
        ReportVersion.objects.update(snapshot={"agency": "湘潭县司法局"})
    answer = Client(raise_request_exception=False).get(reverse("portal:report", args=["xtxsfj", 2024]))
    text = answer.content.decode()
    assert answer.status_code == 500
    assert "这次操作没有完成" in text
    assert "Unreadable" not in text
    assert "Traceback" not in text


def test_the_front_leads_to_the_one_column_or_lists_them(cast: Cast) -> None:
    assert Client().get("/")["Location"] == reverse("portal:home", args=["xtxsfj"])
    cast.other.portal_open = True
    cast.other.save()
    found = HTMLParser(Client().get("/").content.decode())
    assert {n.text() for n in found.css("main .rows li > a")} == {"湘潭县司法局", "示例县档案局"}
    cast.agency.portal_open = cast.other.portal_open = False
    cast.agency.save()
    cast.other.save()
    assert "还没有机关开设公开栏目" in Client().get("/").content.decode()


def test_the_newest_list_holds_the_annual_report(cast: Cast) -> None:
    rows = page("home").css(".rows li")
    days = [row.css_first("time").text() for row in rows]
    assert days == sorted(days, reverse=True)
    links = {row.css_first("a").text(): row.css_first("a").attributes["href"] for row in rows}
    assert links[cast_title(2024)] == reverse("portal:report", args=["xtxsfj", 2024])
    assert len(rows) == 9


def test_no_crumb_leads_to_the_page_it_stands_on_or_twice_to_the_same(cast: Cast) -> None:
    def targets(*names: object) -> list[str]:
        found = page(str(names[0]), *names[1:])
        return [
            str(Client().get(a.attributes["href"] or "", follow=True).request["PATH_INFO"])
            for a in found.css(".crumbs a")
        ]

    for open_too in (False, True):
        cast.other.portal_open = open_too
        cast.other.save()
        for names in (("home",), ("guide",), ("column", "xzfy"), ("report", 2024)):
            reached = targets(*names)
            assert len(set(reached)) == len(reached), names
            assert reverse(f"portal:{names[0]}", args=["xtxsfj", *names[1:]]) not in reached, names


def test_the_sample_says_so_at_the_top_and_the_title_comes_first(cast: Cast) -> None:
    text = page("home").html or ""
    assert text.index("sample-bar") < text.index("<main")
    item = cast.agency.items.public().latest("pk")
    text = page("item", item.pk).html or ""
    assert text.index('class="article-title"') < text.index('class="catalogue"')
