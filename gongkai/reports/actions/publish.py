"""Publish what was signed, exactly as it was signed: as the next public version."""

from __future__ import annotations

from datetime import datetime

from gongkai.agencies.actor import Actor
from gongkai.agencies.rights import acting

from ..models import ReportVersion, ReportYear
from ..showing import show_report
from ..signing import digest_of, newest_signed
from .base import locked


class CannotPublish(ValueError):
    """The report is not fit to be published; the message says why."""


def publish(work: ReportYear, *, by: Actor, at: datetime) -> ReportVersion:
    """Make the report that was signed last public, as its next version. What was public before is followed, never
    withdrawn. Raises `NotAllowed`, and `CannotPublish` where nothing signed waits."""
    with acting(by, "report.publish", work) as doing:
        version = _publish(locked(work), by, at)
        doing.detail.update(version=version.number, digest=version.digest)
    return version


def _publish(work: ReportYear, by: Actor, at: datetime) -> ReportVersion:
    sheet = newest_signed(work)
    if sheet is None:
        raise CannotPublish("年报还没有签批，不能发布。请先送签。")
    standing = work.versions.order_by("-number").first()
    if standing is not None and standing.sheet_id == sheet.pk:
        raise CannotPublish("签批过的这一份已经发布。要发布更正版，请改好以后重新送签。")
    if digest_of(sheet.snapshot) != sheet.digest:
        raise CannotPublish("签批的内容与签批时的摘要值不符，不能发布。请告诉系统管理员。")
    made = ReportVersion.objects.create(
        report=work,
        sheet=sheet,
        number=standing.number + 1 if standing else 1,
        snapshot=sheet.snapshot,
        digest=sheet.digest,
        note=sheet.note,
        published_at=at,
        published_by=by.somebody,
    )
    show_report(work)
    return made
