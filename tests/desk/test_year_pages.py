"""The pages of the year's work: last year's report from a file, figures typed wrong and right, a sentence to a warning."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from gongkai.files.models import StoredFile
from gongkai.reports.models import EnteredFigure, LastYear
from gongkai.reports.queries import made_of, published_report, state_of
from gongkai.statute.report.model import AnnualReport, Cell
from gongkai.statute.report.writers import to_bytes
from tests.cast import Cast, add_request


def address(name: str, *args: object, year: int = 2024) -> str:
    return reverse(f"desk:{name}", args=["xtxsfj", year, *args])


def read(answer: Any) -> HTMLParser:
    return HTMLParser(answer.content.decode())


def last_year(cast: Cast, year: int = 2023) -> AnnualReport:
    """A report on the year before: two requests of natural persons were carried out."""
    report = published_report(cast.agency, 2024)
    assert report is not None
    report.year, report.title = year, report.title.replace("2024", str(year))
    report.ledger = []
    for column in ("natural", "total"):
        for row in ("new", "carried_out"):
            report.cells[f"t3.{row}.{column}"] = Cell(2, "2")
    return report


@pytest.mark.parametrize("ending", ["docx", "json"])
def test_last_years_report_from_a_file_stands_beside_this_one(cast: Cast, ending: str) -> None:
    client = cast.browse("clerk")
    file = SimpleUploadedFile(f"上年年报.{ending}", to_bytes(last_year(cast), ending))
    answer = client.post(address("report-last-file"), {"file": file}, follow=True)
    text = read(answer).css_first("main").text()
    assert "有 4 处对不上" not in text
    assert "有 2 处对不上" in text
    assert "少 2 件：上年年底没有办结的申请没有登记全" in text
    row = LastYear.objects.get(report=cast.work)
    assert (row.file is not None) == (ending == "docx")
    assert "Y-01" in {one.code for one in state_of(cast.work).findings if one.cells}
    refused = client.post(address("report-opening"), {"seen": "", "words": ""})
    assert "有差异，请写明原因" in read(refused).css_first(".error-summary").text()
    seen = read(client.get(address("report-opening"))).css_first("[name=seen]").attributes["value"]
    client.post(address("report-opening"), {"seen": seen, "words": "2件已在年内登记为新收，第五部分说明。"})
    assert "已核对" in read(client.get(address("report"))).css_first(".year-steps").text()
    add_request(cast.agency, "2023-1", received_on="2023-12-20")
    assert "要再核对" in read(client.get(address("report"))).css_first(".year-steps").text()


def test_another_years_report_is_refused_and_nothing_is_kept(cast: Cast) -> None:
    before = StoredFile.objects.count()
    file = SimpleUploadedFile("年报.docx", to_bytes(last_year(cast, 2022), "docx"))
    answer = cast.browse("clerk").post(address("report-last-file"), {"file": file})
    assert "这里要的是2023年的" in read(answer).css_first(".error-summary").text()
    assert StoredFile.objects.count() == before
    assert not LastYear.objects.exists()


def test_what_is_no_report_is_said(cast: Cast) -> None:
    file = SimpleUploadedFile("年报.html", "<p>没有表格</p>".encode())
    answer = cast.browse("clerk").post(address("report-last-file"), {"file": file})
    assert read(answer).css(".error-summary")


def test_a_wrong_figure_loses_nothing_and_saves_nothing(cast: Cast) -> None:
    client, url = cast.browse("clerk"), address("report-table", "t2", year=2025)
    typed = {
        "value-t2-penalties": "３",
        "source-t2-penalties": "处罚台账",
        "value-t2-fees_10k_yuan": "1.25万",
        "value-t2-licences": "2.5",
    }
    found = read(client.post(url, typed))
    assert len(found.css(".error-summary li")) >= 1
    assert found.css_first("[name=value-t2-fees_10k_yuan]").attributes["value"] == "1.25万"
    assert found.css_first("[name=source-t2-penalties]").attributes["value"] == "处罚台账"
    assert made_of(cast.agency, 2025).report.value("t2.penalties") is None
    typed |= {"value-t2-fees_10k_yuan": "1.25", "value-t2-licences": "2"}
    again = read(client.post(url, typed))
    assert "请写明这个数的来源" in again.css_first(".error-summary").text()
    client.post(url, typed | {"source_all": "各股室台账"})
    told = made_of(cast.agency, 2025)
    assert told.report.value("t2.penalties") == 3
    assert told.report.value("t2.fees_10k_yuan") == Decimal("1.25")
    assert told.entered_rows["t2.licences"].source == "各股室台账"


def test_last_years_source_is_proposed_and_its_figure_is_not(cast: Cast) -> None:
    found = read(cast.browse("clerk").get(address("report-table", "t2", year=2025)))
    box = found.css_first("[name=source-t2-penalties]")
    # Last year's names its year: it is shown beside the box, and this year's is written by hand.
    assert not box.attributes.get("value")
    assert "行政处罚案件台账" in box.parent.text()
    EnteredFigure.objects.filter(cell="t2.penalties").update(source="行政处罚案件台账")
    found = read(cast.browse("clerk").get(address("report-table", "t2", year=2025)))
    assert found.css_first("[name=source-t2-penalties]").attributes["value"] == "行政处罚案件台账"
    assert not found.css_first("[name=value-t2-penalties]").attributes.get("value")
    assert made_of(cast.agency, 2025).report.value("t2.penalties") is None


def test_against_the_count_with_a_reason_and_back(cast: Cast) -> None:
    add_request(cast.agency, "2024-61")
    client, url = cast.browse("clerk"), address("report-cell", "t3.new.natural")
    found = read(client.post(url, {"value": "2", "source": "手工"}))
    assert "请写明与统计不同的理由" in found.css_first(".error-summary").text()
    client.post(url, {"value": "2", "source": "手工", "reason": "漏登1件"})
    assert made_of(cast.agency, 2024).report.value("t3.new.total") == 2
    text = read(client.get(address("report-checks"))).css_first("main").text()
    assert "统计为1，改用填报数2" in text
    assert "漏登1件" in text
    client.post(address("report-cell-withdraw", "t3.new.natural"))
    assert made_of(cast.agency, 2024).report.value("t3.new.total") == 1


def test_the_year_in_any_month_is_a_preview(cast: Cast) -> None:
    client = cast.browse("clerk")
    client.post(reverse("desk:begin-report", args=["xtxsfj"]), {"year": "2026"})
    answer = client.get(address("report", year=2026))
    assert answer.status_code == 200
    steps = read(answer).css_first(".year-steps").text()
    assert "收尾登记" in steps
    assert "归档" in steps


def test_who_signs_sees_the_charts_that_will_be_public(cast: Cast) -> None:
    add_request(cast.agency, "2024-71", closed_on=date(2024, 6, 20), outcome="granted", state="answered")
    page = read(cast.browse("leader").get(address("report-preview")))
    titles = [one.text() for one in page.css("figcaption")]
    assert "2024年办结的申请，按办理结果（件）" in titles
    assert page.css_first("figure svg")
    assert page.css_first("figure table")
