"""Hand a report in to be signed, sign it, send it back, take it back."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Person, Seat
from gongkai.agencies.rights import acting
from gongkai.statute.report.findings import Level
from gongkai.tasks.queries import seats_that_may
from gongkai.tasks.telling import News, tell, tell_many

from ..findings import answered, answers_as_data
from ..models import ReportSheet, ReportSignature, ReportYear
from ..queries import ReportState, state_of
from ..signing import (
    REVIEW,
    SIGN,
    STAGE_LABELS,
    NobodyToSign,
    annex_of,
    digest_of,
    frozen,
    plan,
    seats_that_sign,
    stage_now,
    why_not_sign,
    without_annex,
)
from .base import CannotPrepare, be_open, locked


class CannotSign(ValueError):
    """The report cannot be handed in or signed now; the message says what to do."""


def hand_in(work: ReportYear, *, by: Actor, at: datetime, note: str = "", annex: bool = True) -> ReportSheet:
    """Freeze the report as it stands and hand it in. `note` tells the public what a corrected version corrects.

    Refused before the year is over (the report covers 1 January to 31 December), while a check finds an error, while
    a warning has no explanation, and where nobody could sign it. Raises `CannotSign`, `NotAllowed`.
    """
    with acting(by, "report.prepare", work, hands_in=True) as doing:
        work = locked(work)
        try:
            be_open(work)
            stages = plan(work, by.somebody.pk, by.day)
        except (CannotPrepare, NobodyToSign) as error:
            raise CannotSign(str(error)) from error
        if timezone.localdate(at).year <= work.year:
            raise CannotSign(f"{work.year}年还没有结束，年报要到{work.year + 1}年1月1日起才能送签。")
        state = state_of(work)
        explained = _explained(work, state)
        snapshot = frozen(state.made.report, annex_of(work) if annex else ())
        _be_new(work, snapshot, note)
        last = work.sheets.aggregate(last=Max("serial"))["last"] or 0
        sheet = ReportSheet.objects.create(
            report=work,
            serial=last + 1,
            snapshot=snapshot,
            digest=digest_of(snapshot),
            stages=stages,
            answers=explained,
            note=note.strip(),
            submitted_by=by.somebody,
            submitted_at=at,
        )
        doing.detail.update(serial=sheet.serial, digest=sheet.digest, stages=stages)
        _tell_next(sheet, stages[0], by)
    return sheet


def _explained(work: ReportYear, state: ReportState) -> list[dict[str, str]]:
    errors = state.at(Level.ERROR)
    if errors:
        raise CannotSign(f"检查发现{len(errors)}处错误，改正后才能送签。")
    found = answered(work, state.findings)
    owed = [one for one in found if one.owed]
    if owed:
        raise CannotSign(f"还有{len(owed)}条提醒没有说明。请在“检查”里逐条写一句话，再送签。")
    return answers_as_data(found)


def _be_new(work: ReportYear, snapshot: dict[str, object], note: str) -> None:
    standing = work.versions.order_by("-number").first()
    if standing is None:
        return
    if without_annex(standing.snapshot) == without_annex(snapshot):
        raise CannotSign("与已经发布的版本没有不同，不用更正。")
    if not note.strip():
        raise CannotSign("请写明更正了什么、为什么更正。更正说明会和更正版一起公开。")


def sign(sheet: ReportSheet, *, by: Actor, at: datetime, words: str = "") -> ReportSheet:
    """Agree to exactly this report, at the stage it has come to; the last agreement signs it. Raises `CannotSign`,
    `NotAllowed`."""
    act = _act_of(sheet)
    with acting(by, act, sheet, serial=sheet.serial, digest=sheet.digest) as doing:
        sheet = _ready(sheet, by)
        _sign(sheet, by, at, words, seat=doing.seat, agreed=True)
        following = stage_now(sheet)
        if following:
            _tell_next(sheet, following, by)
            return sheet
        if sheet.signatures.count() == len(sheet.stages):
            _close(sheet, ReportSheet.Result.SIGNED, at, "")
            _tell_clerks(sheet, by, "年报已经签批", "请发布，再报送主管部门。")
    return sheet


def send_back(sheet: ReportSheet, *, by: Actor, at: datetime, words: str) -> ReportSheet:
    """Return it with the reason; it is mended and handed in anew. Raises `CannotSign`, `NotAllowed`."""
    act = _act_of(sheet)
    if not words.strip():
        raise CannotSign("请写明退回的理由，让经办人知道改什么。")
    with acting(by, act, sheet, serial=sheet.serial, returned=True) as doing:
        sheet = _ready(sheet, by)
        _sign(sheet, by, at, words, seat=doing.seat, agreed=False)
        _close(sheet, ReportSheet.Result.SENT_BACK, at, words.strip())
        _tell(sheet.submitted_by, sheet, by, "年报退回修改", f"退回的理由：{words.strip()[:80]}")
    return sheet


def recall(sheet: ReportSheet, *, by: Actor, at: datetime) -> ReportSheet:
    """Take it back before it is signed through, to mend it. Raises `CannotSign`, `NotAllowed`."""
    with acting(by, "report.prepare", sheet.report, recalled=sheet.serial):
        sheet = _locked(sheet)
        if sheet.result != ReportSheet.Result.OPEN:
            raise CannotSign("这一份已经签批完，或者已经退回、撤回。")
        _close(sheet, ReportSheet.Result.RECALLED, at, f"{by.name}撤回")
    return sheet


def _act_of(sheet: ReportSheet) -> str:
    act = stage_now(sheet)
    if act not in (REVIEW, SIGN):
        raise CannotSign("这一份已经签批完，或者已经退回、撤回。")
    return act


def _locked(sheet: ReportSheet) -> ReportSheet:
    return (
        ReportSheet.objects.select_for_update(no_key=True, of=("self",))
        .select_related("report__agency", "submitted_by")
        .get(pk=sheet.pk)
    )


def _ready(sheet: ReportSheet, by: Actor) -> ReportSheet:
    sheet = _locked(sheet)
    if why := why_not_sign(sheet, by):
        raise CannotSign(why)
    return sheet


def _sign(
    sheet: ReportSheet, by: Actor, at: datetime, words: str, *, seat: Seat | None, agreed: bool
) -> None:
    ReportSignature.objects.create(
        sheet=sheet,
        stage=sheet.signatures.count() + 1,
        person=by.somebody,
        name=by.name,
        seat=by.who(seat).seat,
        agreed=agreed,
        words=words.strip(),
        digest=sheet.digest,
        at=at,
    )


def _close(sheet: ReportSheet, result: str, at: datetime, words: str) -> None:
    sheet.result, sheet.closed_at, sheet.closed_words = result, at, words
    sheet.save(update_fields=["result", "closed_at", "closed_words"])


def _news(sheet: ReportSheet, subject: str, body: str) -> News:
    work = sheet.report
    return News(
        key=f"report-sheet:{sheet.pk}:{subject}",
        subject=f"{subject}：{work.year}年政府信息公开工作年度报告",
        body=body,
        url=reverse("desk:report-sheet", args=[work.agency.slug, work.year, sheet.serial]),
        agency_id=work.agency_id,
    )


def _tell_next(sheet: ReportSheet, act: str, by: Actor) -> None:
    news = _news(
        sheet,
        f"请{STAGE_LABELS[act][-2:]}",
        f"{sheet.submitted_by.name}送签，请看过与上一版、上年的不同，再签。",
    )
    tell_many(((seat, news) for seat in seats_that_sign(act, sheet.report.agency)), by.day)


def _tell_clerks(sheet: ReportSheet, by: Actor, subject: str, body: str) -> None:
    news = _news(sheet, subject, body)
    tell_many(((seat, news) for seat in seats_that_may("report.publish", [sheet.report.agency])), by.day)


def _tell(person: Person, sheet: ReportSheet, by: Actor, subject: str, body: str) -> None:
    news = _news(sheet, subject, body)
    tell(
        person,
        subject=news.subject,
        body=news.body,
        key=news.key,
        day=by.day,
        url=news.url,
        agency_id=news.agency_id,
    )
