"""The report's prose: written paragraphs with marks for figures, and sentences composed from the year's facts.

A mark {items} or {t3.new.total} stands for a figure; composing keeps which figure every number is, so that the
desk can show the source behind each. Where nothing was counted or entered, nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from gongkai.statute.report.figures import number_text
from gongkai.statute.report.model import Number

_MARK = re.compile(r"\{([a-z0-9_.-]+)\}")
REMEDIES = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure the prose may state: its key, its value, and its name in words."""

    key: str
    value: Number
    label: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a sentence; `fact` is the key of the figure it states, empty for plain words."""

    text: str
    fact: str = ""


@dataclass(frozen=True, slots=True)
class YearFacts:
    """What a composer knows: the year, how the agency calls itself, the columns that hold items, all facts."""

    year: int
    self_name: str
    columns: tuple[str, ...]
    facts: Mapping[str, Fact]

    def value(self, key: str) -> Number | None:
        """The figure, or None where there is none."""
        fact = self.facts.get(key)
        return fact.value if fact else None


class UnknownFigure(LookupError):
    """A mark in the prose that names no figure of this report."""


def pieces(text: str, facts: Mapping[str, Fact]) -> list[Piece]:
    """The sentence with its marks filled; raises `UnknownFigure` for a mark without a figure."""
    found: list[Piece] = []
    at = 0
    for match in _MARK.finditer(text):
        fact = facts.get(match.group(1))
        if fact is None:
            raise UnknownFigure(f"文字里的“{match.group(0)}”在本年数据中没有对应的数字，请改正。")
        found += [Piece(text[at : match.start()]), Piece(number_text(fact.value), fact.key)]
        at = match.end()
    found.append(Piece(text[at:]))
    return [piece for piece in found if piece.text]


def items_sentence(known: YearFacts) -> str:
    """How many items were published and in which columns; the parts add up to the whole by construction."""
    if not known.value("items"):
        return f"{known.year}年，{known.self_name}没有主动公开政府信息。"
    parts = "、".join(f"{known.facts[key].label}{{{key}}}条" for key in known.columns)
    return f"{known.year}年，{known.self_name}主动公开政府信息{{items}}条，其中{parts}。"


def requests_sentence(known: YearFacts) -> str:
    """What came of requests, then of reconsideration and litigation about them."""
    new, carried = known.value("t3.new.total"), known.value("t3.carried_in.total")
    if not new and not carried:
        first = "全年没有收到政府信息公开申请，也没有上年结转的申请。"
    else:
        first = (
            "全年新收政府信息公开申请{t3.new.total}件，上年结转{t3.carried_in.total}件；"
            "办结{t3.result_total.total}件，结转下年度继续办理{t3.carried_out.total}件。"
        )
    return first + _remedies(known)


def _remedies(known: YearFacts) -> str:
    values = [known.value(f"t4.{track}.total") for track in REMEDIES]
    if any(value is None for value in values):
        return ""
    if not any(values):
        return "没有因政府信息公开工作被申请行政复议或者被提起行政诉讼。"
    return (
        "因政府信息公开工作被申请行政复议{t4.reconsideration.total}件，未经复议直接被起诉"
        "{t4.litigation_direct.total}件，复议后被起诉{t4.litigation_after_reconsideration.total}件。"
    )


def fee_sentence(known: YearFacts) -> str:
    """The processing fee of art. 42, reported also when nil; empty as long as nobody stated it."""
    fee = known.value("processing_fee")
    if fee is None:
        return ""
    if known.value("fee.notices") or known.value("fee.lapsed"):
        # 国办函〔2020〕109号: what was noticed and what came in, both.
        lapsed = "，逾期未缴费不再处理{fee.lapsed}件" if known.value("fee.lapsed") else ""
        return (
            "信息处理费：本年度发出收费通知{fee.notices}件，通知金额{fee.asked}元，"
            f"实际收取信息处理费{{processing_fee}}元{lapsed}。"
        )
    if fee == Decimal(0):
        return "信息处理费：本年度未收取信息处理费。"
    return "信息处理费：本年度共收取信息处理费{processing_fee}元。"


COMPOSERS: dict[str, Callable[[YearFacts], str]] = {
    "items": items_sentence,
    "requests": requests_sentence,
    "fee": fee_sentence,
}
