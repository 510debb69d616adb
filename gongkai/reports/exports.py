"""The report as files, one entry a format."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from threading import BoundedSemaphore

from django.core.cache import cache
from django.utils.timezone import localdate

from gongkai.statute.days import in_words
from gongkai.statute.report.model import AnnualReport, Paragraph
from gongkai.statute.report.writers import to_html, to_json

from .models import ReportVersion
from .queries import thaw


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: its ending, its name in words, its content type, and the writer."""

    ending: str
    words: str
    content_type: str
    write: Callable[[AnnualReport], bytes]


_AT_ONCE = BoundedSemaphore(2)
"""Files made at the same time for one process of the site; others wait their turn."""
_SECONDS = 120


class CannotMake(RuntimeError):
    """A file could not be made; the message says what the maker said."""


def made_apart(form: str, report: AnnualReport) -> bytes:
    """The report in this format, made by a process of its own: what it takes of memory ends with it, and the
    threads that set a PDF never meet those of the site. Raises `CannotMake`."""
    command = [sys.executable, "-m", "gongkai.reports.maker", form]
    with _AT_ONCE:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module
            command, input=to_json(report), capture_output=True, check=False, timeout=_SECONDS
        )
    if done.returncode or not done.stdout:
        raise CannotMake(done.stderr.decode("utf-8", "replace")[-500:])
    return done.stdout


_OOXML = "application/vnd.openxmlformats-officedocument"
FORMATS: dict[str, Format] = {
    f.ending: f
    for f in (
        Format("docx", "Word 文档", f"{_OOXML}.wordprocessingml.document", partial(made_apart, "docx")),
        Format("pdf", "PDF 文档", "application/pdf", partial(made_apart, "pdf")),
        Format("html", "网页文件", "text/html; charset=utf-8", to_html),
        Format("xlsx", "Excel 表格", f"{_OOXML}.spreadsheetml.sheet", partial(made_apart, "xlsx")),
        Format("json", "JSON 数据", "application/json", to_json),
    )
}


def with_note(version: ReportVersion) -> AnnualReport:
    """A frozen version as its files print it: one that corrects another says on top what it corrects."""
    report = thaw(version)
    if version.note:
        day = plain(localdate(version.published_at))
        told = f"更正说明（第{version.number}版，{day}公布）：{version.note}"
        report.preface.insert(0, Paragraph(told))
    return report


def plain(day: date) -> str:
    """The day without its weekday."""
    return in_words(day).partition("（")[0]


def published_file(version: ReportVersion, ending: str) -> bytes:
    """A frozen version in one format, made once and kept: anyone may ask for it any number of times."""
    made = cache.get_or_set(
        f"report:{version.digest}:{version.number}:{ending}",
        lambda: FORMATS[ending].write(with_note(version)),
        timeout=_KEPT,
    )
    return bytes(made or b"")


_KEPT = 24 * 3600
"""Seconds a made file is kept in the process that made it."""


def file_name(report: AnnualReport, ending: str) -> str:
    """The name under which the report is downloaded: its title and the ending."""
    return f"{report.title}.{ending}"
