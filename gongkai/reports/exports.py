"""The report and its ledger as files, one entry a format."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.core.cache import cache

from gongkai.statute.report.model import AnnualReport
from gongkai.statute.report.writers.docx import to_docx
from gongkai.statute.report.writers.html import to_html
from gongkai.statute.report.writers.json import to_json
from gongkai.statute.report.writers.pdf import to_pdf
from gongkai.statute.report.writers.xlsx import to_xlsx

from .models import ReportVersion
from .queries import thaw


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: its ending, its name in words, its content type, and the writer."""

    ending: str
    words: str
    content_type: str
    write: Callable[[AnnualReport], bytes]


_OOXML = "application/vnd.openxmlformats-officedocument"
FORMATS: dict[str, Format] = {
    f.ending: f
    for f in (
        Format("docx", "Word 文档", f"{_OOXML}.wordprocessingml.document", to_docx),
        Format("pdf", "PDF 文档", "application/pdf", to_pdf),
        Format("html", "网页文件", "text/html; charset=utf-8", to_html),
        Format("xlsx", "Excel 表格", f"{_OOXML}.spreadsheetml.sheet", to_xlsx),
        Format("json", "JSON 数据", "application/json", to_json),
    )
}
XLSX_TYPE = FORMATS["xlsx"].content_type


def published_file(version: ReportVersion, ending: str) -> bytes:
    """A frozen version in one format, made once and kept: anyone may ask for it any number of times."""
    made = cache.get_or_set(
        f"report:{version.digest}:{ending}", lambda: FORMATS[ending].write(thaw(version)), timeout=_KEPT
    )
    return bytes(made or b"")


_KEPT = 24 * 3600
"""Seconds a made file is kept in the process that made it."""


def file_name(report: AnnualReport, ending: str) -> str:
    """The name under which the report is downloaded: its title and the ending."""
    return f"{report.title}.{ending}"
