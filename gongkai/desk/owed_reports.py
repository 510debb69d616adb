"""What is owed on annual reports (条例 49): to prepare, to review, to sign, to publish, to hand in; whom others wait for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import may
from gongkai.design.law import law_sentence
from gongkai.design.templatetags.words import long_day, short_day
from gongkai.reports import queries as annual
from gongkai.reports.signing import STAGE_LABELS, stage_now, why_not_sign
from gongkai.statute.report.findings import Level

from .links import link
from .todo import Desk, Todo, owed_at

if TYPE_CHECKING:
    from gongkai.reports.queries import Duty, ReportSheet, ReportState

HAND_IN_FOR = timedelta(days=365)
"""How long after its last day, or after it was published where that was later, a report that was not handed in is
still told of."""


RECEIPT_AFTER = timedelta(days=5)
"""How long after the hand-in its receipt is asked for."""


@dataclass(frozen=True, slots=True)
class _Eyes:
    """Who reads of a report: one who prepares and publishes it, one who reviews it, one who signs it."""

    prepares: bool
    reviews: bool
    signs: bool

    @property
    def any(self) -> bool:
        """Whether anything of a report is this person's at all."""
        return self.prepares or self.reviews or self.signs


@owed_at
def reports(desk: Desk) -> Iterator[Todo]:
    """The annual reports owed, to who prepares, reviews or signs them; nothing to anybody else."""
    agency = desk.agency
    eyes = _Eyes(
        prepares=bool(may(desk.actor, "report.prepare", agency)),
        reviews=bool(may(desk.actor, "report.review", agency)),
        signs=bool(may(desk.actor, "report.sign", agency)),
    )
    if not eyes.any:
        return
    in_hand = annual.sheets_in_hand(agency)
    for sheet in in_hand:
        yield _in_hand(desk, sheet)
    years = {sheet.report.year for sheet in in_hand}
    for duty in annual.duties_of(agency, desk.works, desk.day):
        if duty.year in years:
            continue
        if duty.work is None:
            yield _not_begun(agency, duty, eyes)
            continue
        # Checking a report takes a while: only the newest is checked here, the others when they are opened.
        state = desk.newest if duty.work is desk.works[0] else None
        yield _begun(agency, duty, state, eyes, over=desk.day.year > duty.year)
    yield from _to_hand_in(desk, eyes)
    if eyes.prepares:
        yield from _receipts(desk)


def _in_hand(desk: Desk, sheet: ReportSheet) -> Todo:
    """What is being signed, or signed and not yet public."""
    agency, year, act = desk.agency, sheet.report.year, stage_now(sheet)
    url = link("report-sheet", agency.slug, year, sheet.serial)
    if not act:
        mine = bool(may(desk.actor, "report.publish", sheet))
        return Todo(
            f"{year}年年报已经签批，还没有发布。",
            "签批以后才能发布；发布以后报送主管部门。",
            link("report-publication", agency.slug, year) if mine else url,
            f"去发布{year}年年报" if mine else "看签批的内容",
            pressing=mine,
            waits_for="" if mine else "经办员发布",
        )
    stage = STAGE_LABELS[act]
    mine = not why_not_sign(sheet, desk.actor)
    return Todo(
        f"{year}年年报等{stage}。",
        f"{sheet.submitted_by.name}{short_day(sheet.submitted_at)}送签。请看过与上一版、上年的不同，再签。",
        url,
        f"去{stage[-2:]}{year}年年报" if mine else "看送签的内容",
        first=mine,
        waits_for="" if mine else stage,
    )


def _to_hand_in(desk: Desk, eyes: _Eyes) -> Iterator[Todo]:
    """The report published last, as long as nobody wrote down that it was handed in."""
    agency = desk.agency
    if not eyes.prepares:
        return
    for version in annual.not_handed_in(agency):
        year = version.report.year
        duty = annual.duty_of(agency, year, desk.day)
        if desk.day <= max(duty.due, localdate(version.published_at)) + HAND_IN_FOR:
            yield Todo(
                f"{year}年年报第{version.number}版已经发布，还没有登记报送。",
                law_sentence("ogi 49").partition("；")[0] + "。",
                link("report-publication", agency.slug, year),
                "去登记报送",
                due_on=duty.aim,
                late_from=duty.due,
            )


def _not_begun(agency: Agency, duty: Duty, eyes: _Eyes) -> Todo:
    """A year nobody has begun: the preparer's."""
    if duty.late_by:
        title = f"{duty.year}年年报没有在本平台编写和发布；应于{short_day(duty.due)}前提交并公布。"
    else:
        title = f"下一份是{duty.year}年年报：最迟{long_day(duty.due)}提交并公布。"
    waits = "" if eyes.prepares else "经办员编写"
    url = link("reports", agency.slug)
    why = _until(agency, duty, eyes, ready=False)
    return Todo(
        title,
        why,
        url,
        _begin_words(duty, eyes),
        due_on=duty.aim,
        late_from=duty.due,
        waits_for=waits,
    )


def _receipts(desk: Desk) -> Iterator[Todo]:
    """What was handed in and whose receipt nobody wrote down."""
    for row in annual.without_receipt(desk.agency):
        if desk.day - row.on >= RECEIPT_AFTER:
            year = row.report.year
            yield Todo(
                f"{year}年年报报送{row.organ}以后，还没有登记回执。",
                f"{short_day(row.on)}报送。收到回执的请登记；没有收到的，向{row.organ}问一下收到没有。",
                link("report-publication", desk.agency.slug, year),
                "去登记回执",
            )


def _begin_words(duty: Duty, eyes: _Eyes) -> str:
    if not eyes.prepares:
        return "看各年年报"
    return "去编写，或者登记在哪里公布的" if duty.late_by else "去开始编写"


def _until(agency: Agency, duty: Duty, eyes: _Eyes, *, ready: bool) -> str:
    """The article for an agency of this kind, and what the day means for who reads it."""
    department, _, government = law_sentence("ogi 49").partition("；")
    said = f"{department}。"
    if agency.level == Agency.Level.GOVERNMENT:
        said = f"{department.partition('：')[0]}：{government}"
    if duty.late_by:
        if eyes.prepares:
            rest = "请尽快送签。" if ready else "请尽快编好、送签。"
        else:
            rest = "请督促经办员尽快送签。" if ready else "请督促经办员尽快编好、送签。"
        return f"{said}已经在别处公布的，登记在哪里公布的，就不再提醒；没有公布的，{rest}"
    if duty.aim != duty.due:
        said += f"最后一天不上班，日期不顺延，请在此前最后一个工作日{long_day(duty.aim)}办完。"
    return said + ("那一年的放假安排还没有公布，日期暂定。" if duty.provisional else "")


def _begun(agency: Agency, duty: Duty, state: ReportState | None, eyes: _Eyes, *, over: bool) -> Todo:
    """The work on a year: the preparer's, until it is handed in. `state` is None where the report was not checked."""
    lacks = _lacks(state)
    ready = state is not None and over and not lacks
    if duty.late_by:
        title = f"{duty.year}年年报没有在本平台发布；应于{short_day(duty.due)}前提交并公布。"
    else:
        title = f"{duty.year}年年报最迟{long_day(duty.due)}提交并公布。"
    title += f"还有{'、'.join(lacks)}。" if lacks else ""
    title += "数字已填全，检查没有发现错误。" if ready else ""
    return Todo(
        title,
        _until(agency, duty, eyes, ready=ready),
        link("report", agency.slug, duty.year),
        f"去送签{duty.year}年年报" if ready and eyes.prepares else f"打开{duty.year}年年报",
        due_on=duty.aim,
        late_from=duty.due,
        waits_for="" if eyes.prepares else _waits(state, ready=ready),
    )


def _lacks(state: ReportState | None) -> list[str]:
    """What stands between the report and its signature, in words."""
    if state is None:
        return []
    wrong = sum(one.code != "W-02" for one in state.at(Level.ERROR))
    missing = len(state.made.missing)
    told = [f" {missing} 个数没有填报"] if missing else []
    return told + ([f" {wrong} 处错误要改正"] if wrong else [])


def _waits(state: ReportState | None, *, ready: bool) -> str:
    """What is waited for, to who does not prepare it."""
    if ready:
        return "经办员送签"
    if state is None:
        return "经办员编写"
    todo = ["填报"] if state.made.missing else []
    todo += ["改正"] if any(one.code != "W-02" for one in state.at(Level.ERROR)) else []
    return f"经办员{'、'.join(todo)}" if todo else f"{state.made.report.year}年结束"
