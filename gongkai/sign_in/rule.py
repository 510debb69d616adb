"""What a password has to be, as a pure function: every shortcoming in a sentence that says what to do."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

LONGEST = 128
"""Characters; a longer one is not read, so that nobody keeps the site busy with hashing."""
CLASSES_OF_SHORT = 3
"""Of the four classes, how many a password must have that is shorter than `length`."""
DISTINCT = 5
"""Different characters that it must have at least."""
WALKS = 3
"""A password made of so many walks over the keyboard, or fewer, is refused."""
_ROWS = ("1234567890-=", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./")
_PLACE = {char: (x, y) for y, row in enumerate(_ROWS) for x, char in enumerate(row)}
_SHIFTED = str.maketrans('!@#$%^&*()_+{}|:"<>?', "1234567890-=[]\\;',./")


@dataclass(frozen=True, slots=True)
class Lengths:
    """Characters at least; fewer are enough with three of the four classes, but never under `short`."""

    length: int = 12
    short: int = 8


def classes_of(password: str) -> list[str]:
    """The classes of characters in the password, in words; whatever is none of the first three is of the fourth."""
    return [
        name
        for name, is_one in (
            ("小写字母", lambda c: "a" <= c <= "z"),
            ("大写字母", lambda c: "A" <= c <= "Z"),
            ("数字", lambda c: "0" <= c <= "9"),
            ("其他符号", lambda c: not (c.isascii() and c.isalnum())),
        )
        if any(is_one(char) for char in password)
    ]


def shortcomings(
    password: str, *, lengths: Lengths, own: Iterable[str] = (), weak: frozenset[str]
) -> list[str]:
    """What the password lacks, a sentence each; nothing when it is good.

    `own` are words that stand for the person: user name, name, the agency's names. `weak` are common passwords in
    lower case. The habits of this country are added to them.
    """
    if len(password) > LONGEST:
        return [f"密码太长：最多 {LONGEST} 个字符。"]
    found = [_too_short(password, lengths)]
    if password.isdigit():
        found.append("密码不能全是数字，请加上字母或者符号。")
    if len(set(password.lower())) < DISTINCT:
        found.append(f"密码里不同的字符太少，至少要有 {DISTINCT} 种。")
    if walks(password) <= WALKS:
        found.append("密码是键盘上相邻或者依次排列的字符，容易被猜到，请打乱。")
    if is_common(password, weak):
        found.append("密码是常见的词或者常见的密码（前后加数字、符号也算），容易被猜到，请换一个。")
    if named := named_in(password, own):
        found.append(f"密码里不要有“{named}”：用户名、姓名、单位名称容易被猜到。")
    return [sentence for sentence in found if sentence]


def _too_short(password: str, lengths: Lengths) -> str:
    here, classes = len(password), classes_of(password)
    if here >= lengths.length:
        return ""
    if here >= lengths.short and len(classes) >= CLASSES_OF_SHORT:
        return ""
    either = f"密码太短：现在是 {here} 个字符，要 {lengths.length} 个以上"
    if lengths.short >= lengths.length:
        return f"{either}。"
    return (
        f"{either}；或者 {lengths.short} 个以上，并且有小写字母、大写字母、数字、其他符号中的三种，"
        f"现在有{'、'.join(classes) or '零种'}。"
    )


def walks(password: str) -> int:
    """In how many walks the password can be typed: a walk goes on to the same key, to a key beside it (also above,
    below and aslant), or to the next or last letter of the alphabet or figure."""
    typed = password.lower().translate(_SHIFTED)
    return sum(1 for before, char in zip(" " + typed, typed, strict=False) if not _goes_on(before, char))


def _goes_on(before: str, char: str) -> bool:
    if before in _PLACE and char in _PLACE:
        (x, y), (u, v) = _PLACE[before], _PLACE[char]
        if abs(x - u) <= 1 and abs(y - v) <= 1:
            return True
    return before == char or (before.isalnum() and char.isalnum() and abs(ord(before) - ord(char)) == 1)


def is_common(password: str, weak: frozenset[str]) -> bool:
    """True for a common password, and for one with nothing but digits and signs before and after it."""
    low = password.lower()
    core = re.sub(r"^[^a-z]+|[^a-z]+$", "", low)
    listed = weak | habits()
    return low in listed or (len(core) >= 3 and core in listed)


def named_in(password: str, own: Iterable[str]) -> str:
    """The first of these words that the password contains; words of one letter count for nothing, nor Latin ones
    of two."""
    low = password.lower()
    for word in own:
        if len(word) >= (3 if word.isascii() else 2) and word.lower() in low:
            return word
    return ""


@cache
def habits() -> frozenset[str]:
    """What is often chosen here, from weak.txt."""
    lines = files("gongkai.sign_in").joinpath("weak.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))
