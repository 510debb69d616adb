"""Where the labels of the three tables stand in a text, found in its bare letters, and where each table begins."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ..editions import COLUMNS, edition
from .text_page import Page

_NOT_BARE = re.compile(r"[^0-9\u3400-\u9fff〇]")
_TAIL = re.compile(r"（[^）]*）$")
_HAN = "一二三四五六七八九"
_NUMBER_MARK = re.compile(r"[ \t]*[.、,)）:]")
_LONE = 4
_TRIES = 60
_TABLE3_WORDS = ("本列数据的勾稽关系", "申请人情况", "自然人法人或其他组织", "本年新收政府信息公开申请")
_TABLE4_WORDS = ("结果维持", "未经复议直接起诉", "未经行政复议直接起诉", "复议后起诉", "尚未审结")
_TABLE4_HEAD = ("维持", "纠正", "审结", "总计", "直接起诉", "复议后起诉")
_HEAD4 = 90
_MARGIN = 400


def bare(text: str) -> str:
    """Only the Chinese characters and digits of a text."""
    return _NOT_BARE.sub("", text)


@dataclass(frozen=True, slots=True)
class Label3:
    """A row label of table three: `index` in printed order, `slug` empty for a heading, bare `number` and `core`."""

    index: int
    slug: str
    label: str
    number: str
    core: str


@cache
def labels3() -> tuple[Label3, ...]:
    """The labels of table three; （六）其他处理 can carry figures of its own, as other_all."""
    out = []
    for index, row in enumerate(edition("2021").table3):
        parts = [int(p) for p in row.id[1:].split("_")]
        number = str(parts[-1]) if len(parts) == 3 else _HAN[parts[-1] - 1]
        core = bare(_TAIL.sub("", row.label))[1:]
        out.append(
            Label3(index, row.slug or ("other_all" if core == "其他处理" else ""), row.label, number, core)
        )
    return tuple(out)


def row_cells(slug: str) -> tuple[str, ...]:
    """The seven cell ids of a row of table three."""
    return tuple(f"t3.{slug}.{column}" for column in COLUMNS)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A label met on the page: where it starts (its number included) and ends."""

    index: int
    start: int
    end: int


def finds(text: str, word: str, low: int, high: int) -> list[int]:
    """The places of a word, not more than a report can have any use for."""
    places: list[int] = []
    at = text.find(word, low, high)
    while at >= 0 and len(places) < _TRIES:
        places.append(at)
        at = text.find(word, at + 1, high)
    return places


def _numbered_everywhere(page: Page, places: list[int]) -> bool:
    """Whether a digit glued to a label is its number: no label has a mark behind its number, and many have it."""
    return len(places) >= 5 and not any(_NUMBER_MARK.match(page.flat, page.at(p) + 1) for p in places)


def anchors3(page: Page, low: int, high: int) -> list[Anchor]:
    """The labels of table three between two bare places, one place each, in reading order."""
    chosen: list[tuple[Label3, int, int]] = []
    last = low
    for label in labels3():
        size = len(label.core)
        places = [(p, 1) for p in finds(page.bare, label.number + label.core, low, high)]
        if not places and size >= _LONE:
            places = [(p, 0) for p in finds(page.bare, label.core, low, high)]
            places = places if len(places) == 1 or size > _LONE else []
        if not places:
            continue
        place, mark = next(((p, m) for p, m in places if p >= last), places[0])
        chosen.append((label, place, mark))
        last = max(last, place)
    digits = [p for label, p, mark in chosen if mark and label.number.isdigit()]
    always = _numbered_everywhere(page, digits)
    out = []
    for label, place, mark in chosen:
        end = page.after(place + mark + len(label.core))
        if mark and label.number.isdigit() and not always and _glued_number(page, place):
            place += 1
        out.append(Anchor(label.index, page.at(place), end))
    return sorted(out, key=lambda a: a.start)


def _glued_number(page: Page, place: int) -> bool:
    """A digit directly before a label without a mark behind it may be the last figure of the row above."""
    at = page.at(place)
    return page.at(place + 1) == at + 1 and at > 0 and page.flat[at - 1].isdigit()


@dataclass(frozen=True, slots=True)
class Places:
    """Bare places where the tables begin (None: not found) and where the search for each must end."""

    two: int | None
    three: int | None
    four: int | None
    end: int


def _start_of_two(text: str, high: int) -> int | None:
    for place in finds(text, "第二十条第一项", 0, high):
        if "信息内容" in text[place : place + 60] or "规章" in text[place : place + 60]:
            return place
    place = text.find("信息内容本年", 0, high)
    return place if place >= 0 else None


def _start_of_three(text: str) -> int | None:
    first = next(
        (
            place
            for place in (
                *finds(text, "本年新收政府信息公开申请", 0, len(text)),
                *finds(text, "一本年新收", 0, len(text)),
            )
            if sum(label.core in text[place : place + 3000] for label in labels3() if len(label.core) > _LONE)
            >= 6
        ),
        None,
    )
    if first is None:
        return None
    places = [text.find(word, max(0, first - _MARGIN), first) for word in _TABLE3_WORDS[:3]]
    return min([p for p in places if p >= 0] + [first - text.startswith("一", first - 1)])


def _start_of_four(text: str, low: int) -> int | None:
    """Where the head of table four begins: several of its words close together, not one of them in prose."""
    for place in sorted(p for word in _TABLE4_WORDS for p in finds(text, word, low, len(text))):
        if sum(word in text[place : place + _HEAD4] for word in _TABLE4_HEAD) < 3:
            continue
        for word in ("行政诉讼", "行政复议"):
            if text.endswith(word, low, place):
                place -= len(word)
        return place
    return None


def table_places(page: Page) -> Places:
    """Where the three tables begin. Prose that merely names a table's words is not a beginning."""
    text = page.bare
    three = _start_of_three(text)
    two = _start_of_two(text, three if three is not None else len(text))
    four = _start_of_four(text, three if three is not None else (two or 0))
    return Places(two, three, four, len(text))
