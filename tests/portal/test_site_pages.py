"""The public site: item page with all that belongs to it, withdrawn and moved addresses, library, feeds, sitemap."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from importlib import import_module
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from gongkai.disclosure.actions.attaching import attach, relate
from gongkai.disclosure.actions.columns import add_column, rename_address
from gongkai.disclosure.actions.drafting import edit, revise
from gongkai.disclosure.actions.publishing import publish
from gongkai.disclosure.actions.withdrawing import withdraw
from gongkai.disclosure.guard import take_down
from gongkai.disclosure.models import Item, Publication
from gongkai.files.actions.adding import add_file
from gongkai.portal import sitemaps
from tests.cast import Cast, add_item
from tests.disclosure.office import column, new_draft, published, reviewed

OWN = "xtxsfj"
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def get(name: str, *args: object, query: dict[str, str] | None = None, **headers: str) -> Any:
    return Client().get(reverse(f"portal:{name}", args=args), query, headers=headers)


def page(name: str, *args: object, query: dict[str, str] | None = None) -> HTMLParser:
    answer = get(name, OWN, *args, query=query)
    assert answer.status_code == 200
    return HTMLParser(answer.content.decode())


def with_file(cast: Cast, **more: Any) -> Item:
    """A public item with a text file, in the column of policy documents, second version."""
    item = new_draft(cast, **more)
    upload = SimpleUploadedFile("测试附件.txt", "附件内容".encode())
    kept = add_file(agency=cast.agency, upload=upload, owner=item, by=cast.actor("clerk"))
    attach(item, kept, by=cast.actor("clerk"))
    reviewed(cast, item)
    publish(item, by=cast.actor("clerk"), at=timezone.now())
    item.refresh_from_db()
    return item


def policy_column(cast: Cast) -> Any:
    return add_column(
        cast.agency,
        slug="zcwj",
        name="政策文件",
        kind="policy",
        by=cast.actor("clerk"),
        column_type="政策文件",
    )


def test_attachments_show_type_and_size_and_are_the_reviewed_ones(cast: Cast) -> None:
    item = with_file(cast)
    row = page("item", item.pk).css_first('section[aria-labelledby="files"] li')
    assert "TXT" in row.text()
    assert "12" in row.text()
    link = row.css_first("a").attributes["href"] or ""
    answer = Client().get(link)
    assert b"".join(answer.streaming_content).decode() == "附件内容"
    assert "attachment" in answer["Content-Disposition"]
    assert "Vary" not in answer.headers
    again = Client().get(link, headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    withdraw(item, cause="wrong", reason="测试", by=cast.actor("leader"), at=timezone.now())
    assert Client().get(link).status_code == 404


def test_policy_and_interpretation_know_each_other(cast: Cast) -> None:
    policy, _ = published(cast, title="测试办法")
    reading = new_draft(cast, title="测试办法解读")
    relate(reading, [("interprets", policy)], by=cast.actor("clerk"))
    assert "测试办法解读" not in (page("item", policy.pk).html or "")
    reviewed(cast, reading)
    publish(reading, by=cast.actor("clerk"), at=timezone.now())

    def beside(pk: int) -> dict[str, str]:
        return {
            s.css_first("h2").text(): s.css_first("a").text() for s in page("item", pk).css("section.beside")
        }

    assert beside(policy.pk) == {"政策解读": "测试办法解读"}
    assert beside(reading.pk) == {"解读的文件": "测试办法"}


def test_a_correction_is_told(cast: Cast) -> None:
    item, _ = published(cast, text="<p>旧正文</p>")
    assert page("item", item.pk).css_first(".versions") is None
    revise(item, note="更正了第二条的日期。", by=cast.actor("clerk"))
    edit(item, text="<p>新正文</p>", by=cast.actor("clerk"))
    assert "新正文" not in (page("item", item.pk).html or "")
    item.refresh_from_db()
    reviewed(cast, item)
    publish(item, by=cast.actor("clerk"), at=timezone.now())
    found = page("item", item.pk)
    assert "更正了第二条的日期。" in found.css_first(".versions").text()
    assert "旧正文" not in (found.html or "")


def test_repealed_and_lapsed_are_said_plainly(cast: Cast) -> None:
    gone, _ = published(
        cast,
        validity="repealed",
        validity_on=date(2024, 5, 1),
        validity_by="测试文件〔2024〕1号",
        title="已废止的",
    )
    lapsed, _ = published(cast, lapses_on=date(2024, 6, 30), title="到期的")
    holds, _ = published(cast, lapses_on=timezone.localdate() + timedelta(days=1), title="有效的")
    said = page("item", gone.pk).css_first(".not-valid").text()
    assert "废止" in said
    assert "2024年5月1日" in said
    assert "测试文件〔2024〕1号" in said
    assert "有效期至2024年6月30日，现已失效" in page("item", lapsed.pk).css_first(".not-valid").text()
    assert page("item", holds.pk).css_first(".not-valid") is None


def test_neighbours_walk_through_the_column_and_back(cast: Cast) -> None:
    column = cast.agency.columns.get(slug="czxx")
    add_item(cast.agency, column, 300)
    links = [a.attributes["href"] for a in page("column", "czxx").css("main .rows a")]
    assert len(links) == 3
    walked, here = [], links[0]
    while here:
        walked.append(here)
        following = HTMLParser(Client().get(here).content.decode()).css_first('a[rel="next"]')
        here = following.attributes["href"] if following else None
    assert walked == links
    back = HTMLParser(Client().get(links[-1]).content.decode()).css_first('.neighbours a[rel="prev"]')
    assert back.attributes["href"] == links[-2]


def test_a_withdrawn_item_leaves_its_reason(cast: Cast) -> None:
    item, _ = published(cast, title="会被撤回的标题", text="<p>会被撤回的正文</p>")
    withdraw(item, cause="wrong", reason="日期写错。", by=cast.actor("leader"), at=timezone.now())
    answer = get("item", OWN, item.pk)
    text = answer.content.decode()
    assert answer.status_code == 410
    assert "日期写错。" in text
    assert "会被撤回的正文" not in text
    assert "会被撤回的标题" not in text
    assert get("item-print", OWN, item.pk).status_code == 404
    for name, *args in (("home",), ("column", "zwgk"), ("feed", "atom"), ("policies",)):
        assert "会被撤回的标题" not in get(name, OWN, *args).content.decode(), name
    assert reverse("portal:item", args=[OWN, item.pk]) not in get("sitemap").content.decode()


def test_old_addresses_lead_on(cast: Cast) -> None:
    column = cast.agency.columns.get(slug="xzfy")
    rename_address(column, "fuyi", by=cast.actor("clerk"))
    answer = get("column", OWN, "xzfy")
    assert (answer.status_code, answer["Location"]) == (301, reverse("portal:column", args=[OWN, "fuyi"]))
    assert Client().get(f"/zfxxgk/{OWN}/guide").status_code == 301


def test_the_library_finds_by_validity_year_and_number(cast: Cast) -> None:
    policy_column(cast)
    for n, more in enumerate(
        (
            {"title": "甲办法", "document_number": "测〔2023〕1号", "formed_on": date(2023, 3, 1)},
            {
                "title": "乙办法",
                "formed_on": date(2024, 3, 1),
                "validity": "repealed",
                "validity_on": date(2024, 9, 1),
                "validity_by": "测试文件",
            },
            {"title": "丙办法", "formed_on": date(2024, 4, 1), "lapses_on": date(2024, 12, 31)},
            {"title": "丁办法", "formed_on": date(2024, 5, 1), "text": '<p>"lapses_on":"2001-01-01"</p>'},
        )
    ):
        published(cast, where="zcwj", **{"document_number": f"测〔2024〕{n}号", **more})

    def titles(**query: str) -> list[str]:
        return [a.text() for a in page("policies", query=query).css(".library th a")]

    assert titles() == ["丁办法", "丙办法", "乙办法", "甲办法"]
    assert titles(validity="valid") == ["丁办法", "甲办法"]
    assert titles(validity="lapsed") == ["丙办法"]
    assert titles(validity="repealed") == ["乙办法"]
    assert titles(year="2023") == ["甲办法"]
    assert titles(q="〔2024〕") == ["丁办法", "丙办法", "乙办法"]
    assert titles(q="甲", year="2024") == []
    assert titles(year="x", validity="nonsense") == ["丁办法", "丙办法", "乙办法", "甲办法"]
    kinds = [a.text() for a in page("policies").css(".kinds a")]
    assert kinds == ["全部（4）", "有效（2）", "尚未施行（0）", "废止（1）", "失效（1）"]


@pytest.mark.parametrize("where", [("feed",), ("column-feed", "xzfy")])
def test_feeds_tell_what_is_new(cast: Cast, where: tuple[str, ...]) -> None:
    name, *args = where
    item = add_item(cast.agency, cast.agency.columns.get(slug="xzfy"), 400, at=timezone.now())
    atom = get(name, OWN, *args, "atom")
    assert atom["Content-Type"].startswith("application/atom+xml")
    root = ElementTree.fromstring(atom.content)  # noqa: S314 - our own
    newest = root.find(f"{ATOM}entry")
    assert newest is not None
    assert newest.findtext(f"{ATOM}title") == item.title
    link = newest.find(f"{ATOM}link")
    assert link is not None
    assert link.attrib["href"] == f"http://testserver{reverse('portal:item', args=[OWN, item.pk])}"
    rss = ElementTree.fromstring(get(name, OWN, *args, "rss").content)  # noqa: S314 - our own
    assert rss.findtext("channel/item/title") == item.title
    assert len(rss.findall("channel/item")) == (19 if args else 20)


def locations(answer: Any) -> list[str]:
    assert answer.status_code == 200
    return [n.text or "" for n in ElementTree.parse(BytesIO(answer.content)).iter(f"{MAP}loc")]  # noqa: S314


def test_the_sitemap_is_one_list_or_an_index_of_the_same(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = locations(get("sitemap"))
    assert len(whole) == len(set(whole))
    assert sum("/items/" in one and not one.endswith("/items/") for one in whole) == 66
    for one in whole:
        assert Client().get(one.removeprefix("http://testserver")).status_code == 200, one
    monkeypatch.setattr(sitemaps, "SHORT", 10)
    monkeypatch.setattr(sitemaps, "RANGE", 7)
    index = locations(get("sitemap"))
    assert all(re.search(r"sitemap-\d+\.xml$", one) for one in index)
    parts = [one for part in index for one in locations(Client().get(part.removeprefix("http://testserver")))]
    assert sorted(parts) == sorted(whole)


def test_robots_name_the_sitemap(cast: Cast) -> None:
    text = get("robots").content.decode()
    assert "Sitemap: http://testserver/sitemap.xml" in text
    assert "Disallow: /desk/" in text


def test_the_agency_page_tells_of_its_sections_and_duties(cast: Cast) -> None:
    found = page("about")
    assert {n.text() for n in found.css(".sections li")} == {"法治股", "公共法律服务股"}
    assert "机构职能" in {n.text() for n in found.css(".rows a")}


def test_the_sample_has_its_66_items_by_column(cast: Cast) -> None:
    rows = page("columns").css('section[aria-labelledby="by-column"] li')
    assert [n.css_first(".count").text() for n in rows] == [f"{n} 条" for n in (9, 5, 2, 4, 17, 11, 18)]


def by_heading() -> dict[str, int]:
    """The headings of the statutory view that have something, with how many."""
    rows = page("columns").css(".statutory li")
    return {
        row.css_first("a").text(): int(row.css_first(".count").text().split()[0])
        for row in rows
        if row.css_first("a")
    }


def test_each_item_stands_under_its_own_heading_of_articles_20_and_21(cast: Cast) -> None:
    """Whatever column it stands in; one that names none under that of its column, or of the column above."""
    before = by_heading()
    below = add_column(
        cast.agency, slug="ys", name="预算", parent=column(cast, "czxx"), by=cast.actor("clerk")
    )
    published(cast, where="zwgk", title="一份决算", catalogue="budgets")
    published(cast, where="czxx", title="一份采购目录", catalogue="procurement")
    published(cast, where=below.slug, title="一份预算")
    published(cast, where="zwgk", title="哪一项都不属于")
    after = by_heading()
    budgets, procurement = "财政预算、决算信息", "政府集中采购项目的目录、标准及实施情况"
    assert after.pop(budgets) == before.pop(budgets) + 2
    assert after.pop(procurement) == 1
    assert after == before
    shown = [a.text() for a in page("heading", "budgets").css("main .rows a")]
    assert shown[:2] == ["一份预算", "一份决算"]
    assert "一份采购目录" not in shown
    assert [a.text() for a in page("heading", "procurement").css("main .rows a")] == ["一份采购目录"]
    address = reverse("portal:heading", args=[OWN, "procurement"])
    assert address in get("sitemap").content.decode()


def test_what_is_named_a_rule_or_a_duty_stands_with_them_whatever_its_column(cast: Cast) -> None:
    published(cast, where="zwgk", title="一份办法", catalogue="rules")
    published(cast, where="zwgk", title="一份职能", catalogue="functions")
    published(cast, where="jgxx", title="不是职能的", catalogue="recruitment")
    assert "一份办法" in [a.text() for a in page("policies").css(".library th a")]
    about = {a.text() for a in page("about").css(".rows a")}
    assert "一份职能" in about
    assert "不是职能的" not in about


def test_what_was_public_before_gets_its_heading_from_what_was_reviewed(cast: Cast) -> None:
    one, _ = published(cast, catalogue="budgets")
    other, _ = published(cast)
    with connection.cursor() as cursor:
        connection.check_constraints()
        for statement in take_down(connection.vendor):
            cursor.execute(statement)
    Publication.objects.update(catalogue="")
    migration = import_module("gongkai.disclosure.migrations.0008_catalogue_of_what_is_public")
    migration._AT_ONCE = 7
    migration._fill(apps, None)
    found = dict(Publication.objects.filter(item__in=(one, other)).values_list("item", "catalogue"))
    assert found == {one.pk: "budgets", other.pk: ""}


def test_own_rules_and_old_reports_stand_in_their_sections(cast: Cast) -> None:
    add_column(cast.agency, slug="zd", name="制度", kind="rules", by=cast.actor("clerk"))
    published(cast, where="zd", title="本机关的审查办法")
    assert "本机关的审查办法" in (page("rules").html or "")
    assert get("column", OWN, "zd")["Location"] == reverse("portal:rules", args=[OWN])


@pytest.mark.parametrize(("name", "args"), [("column", ["zcwj"]), ("item", None)])
def test_a_column_and_an_item_take_eight_queries_at_most(
    cast: Cast,
    queries: Callable[[Callable[[], Any]], int],
    settings: Any,
    name: str,
    args: list[object] | None,
) -> None:
    from gongkai.agencies.models import AgencyName
    from gongkai.portal.keeping import PAGES

    policy_column(cast)
    AgencyName.objects.create(agency=cast.agency, name="原名", until=date(2019, 1, 1), basis="测试")
    item = with_file(cast, where="zcwj")
    for _ in range(2):
        published(cast, where="zcwj")
    reading = new_draft(cast, title="解读")
    relate(reading, [("interprets", item)], by=cast.actor("clerk"))
    reviewed(cast, reading)
    publish(reading, by=cast.actor("clerk"), at=timezone.now())
    revise(item, note="更正", by=cast.actor("clerk"))
    edit(item, text="<p>改过一处</p>", by=cast.actor("clerk"))
    item.refresh_from_db()
    reviewed(cast, item)
    publish(item, by=cast.actor("clerk"), at=timezone.now())
    settings.SITE_KEPT_MB = 16
    PAGES.forget()
    answers: list[Any] = []
    count = queries(lambda: answers.append(get(name, OWN, *(args or [item.pk]))))
    assert answers[0].status_code == 200
    assert count <= 8
    assert queries(lambda: answers.append(get(name, OWN, *(args or [item.pk])))) == 0
    PAGES.forget()


@pytest.mark.parametrize("number", ["9223372036854775808", "9" * 40])
def test_a_number_too_big_is_not_there(cast: Cast, number: str) -> None:
    for rest in ("", "print/", f"files/{'0' * 32}"):
        assert Client().get(f"/zfxxgk/{OWN}/items/{number}/{rest}").status_code == 404


def test_a_sign_no_database_takes_is_left_out(cast: Cast) -> None:
    assert get("policies", OWN, query={"q": "\0x"}).status_code == 200
    assert Client().get("/data/v1/items.csv", {"agency": f"{OWN}\0"}).status_code == 200


def test_the_note_of_a_withdrawn_version_does_not_come_back(cast: Cast) -> None:
    item, _ = published(cast)
    clerk = cast.actor("clerk")
    for note in ("提到甲某的说明", "删去了姓名"):
        revise(item, note=note, by=clerk)
        item.refresh_from_db()
        edit(item, text=f"<p>{note[-2:]}</p>", by=clerk)
        reviewed(cast, item)
        publish(item, by=clerk, at=timezone.now())
        if "甲某" in note:
            withdraw(item, cause="wrong", reason="测试", by=cast.actor("leader"), at=timezone.now())
            item.refresh_from_db()
    text = get("item", OWN, item.pk).content.decode()
    assert "删去了姓名" in text
    assert "甲某" not in text
