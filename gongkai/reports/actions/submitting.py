"""报送: hand a published version in to the office above, write down the receipt; and close the year."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.agencies.rights import acting

from ..models import ReportSheet, ReportYear, Submission
from .base import locked


class CannotSubmit(ValueError):
    """It cannot be written down so; the message says what to mend."""


def submit(work: ReportYear, *, organ: str, on: date, way: str, by: Actor, at: datetime) -> Submission:
    """Write down that the public version was handed in to the office above. Raises `CannotSubmit`, `NotAllowed`."""
    with acting(by, "report.submit", work, organ=organ.strip()) as doing:
        work = locked(work)
        version = work.versions.order_by("-number").first()
        if version is None:
            raise CannotSubmit("年报还没有发布。请先签批、发布，再报送。")
        if not organ.strip() or not way.strip():
            raise CannotSubmit("请写明报送给哪个机关、怎样报送。")
        if on > by.day:
            raise CannotSubmit("报送日期不能在今天以后。")
        row = Submission.objects.create(
            report=work,
            version=version,
            organ=organ.strip(),
            on=on,
            way=way.strip(),
            by=by.somebody,
            at=at,
        )
        doing.detail.update(version=version.number, on=on.isoformat())
    return row


def note_receipt(
    row: Submission, *, received_by: str, received_on: date, number: str, by: Actor
) -> Submission:
    """Write down who took it, when, and under which number; once. Raises `CannotSubmit`, `NotAllowed`."""
    with acting(by, "report.submit", row.report, receipt=number.strip()):
        row = Submission.objects.select_for_update(no_key=True).get(pk=row.pk)
        if row.received_on is not None:
            raise CannotSubmit("这一次报送的回执已经登记。")
        if not received_by.strip():
            raise CannotSubmit("请写明是谁接收的。")
        if not row.on <= received_on <= by.day:
            raise CannotSubmit("接收日期要在报送日期以后、今天以前（含当天）。")
        row.received_by, row.received_on, row.receipt_number = (
            received_by.strip(),
            received_on,
            number.strip(),
        )
        row.save(update_fields=["received_by", "received_on", "receipt_number"])
    return row


def archive(work: ReportYear, *, by: Actor, at: datetime) -> ReportYear:
    """Close the year: nothing of it is changed from here on. Raises `CannotSubmit`, `NotAllowed`."""
    with acting(by, "report.archive", work) as doing:
        work = locked(work)
        if work.archived_at is not None:
            raise CannotSubmit(f"{work.year}年年报已经归档。")
        if not work.versions.exists():
            raise CannotSubmit("年报还没有发布，不能归档。")
        if work.sheets.filter(result=ReportSheet.Result.OPEN).exists():
            raise CannotSubmit("有一份年报正在签批，办完再归档。")
        newest = work.versions.order_by("-number").first()
        if newest is not None and not newest.submissions.exists():
            raise CannotSubmit(f"第{newest.number}版还没有登记报送主管部门，登记以后再归档。")
        work.archived_at, work.archived_by = at, by.somebody
        work.save(update_fields=["archived_at", "archived_by"])
        doing.detail.update(on=timezone.localdate(at).isoformat())
    return work


def reopen(work: ReportYear, *, reason: str, by: Actor) -> ReportYear:
    """Open a closed year again, to correct it. Raises `CannotSubmit`, `NotAllowed`."""
    if not reason.strip():
        raise CannotSubmit("请写明为什么重新打开。")
    with acting(by, "report.archive", work, reopened=reason.strip()[:300]):
        work = locked(work)
        if work.archived_at is None:
            raise CannotSubmit(f"{work.year}年年报没有归档，不用重新打开。")
        work.archived_at, work.archived_by = None, None
        work.save(update_fields=["archived_at", "archived_by"])
    return work
