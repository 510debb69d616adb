"""Which notion of the tables a figure in the prose belongs to, and what the tables say of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from . import notions as n
from .claims_other import decision, document, fee, remedy, tie_of
from .claims_requests import carried, outcome, request, requester, share
from .prose import Sentence
from .spots import Claim, Reading, Spot, other_year, spots, year_named

if TYPE_CHECKING:
    from .facts import Facts

__all__ = ["Claim", "Reading", "Spot", "read_claims"]

_TRIGGERS = (
    "申请",
    "公开",
    "复议",
    "诉讼",
    "规范性文件",
    "规章",
    "许可",
    "处罚",
    "强制",
    "事业性收费",
    "结转",
)
Reader = Callable[["Facts", Spot], Claim | None]
_COUNTED = n.REQUEST_UNITS | {"部"}


def read_claims(facts: Facts) -> list[Claim]:
    """The claims of the whole prose, in order. Figures of other years and comparisons are left out."""
    out: list[Claim] = []
    for number, sentence in enumerate(facts.prose):
        if not sentence.figures or not _names_a_notion(sentence):
            continue
        tie = tie_of(sentence.text)
        readers = list(_readers(sentence, tie))
        if not readers:
            continue
        before: list[Claim] = []
        for spot in spots(sentence, number):
            claim = _classify(facts, spot, readers, before)
            if claim is not None:
                before.append(claim)
        out += before
    return out + list(_claims_of_problems(facts)) if facts.problems else out


def _names_a_notion(sentence: Sentence) -> bool:
    text = sentence.text
    return any(word in text for word in _TRIGGERS) or (
        sentence.on_request and "新收" in text and n.NEWLY.search(text) is not None
    )


def _claims_of_problems(facts: Facts) -> Iterator[Claim]:
    """Part five speaks of shortcomings and of other years, so only a plain count of this year's requests for
    government information is taken: 今年收到政府信息公开申请34件."""
    other = False
    for number, sentence in enumerate(facts.problems, start=len(facts.prose)):
        for spot in spots(sentence, number):
            named = year_named(facts, sentence.text, spot.figure.start)
            plain = n.NAMES_REQUESTS(spot.clause) and n.TAKEN.search(spot.before)
            if (other if named is None else named) or not plain or n.FAULT.search(spot.clause):
                continue
            made = request(facts, spot)
            if made is not None and not n.COMPARED.search(spot.before):
                yield made
        said = year_named(facts, sentence.text, len(sentence.text))
        other = bool(said) if said is not None or (sentence.first and _is_heading(sentence)) else other


def _is_heading(sentence: Sentence) -> bool:
    return sentence.text[0] == "（" or sentence.text[1:2] == "、"


def _readers(sentence: Sentence, tie: int) -> Iterator[Reader]:
    """The readers that could know a figure of this sentence by its words; the first that does is right."""
    text = sentence.text
    if tie >= 0:
        yield lambda facts, spot: remedy(facts, spot, tie)
    if sentence.on_request or "申请" in text:
        if n.CARRIED_OUT.search(text) or n.CARRIED_IN.search(text):
            yield carried
        if n.NAMES_OUTCOME(text):
            yield outcome
        if n.NAMES_REQUESTER(text):
            yield requester
        yield request
    if "规范性文件" in text or "规章" in text:
        yield document
    if n.NAMES_DECISION(text):
        yield decision
    if "行政事业性收费" in text:
        yield fee


def _classify(facts: Facts, spot: Spot, readers: list[Reader], before: list[Claim]) -> Claim | None:
    if spot.figure.unit == "%":
        return share(facts, spot, before)
    if spot.figure.unit in ("元", "万元"):
        made = fee(facts, spot) if fee in readers else None
    elif spot.figure.unit not in _COUNTED:
        return None
    else:
        made = next((claim for reader in readers if (claim := reader(facts, spot)) is not None), None)
    if made is None or n.COMPARED.search(spot.before):
        return None
    return None if not made.notion.startswith("carried") and other_year(facts, spot) else made
