"""年度工作计划 as .xlsx for the wall and as .ics for a calendar (RFC 5545)."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings
from django.urls import reverse

from gongkai.agencies.models import Agency
from gongkai.statute.ooxml import settle
from gongkai.tasks.telling import address_of

from ..message_files import XLSX, Cell, fill_sheet
from .year import Due

FORMS: dict[str, str] = {"xlsx": XLSX, "ics": "text/calendar; charset=utf-8"}
"""The endings with their content types."""
HEADS = ("办完日期", "工作", "怎样做", "由谁办理", "依据", "办理情况")
STATES = {"done": "已办", "idle": "不用办", "late": "逾期", "soon": "快到期", "coming": "还没到"}
_LINE = 73
"""Octets of a line of .ics, its fold not counted."""


def heading(agency: Agency, year: int) -> str:
    """What the plan is called."""
    return f"{agency.name}{year}年政府信息公开年度工作计划"


def file_of(agency: Agency, year: int, dues: Sequence[Due], day: date, ending: str) -> bytes:
    """The plan as a file. KeyError for an unknown ending."""
    return {"xlsx": _as_xlsx, "ics": _as_ics}[ending](agency, year, dues, day)


def charge_of(due: Due) -> str:
    """Who is in charge, in words."""
    if due.seat is None:
        return "没有岗位"
    return f"{due.seat.title}（{due.seat.person.name if due.seat.person else '空缺'}）"


def _as_xlsx(agency: Agency, year: int, dues: Sequence[Due], day: date) -> bytes:
    from openpyxl import Workbook  # noqa: PLC0415 - its library is large

    book, title = Workbook(), heading(agency, year)
    rows: list[list[Cell]] = [
        [
            due.aim.isoformat(),
            due.title,
            due.does,
            charge_of(due),
            due.basis,
            due.known.words if due.known else STATES[due.state(day)],
        ]
        for due in dues
    ]
    sheet = book.worksheets[0]
    sheet.title = "年度工作计划"
    fill_sheet(sheet, title, HEADS, rows)
    out = io.BytesIO()
    book.save(out)
    return settle(out.getvalue(), title)


def _as_ics(agency: Agency, year: int, dues: Sequence[Due], day: date) -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//gongkai//duties//ZH", "CALSCALE:GREGORIAN"]
    lines.append(f"X-WR-CALNAME:{_text(heading(agency, year))}")
    stamp = datetime.combine(day, time(), UTC)
    for due in dues:
        lines += _event(due, stamp)
    lines.append("END:VCALENDAR")
    return "".join(f"{piece}\r\n" for line in lines for piece in _folded(line)).encode()


def _event(due: Due, stamp: datetime) -> Iterable[str]:
    url = reverse("desk:duty", args=[due.agency.slug, due.year, due.key, due.part])
    return (
        "BEGIN:VEVENT",
        f"UID:{due.task_key.replace(':', '-')}@{settings.SITE['domain']}",
        f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{due.aim:%Y%m%d}",
        f"DTEND;VALUE=DATE:{due.aim + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_text(due.title)}",
        f"DESCRIPTION:{_text(f'{due.does}{due.basis}')}",
        f"URL:{address_of(url)}",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{_text(due.title)}",
        "TRIGGER:-P7D",
        "END:VALARM",
        "END:VEVENT",
    )


def _text(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """The line in pieces of at most 75 octets, never within a letter."""
    piece, size, first = "", 0, True
    for letter in line:
        width = len(letter.encode())
        if size + width > _LINE:
            yield piece if first else f" {piece}"
            piece, size, first = "", 0, False
        piece, size = piece + letter, size + width
    yield piece if first else f" {piece}"
