"""The password rule against a second statement of it, and against passwords people choose."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.sign_in.rule import Lengths, classes_of, habits, is_common, named_in, shortcomings, walks

WEAK = frozenset({"password", "letmein", "dragon", "123456", "sunshine"})
ANY = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=20) | st.text(
    alphabet="abcABC123!@#密", min_size=1, max_size=16
)
KEYS = """
1 2 3 4 5 6 7 8 9 0 - =
q w e r t y u i o p [ ]
a s d f g h j k l ; '
z x c v b n m , . /
"""
ROWS = [row.split() for row in KEYS.strip().splitlines()]
BARE = dict(zip('!@#$%^&*()_+{}|:"<>?', "1234567890-=[]\\;',./", strict=True))


def long_enough(password: str) -> bool:
    """Second statement: by regular expressions."""
    kinds = sum(bool(re.search(p, password)) for p in (r"[a-z]", r"[A-Z]", r"[0-9]", r"[^a-zA-Z0-9]"))
    return bool(re.fullmatch(r"(?s).{12,}", password)) or (
        kinds >= 3 and bool(re.fullmatch(r"(?s).{8,}", password))
    )


def neighbours(one: str, other: str) -> bool:
    """Second statement: by looking every key up on the keyboard as drawn above."""
    if one == other:
        return True
    if one.isalnum() and other.isalnum() and ord(one) - ord(other) in (1, -1):
        return True
    spots = {key: (r, c) for r, row in enumerate(ROWS) for c, key in enumerate(row)}
    if one not in spots or other not in spots:
        return False
    down, across = (abs(a - b) for a, b in zip(spots[one], spots[other], strict=True))
    return max(down, across) == 1


def pieces(password: str) -> int:
    """Second statement: cut the password wherever the next key is no neighbour, and count the pieces."""
    keys = [BARE.get(c, c) for c in password.lower()]
    cut = [[keys[0]]]
    for key in keys[1:]:
        if neighbours(cut[-1][-1], key):
            cut[-1].append(key)
        else:
            cut.append([key])
    return len(cut)


@given(ANY)
def test_length_and_classes_as_stated_twice(password: str) -> None:
    told = shortcomings(password, lengths=Lengths(), weak=WEAK)
    assert any("太短" in sentence for sentence in told) != long_enough(password)


@given(ANY)
def test_walks_as_stated_twice(password: str) -> None:
    assert walks(password) == pieces(password)


@given(ANY, st.sampled_from(["clerk", "湘潭县司法局", "xtxsfj", "李"]))
def test_nothing_but_the_whole_rule_decides(password: str, word: str) -> None:
    """Accepted exactly when every part, stated again here, has nothing against it."""
    low = password.lower()
    bare = low.strip("".join(chr(c) for c in range(33, 127) if not chr(c).isalpha()) + "密")
    named = len(word) > 1 and word.lower() in low
    common = low in WEAK | habits() or (len(bare) >= 3 and bare in WEAK | habits())
    fine = (
        long_enough(password)
        and not re.fullmatch(r"\d+", password)
        and len(set(low)) >= 5
        and pieces(password) > 3
        and not common
        and not named
    )
    assert (shortcomings(password, lengths=Lengths(), own=[word], weak=WEAK) == []) == fine


@pytest.mark.parametrize(
    "password",
    [
        "123456789012",
        "qwertyuiop12",
        "1qaz2wsx3edc",
        "1q2w3e4r5t6y",
        "Qwer!@#$1234",
        "aaaaaaaaaaaa",
        "abcabcabcabc",
        "Zhongguo2024",
        "woaini1314520",
        "2024Password!",
        "Xtxsfj@2024",
        "Clerk#20240101",
        "430321199001011234",
        "Xiangtan-8888",
        "admin@123456",
        "Aa1!Aa1!",
    ],
)
def test_what_people_choose_is_refused(password: str) -> None:
    assert shortcomings(password, lengths=Lengths(), own=["clerk", "xtxsfj", "湘潭县司法局"], weak=WEAK)


@pytest.mark.parametrize(
    "password",
    ["mulan hua kai le 7", "R7!kmapz", "雨后的青石板路上有三只鸭子", "tq9-vofk-2bpe", "Hd8wPz3nRk"],
)
def test_good_ones_are_accepted(password: str) -> None:
    assert shortcomings(password, lengths=Lengths(), own=["clerk", "xtxsfj"], weak=WEAK) == []


def test_the_words_say_what_is_missing() -> None:
    (told,) = shortcomings("Rkvmaz7", lengths=Lengths(), weak=WEAK)
    assert told == (
        "密码太短：现在是 7 个字符，要 12 个以上；或者 8 个以上，并且有小写字母、大写字母、数字、其他符号中的三种，"
        "现在有小写字母、大写字母、数字。"
    )
    assert shortcomings("x" * 129, lengths=Lengths(), weak=WEAK) == ["密码太长：最多 128 个字符。"]


def test_no_laxer_way_when_both_lengths_are_the_same() -> None:
    (told,) = shortcomings("Rk7vmaz", lengths=Lengths(8, 8), weak=WEAK)
    assert told == "密码太短：现在是 7 个字符，要 8 个以上。"


def test_parts() -> None:
    assert classes_of("aB3密") == ["小写字母", "大写字母", "数字", "其他符号"]
    assert is_common("!!Sunshine99", WEAK)
    assert not is_common("sunshine and rain", WEAK)
    assert named_in("my-XTXSFJ-key", ["", "ab", "xtxsfj"]) == "xtxsfj"
    assert named_in("a李明b", ["李", "李明"]) == "李明"


def test_the_passwords_the_platform_makes_pass() -> None:
    from gongkai.agencies.actions.seats import fresh_password

    for _ in range(200):
        assert shortcomings(fresh_password(), lengths=Lengths(), weak=WEAK) == []
