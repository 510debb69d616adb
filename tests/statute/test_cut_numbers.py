"""Numbers cut by a line's end, by dots or by signs nobody sees are found whole, at their place in the text as given."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gongkai.statute.leaks import What, find_leaks
from gongkai.statute.privacy import find_personal_data, mask, visible

pytestmark = pytest.mark.once
MOBILE, ID = "13812345678", "110105194912310021"
UNSEEN = [
    sign
    for sign in map(chr, range(sys.maxunicode + 1))
    if unicodedata.category(sign) == "Cf" or "VARIATION SELECTOR" in unicodedata.name(sign, "")
]


def _same_number() -> str:
    from gongkai.statute.privacy import id_check_digit

    return ID[:17] + id_check_digit(ID[:17])


@pytest.mark.parametrize("number", [MOBILE, _same_number()])
def test_no_sign_of_unicode_that_cannot_be_seen_hides_a_number(number: str) -> None:
    missed = []
    for sign in UNSEEN:
        text = f"联系{number[:5]}{sign}{number[5:]}。"
        (found,) = find_leaks(text) or (None,)
        if found is None or text[found.start : found.end] != f"{number[:5]}{sign}{number[5:]}":
            missed.append(hex(ord(sign)))
    assert not missed


@given(st.lists(st.sampled_from(UNSEEN), max_size=4), st.integers(1, 10), st.text("联系人，。 ", max_size=8))
@example(["\u200b"], 5, "")
def test_the_place_is_that_of_the_text_as_given(signs: list[str], cut: int, ahead: str) -> None:
    inside = MOBILE[:cut] + "".join(signs) + MOBILE[cut:]
    text = f"{ahead}{''.join(signs)}{inside}。"
    assert [text[f.start : f.end] for f in find_leaks(text)] == [inside]
    assert MOBILE not in visible(mask(text))[0]


@given(st.text(st.sampled_from([*UNSEEN[:40], *"甲乙 1\n"]), max_size=30))
def test_what_is_seen_stands_where_the_map_says(text: str) -> None:
    shown, origin = visible(text)
    assert [text[n] for n in origin] == list(shown)
    assert shown == "".join(c for c in text if c not in UNSEEN)


@pytest.mark.parametrize("cut", range(1, 11))
@pytest.mark.parametrize("around", ["", "电话", "联系人张某 "])
def test_a_mobile_on_two_lines_is_one(cut: int, around: str) -> None:
    text = f"{around}{MOBILE[:cut]}\n{MOBILE[cut:]}"
    assert [(f.what, f.text) for f in find_leaks(text)] == [(What.MOBILE, f"{MOBILE[:cut]}\n{MOBILE[cut:]}")]


def test_an_id_on_two_lines_may_have_a_blank_as_well() -> None:
    number = _same_number()
    text = f"{number[:6]} {number[6:14]}\n{number[14:]}"
    assert [f.what for f in find_leaks(text)] == [What.ID_NUMBER]


@pytest.mark.parametrize("sign", [".", "·", "．"])
def test_dots_part_a_mobile(sign: str) -> None:
    (found,) = find_leaks(f"手机138{sign}1234{sign}5678")
    assert (found.what, found.text) == (What.MOBILE, f"138{sign}1234{sign}5678")


@pytest.mark.parametrize(
    "text",
    [
        "15000\n123456\n2300",
        "8\n15000\n123456",
        "版本 138.1234.5678.9",
        "金额15000.00\n123456",
        "V138\n12345678",
        "序号1\n2026",
        "坐标 112.138.1234.5678",
    ],
)
def test_columns_of_figures_and_versions_are_none(text: str) -> None:
    assert not [hit for hit in find_personal_data(text) if hit.blocks]


def test_two_numbers_that_an_unseen_sign_keeps_apart_are_both_found() -> None:
    found = find_leaks(f"{MOBILE}\u200b{_same_number()}")
    assert {f.what for f in found} == {What.MOBILE, What.ID_NUMBER}
