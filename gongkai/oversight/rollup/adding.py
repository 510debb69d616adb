"""Reports that agree in themselves → one report, each cell of which opens to the parties behind it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gongkai.statute.report.checks import check
from gongkai.statute.report.diff import CellDifference, diff
from gongkai.statute.report.findings import Finding, Level
from gongkai.statute.report.merge import CannotMerge, Merged, Part, merge
from gongkai.statute.report.model import AnnualReport


@dataclass(frozen=True, slots=True)
class Party:
    """One report of a roll-up. `digest` is of the version or file it was taken from; `before` is the same agency's
    report of the year before, where there is one."""

    report: AnnualReport
    digest: str = ""
    before: AnnualReport | None = None

    @property
    def name(self) -> str:
        """Whose report it is; of a file that names nobody, the file."""
        return self.report.agency or self.report.source


@dataclass(frozen=True, slots=True)
class RollUp:
    """The report added up, and the parties it was added from."""

    merged: Merged
    parties: tuple[Party, ...]

    @property
    def report(self) -> AnnualReport:
        """The sum, a report like any other: it can be a party of the office above."""
        return self.merged.report

    def behind(self, cell: str) -> list[Part]:
        """Whose number is what in this cell, in the order of the parties; a party without the cell is not there."""
        return list(self.merged.parts.get(cell, ()))


@dataclass(frozen=True, slots=True)
class Changed:
    """A party whose report is not the one that was added; with no cell different, other words alone."""

    name: str
    cells: tuple[CellDifference, ...]
    gone: bool = False


def found_in(party: Party) -> list[Finding]:
    """What the checks say of it, carried-in against the year before included."""
    return check(party.report, party.before)


def stopping(party: Party) -> list[Finding]:
    """What has to be mended before it can be added."""
    return [one for one in found_in(party) if one.level is Level.ERROR]


def add_up(parties: Sequence[Party], office: str, title: str = "") -> RollUp:
    """The report of the office from these. Raises `CannotMerge`, naming for each party what to mend first."""
    problems = [f"“{party.name}”：{one.message}" for party in parties for one in stopping(party)]
    if problems:
        raise CannotMerge(problems)
    return RollUp(merge([party.report for party in parties], office, title), tuple(parties))


def changed_since(roll: RollUp, now: Iterable[Party]) -> list[Changed]:
    """The parties whose report has another digest than when it was added, and those whose report is gone."""
    present = {party.name: party for party in now}
    out = []
    for was in roll.parties:
        party = present.get(was.name)
        if party is None:
            out.append(Changed(was.name, (), gone=True))
        elif party.digest != was.digest:
            out.append(Changed(was.name, tuple(diff(was.report, party.report).cells)))
    return out
