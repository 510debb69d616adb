"""签批: which way a report goes, who may sign it now, and the one form in which it is signed and published."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import QuerySet

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Agency, Seat
from gongkai.agencies.rights import ACTS, may
from gongkai.ledger.queries import Wanted, records
from gongkai.statute.ledger.columns import LABELS
from gongkai.statute.ledger.rows import Names, empty_rows, public_numbered
from gongkai.statute.report.model import AnnualReport
from gongkai.statute.report.writers.json import to_dict
from gongkai.tasks.telling import people_in

from .models import ReportSheet, ReportYear

REVIEW, SIGN = "report.review", "report.sign"
STAGE_LABELS = {REVIEW: "公开机构负责人审核", SIGN: "领导签批"}
"""The stages of the way, in their order."""
ANNEX_MOST = 5000
"""Requests that an annex still holds; a longer ledger is a file of its own."""


class NobodyToSign(ValueError):
    """The report could not be signed to its end; says which seat is missing."""


def plan(work: ReportYear, submitter: int, day: date) -> list[str]:
    """The stages this report goes through: the head of the office and then a leader, two people; in a small office,
    where nobody else is there to review it, the leader alone. Who handed it in or entered a figure of it signs nothing
    before the leader, and who handed it in nothing at all. Raises `NobodyToSign`."""
    people = _people(work.agency, day)
    writers = set(work.entered.values_list("entered_by", flat=True)) | {submitter}
    signers = people[SIGN] - {submitter}
    reviewers = people[REVIEW] - writers
    if not signers:
        labels = "、".join(kind.label for kind in sorted(ACTS[SIGN].own, key=str))
        raise NobodyToSign(
            f"没有能签批的人：{labels}的岗位上，要有送签人以外的人。请安全管理员设立岗位或者安排代班。"
        )
    if any(signers - {one} for one in reviewers):
        return [REVIEW, SIGN]
    return [SIGN]


def seats_that_sign(act: str, agency: Agency) -> list[Seat]:
    """The standing seats that may do this of the agency's report: its own, or of the one it was merged into."""
    return list(
        Seat.objects.filter(
            agency__in=_heirs(agency), kind__in=ACTS[act].own, ended_on__isnull=True
        ).select_related("agency")
    )


def _heirs(agency: Agency) -> list[Agency]:
    found = [agency]
    while found[-1].ended_on is not None and found[-1].successor and found[-1].successor not in found:
        found.append(found[-1].successor)
    return found


def _people(agency: Agency, day: date) -> dict[str, set[int]]:
    seats = {act: seats_that_sign(act, agency) for act in (REVIEW, SIGN)}
    working = people_in([seat for some in seats.values() for seat in some], day)
    return {act: {person.pk for seat in some for person in working[seat.pk]} for act, some in seats.items()}


def stage_now(sheet: ReportSheet, signed: int | None = None) -> str:
    """The act that is next on this sheet; empty when it is signed through or closed."""
    done = sheet.signatures.count() if signed is None else signed
    if sheet.result != ReportSheet.Result.OPEN or done >= len(sheet.stages):
        return ""
    return str(sheet.stages[done])


def why_not_sign(sheet: ReportSheet, by: Actor) -> str:
    """Why this person cannot sign the sheet now, in words; empty when nothing stands in the way."""
    act = stage_now(sheet)
    if not act:
        return "这一份已经签批完，或者已经退回、撤回。"
    if by.person is None:
        return "签批要由人来签。"
    if granted := may(by, act, sheet):
        if sheet.submitted_by_id == by.person.pk:
            return "这一份是您送签的，请别人签批。"
        if sheet.signatures.filter(person=by.person).exists():
            return "您已经在这一份上签过，下一个环节请别人签。"
        if act == REVIEW and sheet.report.entered.filter(entered_by=by.person).exists():
            return "您填报过这份年报里的数，请没有填报过的人审核。"
        return ""
    return granted.why


def open_sheet(work: ReportYear) -> ReportSheet | None:
    """What is being signed now, or None."""
    return _sheets(work).filter(result=ReportSheet.Result.OPEN).first()


def newest_signed(work: ReportYear) -> ReportSheet | None:
    """What was signed last, published or not, or None."""
    return _sheets(work).filter(result=ReportSheet.Result.SIGNED).order_by("-serial").first()


def _sheets(work: ReportYear) -> QuerySet[ReportSheet]:
    return ReportSheet.objects.filter(report=work).select_related("report__agency", "submitted_by")


def annex_of(work: ReportYear) -> list[list[str]]:
    """The ledger of the year as the public may read it, its heads first; empty where it is too long for an annex."""
    wanted = Wanted(year=work.year)
    found = [r for r in islice(records(work.agency, wanted), ANNEX_MOST + 1) if r.received_on is not None]
    if len(found) > ANNEX_MOST:
        return []
    rows = list(public_numbered(found, Names(found))) or empty_rows()
    return [list(LABELS), *(list(row.texts) for row in rows)]


def frozen(report: AnnualReport, annex: Collection[list[str]]) -> dict[str, Any]:
    """The whole report as data, with the annex."""
    return {**to_dict(report), "ledger": [list(row) for row in annex]}


def digest_of(snapshot: dict[str, Any]) -> str:
    """What signatures are bound to: SHA-256 of the data."""
    text = json.dumps(snapshot, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()


def without_annex(snapshot: dict[str, Any]) -> dict[str, Any]:
    """The data without the ledger: what the workbench composes."""
    return {key: value for key, value in snapshot.items() if key != "ledger"}
