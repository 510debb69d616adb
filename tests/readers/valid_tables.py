"""Random tables that satisfy the sums of the form, and the same tables printed in the ways texts print them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from gongkai.statute.report.editions import COLUMNS, edition

FORM = edition("2021")
LEAVES = FORM.leaves
GROUPS = tuple(g.slug for g in FORM.groups4)
RESULTS = tuple(slug for slug, _ in FORM.results4)
Rows = dict[str, list[int]]

figure = st.one_of(
    st.just(0),
    st.just(0),
    st.just(0),
    st.integers(0, 9),
    st.integers(0, 30),
    st.integers(0, 400),
    st.integers(0, 20_000),
)
parts6 = st.one_of(st.just([0] * 6), st.just([0] * 6), st.lists(figure, min_size=6, max_size=6))


def with_total(parts: Sequence[int]) -> list[int]:
    """The parts and their sum behind them."""
    return [*parts, sum(parts)]


@st.composite
def table_three(draw: st.DrawFn) -> Rows:
    """A table three whose rows and columns add up: 25 rows of seven."""
    leaves = {slug: draw(parts6) for slug in LEAVES}
    total = [sum(column) for column in zip(*leaves.values(), strict=True)]
    out = draw(parts6)
    carried = [
        draw(st.integers(0, t + o)) if draw(st.booleans()) else 0 for t, o in zip(total, out, strict=True)
    ]
    new = [t + o - c for t, o, c in zip(total, out, carried, strict=True)]
    rows = {"new": new, "carried_in": carried, **leaves, "result_total": total, "carried_out": out}
    return {slug: with_total(parts) for slug, parts in rows.items()}


@st.composite
def table_four(draw: st.DrawFn) -> Rows:
    """A table four whose three groups add up."""
    return {group: with_total(draw(st.lists(figure, min_size=4, max_size=4))) for group in GROUPS}


@dataclass(frozen=True)
class Printed:
    """A table as a text prints it, and the text."""

    truth: Rows
    text: str


def truth_cells(three: Rows, four: Rows) -> dict[str, int]:
    """Cell ids → figures."""
    cells = {f"t3.{slug}.{c}": v for slug, row in three.items() for c, v in zip(COLUMNS, row, strict=True)}
    return cells | {f"t4.{g}.{r}": v for g, row in four.items() for r, v in zip(RESULTS, row, strict=True)}


HEAD = (
    "某某市档案局2024年政府信息公开工作年度报告\n本报告所列数据的统计期限为2024年1月1日至2024年12月31日。\n"
    "一、总体情况\n全年主动公开政府信息12条。\n二、主动公开政府信息情况\n"
)
HEAD3 = (
    "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
    "申请人情况", "自然人", "法人或其他组织", "总计", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他",
)  # fmt: skip
HEAD4 = (
    "行政复议", "行政诉讼", *(label for _, label in FORM.results4), "未经复议直接起诉", "复议后起诉",
    *(label for _, label in FORM.results4), *(label for _, label in FORM.results4),
)  # fmt: skip
TAIL = "五、存在的主要问题及改进情况\n队伍建设有待加强。\n六、其他需要报告的事项\n2024年未收取信息处理费。\n"


def glued(three: Rows, four: Rows, gaps: Sequence[bool] = ()) -> str:
    """Everything run together; `gaps` says cell by cell whether a space was left before it."""
    turn = iter(gaps)

    def run(values: Sequence[int]) -> str:
        return "".join((" " if next(turn, False) else "") + str(v) for v in values)

    text = HEAD.replace("\n", "") + "三、收到和处理政府信息公开申请情况" + "".join(HEAD3)
    text += "".join(row.label + (run(three[row.slug]) if row.slug else "") for row in FORM.table3)
    text += "四、政府信息公开行政复议、行政诉讼情况" + "".join(HEAD4)
    text += "".join(run(four[g]) for g in GROUPS)
    return text + TAIL.replace("\n", "")


def cell_a_line(three: Rows, four: Rows, indent: str = "\t") -> str:
    """A cell a line, rows parted by an empty line, as in a text saved from a word processor."""
    out = [HEAD, "三、收到和处理政府信息公开申请情况\n", *(f"{indent}{word}\n" for word in HEAD3), "\n"]
    for row in FORM.table3:
        out.append(f"{indent}{row.label}\n")
        if row.slug:
            out += [f"{indent}{v}\n" for v in three[row.slug]] + ["\n"]
    out += ["\n四、政府信息公开行政复议、行政诉讼情况\n", *(f"{indent}{word}\n" for word in HEAD4), "\n"]
    out += [f"{indent}{v}\n" for g in GROUPS for v in four[g]]
    return "".join([*out, "\n", TAIL])


def columns(three: Rows, four: Rows, mark: str = "\t") -> str:
    """A row a line, its cells parted by `mark` (a tab, spaces, or a pipe as in markdown)."""
    edge = "| " if "|" in mark else ""
    out = [HEAD, "三、收到和处理政府信息公开申请情况\n", edge + mark.join(HEAD3), "\n"]
    if edge:
        out.append("|---|" * 4 + "\n")
    for row in FORM.table3:
        figures = [str(v) for v in three[row.slug]] if row.slug else []
        out.append(edge + mark.join([row.label, *figures]) + (" |" if edge else "") + "\n")
    out += ["四、政府信息公开行政复议、行政诉讼情况\n", edge + mark.join(HEAD4), "\n"]
    out.append(edge + mark.join(str(v) for g in GROUPS for v in four[g]) + (" |" if edge else "") + "\n")
    return "".join([*out, "\n", TAIL])
