"""How long a part should be. The format sets no length; what is said here says whose wish it is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Length:
    """The length of a part and what is said of it."""

    characters: int
    words: str


_WISHES: dict[str, tuple[int, int, str]] = {
    "overview": (
        300,
        1000,
        "有的市要求第一部分在1000字左右（地方做法），少于300字的一般写得不够具体（经验）",
    ),
    "problems": (150, 800, "一般150到800字：几个具体的问题，每个对应一条措施（经验）"),
    "other": (10, 500, "信息处理费必须写，没有收也要写；一般不超过500字（经验）"),
}
"""For a part: from, to, and whose wish it is. 2.2 of the law's notes marks the thousand as one city's practice."""


def length_of(section: str, characters: int) -> Length | None:
    """What is to be said of a part of so many characters; None for the parts that hold the tables."""
    if section not in _WISHES:
        return None
    least, most, whose = _WISHES[section]
    judged = (
        "还可以写得具体些" if characters < least else "偏长，可以精简" if characters > most else "长短合适"
    )
    return Length(characters, f"现在{characters}字，{judged}。法定格式没有规定字数；{whose}。")
