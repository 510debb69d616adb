"""This year's report against last year's."""

from __future__ import annotations

from collections.abc import Iterator

from ..editions import COLUMN_LABELS, COLUMNS
from ..findings import Finding
from .facts import Facts
from .rule import Rule, rule
from .words import several, shown

_DOCUMENTS = (("regulations", "规章"), ("normative_documents", "行政规范性文件"))


@rule("Y-01", "每一列：上年结转等于上一年度报告的结转下年度继续办理")
def carried_in_follows(facts: Facts, say: Rule) -> Iterator[Finding]:
    """Row 二 of this year = row 四 of last year in every column; holds across the two editions as well."""
    before = facts.previous
    if before is None:
        yield say.note("没有给出上一年度报告，上年结转等跨年数据未核对。", ("t3.carried_in.total",))
        return
    if not facts.follows:
        yield say.note(f"给出的是{before.year}年的报告，不是上一年度的，跨年数据未核对。")
        return
    unclear = []
    for column in COLUMNS:
        now_cell, then_cell = f"t3.carried_in.{column}", f"t3.carried_out.{column}"
        now, then = facts.figure(now_cell), before.cells.get(then_cell)
        if now is None or then is None or not then.judgeable:
            unclear.append(column)
        elif now != then.counted:
            yield say(
                f"第三表“{COLUMN_LABELS[column]}”列：本年报告的上年结转是{shown(now)}，上一年度报告的结转下年度"
                f"继续办理是{shown(then.counted)}。两数应当相同，请对照台账核对，确需更正的在正文说明。",
                (now_cell,),
            )
    if unclear:
        names = several(COLUMN_LABELS[c] for c in unclear)
        yield say.note(f"第三表{names}列的结转数字有一年缺失或看不清，未核对。")


@rule("Y-02", "现行有效件数等于上年现行有效件数加本年制发、减本年废止")
def valid_rolls_forward(facts: Facts, say: Rule) -> Iterator[Finding]:
    """Valid(Y) = valid(Y−1) + made − repealed; only between two reports on the 2021 form."""
    before = facts.previous
    if before is None or not facts.follows or {before.edition, facts.edition.id} != {"2021"}:
        return
    for slug, name in _DOCUMENTS:
        cells = tuple(f"t2.{slug}.{c}" for c in ("valid", "made", "repealed"))
        valid, made, repealed = (facts.figure(c) for c in cells)
        then = before.value(cells[0])
        if valid is None or made is None or repealed is None or then is None:
            continue
        if valid != then + made - repealed:
            yield say(
                f"第二表{name}：上年现行有效{shown(then)}加本年制发{shown(made)}减本年废止{shown(repealed)}等于"
                f"{shown(then + made - repealed)}，本年现行有效写的是{shown(valid)}。请核对，有清理、转为部门文件、"
                "制发以后尚未施行等情况的在正文说明。",
                cells,
            )


@rule("Y-03", "上年尚未审结的行政复议、行政诉讼，应当在本年的表中再出现")
def pending_remedies_reappear(facts: Facts, say: Rule) -> Iterator[Finding]:
    """A case pending last 31 December was decided this year or is still pending: it stands in this year's table."""
    before = facts.previous
    if before is None or not facts.follows:
        return
    for group in facts.edition.groups4:
        pending = before.value(f"t4.{group.slug}.pending")
        now = facts.total(f"t4.{group.slug}")
        if pending is not None and now is not None and now < pending:
            yield say(
                f"第四表“{group.label}”：上一年度报告有{shown(pending)}件尚未审结，本年总计只有{shown(now)}件。"
                "请核对是否漏计了去年未审结的案件。",
                (f"t4.{group.slug}.total",),
            )


@rule("Y-04", "对照的上一年度报告应当是同一机关、前一年的报告")
def same_agency_year_before(facts: Facts, say: Rule) -> Iterator[Finding]:
    """Agency and year of the report given as last year's follow on."""
    before = facts.previous
    if before is None:
        return
    if not facts.follows:
        yield say(
            f"对照的报告是{before.year}年的，本报告是{facts.year}年的，不是前后相连的两年。请换上一年度的报告。"
        )
    elif facts.year is None or before.year is None:
        yield say.note("有一份报告看不出年份，无法确认两份报告前后相连。")
    ours, theirs = _plain(facts.report.agency), _plain(before.agency)
    if ours and theirs and ours not in theirs and theirs not in ours:
        yield say(
            f"本报告的机关是“{facts.report.agency}”，对照的报告是“{before.agency}”。机关不同的请换成同一机关的报告；"
            "机构改革更名的，请在正文说明。"
        )


def _plain(agency: str) -> str:
    return agency.replace("人民政府", "政府").replace(" ", "")
