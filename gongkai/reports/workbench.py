"""The year's work as a list of tasks: how far each step is, in words, as of a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from gongkai.statute.days import in_words
from gongkai.statute.report.findings import Level

from .closing import Registers, registers_of
from .entering import Filled, filled
from .findings import Answered, answered
from .lastyear import Before, Line, compared, seen_of
from .models import ReportSheet, ReportVersion, ReportYear, StepMark, Submission
from .prose_state import prose_state
from .queries import ReportState, before_of, marks_of, state_of
from .signing import STAGE_LABELS, stage_now

DONE, DUE, DOING, LATE, PLAIN = "done", "due", "doing", "late", "plain"


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the year: its number and name, a mark with its word, a sentence on how it stands, the page it opens."""

    number: int
    slug: str
    title: str
    mark: str
    word: str
    said: str
    page: str = ""
    key: str = ""
    parts: Sequence[Step] = ()


@dataclass(slots=True)
class Workbench:
    """All that the year's page shows."""

    work: ReportYear
    state: ReportState
    registers: Registers
    before: Before | None
    lines: list[Line]
    tables: list[Filled]
    findings: list[Answered]
    marks: dict[str, StepMark]
    sheet: ReportSheet | None
    version: ReportVersion | None
    submissions: list[Submission]
    over: bool
    steps: list[Step] = field(default_factory=list)

    def confirmed(self, step: str, seen: str) -> StepMark | None:
        """The confirmation of a step, while what was seen is still so."""
        mark = self.marks.get(step)
        return mark if mark is not None and mark.seen == seen else None


def workbench_of(work: ReportYear, day: date) -> Workbench:
    """The year's work as of a day; the report is composed and checked once."""
    state = state_of(work)
    before = before_of(work)
    marks = marks_of(work)
    bench = Workbench(
        work,
        state,
        registers_of(work.agency, work.year),
        before,
        compared(state.made, before.report) if before else [],
        filled(state.made),
        answered(work, state.findings),
        marks,
        work.sheets.select_related("submitted_by", "report__agency").order_by("-serial").first(),
        work.versions.select_related("published_by").order_by("-number").first(),
        list(work.submissions.select_related("version", "by")),
        over=day.year > work.year,
    )
    bench.steps = [
        _registers(bench),
        _opening(bench),
        _figures(bench),
        _prose(bench),
        _checks(bench),
        _signing(bench),
        _publication(bench),
        _archive(bench),
    ]
    return bench


def _registers(bench: Workbench) -> Step:
    open_now = bench.registers.total
    said = f"登记里还有 {open_now} 项没有办结。" if open_now else "登记里没有还没办结的。"
    mark = bench.confirmed(StepMark.Step.REGISTERS, bench.registers.seen)
    if mark is not None:
        word = DONE, "已确认"
        said = f"{mark.by.name}，{in_words(timezone.localdate(mark.at))}确认。{said}"
    elif not bench.over:
        word = PLAIN, "年底办"
        said += "年底以前能办结的先办结。"
    elif StepMark.Step.REGISTERS in bench.marks:
        word, said = (DUE, "要再看"), f"上次确认以后记录有变化。{said}"
    else:
        word = DOING, "要确认"
    return Step(1, "registers", "收尾登记", *word, said, "report-registers")


def _opening(bench: Workbench) -> Step:
    differing = [line for line in bench.lines if line.same is False]
    mark = bench.confirmed(StepMark.Step.OPENING, seen_of(bench.before, bench.lines))
    if bench.before is None:
        said = f"还没有{bench.work.year - 1}年的年报。可以从文件导入，也可以手工录入几个数。"
    elif differing:
        said = f"与{bench.before.said}比，有 {len(differing)} 处对不上。"
    else:
        said = f"与{bench.before.said}衔接。"
    if mark is not None:
        word = DONE, "已核对"
        said = f"{mark.by.name}，{in_words(timezone.localdate(mark.at))}核对。{said}"
    elif StepMark.Step.OPENING in bench.marks:
        word, said = (DUE, "要再核对"), f"核对以后数有变化。{said}"
    elif differing:
        word = DUE, "有差异"
    else:
        word = DOING, "要核对"
    return Step(2, "opening", "核对上年结转", *word, said, "report-opening")


def _figures(bench: Workbench) -> Step:
    missing = sum(one.missing for one in bench.tables)
    parts = [
        Step(
            3,
            one.key,
            f"{one.part}：{one.name}",
            DUE if one.missing else DONE,
            f"缺 {one.missing} 格" if one.missing else "已填全",
            one.said,
            "report-table",
            one.key,
        )
        for one in bench.tables
    ]
    word = (DUE, f"缺 {missing} 格") if missing else (DONE, "已填全")
    said = "能统计的按记录统计，其余的由人填报，写明来源。"
    return Step(3, "figures", "各表数字", *word, said, "", "", parts)


def _prose(bench: Workbench) -> Step:
    words = prose_state(bench.work, bench.state.made)
    report = bench.state.made.report
    empty = [
        section.title
        for section in report.sections
        if section.key in ("overview", "problems", "other") and not section.text.strip()
    ]
    said = f"还没有写：{'、'.join(empty)}。{words.words}" if empty and words.begun else words.words
    if empty or words.missing:
        return Step(4, "prose", "文字", DUE, "没有写完", said, "report-prose")
    if not words.done:
        return Step(4, "prose", "文字", DOING, "要再看", said, "report-prose")
    length = sum(len(section.text) for section in report.sections)
    said = f"六个部分共 {length} 字，里面的数跟着记录走。"
    return Step(4, "prose", "文字", DONE, "已写", said, "report-prose")


def _checks(bench: Workbench) -> Step:
    errors = len(bench.state.at(Level.ERROR))
    warnings = len(bench.state.at(Level.WARNING))
    owed = sum(one.owed for one in bench.findings)
    if errors:
        word, said = (DUE, f"{errors} 处错误"), "有错误不能送签。"
    elif owed:
        word, said = (DUE, f"{owed} 条要说明"), "每条提醒写一句说明，才能送签。"
    elif warnings:
        word, said = (DONE, "已说明"), f"没有错误；{warnings} 条提醒都有说明。"
    else:
        word, said = (DONE, "没有问题"), "没有错误，也没有提醒。"
    return Step(5, "checks", "检查", *word, said, "report-checks")


def _signing(bench: Workbench) -> Step:
    sheet = bench.sheet
    again = ("report-hand-in", "") if bench.over else ("", "")
    if sheet is None:
        said = f"年度结束以后送签：{' → '.join(STAGE_LABELS.values())}。"
        return Step(6, "signing", "签批", PLAIN, "没有送签", said, *again)
    here = "report-sheet", str(sheet.serial)
    if sheet.result == ReportSheet.Result.OPEN:
        return Step(6, "signing", "签批", DOING, "签批中", f"等{STAGE_LABELS[stage_now(sheet)]}。", *here)
    if sheet.result == ReportSheet.Result.SENT_BACK:
        said = f"退回的理由：{sheet.closed_words}"
        return Step(6, "signing", "签批", DUE, "已退回", said, *again)
    if sheet.result == ReportSheet.Result.RECALLED:
        return Step(6, "signing", "签批", PLAIN, "已撤回", "改好以后重新送签。", *again)
    day = in_words(timezone.localdate(sheet.closed_at))
    return Step(6, "signing", "签批", DONE, "已签批", f"第{sheet.serial}次送签，{day}签批完。", *here)


def _publication(bench: Workbench) -> Step:
    version, handed = bench.version, bench.submissions
    page = "report-publication"
    if version is None:
        signed = bench.sheet is not None and bench.sheet.result == ReportSheet.Result.SIGNED
        word = (DUE, "可以发布") if signed else (PLAIN, "没有发布")
        said = (
            "已经签批，请发布，再报送主管部门。" if signed else "签批以后才能发布；没有签批的，公众看不到。"
        )
        return Step(7, "publication", "发布和报送", *word, said, page)
    said = f"第{version.number}版，{in_words(timezone.localdate(version.published_at))}发布。"
    current = [one for one in handed if one.version_id == version.pk]
    if not current:
        return Step(
            7, "publication", "发布和报送", DUE, "还没有报送", f"{said}请报送主管部门，登记回执。", page
        )
    if not any(one.received_on for one in current):
        return Step(
            7, "publication", "发布和报送", DOING, "等回执", f"{said}已报送{current[0].organ}。", page
        )
    return Step(
        7, "publication", "发布和报送", DONE, "已报送", f"{said}已报送{current[0].organ}，有回执。", page
    )


def _archive(bench: Workbench) -> Step:
    work = bench.work
    if work.archived_at is not None:
        who = work.archived_by.name if work.archived_by else ""
        said = f"{who}，{in_words(timezone.localdate(work.archived_at))}归档。"
        return Step(8, "archive", "归档", DONE, "已归档", said, "report-archive")
    word = (DOING, "可以归档") if bench.version else (PLAIN, "还不能归档")
    return Step(
        8,
        "archive",
        "归档",
        *word,
        "发布、报送以后归档；归档以后不再改动。",
        "report-archive" if bench.version else "",
    )
