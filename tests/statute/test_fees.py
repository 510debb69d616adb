"""The processing fee: hand-made examples, and a slow unit-by-unit sum as the oracle."""

from __future__ import annotations

import os
import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.statute.fees import by_pages, by_piece, by_pieces, fee_of_piece, ladder
from gongkai.statute.workdays import WorkCalendar

EXAMPLES = settings(max_examples=int(os.environ.get("GONGKAI_EXAMPLES", "100")), deadline=None)
CASES = tomllib.loads((Path(__file__).parents[1] / "cases/fees/examples.toml").read_text("utf-8"))["case"]


def _piece_price(n: int) -> int:
    """The marginal function as the law paper writes it, independent of the data file."""
    if n <= 10:
        return 0
    if n <= 30:
        return 100
    return 100 * (-(-(n - 30) // 10) + 1)


def _page_price(n: int) -> int:
    return 0 if n <= 30 else 10 if n <= 100 else 20 if n <= 200 else 40


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["situation"])
def test_worked_example(case: dict[str, Any]) -> None:
    fee = by_pieces(case["pieces"]) if "pieces" in case else by_pages(case["pages"])
    assert fee.yuan == case["yuan"]


@EXAMPLES
@given(st.integers(1, 600))
def test_pieces_equal_a_piece_by_piece_sum(n: int) -> None:
    assert by_pieces(n).yuan == sum(_piece_price(k) for k in range(1, n + 1))
    assert fee_of_piece(n) == by_piece(n).yuan == _piece_price(n)


@EXAMPLES
@given(st.integers(1, 3000))
def test_pages_equal_a_page_by_page_sum(n: int) -> None:
    assert by_pages(n).yuan == sum(_page_price(k) for k in range(1, n + 1))


@EXAMPLES
@given(st.integers(2, 10_000))
def test_the_price_of_one_piece_is_what_it_adds(n: int) -> None:
    assert by_pieces(n).yuan - by_pieces(n - 1).yuan == fee_of_piece(n) == _piece_price(n)


_LINE = re.compile(r"第\d+(?:—\d+)?[件页]：(\d+)[件页]×(\d+)元=(\d+)元")


@EXAMPLES
@given(st.integers(1, 400), st.booleans())
def test_the_arithmetic_in_words_adds_up(n: int, pages: bool) -> None:
    """Each line's product is right, the units cover what is not free, and the lines add up to the total."""
    fee = by_pages(n) if pages else by_pieces(n)
    found = [tuple(map(int, match.groups())) for line in fee.lines if (match := _LINE.fullmatch(line))]
    assert all(units * price == amount for units, price, amount in found)
    assert sum(amount for _, _, amount in found) == fee.yuan
    assert sum(units for units, _, _ in found) == max(0, n - (30 if pages else 10))
    assert "免费" in fee.lines[0]


def test_the_arithmetic_reads_as_an_officer_would_write_it() -> None:
    assert by_pieces(52).lines == (
        "第1—10件：免费",
        "第11—30件：20件×100元=2000元",
        "第31—40件：10件×200元=2000元",
        "第41—50件：10件×300元=3000元",
        "第51—52件：2件×400元=800元",
        "合计：2000+2000+3000+800=7800元",
    )
    assert by_pages(31).lines == ("第1—30页：免费", "第31页：1页×10元=10元")


def test_one_method_is_chosen_never_both() -> None:
    """Example 4: the twelfth request of the month, 45 pages wanted; either 100 or 150, and the days that follow."""
    assert fee_of_piece(12) == 100
    assert by_pages(45).yuan == 150
    calendar = WorkCalendar.official()
    assert calendar.add(date(2025, 10, 15), 20) == date(2025, 11, 12)
    assert calendar.add(date(2025, 11, 5), 20) == date(2025, 12, 3)


@pytest.mark.parametrize("wrong", [0, -1, -35])
def test_counts_below_one_are_refused(wrong: int) -> None:
    for fee in (by_pieces, by_pages, fee_of_piece):
        with pytest.raises(ValueError, match="至少是1"):
            fee(wrong)


@pytest.mark.parametrize("wrong", [True, False, 1.0, "35", None])
def test_anything_but_a_whole_number_is_refused(wrong: Any) -> None:
    for fee in (by_pieces, by_pages, fee_of_piece):
        with pytest.raises(ValueError, match="要是整数"):
            fee(wrong)


def test_absurd_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="超出了常理"):
        by_pieces(10_001)
    with pytest.raises(ValueError, match="超出了常理"):
        by_pages(10**30)
    assert by_pieces(10_000).yuan == sum(_piece_price(k) for k in range(1, 10_001))


def test_the_ladders_hold_from_2021_on() -> None:
    for basis in ("pieces", "pages"):
        assert ladder(basis, date(2021, 1, 1)) == ladder(basis)
        with pytest.raises(ValueError, match="2021年1月1日起"):
            ladder(basis, date(2020, 12, 31))
    with pytest.raises(ValueError, match="才有收费标准"):
        by_pieces(35, on=date(2020, 12, 31))
    assert by_pieces(35, on=date(2025, 5, 1)).yuan == 3000
