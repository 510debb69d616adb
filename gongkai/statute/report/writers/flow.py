"""The report as it runs down the page: title, preface, headings, prose with its levels, tables, annex."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from ...ooxml import plain
from ...refs import chinese_number
from ..editions import edition
from ..model import AnnualReport, Paragraph, Section
from .layout import TABLE_OF, Table, ledger_table, tables

_LEVELS = (
    (1, re.compile(r"[一二三四五六七八九十]{1,3}、")),
    (2, re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]")),
    (3, re.compile(r"\d{1,2}[.．、](?!\d)")),
)
_LONGEST_HEAD = 40
_TITLE_LINE = 20
"""Characters of 22 pt that fit into 156 mm."""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs and when; neither is ever made up: an empty agency or a missing day is not printed."""

    agency: str = ""
    day: date | None = None

    @property
    def lines(self) -> list[str]:
        """What is printed at the right: the agency, then the day as 2025年1月20日."""
        day = f"{self.day.year}年{self.day.month}月{self.day.day}日" if self.day else ""
        return [line for line in (plain(self.agency), day) if line]


@dataclass(frozen=True, slots=True)
class Title:
    """The title of the report. `agency` is the name it begins with, empty when it does not."""

    text: str
    agency: str = ""

    @property
    def halves(self) -> tuple[str, str]:
        """The two lines of a title too long for one: broken behind the agency, else before
        政府信息公开. The second may be empty."""
        if len(self.text) <= _TITLE_LINE:
            return self.text, ""
        cut = len(self.agency) or max(self.text.find("政府信息公开"), 0)
        return (self.text[:cut], self.text[cut:]) if cut else (self.text, "")


@dataclass(frozen=True, slots=True)
class Heading:
    """One of the six parts, with its number: 一、总体情况."""

    text: str
    key: str


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph. `level` 0 is plain prose; 1 to 3 are 一、 （一） 1. at its beginning, of which `lead` characters
    are the sub-heading itself: all of them when it stands alone."""

    text: str
    level: int = 0
    lead: int = 0

    @property
    def alone(self) -> bool:
        """True when the whole paragraph is a sub-heading."""
        return self.level > 0 and self.lead == len(self.text)


@dataclass(frozen=True, slots=True)
class Annex:
    """The ledger behind the report."""

    table: Table


Item = Title | Heading | Text | Table | Annex | Signature


def levelled(text: str) -> Text:
    """The paragraph with its level, recognised from how it begins: （二）依申请公开方面 is a sub-heading of level
    two; （二）完善机制。全年…… has one of six characters and then prose."""
    for level, pattern in _LEVELS:
        if not pattern.match(text):
            continue
        stop = text.find("。") + 1
        if not stop and len(text) <= _LONGEST_HEAD:
            return Text(text, level, len(text))
        if 0 < stop <= _LONGEST_HEAD:
            return Text(text, level, stop)
        return Text(text)
    return Text(text)


def printed_title(report: AnnualReport) -> str:
    """The title as printed; made from agency and year when the report has none of its own."""
    if report.title:
        return plain(report.title)
    year = "" if report.year is None else report.year
    return plain(edition(report.edition).title.format(agency=report.agency, year=year))


def heading_text(section: Section) -> str:
    """A heading as printed, with its number when it has one: 三、收到和处理政府信息公开申请情况."""
    number = "" if section.ordinal is None else f"{chinese_number(section.ordinal)}、"
    return plain(number + section.title)


def _prose(paragraphs: list[Paragraph]) -> list[Item]:
    cleaned = (plain(p.text).strip() for p in paragraphs)
    return [levelled(text) for text in cleaned if text]


def flow(report: AnnualReport, signature: Signature | None = None, *, annex: bool = True) -> list[Item]:
    """The report in reading order. A table stands behind the prose of its part; a table without its part comes
    under the heading of the form."""
    left = tables(report)
    title, agency = printed_title(report), plain(report.agency)
    items: list[Item] = [
        Title(title, agency if agency and title.startswith(agency) and title != agency else ""),
        *_prose(report.preface),
    ]
    for section in report.sections:
        items.append(Heading(heading_text(section), section.key))
        items += _prose(section.paragraphs)
        table = left.pop(TABLE_OF.get(section.key, ""), None)
        if table is not None:
            items.append(table)
    for heading in edition(report.edition).headings:
        if table := left.pop(TABLE_OF.get(heading.key, ""), None):
            items += [Heading(f"{chinese_number(heading.ordinal)}、{heading.title}", heading.key), table]
    if signature is not None and signature.lines:
        items.append(signature)
    ledger = ledger_table(report) if annex else None
    if ledger is not None:
        items.append(Annex(ledger))
    return items
