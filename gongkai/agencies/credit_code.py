"""统一社会信用代码 (GB 32100-2015): eighteen characters, the last of which checks the others."""

from __future__ import annotations

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The thirty-one characters in the order of their values; I, O, S, V and Z are left out (4.3 of the standard)."""
LENGTH = 18
_WEIGHTS = tuple(pow(3, place, 31) for place in range(LENGTH - 1))
_VALUE = {letter: value for value, letter in enumerate(ALPHABET)}


def check_letter(body: str) -> str:
    """The eighteenth character for the first seventeen; raises ValueError for other lengths and letters."""
    if len(body) != LENGTH - 1 or any(letter not in _VALUE for letter in body):
        raise ValueError("a credit code has seventeen characters of its alphabet before the check character")
    total = sum(_VALUE[letter] * weight for letter, weight in zip(body, _WEIGHTS, strict=True))
    return ALPHABET[-total % 31]


def what_is_wrong(code: str) -> str:
    """What is wrong with a credit code, in words with what to do; empty when it is right."""
    if len(code) != LENGTH:
        return f"统一社会信用代码是18位，现在是{len(code)}位，请对照法人证书重新填写。"
    strange = sorted({letter for letter in code if letter not in _VALUE})
    if strange:
        return (
            f"统一社会信用代码里不会有“{'、'.join(strange)}”"
            "（只用数字和大写字母，没有 I、O、S、V、Z），请对照证书改正。"
        )
    if check_letter(code[:-1]) != code[-1]:
        return "统一社会信用代码的末位校验不对，可能有一位写错了，请对照证书逐位核对。"
    return ""
