"""Numbers typed as digits that a figure of the year stands for, or that differ from it: the clerk is told of both."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from gongkai.statute.report.checks.claims import Claim
from gongkai.statute.report.checks.facts import Facts
from gongkai.statute.report.figures import number_text
from gongkai.statute.report.model import AnnualReport, Number, Paragraph, Section

from .marks import short_name
from .prose import MARK, Fact

_NUMBER = re.compile(
    r"(?<![\d.第〔])(\d{1,9}(?:\.\d{1,4})?)(?=(?:人次|件|条|份|篇|次|个|期|项|元|万元|天|学时))"
)
_NEAR = 16
_TELLING = 10
"""From this value on, a number that only one figure of the year has is taken to be that figure."""


@dataclass(frozen=True, slots=True)
class Bare:
    """A number typed as digits at a place of the stored text. `fact` is the figure it is or should be; `against` says in
    words what it differs from, empty where it agrees."""

    start: int
    end: int
    text: str
    fact: Fact | None
    against: str = ""


def bare_numbers(text: str, section: str, facts: Mapping[str, Fact], report: AnnualReport) -> list[Bare]:
    """The numbers of a stored text that should be figures, in order."""
    hidden = MARK.sub(lambda match: "◇" * len(match.group(0)), text)
    claims = list(_claims(hidden, section, report)) if _NUMBER.search(hidden) else []
    found = []
    for match in _NUMBER.finditer(hidden):
        one = (
            _by_claim(match, hidden, claims, facts)
            or _by_label(match, hidden, facts)
            or _by_value(match, facts)
        )
        if one is not None:
            found.append(one)
    return found


def _value(match: re.Match[str]) -> Number:
    return Decimal(match.group(1)) if "." in match.group(1) else int(match.group(1))


def _bare(match: re.Match[str], fact: Fact | None, against: str = "") -> Bare:
    return Bare(match.start(1), match.end(1), match.group(1), fact, against)


def _claims(hidden: str, section: str, report: AnnualReport) -> Iterator[Claim]:
    """What the report's own checks understand of the paragraph standing alone."""
    alone = replace(report, sections=[Section(section, "", None, [Paragraph(hidden)])])
    for claim in Facts(alone, None, None).claims:
        if not claim.figure.about and not claim.part and claim.notion != "share":
            yield claim


def _by_claim(
    match: re.Match[str], hidden: str, claims: list[Claim], facts: Mapping[str, Fact]
) -> Bare | None:
    value = _value(match)
    for claim in claims:
        at = hidden.find(claim.quote)
        if claim.figure.value != value or not at <= match.start(1) < at + len(claim.quote):
            continue
        known = [r for r in claim.readings if r.value is not None]
        same = next((r for r in known if r.value == value), None)
        if same is not None:
            return _bare(match, facts.get(same.cells[0]) if len(same.cells) == 1 else None)
        if known and len(known) == len(claim.readings):
            told = "、".join(f"{r.label}{number_text(r.value or 0)}" for r in known)
            only = facts.get(known[0].cells[0]) if len(known[0].cells) == 1 else None
            return _bare(match, only, told)
    return None


def _by_label(match: re.Match[str], hidden: str, facts: Mapping[str, Fact]) -> Bare | None:
    """The figure whose name stands right before the number: a column, a count of another room."""
    before = re.split("[，。；：、◇]", hidden[max(0, match.start(1) - _NEAR) : match.start(1)])[-1]
    named = [
        fact
        for key, fact in facts.items()
        if not key.startswith(("t2.", "t3.", "t4.", "group.")) and short_name(fact) in before
    ]
    if not named:
        return None
    fact = max(named, key=lambda one: len(short_name(one)))
    told = "" if fact.value == _value(match) else f"{short_name(fact)}{number_text(fact.value)}"
    return _bare(match, fact, told)


def _by_value(match: re.Match[str], facts: Mapping[str, Fact]) -> Bare | None:
    value = _value(match)
    same = [fact for fact in facts.values() if fact.value == value]
    return _bare(match, same[0]) if value >= _TELLING and len(same) == 1 else None
