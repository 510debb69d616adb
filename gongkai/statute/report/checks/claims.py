"""Which notion of the tables a figure in the prose belongs to, and what the tables say of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import notions as n
from .claims_other import decision, document, fee, remedy, tie_of
from .claims_requests import carried, outcome, request, requester, share
from .spots import Claim, Reading, Spot, other_year, spots

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
_COUNTED = n.REQUEST_UNITS | {"部"}


def read_claims(facts: Facts) -> list[Claim]:
    """The claims of the whole prose, in order. Figures of other years and comparisons are left out."""
    out: list[Claim] = []
    for number, sentence in enumerate(facts.prose):
        if not sentence.figures or not any(word in sentence.text for word in _TRIGGERS):
            continue
        tie = tie_of(sentence.text)
        before: list[Claim] = []
        for spot in spots(sentence, number):
            claim = _classify(facts, spot, tie, before)
            if claim is not None:
                before.append(claim)
        out += before
    return out


def _classify(facts: Facts, spot: Spot, tie: int, before: list[Claim]) -> Claim | None:
    if spot.figure.unit == "%":
        return share(facts, spot, before)
    if spot.figure.unit in ("元", "万元"):
        made = fee(facts, spot)
    elif spot.figure.unit not in _COUNTED:
        return None
    else:
        made = (
            remedy(facts, spot, tie)
            or carried(facts, spot)
            or outcome(facts, spot)
            or requester(facts, spot)
            or request(facts, spot)
            or document(facts, spot)
            or decision(facts, spot)
        )
    if made is None or n.COMPARED.search(spot.before):
        return None
    return None if not made.notion.startswith("carried") and other_year(facts, spot) else made
