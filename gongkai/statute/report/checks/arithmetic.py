"""The statutory sums (勾稽关系) of tables three and four."""

from __future__ import annotations

from collections.abc import Iterator

from ..editions import COLUMN_LABELS
from ..findings import Finding, Level
from .culprits import hint
from .facts import Facts
from .relations import BROKEN, NO_CELL, NO_PARTS, UNCLEAR, Relation
from .rule import Rule, rule
from .words import cell_words, places, row_words, several, shown


@rule("T3-01", "第三表每一列：第一项加第二项之和，等于第三项加第四项之和", level=Level.ERROR)
def intake_equals_output(facts: Facts, say: Rule) -> Iterator[Finding]:
    """New plus carried in = （七）总计 plus carried out, in each of the seven columns."""
    for relation in _of(facts, say.code, BROKEN):
        yield _broken(facts, say, relation, _intake_words(facts, relation))
    yield from _unjudged(facts, say, "列")


@rule("T3-02", "第三表每一列：（一）至（六）各行相加等于（七）总计", level=Level.ERROR)
def outcomes_add_up(facts: Facts, say: Rule) -> Iterator[Finding]:
    """（七）总计 is the sum of the outcome rows (21; 19 where （六） is one row), in each of the seven columns."""
    for relation in _of(facts, say.code, BROKEN):
        words = (
            f"第三表“{COLUMN_LABELS[relation.of]}”列：（一）至（六）各行相加为{shown(relation.left_sum)}，"
            f"（七）总计写的是{shown(relation.right_sum)}，相差{shown(relation.gap)}。"
        )
        yield _broken(facts, say, relation, words)
    yield from _unjudged(facts, say, "列")


@rule("T3-03", "第三表每一行：自然人加法人或其他组织五列，等于总计", level=Level.ERROR)
def rows_add_up(facts: Facts, say: Rule) -> Iterator[Finding]:
    """总计 of every row is natural persons plus the five kinds of organisation."""
    for relation in _of(facts, say.code, BROKEN):
        words = (
            f"第三表“{row_words(facts.edition.id, relation.of)}”行：自然人与法人或其他组织各列相加为"
            f"{shown(relation.left_sum)}，总计写的是{shown(relation.right_sum)}，"
            f"相差{shown(relation.gap)}。"
        )
        yield _broken(facts, say, relation, words)
    yield from _unjudged(facts, say, "行")


@rule("T4-01", "第四表：结果维持、结果纠正、其他结果、尚未审结相加等于总计", level=Level.ERROR)
def remedies_add_up(facts: Facts, say: Rule) -> Iterator[Finding]:
    """Each of the three totals of table four is the sum of its four parts."""
    for relation in _of(facts, say.code, BROKEN):
        words = (
            f"第四表“{_name(facts, relation)}”：结果维持、结果纠正、其他结果、尚未审结相加为"
            f"{shown(relation.left_sum)}，总计写的是{shown(relation.right_sum)}，"
            f"相差{shown(relation.gap)}。"
        )
        yield _broken(facts, say, relation, words)
    yield from _unjudged(facts, say, "组")


def _of(facts: Facts, code: str, *verdicts: int) -> list[Relation]:
    return [r for r in facts.relations if r.code == code and r.verdict in verdicts]


def _intake_words(facts: Facts, relation: Relation) -> str:
    new, carried_in, done, carried_out = (shown(facts.figure(c) or 0) for c in relation.cells)
    return (
        f"第三表“{COLUMN_LABELS[relation.of]}”列：本年新收{new}加上年结转{carried_in}等于"
        f"{shown(relation.left_sum)}，（七）总计{done}加结转下年度{carried_out}等于"
        f"{shown(relation.right_sum)}，相差{shown(relation.gap)}。"
    )


def _broken(facts: Facts, say: Rule, relation: Relation, words: str) -> Finding:
    tip, suspects = hint(facts, relation)
    advice = tip + "请对照台账核对后改正。" if tip else "请对照台账逐项核对，改正算错或填错的数。"
    where = places(facts.report, suspects or (relation.right[0], *relation.left))
    return say(words + advice, relation.cells, where)


def _name(facts: Facts, relation: Relation) -> str:
    if relation.code in ("T3-01", "T3-02"):
        return COLUMN_LABELS[relation.of]
    if relation.code == "T3-03":
        return row_words(facts.edition.id, relation.of)
    return next(g.label for g in facts.edition.groups4 if g.slug == relation.of)


def _unjudged(facts: Facts, say: Rule, kind: str) -> Iterator[Finding]:
    """One note for each reason why some sums could not be judged."""
    if not facts.relations:
        return
    found = _of(facts, say.code, UNCLEAR)
    if found:
        unclear = _unclear_cells(facts, found)
        names = several(cell_words(facts.edition.id, c) for c in unclear)
        yield say.note(
            f"{_names(facts, found)}{kind}未核对：{names}不是能确定的数字。请填写数字后再核对。", unclear
        )
    found = [r for r in _of(facts, say.code, NO_CELL) if any(c in facts.report.cells for c in r.cells)]
    if found:
        yield say.note(f"{_names(facts, found)}{kind}未核对：表中缺行或缺列。请补全后再核对。")
    found = [r for r in _of(facts, say.code, NO_PARTS) if not _parts_are_blank_totals(facts, r)]
    if found:
        cells = tuple(r.right[0] for r in found)
        yield say.note(f"{_names(facts, found)}{kind}未核对：只填了总计，各项都是空白。请补填各项。", cells)


def _names(facts: Facts, found: list[Relation]) -> str:
    return "、".join(f"“{name}”" for name in several((_name(facts, r) for r in found), 6).split("、"))


def _unclear_cells(facts: Facts, found: list[Relation]) -> tuple[str, ...]:
    cells = facts.report.cells
    return tuple(dict.fromkeys(c for r in found for c in r.cells if c in cells and not cells[c].judgeable))


def _parts_are_blank_totals(facts: Facts, relation: Relation) -> bool:
    """True for the total column when its rows are filled but their totals are blank: V-05 says so already."""
    rows = (cell.rpartition(".")[0] for cell in relation.left)
    return relation.code == "T3-02" and relation.of == "total" and any(any(facts.values[r][:6]) for r in rows)
