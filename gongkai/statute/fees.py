"""The processing fee (信息处理费): by pieces in a calendar month or by pages of one request, arithmetic shown."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from itertools import count
from typing import Any

from .refs import Ref, parse_ref, rests_on


@dataclass(frozen=True, slots=True)
class Band:
    """Units `first` to `last` (inclusive, None without end) cost `yuan` 元 each."""

    first: int
    last: int | None
    yuan: int


@dataclass(frozen=True, slots=True)
class Ladder:
    """One excess-progressive ladder. `unit` is 件 or 页; `most` is the count above which a typing error is assumed.

    Beyond `bands` the ladder rises by `rise` 元 every `step` units, for ever, where `step` is not 0.
    """

    basis: str
    unit: str
    in_force_from: date
    refs: tuple[Ref, ...]
    most: int
    bands: tuple[Band, ...]
    step: int
    rise: int

    @property
    def ref(self) -> Ref:
        """Where the ladder stands."""
        return self.refs[0]

    def walk(self) -> Iterator[Band]:
        """The bands in order; endless where the ladder rises for ever."""
        yield from self.bands
        last = self.bands[-1]
        if not self.step:
            return
        for n in count(1):
            first = last.first + n * self.step
            yield Band(first, first + self.step - 1, last.yuan + n * self.rise)


@dataclass(frozen=True, slots=True)
class Fee:
    """An amount in whole 元 and how it came about, a line a band, in Chinese."""

    yuan: int
    lines: tuple[str, ...]


def _ladder(row: dict[str, Any]) -> Ladder:
    then = row.get("then")
    starts = [*row["bands"], *([then] if then else [])]
    ends = [nxt["first"] - 1 for nxt in starts[1:]]
    ends.append(then["first"] + then["step"] - 1 if then else None)
    bands = tuple(Band(b["first"], last, b["yuan"]) for b, last in zip(starts, ends, strict=True))
    refs = tuple(parse_ref(one) for one in row["refs"])
    step, rise = (then["step"], then["rise"]) if then else (0, 0)
    return Ladder(row["basis"], row["unit"], row["in_force_from"], refs, row["most"], bands, step, rise)


_DATA = tomllib.loads(files("gongkai.statute").joinpath("fees.toml").read_text(encoding="utf-8"))
LADDERS: tuple[Ladder, ...] = tuple(_ladder(row) for row in _DATA["ladder"])


def ladder(basis: str, on: date | None = None) -> Ladder:
    """The ladder "pieces" or "pages" in force on a day; None means the last one on file.

    Raises ValueError, in Chinese, for a day before the first ladder.
    """
    known = sorted((x for x in LADDERS if x.basis == basis), key=lambda x: x.in_force_from)
    holding = [x for x in known if on is None or x.in_force_from <= on]
    if not holding:
        first = known[0].in_force_from
        raise ValueError(f"信息处理费自{first.year}年{first.month}月{first.day}日起才有收费标准。")
    return holding[-1]


@rests_on(Ref("fee_2020", 4), Ref("ogi", 42))
def by_pieces(n: int, *, on: date | None = None) -> Fee:
    """What `n` requests (件) of one applicant in one calendar month cost together, in 元.

    Raises ValueError, in Chinese, unless n is a whole number from 1 to 10,000. 国办函〔2020〕109号.
    """
    return _fee(ladder("pieces", on), n)


@rests_on(Ref("fee_2020", 4), Ref("ogi", 42))
def fee_of_piece(n: int, *, on: date | None = None) -> int:
    """What the applicant's `n`-th request of the calendar month costs by itself, in 元 (0 up to the tenth).

    Raises ValueError as `by_pieces` does.
    """
    steps = ladder("pieces", on)
    _check(steps, n)
    return next(b.yuan for b in steps.walk() if b.last is None or n <= b.last)


@rests_on(Ref("fee_2020", 4), Ref("ogi", 42))
def by_piece(n: int, *, on: date | None = None) -> Fee:
    """What the applicant's `n`-th request of the calendar month costs by itself, with its arithmetic: a notice on one
    request asks for that request alone. Raises ValueError as `by_pieces` does."""
    steps = ladder("pieces", on)
    _check(steps, n)
    band = next(b for b in steps.walk() if b.last is None or n <= b.last)
    if not band.yuan:
        return Fee(0, (f"当月第{n}{steps.unit}：免费",))
    span = f"第{band.first}—{band.last}{steps.unit}" if band.last else f"第{band.first}{steps.unit}起"
    line = f"当月第{n}{steps.unit}，在{span}一档：1{steps.unit}×{band.yuan}元={band.yuan}元"
    return Fee(band.yuan, (line,))


@rests_on(Ref("fee_2020"), Ref("ogi", 42))
def by_pages(n: int, *, on: date | None = None) -> Fee:
    """What `n` pages (页) of one request cost, in 元. Pages of different requests are not added up.

    Raises ValueError, in Chinese, unless n is a whole number from 1 to 1,000,000. 国办函〔2020〕109号.
    """
    return _fee(ladder("pages", on), n)


def _check(steps: Ladder, n: int) -> None:
    if isinstance(n, bool) or not isinstance(n, int):
        raise ValueError(f"{steps.unit}数要是整数，不能是“{n}”。")
    if n < 1:
        raise ValueError(f"{steps.unit}数至少是1，不能是{n}。")
    if n > steps.most:
        raise ValueError(f"{n}{steps.unit}超出了常理（最多按{steps.most}{steps.unit}计算），请核对。")


def _fee(steps: Ladder, n: int) -> Fee:
    _check(steps, n)
    total, lines, amounts = 0, [], []
    for band in steps.walk():
        if band.first > n:
            break
        last = n if band.last is None else min(n, band.last)
        units = last - band.first + 1
        total += units * band.yuan
        lines.append(_line(steps.unit, band.first, last, units, band.yuan))
        if band.yuan:
            amounts.append(str(units * band.yuan))
        if band.last is None:
            break
    if len(amounts) > 1:
        lines.append(f"合计：{'+'.join(amounts)}={total}元")
    return Fee(total, tuple(lines))


def _line(unit: str, first: int, last: int, units: int, yuan: int) -> str:
    span = f"第{first}{unit}" if first == last else f"第{first}—{last}{unit}"
    if not yuan:
        return f"{span}：免费"
    return f"{span}：{units}{unit}×{yuan}元={units * yuan}元"
