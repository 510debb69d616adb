"""What last year's report says: the problems it named, to be set against this year's measures, and its sub-headings."""

from __future__ import annotations

import re

from gongkai.statute.report.model import AnnualReport
from gongkai.statute.report.writers.flow import levelled

from .models import ReportYear
from .queries import before_of

_POINT = re.compile(r"(?<=[。；：，、])(?=[一二三四五六七八九]是)|^(?=[一二三四五六七八九]是)")
_AHEAD = re.compile(
    r"^(?:（[一二三四五六七八九十]）)?(?:下一?步|今后|接下来|改进|整改|工作措施|针对)|(?:改进措施|改进情况|工作打算|工作措施)[：:]?$"
)
_HEAD = re.compile(r"^（[一二三四五六七八九十]{1,3}）")
_LONGEST = 600


def last_report(work: ReportYear) -> AnnualReport | None:
    """Last year's report, as far as it is here: what was brought in, else what was published."""
    before = before_of(work)
    return before.report if before else None


def problems_of(report: AnnualReport) -> list[str]:
    """The problems the report named, word for word: each point of its own, else the paragraph; not what was to be
    done about them."""
    section = report.section("problems")
    found: list[str] = []
    for paragraph in section.paragraphs if section else ():
        text = paragraph.text.strip()
        if not text or levelled(text).alone or _AHEAD.search(text):
            continue
        points = [point for point in _POINT.split(text) if re.match("[一二三四五六七八九]是", point)]
        found += points or [text]
    return [text.rstrip("；，、。")[:_LONGEST] for text in found]


def local_subheadings(report: AnnualReport, known: tuple[str, ...]) -> list[str]:
    """The sub-headings of its part one besides the known ones."""
    section = report.section("overview")
    heads = [p.text.strip() for p in section.paragraphs if levelled(p.text).alone] if section else []
    names = [_HEAD.sub("", head)[:60] for head in heads if _HEAD.match(head)]
    return [name for name in names if name and name not in known]
