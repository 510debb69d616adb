"""HTML: one page that stands alone and a fragment for another site, both semantic and escaped."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from gongkai.statute.report.model import AnnualReport, Cell, CellKind, Paragraph, Section
from gongkai.statute.report.writers import to_fragment, to_html
from tests.writers.writer_samples import quiet_report

PAGE = to_html(quiet_report()).decode("utf-8")
FRAGMENT = to_fragment(quiet_report())


def test_the_page_is_semantic() -> None:
    tree = HTMLParser(PAGE)
    assert PAGE.startswith('<!DOCTYPE html>\n<html lang="zh-CN">')
    assert [n.text() for n in tree.css("h1")] == ["湘潭县司法局2024年政府信息公开工作年度报告"]
    assert len(tree.css("main h2")) == 6
    assert next(n.text() for n in tree.css("h3")) == "（一）主动公开方面"
    assert len(tree.css("table")) == len(tree.css("table > caption")) == 3
    assert len(tree.css("thead tr")) == 6
    assert all(n.attributes.get("scope") in ("row", "col", "colgroup") for n in tree.css("th"))
    assert len(tree.css("td")) == 200


def test_every_figure_names_its_heads() -> None:
    tree = HTMLParser(PAGE)
    heads = {n.attributes["id"]: n.text() for n in tree.css("th")}
    assert len(heads) == len(tree.css("th"))
    named = [[heads[i] for i in n.attributes["headers"].split()] for n in tree.css("td")]
    assert len({tuple(n) for n in named}) == 200
    assert ["申请人情况", "自然人", "一、本年新收政府信息公开申请数量"] in named


def test_tables_scroll_by_keyboard() -> None:
    boxes = HTMLParser(PAGE).css("div.sheet")
    assert [b.attributes["tabindex"] for b in boxes] == ["0"] * 3
    assert all(b.attributes["role"] == "region" and b.attributes["aria-label"] for b in boxes)


def test_nothing_is_fetched_or_run() -> None:
    for text in (PAGE, FRAGMENT):
        assert not re.search(r"https?:|url\(|@import|<script|<link|<img|<iframe|\son\w+=", text)


def test_the_fragment_is_plain_markup() -> None:
    assert not re.search(r"<(html|head|body|style|main|div)|\s(id|class|style|headers)=", FRAGMENT)
    tree = HTMLParser(FRAGMENT)
    assert all(n.attributes["border"] == "1" for n in tree.css("table"))
    assert [n.text() for n in tree.css("td")] == [n.text() for n in HTMLParser(PAGE).css("td")]


def test_the_fragment_leaves_the_ledger_out() -> None:
    report = quiet_report()
    report.ledger = [["序号", "申请人"], ["1", "某申请人"]]
    assert "某申请人" in to_html(report).decode()
    assert "某申请人" not in to_fragment(report)


ODD = "<>&\"'/=`;!-[]script政府\u00a0"


@settings(settings.get_profile("writers"), max_examples=50)
@given(st.text(alphabet=ODD, min_size=1, max_size=60).map(lambda t: f"始{t}终"))
def test_everything_is_escaped(text: str) -> None:
    report = AnnualReport(agency=text, year=2024, title=text)
    report.sections = [Section("overview", text, 1, [Paragraph(text), Paragraph("（一）" + text)])]
    report.cells = {"t2.penalties": Cell(None, text, kind=CellKind.TEXT)}
    report.ledger = [["序号", text], ["1", text]]
    for markup in (to_html(report).decode(), to_fragment(report)):
        tree = HTMLParser(markup)
        assert [n.text() for n in tree.css("h1")] == [text]
        assert tree.css("h2")[0].text() == "一、" + text
        assert tree.css("p")[0].text() == text
        assert not tree.css("script")
        assert text.strip() in [n.text() for n in tree.css("td")]


@pytest.mark.parametrize("quote", ['"', "'"])
def test_attributes_cannot_be_left(quote: str) -> None:
    report = quiet_report()
    report.agency = f"甲{quote} onmouseover={quote}x"
    for node in HTMLParser(to_html(report).decode()).css("div.sheet"):
        assert set(node.attributes) == {"class", "role", "tabindex", "aria-label"}
