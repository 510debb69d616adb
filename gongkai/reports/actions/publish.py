"""Publish a report: freeze it as it stands. The head's act, refused while a check finds an error."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime

from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.agencies.rights import acting
from gongkai.statute.report.findings import Level
from gongkai.statute.report.writers.json import to_dict

from ..models import ReportVersion, ReportYear
from ..queries import state_of
from ..showing import show_report


class CannotPublish(ValueError):
    """The report is not fit to be published; the message says why."""


def publish(work: ReportYear, *, by: Actor, at: datetime) -> ReportVersion:
    """Freeze the report as its next public version and return it; without a change, the version that stands.

    Allowed to the agency's head. Raises `NotAllowed`, and `CannotPublish` before the year is over (the report
    covers 1 January to 31 December) or while a check finds an error.
    """
    with acting(by, "report.publish", work) as doing:
        version = _publish(work, by, at)
        doing.detail.update(version=version.number, digest=version.digest)
    return version


def _publish(work: ReportYear, by: Actor, at: datetime) -> ReportVersion:
    if timezone.localdate(at).year <= work.year:
        raise CannotPublish(f"{work.year}年还没有结束，年报要到{work.year + 1}年1月1日起才能发布。")
    ReportYear.objects.select_for_update(no_key=True).get(pk=work.pk)
    state = state_of(work)
    errors = [f for f in state.findings if f.level is Level.ERROR]
    if errors:
        raise CannotPublish(f"检查发现{len(errors)}处错误，改正后才能发布。")
    snapshot = to_dict(state.made.report)
    digest = hashlib.sha256(
        json.dumps(snapshot, ensure_ascii=False, sort_keys=True).encode("utf-8", "backslashreplace")
    ).hexdigest()
    standing = work.versions.order_by("-number").first()
    if standing is not None and standing.digest == digest:
        return standing
    made = ReportVersion.objects.create(
        report=work,
        number=standing.number + 1 if standing else 1,
        snapshot=snapshot,
        digest=digest,
        published_at=at,
        published_by=by.somebody,
    )
    show_report(work)
    return made
