"""Heads of tables that people filled in, as they write them."""

from __future__ import annotations

import io

import pytest

from gongkai.statute.ledger.grid import UnreadableLedger, opened
from gongkai.statute.ledger.table import Heads, heads_in, keys_of, table_rows

KEYS = keys_of(
    (("title", "标题", ("名称",)), ("day", "日期", ()), ("amount", "金额（元）", ("收费金额（元）",)))
)


@pytest.mark.parametrize(
    ("head", "slug"),
    [
        *(
            ("标题", "title"),
            ("标 题（必填）", "title"),
            ("标题*", "title"),
            ("【标题】", "title"),
            ("名称", "title"),
        ),
        *(("日期(年月日)", "day"), ("日期：", "day"), ("金额（元）", "amount"), ("金额(元)", "amount")),
    ],
)
def test_a_head_is_known_with_remarks(head: str, slug: str) -> None:
    assert heads_in([head], KEYS).places == {0: slug}


def test_what_is_another_unit_is_another_column() -> None:
    found = heads_in(["金额（万元）", "备注", "标题", "名称"], KEYS)
    assert (found.places, found.unused, found.twice) == ({2: "title"}, ["金额（万元）", "备注"], ["名称"])


def rows_of(text: str, most: int = 10) -> tuple[list[tuple[int, dict[str, str]]], Heads]:
    heads = Heads()
    with opened(io.BytesIO(text.encode())) as grid:
        return list(table_rows(grid, KEYS, {"title"}, most=most, told="没有列名", heads=heads)), heads


def test_rows_below_the_heads_wherever_these_stand() -> None:
    found, heads = rows_of("某某表,\n日期,标题,备注\n2025-01-01,甲,x\n,,\n,乙,\n")
    assert found == [(3, {"day": "2025-01-01", "title": "甲"}), (5, {"title": "乙"})]
    assert heads.unused == ["备注"]


def test_too_many_rows_and_no_heads_are_said() -> None:
    with pytest.raises(UnreadableLedger, match="最多导入1行"):
        rows_of("标题\n甲\n乙\n", most=1)
    with pytest.raises(UnreadableLedger, match="没有列名"):
        rows_of("甲\n乙\n")
