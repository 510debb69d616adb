"""年报已在别处公布: a past year's report need not be made here again, and nobody is reminded of it."""

from __future__ import annotations

from datetime import date, datetime

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Agency
from gongkai.agencies.rights import acting

from ..models import PublishedElsewhere, ReportYear


class CannotNote(ValueError):
    """It cannot be written down so; the message says what to mend."""


def note_elsewhere(
    agency: Agency, year: int, *, url: str, on: date, by: Actor, at: datetime
) -> PublishedElsewhere:
    """Write down where and when the report of a past year was published (art. 49); the preparer's act. Saying it again
    replaces what was said. Raises `CannotNote`: for a year that is not over or is being made here, a day that cannot
    be, no address; `NotAllowed`."""
    if not url.strip().startswith(("http://", "https://")):
        raise CannotNote("请填写公布的网址，以 http:// 或者 https:// 开头。")
    if year >= by.day.year:
        raise CannotNote(f"{year}年还没有结束，年报不会已经公布。")
    if on.year <= year:
        raise CannotNote(f"{year}年年报要到{year + 1}年才公布，请核对公布日期。")
    if on > by.day:
        raise CannotNote("公布日期还没有到，请填今天或者以前的日期。")
    with acting(by, "report.prepare", agency, year=year, elsewhere=url.strip()) as doing:
        if ReportYear.objects.filter(agency=agency, year=year).exists():
            raise CannotNote(f"{year}年年报已经在本平台编写，请在本平台发布。")
        row, _ = PublishedElsewhere.objects.update_or_create(
            agency=agency,
            year=year,
            defaults={"url": url.strip(), "published_on": on, "by": by.somebody, "at": at},
        )
        doing.target = row
    return row
