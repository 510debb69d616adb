"""The check character against codes that are publicly known, and against every single slip of the pen."""

from __future__ import annotations

import pytest

from gongkai.agencies.credit_code import ALPHABET, check_letter, what_is_wrong

KNOWN = (
    "91350100M000100Y43",
    "91110000802100433B",
    "914403001922038216",
    "9144030071526726XG",
    "91330100799655058B",
    "91440300708461136T",
    "91110108551385082Q",
    "112302070019030687",
)


@pytest.mark.parametrize("code", KNOWN)
def test_known_codes_are_right_and_every_single_change_is_found(code: str) -> None:
    assert what_is_wrong(code) == ""
    for place, letter in enumerate(code):
        for other in set(ALPHABET) - {letter}:
            assert what_is_wrong(code[:place] + other + code[place + 1 :])


def test_the_alphabet_has_thirty_one_letters_without_five() -> None:
    assert len(set(ALPHABET)) == 31
    assert not set("IOSVZ") & set(ALPHABET)
    assert "I" in what_is_wrong("9135010IM000100Y43")
    assert "17位" in what_is_wrong("91350100M000100Y4")
    with pytest.raises(ValueError):
        check_letter("91350100M000100Z4")
