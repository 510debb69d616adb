"""Entering the yearly notice on days off."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.agencies.rights import acting
from gongkai.statute.notices import Notice, NoticeError

from ..models import HolidayNotice
from ..once import read_again

__all__ = ["NoticeError", "Read", "import_notice", "read_notice"]


@dataclass(frozen=True, slots=True)
class Read:
    """A notice as read from a table: what it says, under which number, and what looks wrong though it may be right."""

    notice: Notice
    number: str
    doubts: tuple[str, ...]

    @property
    def as_table(self) -> str:
        """The notice in the one way in which it is kept, whichever way it was written."""
        return _as_table(self.notice)


def read_notice(content: str | bytes) -> Read:
    """Read the table (columns date, kind, name, notice_no or 日期、类别、名称、通知文号) without keeping it.

    Raises `NoticeError`, whose `problems` name every wrong row.
    """
    notice = Notice.from_csv(content)
    numbers = list(dict.fromkeys(day.notice_no for day in notice.days))
    doubts = list(notice.doubts())
    if len(numbers) > 1:
        doubts.append(f"表里有 {len(numbers)} 个不同的通知文号：{'、'.join(numbers)}，请核对是不是同一份通知")
    if len(numbers[0]) > 120:
        raise NoticeError(["通知文号太长，最多120个字"])
    return Read(notice, numbers[0], tuple(doubts))


def import_notice(by: Actor, content: str | bytes) -> HolidayNotice:
    """Enter the State Council office's notice on the days off of one year; for the system administrator.

    From now on all periods that touch the year are counted by it, and are no longer provisional (暂定). It takes
    the place of every earlier notice on that year, whether it came with the software or was entered here; the
    earlier ones are kept. Doubts do not hinder it and are written down. Raises `NotAllowed`, `NoticeError`.
    """
    with acting(by, "dictionary.edit") as doing:
        read = read_notice(content)
        kept = HolidayNotice.objects.create(
            year=read.notice.year,
            number=read.number,
            content=read.as_table,
            imported_by=by.name,
            imported_at=timezone.now(),
        )
        doing.target = kept
        doing.detail |= {"年份": kept.year, "通知文号": kept.number, "天数": len(read.notice.days)}
        if read.doubts:
            doing.detail["存疑"] = "；".join(read.doubts)
        read_again()
    return kept


def _as_table(notice: Notice) -> str:
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(["date", "kind", "name", "notice_no"])
    table.writerows([day.date.isoformat(), day.kind, day.name, day.notice_no] for day in notice.days)
    return out.getvalue()
