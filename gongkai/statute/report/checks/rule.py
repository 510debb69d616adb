"""A check is one function with a number; this is where it is registered and where all of them are run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from ...records import Counted
from ...refs import Ref
from ..findings import Finding, Level
from ..model import AnnualReport
from .facts import Facts
from .words import places

_RANK = {Level.ERROR: 0, Level.WARNING: 1, Level.NOTE: 2}
FORM = Ref("report_format_2021")
"""The report format in force; a finding on a 2019 form cites the 2019 format instead."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One check: its number, the rule in the form's words, where it stands, how grave a breach is."""

    code: str
    title: str
    ref: Ref
    level: Level
    function: Callable[[Facts, Rule], Iterator[Finding]]

    def __call__(self, message: str, cells: Iterable[str] = (), where: str = "") -> Finding:
        """A finding of this rule's own level."""
        return Finding(self.level, self.code, message, tuple(cells), _cited(self.ref), where)

    def note(self, message: str, cells: Iterable[str] = (), where: str = "") -> Finding:
        """The rule could not be judged, and why."""
        return Finding(Level.NOTE, self.code, message, tuple(cells), _cited(self.ref), where)


CheckFunction = Callable[[Facts, Rule], Iterator[Finding]]
registry: dict[str, Rule] = {}
"""Every check by its code."""


def rule(
    code: str, title: str, ref: Ref = FORM, level: Level = Level.WARNING
) -> Callable[[CheckFunction], CheckFunction]:
    """Register a check. Raises ValueError for a code already taken or a function without a docstring."""

    def register(function: CheckFunction) -> CheckFunction:
        if code in registry:
            raise ValueError(f"check code {code} is taken by {registry[code].function.__name__}")
        if not function.__doc__:
            raise ValueError(f"check {code} has no docstring")
        registry[code] = Rule(code, title, ref, level, function)
        return function

    return register


def all_checks() -> tuple[Rule, ...]:
    """Every registered check, by code."""
    return tuple(registry[code] for code in sorted(registry))


def check(
    report: AnnualReport,
    previous: AnnualReport | None = None,
    *,
    records: Sequence[Counted] | None = None,
) -> list[Finding]:
    """All findings on a report: errors first, then warnings, then notes, each by code.

    `previous` is last year's report of the same agency; `records` are the requests behind the report, when
    they are at hand (rule 11). Neither is changed. Rests on art. 50 of the Regulation and the report format.
    """
    return _run(Facts(report, previous, records), registry.values())


def check_ledger(report: AnnualReport, records: Sequence[Counted]) -> list[Finding]:
    """Only the checks of the ledger against the report (codes L-…)."""
    return _run(Facts(report, None, records), [r for r in registry.values() if r.code.startswith("L-")])


def _run(facts: Facts, rules: Iterable[Rule]) -> list[Finding]:
    found = [finding for each in rules for finding in each.function(facts, each)]
    if not found:
        return found
    found = [_complete(facts, finding) for finding in found]
    found.sort(key=lambda f: (_RANK[f.level], f.code))
    return found


def _complete(facts: Facts, finding: Finding) -> Finding:
    """Add where the cells were read, and cite the form that the report was written on."""
    where = finding.where or places(facts.report, finding.cells)
    ref = finding.ref
    if facts.edition.id == "2019" and ref == _cited(FORM):
        ref = _cited(facts.edition.ref)
    if where == finding.where and ref == finding.ref:
        return finding
    return Finding(finding.level, finding.code, finding.message, finding.cells, ref, where)


@cache
def _cited(ref: Ref) -> str:
    return str(ref)
