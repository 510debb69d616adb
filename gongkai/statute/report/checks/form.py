"""The form itself: years, six parts, tables, rows and columns, edition."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ..editions import COLUMN_LABELS, edition_for_year
from ..findings import Finding, Level
from .facts import Facts
from .rule import Rule, rule
from .words import TABLES, cell_words, row_words, several

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_ORDINALS = "零一二三四五六七八九十"
_NO_WORDS = re.compile(r"\s|[。，、：；.]")
_OPENING = 100
_SHORTEST_PROBLEMS = 10


@rule("F-01", "标题年份、统计期限年份和数据年份一致", level=Level.ERROR)
def years_agree(facts: Facts, say: Rule) -> Iterator[Finding]:
    """Title year = period year = year of the data."""
    report = facts.report
    titled = set(map(int, _YEAR.findall(report.title)))
    if len(titled) == 1 and report.period is not None:
        year, period = titled.pop(), {report.period[0].year, report.period[1].year}
        if period != {year}:
            told = "至".join(str(y) for y in sorted(period))
            yield say(f"标题写的是{year}年，统计期限写的是{told}年。请把两处改成同一年。")
        elif report.year is not None and report.year != year:
            yield say(f"标题和统计期限是{year}年，报告年份是{report.year}年。请核对年份。")
    elif facts.year is None:
        yield say.note("标题和统计期限里都看不出年份，年份未核对。请在标题和开头写明年份。")


@rule("F-02", "年度报告由六个部分组成")
def six_parts(facts: Facts, say: Rule) -> Iterator[Finding]:
    """总体情况、主动公开、依申请公开、复议诉讼、问题及改进、其他事项: all six are there."""
    present = {section.key for section in facts.report.sections}
    missing = [h for h in facts.edition.headings if h.key not in present]
    if missing:
        names = "、".join(f"“{_ORDINALS[h.ordinal]}、{h.title}”" for h in missing)
        yield say(f"没有找到{names}。报告应有六个部分，请补上标题和内容。")


@rule("F-03", "六个部分按规定顺序排列，序号为一至六")
def parts_in_order(facts: Facts, say: Rule) -> Iterator[Finding]:
    """The six headings stand in order, once each, numbered 一 to 六."""
    places = {h.key: h.ordinal for h in facts.edition.headings}
    known = [s for s in facts.report.sections if s.key in places]
    order = [places[s.key] for s in known]
    if order != sorted(order):
        told = "、".join(s.title for s in known)
        yield say(f"各部分的顺序是：{told}。请按规定的一至六顺序排列。", where=known[0].where)
        return
    wrong = [s for s in known if s.ordinal is not None and s.ordinal != places[s.key]]
    if wrong:
        told = "、".join(f"“{s.title}”编为{_han(s.ordinal)}（应为{_ORDINALS[places[s.key]]}）" for s in wrong)
        yield say(f"标题序号不对：{told}。请改正序号。", where=wrong[0].where)
    twice = sorted({s.title for s in known if order.count(places[s.key]) > 1})
    if twice:
        yield say(f"“{'、'.join(twice)}”出现了不止一次。请合并或删去重复的部分。")


@rule("F-04", "报告应有主动公开、依申请公开、复议诉讼三张表", level=Level.ERROR)
def tables_present(facts: Facts, say: Rule) -> Iterator[Finding]:
    """Tables two, three and four are all in the report."""
    titles = {h.ordinal: h.title for h in facts.edition.headings}
    for ordinal, (table, name) in enumerate(TABLES.items(), start=2):
        if table not in facts.tables:
            yield say(f"没有找到{name}（{titles[ordinal]}）。请补上这张表；全年为零也要列表填0。")


@rule("F-05", "三张表的每一行都不能少", level=Level.ERROR)
def rows_present(facts: Facts, say: Rule) -> Iterator[Finding]:
    """Every row of the edition stands in its table; （六） in one row is judged by F-07 instead."""
    for table in facts.tables:
        missing = [row for row, ids, gone in facts.gaps if row[:2] == table and len(gone) == len(ids)]
        if missing:
            names = several((f"“{_row_name(facts, row)}”" for row in missing), 6)
            yield say(f"{TABLES[table]}缺少{names}。请按格式补上，没有的填0。", missing)


@rule("F-06", "三张表的每一列都不能少", level=Level.ERROR)
def columns_present(facts: Facts, say: Rule) -> Iterator[Finding]:
    """A row that is there has all of its columns."""
    for table in facts.tables:
        part = [gone for row, ids, gone in facts.gaps if row[:2] == table and len(gone) < len(ids)]
        missing = [cell for gone in part for cell in gone]
        if missing:
            columns = list(dict.fromkeys(c.rpartition(".")[2] for c in missing))
            labels = {**COLUMN_LABELS, **dict(facts.edition.results4)} if table != "t3" else COLUMN_LABELS
            names = several((f"“{labels.get(c, c)}”" for c in columns), 6)
            yield say(f"{TABLES[table]}缺少{names}列（共缺{len(missing)}格）。请按格式补全各列。", missing)


@rule("F-07", "（六）其他处理分列三行：逾期不补正、逾期未缴费、其他")
def other_in_three_rows(facts: Facts, say: Rule) -> Iterator[Finding]:
    """The 2021 form divides （六） into three rows; one row is the form of 2019."""
    if facts.edition.id != "2019" and facts.report.merged_other:
        yield say(
            "第三表“（六）其他处理”只有一行，2021年格式分为三行（逾期不补正、逾期未按要求缴费、其他）。"
            "已按一行核对总计，请改用现行格式并分列数字。",
            ("t3.other_all.total",),
        )


@rule("F-08", "2019、2020年度用试行格式，2021年度起用现行格式")
def edition_of_the_year(facts: Facts, say: Rule) -> Iterator[Finding]:
    """The year picks the form; reports before 2019 were free-form and are not judged."""
    if facts.year is None:
        yield say.note("看不出报告是哪一年的，无法判断应当用哪一版格式。")
        return
    due = edition_for_year(facts.year)
    if due is None:
        yield say.note(f"{facts.year}年的报告没有统一格式，按{facts.edition.id}年格式核对的结果仅供参考。")
    elif due.id != facts.edition.id:
        names = {
            "2019": "试行格式（国办公开办函〔2019〕60号）",
            "2021": "现行格式（国办公开办函〔2021〕30号）",
        }
        yield say(
            f"{facts.year}年的报告应当用{names[due.id]}，这份报告用的是{names[facts.edition.id]}。请换用相应格式。"
        )


@rule("F-09", "不自行增加表格的行")
def no_extra_rows(facts: Facts, say: Rule) -> Iterator[Finding]:
    """Cells that the edition does not know are local additions; they enter no sum."""
    extra = [c for c in facts.extra if not c.startswith("t3.other_")]
    if extra:
        rows = dict.fromkeys(".".join(c.split(".")[:2]) for c in extra)
        tables = several(TABLES.get(row[:2], "表格") for row in rows)
        yield say(f"{tables}有格式以外的{len(rows)}行，没有计入核对。请删去，需要说明的写入正文。", extra)


@rule("F-10", "第五部分写明存在的主要问题及改进情况")
def problems_stated(facts: Facts, say: Rule) -> Iterator[Finding]:
    """Part five is not empty, not 无, and not a phrase of fewer than ten characters."""
    section = facts.report.section("problems")
    if section is None:
        return
    text = section.text
    if len(_NO_WORDS.sub("", text[:_OPENING])) >= _SHORTEST_PROBLEMS:
        return
    text = _NO_WORDS.sub("", text)
    if len(text) < _SHORTEST_PROBLEMS:
        told = f"只写了“{text}”" if text else "没有内容"
        yield say(
            f"第五部分“{section.title}”{told}。请写明今年的主要问题、改进措施和去年问题的整改情况。",
            where=section.where,
        )


@rule("F-11", "统计期限为当年1月1日至12月31日")
def whole_year(facts: Facts, say: Rule) -> Iterator[Finding]:
    """The period runs from 1 January to 31 December."""
    period = facts.report.period
    if period is not None and period[0].year == period[1].year:
        year = period[0].year
        if period != (date(year, 1, 1), date(year, 12, 31)):
            told = "至".join(f"{d.year}年{d.month}月{d.day}日" for d in period)
            yield say(
                f"统计期限写的是{told}，应为{year}年1月1日至12月31日。请改正，并核对数据是否为全年数据。"
            )


def _row_name(facts: Facts, row: str) -> str:
    if row.startswith("t3."):
        return row_words(facts.edition.id, row[3:])
    words = cell_words(facts.edition.id, row)
    if "t2." in words or "t4." in words:
        return row
    return words.partition("“")[2].rstrip("”")


def _han(ordinal: int | None) -> str:
    return _ORDINALS[ordinal] if ordinal is not None and 0 < ordinal < len(_ORDINALS) else str(ordinal)
