"""References to the law: every rule carries one, and a reference that does not resolve does not import."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TypeVar

F = TypeVar("F", bound=Callable[..., object])

_DIGITS = "零一二三四五六七八九"


class UnknownReference(LookupError):
    """A reference names an instrument or article that no file of `instruments/` holds."""


def chinese_number(n: int) -> str:
    """A whole number 0–999 in Chinese, as articles are counted: 33 → 三十三; larger numbers stay digits."""
    if not 0 <= n < 1000:
        return str(n)
    hundreds, rest = divmod(n, 100)
    tens, ones = divmod(rest, 10)
    words = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if hundreds and not tens and ones:
        words += "零"
    if tens:
        words += "十" if tens == 1 and not hundreds else f"{_DIGITS[tens]}十"
    return words + (_DIGITS[ones] if ones or not words else "")


@dataclass(frozen=True, slots=True)
class Instrument:
    """One law, regulation or official letter: what it is called, from when it holds, what its articles say."""

    id: str
    title: str
    short: str
    number: str
    in_force_from: date | None
    in_force_to: date | None
    articles: dict[str, str]
    sure: str = ""

    def says(self, article: str) -> str:
        """The article in one plain sentence of ours; empty for an instrument without articles."""
        return self.articles.get(article, "")


@cache
def instruments() -> dict[str, Instrument]:
    """All instruments by id, read from `instruments/*.toml`."""
    found: dict[str, Instrument] = {}
    for file in sorted(files("gongkai.statute").joinpath("instruments").iterdir(), key=lambda f: f.name):
        if not file.name.endswith(".toml"):
            continue
        data = tomllib.loads(file.read_text(encoding="utf-8"))
        found[data["id"]] = Instrument(
            id=data["id"],
            title=data["title"],
            short=data["short"],
            number=data.get("number", ""),
            in_force_from=data.get("in_force_from"),
            in_force_to=data.get("in_force_to"),
            articles={str(k): v for k, v in data.get("articles", {}).items()},
            sure=data.get("sure", ""),
        )
    return found


@dataclass(frozen=True, slots=True)
class Ref:
    """A place in the law, e.g. `Ref("ogi", 33, 2)` → 《条例》第三十三条第二款.

    Raises `UnknownReference` on construction when the instrument or the article is not on file.
    """

    instrument: str
    article: int | None = None
    paragraph: int | None = None
    item: int | None = None

    def __post_init__(self) -> None:
        instrument = instruments().get(self.instrument)
        if instrument is None:
            raise UnknownReference(f"no instrument {self.instrument!r} in gongkai/statute/instruments")
        if self.article is not None and str(self.article) not in instrument.articles:
            raise UnknownReference(f"{self.instrument}: article {self.article} is not on file")

    @property
    def law(self) -> Instrument:
        """The instrument referred to."""
        return instruments()[self.instrument]

    @property
    def says(self) -> str:
        """What the article says, in one plain sentence of ours."""
        return self.law.says(str(self.article)) if self.article is not None else self.law.title

    @property
    def in_letters(self) -> str:
        """As a letter to a citizen cites it: the instrument by its full title, the item without brackets."""
        parts = [f"《{self.law.title}》"]
        for number, unit in ((self.article, "条"), (self.paragraph, "款"), (self.item, "项")):
            if number is not None:
                parts.append(f"第{chinese_number(number)}{unit}")
        return "".join(parts)

    def __str__(self) -> str:
        parts = [f"《{self.law.short}》" if self.article is not None else self.law.short]
        if self.article is not None:
            parts.append(f"第{chinese_number(self.article)}条")
        if self.paragraph is not None:
            parts.append(f"第{chinese_number(self.paragraph)}款")
        if self.item is not None:
            parts.append(f"第（{chinese_number(self.item)}）项")
        return "".join(parts)


_WRITTEN = re.compile(r"(\w+)(?: (\d+)(?:/(\d+))?(?:#(\d+))?)?")


def parse_ref(written: str) -> Ref:
    """A reference as data files write it: `ogi`, `ogi 33`, `ogi 16/1` (第一款), `ogi 36#3` (第（三）项), `x 23/1#4`.

    Raises ValueError for anything else, `UnknownReference` for a place that is not on file.
    """
    match = _WRITTEN.fullmatch(written)
    if match is None:
        raise ValueError(f"not a reference: {written!r}")
    article, paragraph, item = (None if part is None else int(part) for part in match.groups()[1:])
    return Ref(match[1], article, paragraph, item)


def rests_on(*refs: Ref) -> Callable[[F], F]:
    """Mark a function that encodes law with the places it rests on, so that the law map can list it."""

    def mark(function: F) -> F:
        vars(function)["refs"] = refs
        return function

    return mark
