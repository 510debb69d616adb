"""The desk's pages: what is shown, what opens, and that lists cost the same however long they are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import RequestFactory
from django.urls import reverse
from django.views.defaults import server_error
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from gongkai.reports.actions.prepare import enter_figure
from gongkai.statute.report.checks import all_checks
from tests.cast import Cast, add_item, add_request
from tests.matrix.answers import INSIDERS

AT = datetime(2025, 1, 9, 2, 0, tzinfo=UTC)


def page(cast: Cast, name: str, *args: object, who: str = "clerk") -> HTMLParser:
    answer = cast.browse(who).get(reverse(f"desk:{name}", args=["xtxsfj", *args]))
    assert answer.status_code == 200
    return HTMLParser(answer.content.decode())


def test_every_figure_of_the_tables_is_a_link_with_its_name(cast: Cast) -> None:
    found = page(cast, "report-preview", 2024)
    links = found.css("td.figure a")
    assert len(links) == 10 + 25 * 7 + 15
    hrefs = {link.attributes["href"] for link in links}
    assert len(hrefs) == len(links)
    for link in links:
        assert "查看来源" in (link.attributes["aria-label"] or "")
    penalties = found.css_first('a[href$="/figures/t2.penalties/"]')
    assert penalties.text() == "2"
    assert "行政处罚：2" in (penalties.attributes["aria-label"] or "")


def test_every_link_on_the_workbench_leads_somewhere(cast: Cast) -> None:
    client = cast.browse("clerk")
    links = {n.attributes["href"] for n in page(cast, "report-preview", 2024).css("main a[href]")}
    ids = {n.attributes["id"] for n in page(cast, "report-preview", 2024).css("[id]")}
    assert len(links) > 200
    for link in links:
        assert link is not None
        if link.startswith("#"):
            assert link[1:] in ids
        elif "/figures/t3." not in link or link.endswith("natural/"):
            assert client.get(link).status_code == 200, link


def test_the_prose_links_its_figures(cast: Cast) -> None:
    facts = page(cast, "report-preview", 2024).css("a.fact")
    assert [n.text() for n in facts][:8] == ["66", "9", "5", "2", "4", "17", "11", "18"]


def test_a_figure_page_lists_what_made_it(cast: Cast) -> None:
    found = page(cast, "figure", 2024, "items.czxx")
    assert found.css_first(".big-figure").text() == "2"
    assert [n.text() for n in found.css("tbody th")] == ["2023年部门决算公开", "2024年部门预算公开"]
    entered = page(cast, "figure", 2024, "t2.penalties").css_first("main").text()
    assert "人工填报" in entered
    assert "行政处罚案件台账（示例）" in entered
    assert "经办员（示例）" in entered
    assert "2025年1月8日（星期三）" in entered


def test_a_finding_stands_by_its_table_and_flags_its_row(cast: Cast) -> None:
    add_request(cast.agency, "2024-1")
    enter_figure(
        cast.work, cell="t3.new.total", value=3, source="手工", reason="测试", by=cast.actor("clerk"), at=AT
    )
    found = page(cast, "report-preview", 2024)
    box = found.css_first("#findings-t3")
    assert box is not None
    assert box.css(".finding-error")
    flagged = [row for row in found.css(".sheet-t3 tr") if row.css_first("a.flag")]
    assert any("本年新收" in row.text() for row in flagged)
    assert found.css_first('td.found a[href$="t3.new.total/"]') is not None
    assert "有错误时不能送签" in found.css_first(".task-side").text()
    assert not found.css('a[href$="/hand-in/"]')


def test_handing_in_is_offered_only_when_there_is_something_new(cast: Cast) -> None:
    assert not page(cast, "report-preview", 2024).css('a[href$="/hand-in/"]')
    add_item(cast.agency, cast.agency.columns.get(slug="czxx"), 31)
    assert page(cast, "report-preview", 2024).css('a[href$="/hand-in/"]')
    assert not page(cast, "report-preview", 2024, who="head").css('a[href$="/hand-in/"]')
    assert "发布后有变动" in page(cast, "report-preview", 2024).css_first("h1").text()
    assert "发布后有变动" in page(cast, "report", 2024).css_first("h1").text()


def test_the_home_tells_what_is_to_be_done(cast: Cast) -> None:
    found = page(cast, "today")
    text = found.css_first("main").text()
    assert "2025年年报没有在本平台发布；应于2026年1月31日前提交并公布。" in text
    assert "《条例》第四十九条：" in text
    assert "逾期" in text
    assert "下一份是" in text
    tiles = [n.text() for n in found.css(".figures span")]
    assert "因信息公开被申请行政复议（件）" in tiles
    assert "因信息公开被起诉（件）" in tiles
    assert [n.text() for n in found.css(".figures strong")][:1] == ["0"]
    assert [n.text() for n in found.css(".desk-nav a")] == ["待办", "申请", "公开", "年报", "巡查", "设置"]


def test_a_government_has_until_the_end_of_march(cast: Cast) -> None:
    cast.agency.level = "government"
    cast.agency.save()
    assert "2026年3月31日" in page(cast, "today").css_first("main").text()


def test_a_person_without_a_seat_is_told_so(cast: Cast) -> None:
    cast.clerk.seats.update(person=None)
    answer = cast.browse("clerk").get(reverse("desk:home"))
    assert answer.status_code == 403
    assert "还没有岗位" in answer.content.decode()


def test_empty_lists_tell_the_first_step(cast: Cast) -> None:
    assert "没有登记过政府信息公开申请" in page(cast, "requests").css_first(".empty").text()


def test_a_wrong_password_keeps_the_name_and_says_what_to_do(cast: Cast) -> None:
    client = cast.browse("anonymous")
    answer = client.post(reverse("desk:sign-in"), {"username": "clerk", "password": "wrong"})
    found = HTMLParser(answer.content.decode())
    assert found.css_first("#id_username").attributes["value"] == "clerk"
    assert "用户名或者密码不对" in found.css_first(".error-summary").text()
    empty = HTMLParser(client.post(reverse("desk:sign-in"), {}).content.decode())
    assert [n.attributes["href"] for n in empty.css(".error-summary a")] == ["#id_username", "#id_password"]


def test_desk_pages_are_kept_by_no_cache(cast: Cast) -> None:
    for name, *args in (
        ("today",),
        ("report", 2024),
        ("report-preview", 2024),
        ("ledger-file", "own", "xlsx"),
        ("figure", 2024, "items"),
    ):
        answer = cast.browse("clerk").get(reverse(f"desk:{name}", args=["xtxsfj", *args]))
        assert "no-store" in answer["Cache-Control"]


def test_signing_out_is_told_once(cast: Cast) -> None:
    client = cast.browse("clerk")
    told = client.post(reverse("desk:sign-out"), follow=True)
    assert "已退出。" in told.content.decode()
    assert "已退出。" not in client.get(reverse("desk:sign-in")).content.decode()


def test_a_wrong_password_leads_the_focus_to_what_went_wrong(cast: Cast) -> None:
    client = cast.browse("anonymous")
    answer = client.post(reverse("desk:sign-in"), {"username": "clerk", "password": "wrong"})
    found = HTMLParser(answer.content.decode())
    assert [n.attributes.get("class") for n in found.css("[autofocus]")] == ["error-summary"]
    assert found.css_first(".error-summary a").attributes["href"] == "#id_password"
    fresh = HTMLParser(client.get(reverse("desk:sign-in")).content.decode())
    assert [n.attributes.get("id") for n in fresh.css("[autofocus]")] == ["id_username"]


def test_out_of_a_dead_end_one_comes_back_to_the_work(cast: Cast) -> None:
    client = cast.browse("clerk")
    refused = cast.browse("head").post(reverse("desk:publish", args=["xtxsfj", 2024]))
    for answer, code in ((client.get("/nothing-here/"), 404), (refused, 403)):
        assert answer.status_code == code
        button = HTMLParser(answer.content.decode()).css_first("main a.button")
        assert button.attributes["href"] == reverse("desk:home")
    outside = cast.browse("anonymous").get("/nothing-here/")
    assert HTMLParser(outside.content.decode()).css_first("main a.button").attributes["href"] == "/"


def test_what_went_wrong_inside_leads_back_as_well(cast: Cast) -> None:
    bad = cast.browse("clerk").get("/", headers={"host": "not this host"})
    broken = server_error(RequestFactory().get("/desk/"))
    for answer, code in ((bad, 400), (broken, 500)):
        assert answer.status_code == code
        found = HTMLParser(answer.content.decode())
        assert [n.attributes["href"] for n in found.css("main a")] == ["/", reverse("desk:home")]
        assert found.css_first("h1")


def test_settings_and_help_lead_to_every_page_one_may_open(cast: Cast) -> None:
    for who in INSIDERS:
        client = cast.browse(who)
        for name in ("settings", "help"):
            links = [n.attributes["href"] or "" for n in page(cast, name, who=who).css("main a")]
            assert len(set(links)) > 6
            for link in set(links):
                assert client.get(link).status_code == 200, (who, link)
    for who in ("clerk", "ogi_head"):
        for node in page(cast, "first-week", who=who).css("main a"):
            assert cast.browse(who).get(node.attributes["href"] or "").status_code == 200
    clerk = {n.attributes["href"] for n in page(cast, "settings").css("main a")}
    assert {reverse(f"desk:{name}", args=["xtxsfj"]) for name in ("people-history", "tasks-given")} <= clerk


def test_the_levels_lead_to_their_findings(cast: Cast) -> None:
    add_request(cast.agency, "2024-1")
    enter_figure(
        cast.work, cell="t3.new.total", value=3, source="手工", reason="测试", by=cast.actor("clerk"), at=AT
    )
    found = page(cast, "report-preview", 2024)
    rows = found.css(".task-side .plain-list")[0].css("li")
    assert [row.css_first("span").text() for row in rows] == ["错误", "提醒", "无法判断"]
    for row, level in zip(rows, ("error", "warning", "note"), strict=True):
        links = row.css("a")
        assert bool(links) == (row.css_first("strong").text() != "0")
        for link in links:
            target = found.css_first(link.attributes["href"] or "")
            assert target.css(f".finding-{level}"), level
    assert rows[0].css("a")
    assert f"做了{len(all_checks())}项检查" in found.css_first(".task-side").text()
    told = [tuple(n.text() for n in row.css("th, td")) for row in page(cast, "checks").css("tbody tr")]
    assert sorted((code, title, ref) for title, _, ref, code in told) == [
        (rule.code, rule.title, str(rule.ref)) for rule in all_checks()
    ]


def test_what_is_handed_over_stands_at_the_top_with_its_warning_before_the_buttons(cast: Cast) -> None:
    text = page(cast, "report-preview", 2024).html or ""
    assert text.index("申请人的个人信息") < text.index("下载申请台账")


def test_help_names_whom_to_ask(cast: Cast) -> None:
    text = page(cast, "help").css_first("main").text()
    assert cast.agency.office in text
    assert cast.agency.phone in text
    words = page(cast, "words").css("dt")
    assert {"结转", "勾稽关系", "三安全一稳定", "补正", "依申请公开编号", "申请单位"} | {
        "岗位",
        "代班",
        "移交",
        "交办",
        "第二因素",
        "审计记录",
    } <= {n.text() for n in words}


@pytest.mark.parametrize(
    ("name", "args", "most"),
    [
        ("today", [], 54),
        ("settings", [], 6),
        ("first-week", [], 10),
        ("requests", [], 11),
        ("columns", [], 7),
        ("column", ["xzfy"], 11),
        ("reports", [], 8),
        ("report", [2024], 34),
        ("report-preview", [2024], 21),
        ("report-registers", [2024], 20),
        ("report-table", [2024, "t4"], 19),
        ("figure", [2024, "items"], 21),
        ("help", [], 6),
        ("words", [], 6),
        ("checks", [], 6),
    ],
)
def test_the_number_of_queries_does_not_grow(
    cast: Cast, queries: Callable[[Callable[[], Any]], int], name: str, args: list[object], most: int
) -> None:
    client = cast.browse("clerk")
    url = reverse(f"desk:{name}", args=["xtxsfj", *args])
    add_request(cast.agency, "2024-0")
    before = queries(lambda: client.get(url))
    column = cast.agency.columns.get(slug="xzfy")
    for n in range(300, 330):
        add_item(cast.agency, column, n)
        add_request(cast.agency, f"2024-{n}")
    after = queries(lambda: client.get(url))
    assert after == before <= most


def test_a_year_that_is_owed_is_begun_with_one_button(cast: Cast) -> None:
    client, url = cast.browse("clerk"), reverse("desk:reports", args=["xtxsfj"])
    cast.draft.delete()
    page = client.get(url).content.decode()
    assert "开始编写2025年年报" in page
    assert "开始编写2025年年报" not in cast.browse("drafter").get(url).content.decode()
    refused = client.post(reverse("desk:begin-report", args=["xtxsfj"]), {"year": "1999"}, follow=True)
    assert "请选择要开始编写的年度" in refused.content.decode()
    begun = client.post(reverse("desk:begin-report", args=["xtxsfj"]), {"year": "2025"}, follow=True)
    assert "2025年年报已经开始编写" in begun.content.decode()
    assert cast.agency.reports.filter(year=2025).exists()
    assert "开始编写2025年年报" not in client.get(url).content.decode()
