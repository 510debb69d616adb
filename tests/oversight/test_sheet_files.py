"""The quarter's sheet as files, read back: every figure and every finding, in the official format."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

from django.utils import timezone
from docx import Document
from openpyxl import load_workbook

from gongkai.oversight.models import Finding
from gongkai.oversight.sheet import sheet_of
from gongkai.oversight.sheet_files import FINDINGS, LINES, file_of
from gongkai.statute.inspection import RULES, quarter_of
from tests.cast import Cast
from tests.oversight.site import bring, freshen, inspect


def sheet(cast: Cast) -> dict[str, Any]:
    """Of this quarter, with one thing open whose title begins like a formula."""
    today = timezone.localdate()
    freshen(cast)
    old = today - timedelta(days=300)
    bring(cast, "zwgk", "=1+1", formed=old, published=old, lapses_on=today - timedelta(days=1))
    inspect(cast)
    return sheet_of(cast.agency, *quarter_of(today), timezone.now())


def test_the_sheet_counts_what_there_is(cast: Cast) -> None:
    content = sheet(cast)
    hints = [rule.slug for rule in RULES.values() if rule.gravity == "hint"]
    assert [line["slug"] for line in content["lines"][:5]] == [r.slug for r in RULES.values() if r.veto]
    assert {line["slug"] for line in content["lines"]} == set(RULES) - set(hints)
    assert content["totals"] == {"found": 1, "closed": 0, "explained": 0, "open": 1}
    assert sum(line["found"] for line in content["lines"]) == Finding.objects.count()


def test_as_word(cast: Cast) -> None:
    content = sheet(cast)
    made = Document(io.BytesIO(file_of(content, "docx")))
    page = made.sections[0]
    assert [round(one.mm) for one in (page.page_width, page.top_margin, page.left_margin)] == [210, 37, 28]
    texts = [p.text for p in made.paragraphs]
    assert texts[0] == content["title"]
    assert "发现问题1处，已整改0处，说明理由0处，未整改1处" in texts[1]
    lines, findings = made.tables
    assert tuple(cell.text for cell in lines.rows[0].cells) == LINES
    assert len(lines.rows) == len(content["lines"]) + 2
    assert [cell.text for cell in lines.rows[-1].cells][4:] == ["1", "0", "0", "1"]
    assert tuple(cell.text for cell in findings.rows[0].cells) == FINDINGS
    assert findings.rows[1].cells[3].text == "《=1+1》"
    assert file_of(content, "docx") == file_of(content, "docx")


def test_as_workbook(cast: Cast) -> None:
    content = sheet(cast)
    book = load_workbook(io.BytesIO(file_of(content, "xlsx")))
    lines, findings = book.worksheets
    rows = list(lines.iter_rows(min_row=3, max_row=2 + len(content["lines"]), values_only=True))
    assert [row[1].removeprefix("【单项否决】") for row in rows] == [one["label"] for one in content["lines"]]
    assert [row[4:8] for row in rows] == [
        tuple(one[name] for name in ("found", "closed", "explained", "open")) for one in content["lines"]
    ]
    assert findings.cell(3, 4).value == "《=1+1》"
    assert findings.cell(3, 4).data_type == "s"
    assert lines.print_title_rows == "$2:$2"
