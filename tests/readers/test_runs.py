"""Cuts of digit runs against plain enumeration, and table two run together."""

from __future__ import annotations

import os
from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations, pairwise, product

from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.statute.report.editions import edition
from gongkai.statute.report.model import CellKind
from gongkai.statute.report.readers.assemble import assemble
from gongkai.statute.report.readers.run_columns import column_survivors
from gongkai.statute.report.readers.runs import (
    AMOUNT,
    CHANGE,
    COUNT,
    Budget,
    free_readings,
    group_readings,
    row_readings,
)
from gongkai.statute.report.readers.text import blocks_from_text

EXAMPLES = int(os.environ.get("GONGKAI_EXAMPLES", "150"))
quick = settings(max_examples=EXAMPLES, deadline=None)
digits = st.text("00012345", min_size=4, max_size=11)


def every_cut(run: str, cells: int) -> list[tuple[int, ...]]:
    """All ways to cut a run into cells without superfluous zeros, by trying every choice of places."""
    found = []
    for places in combinations(range(1, len(run)), cells - 1):
        pieces = [run[a:b] for a, b in pairwise((0, *places, len(run)))]
        if all(p == "0" or p[0] != "0" for p in pieces):
            found.append(tuple(int(p) for p in pieces))
    return found


@quick
@given(digits, st.integers(2, 7))
def test_row_readings_are_all_cuts_that_add_up(run: str, cells: int) -> None:
    expected = {cut for cut in every_cut(run, cells) if sum(cut[:-1]) == cut[-1]}
    found = row_readings(run, cells, Budget())
    assert found.complete
    assert set(found.found) == expected


@quick
@given(
    st.lists(st.integers(0, 300), min_size=2, max_size=2),
    st.lists(st.integers(0, 40), min_size=2, max_size=2),
)
def test_group_readings_are_all_cuts_whose_groups_add_up(first: list[int], second: list[int]) -> None:
    run = "".join(str(v) for v in [*first, sum(first), *second, sum(second)])
    expected = {c for c in every_cut(run, 6) if sum(c[:2]) == c[2] and sum(c[3:5]) == c[5]}
    found = group_readings(run, 2, 2, Budget())
    assert found.complete
    assert set(found.found) == expected
    assert (*first, sum(first), *second, sum(second)) in expected


@quick
@given(digits, st.sets(st.integers(1, 8), max_size=3))
def test_gaps_are_kept(run: str, cuts: set[int]) -> None:
    inside = frozenset(c for c in cuts if c < len(run))
    expected = set()
    for places in combinations(range(1, len(run)), 3):
        pieces = [run[a:b] for a, b in pairwise((0, *places, len(run)))]
        values = tuple(int(p) for p in pieces)
        if (
            inside <= set(places)
            and all(p == "0" or p[0] != "0" for p in pieces)
            and sum(values[:3]) == values[3]
        ):
            expected.add(values)
    assert set(row_readings(run, 4, Budget(), inside).found) == expected


def test_signs_decimals_and_units_cut_where_the_form_allows() -> None:
    assert free_readings("35-15", [COUNT, CHANGE], Budget()).found == [(35, -15)]
    assert free_readings("007", [COUNT] * 3, Budget()).found == [(0, 0, 7)]
    assert free_readings("10.5元", [COUNT, AMOUNT], Budget()).found == [(1, Decimal("0.5"))]
    assert (2648, -18, 538) in free_readings("2648-18538", [COUNT, CHANGE, COUNT], Budget()).found
    assert not row_readings("1" * 60, 7, Budget(steps=100)).complete


small = st.lists(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=3), min_size=6, max_size=6
)


@quick
@given(small)
def test_column_survivors_equal_trying_everything(rows: list[list[tuple[int, int]]]) -> None:
    names = ("new", "carried_in", "a", "b", "result_total", "carried_out")
    given_rows = dict(zip(names, rows, strict=True))

    def holds(
        n: Sequence[int],
        i: Sequence[int],
        a: Sequence[int],
        b: Sequence[int],
        t: Sequence[int],
        o: Sequence[int],
    ) -> bool:
        return all(x + y == z + w and p + q == z for x, y, p, q, z, w in zip(n, i, a, b, t, o, strict=True))

    solutions = [choice for choice in product(*rows) if holds(*choice)]
    left = column_survivors(given_rows, ("a", "b"))
    if not solutions:
        assert left is None
        return
    assert left is not None
    for place, name in enumerate(names):
        assert set(left[name]) == {choice[place] for choice in solutions}


count = st.one_of(st.just(0), st.integers(0, 99), st.integers(0, 20_000))
change = st.one_of(st.just(0), st.integers(-300, 300))
money = st.one_of(count, st.decimals(0, 90_000, places=2).map(lambda d: d.normalize() if d else Decimal(0)))


@quick
@given(st.data(), st.sampled_from(["2021", "2019"]))
def test_table_two_run_together_is_itself_or_open(data: st.DataObject, form_id: str) -> None:
    form = edition(form_id)
    truth: dict[str, int | Decimal] = {}
    text = "某某市档案局政府信息公开工作年度报告一、总体情况无。二、主动公开政府信息情况"
    for block in form.table2:
        text += block.caption + "".join(block.head)
        for row in block.rows:
            text += row.label
            for cell in row.cells:
                kind = (
                    change
                    if cell.endswith("change")
                    else money
                    if row.unit and not cell.endswith("projects")
                    else count
                )
                truth[cell] = data.draw(kind)
                text += format(truth[cell], "f") if isinstance(truth[cell], Decimal) else str(truth[cell])
    report = assemble(blocks_from_text(text + "三、收到和处理政府信息公开申请情况无。"))
    for cell_id, value in truth.items():
        cell = report.cells[cell_id]
        if cell.kind is CellKind.AMBIGUOUS:
            assert value in cell.candidates
        else:
            assert cell.value == value, (cell_id, cell)
