"""Last year's report and this year's beginning side by side: what was carried out and carried in, documents in force,
remedies pending (law.md 2.6, 2.3). Every line names the cells, and where they were read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.statute.report.editions import COLUMN_LABELS, COLUMNS, edition_for_year
from gongkai.statute.report.figures import number_text
from gongkai.statute.report.model import AnnualReport, CellKind, Number
from gongkai.statute.report.readers.json import from_dict

from .composition import Composition
from .models import LastYear, ReportYear

TRACKS = (
    ("reconsideration", "行政复议"),
    ("litigation_direct", "未经复议直接起诉"),
    ("litigation_after_reconsideration", "复议后起诉"),
)
DOCUMENTS = (("regulations", "规章"), ("normative_documents", "行政规范性文件"))
_NOT_SAID = "没有写"


@dataclass(frozen=True, slots=True)
class Line:
    """One comparison: last year's cell with its figure and place, this year's; `same` is None where one is not known.
    `todo` says what to do where they differ, `kind` what it is about."""

    kind: str
    label: str
    then_cell: str
    then: Number | None
    then_where: str
    now_cell: str
    now: Number | None
    now_words: str
    same: bool | None
    todo: str = ""

    @property
    def then_text(self) -> str:
        """Last year's figure as shown."""
        return _NOT_SAID if self.then is None else number_text(self.then)

    @property
    def now_text(self) -> str:
        """This year's figure as shown."""
        return "没有填报" if self.now is None else number_text(self.now)


@dataclass(frozen=True, slots=True)
class Before:
    """Last year's report, in what way it came here, and in words where from."""

    report: AnnualReport
    said: str
    brought: LastYear | None = None


def cells_to_type(year: int) -> list[tuple[str, str]]:
    """What of last year's report is compared, as cells with their names: for who types it in."""
    found = [
        (f"t3.carried_out.{column}", f"结转下年度继续办理：{COLUMN_LABELS[column]}")
        for column in COLUMNS[:-1]
    ]
    if (form := edition_for_year(year - 1)) is not None and form.id == "2021":
        found += [(f"t2.{slug}.valid", f"{name}：现行有效件数") for slug, name in DOCUMENTS]
    return found + [(f"t4.{slug}.pending", f"{name}：尚未审结") for slug, name in TRACKS]


def brought_report(row: LastYear) -> AnnualReport:
    """The report that was brought in."""
    return from_dict(row.snapshot)


def compared(made: Composition, before: AnnualReport) -> list[Line]:
    """All that has to follow from last year's report."""
    return [*_requests(made, before), *_documents(made, before), *_remedies(made, before)]


def _figure(report: AnnualReport, cell_id: str) -> Number | None:
    """A blank of a table that is there counts 0, as the form's rule says; words and ambiguous digits are no figure."""
    cell = report.cells.get(cell_id)
    if cell is None or not cell.judgeable:
        return None
    return cell.counted


def _where(report: AnnualReport, cell_id: str) -> str:
    cell = report.cells.get(cell_id)
    if cell is None:
        return ""
    raw = f"，原文是“{cell.raw}”" if cell.kind is not CellKind.NUMBER and cell.raw.strip() else ""
    return f"{cell.where}{raw}"


def _requests(made: Composition, before: AnnualReport) -> Iterator[Line]:
    entered = made.entered_rows
    for column in COLUMNS:
        then_cell, now_cell = f"t3.carried_out.{column}", f"t3.carried_in.{column}"
        then, now = _figure(before, then_cell), made.report.value(now_cell)
        same = None if then is None or now is None else then == now
        how = "填报" if now_cell in entered else "按登记的申请统计"
        yield Line(
            "requests",
            COLUMN_LABELS[column],
            then_cell,
            then,
            _where(before, then_cell),
            now_cell,
            now,
            how,
            same,
            _todo_requests(then, now) if same is False else "",
        )


def _todo_requests(then: Number | None, now: Number | None) -> str:
    if then is None or now is None:
        return ""
    if now < then:
        return (
            f"少 {number_text(then - now)} 件：上年年底没有办结的申请没有登记全，请在“申请”里补登（收到日期写上年的）；"
            "上年年报写错的，在第五或第六部分说明，并把对这一处的提醒写明。"
        )
    return (
        f"多 {number_text(now - then)} 件：请核对这些申请的收到日期和办结日期；上年已经答复的，补填答复日期。"
        "上年年报漏报的，在正文说明。"
    )


def _documents(made: Composition, before: AnnualReport) -> Iterator[Line]:
    if before.edition != "2021" or made.report.edition != "2021":
        return
    for slug, name in DOCUMENTS:
        valid, issued, ended = (f"t2.{slug}.{part}" for part in ("valid", "made", "repealed"))
        then, now = _figure(before, valid), made.report.value(valid)
        plus, minus = made.report.value(issued), made.report.value(ended)
        if then is None or plus is None or minus is None:
            should = None
        else:
            should = then + plus - minus
        sum_words = (
            f"上年{number_text(then)} + 制发{number_text(plus)} − 废止{number_text(minus)} = {number_text(should)}"
            if should is not None and then is not None and plus is not None and minus is not None
            else "制发、废止、现行有效填全以后核对"
        )
        same = None if should is None or now is None else should == now
        todo = (
            "请核对文件台账：漏登的补登，到期、废止的填上日期；清理以后转为其他文件的，在正文说明。"
            if same is False
            else ""
        )
        yield Line("documents", name, valid, then, _where(before, valid), valid, now, sum_words, same, todo)


def _remedies(made: Composition, before: AnnualReport) -> Iterator[Line]:
    year = made.report.year or 0
    for slug, name in TRACKS:
        cell, total = f"t4.{slug}.pending", f"t4.{slug}.total"
        then = _figure(before, cell)
        if made.cases:
            now: Number | None = sum(one.track == slug and one.accepted_on.year < year for one in made.cases)
            how, todo = "上年受理、今年审结或者仍未审结的案子", _TODO_CASES
            same = None if then is None or now is None else then == now
        else:
            # Without a register the figures are entered, and whose cases they are is not known.
            now = made.report.value(total)
            how, todo = "第四部分这一组的总计，不能少于上年尚未审结的件数", _TODO_ENTERED
            same = None if then is None or now is None else now >= then
        where = _where(before, cell)
        yield Line("remedies", name, cell, then, where, total, now, how, same, todo if same is False else "")


_TODO_CASES = (
    "上年没有审结的案子，今年应当再出现一次（审结了的按结果，没有审结的仍在“尚未审结”）。"
    "请在“复议和诉讼”里核对受理日期和结案日期。"
)
_TODO_ENTERED = "上年没有审结的案子，今年应当按结果或者“尚未审结”再填一次。请核对填报的数。"


def seen_of(before: Before | None, lines: list[Line]) -> str:
    """The digest of what a confirmation is of: it lapses when a figure on either side changes."""
    told = [
        before.said if before else "",
        *([line.then_cell, str(line.then), str(line.now)] for line in lines),
    ]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def brought(work: ReportYear) -> LastYear | None:
    """What was brought in for this year, or None."""
    return LastYear.objects.filter(report=work).select_related("file", "brought_by").first()
