"""The limits that hold for an agency: the nearest office that set one goes before, the national one is the rest."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.agencies.models import Agency
from gongkai.agencies.ties import tie_of
from gongkai.statute.inspection import FIX_DAYS, RULES

from .models import InspectionLimit

FIX = "fix"
"""In place of a rule: the working days within which findings of a gravity are to be put right."""
FIX_LABELS = {"veto": "单项否决", "grave": "应当整改", "slight": "一般问题", "hint": "提醒"}
FIX_MOST = 60
_FAR = 8


@dataclass(frozen=True)
class Limits:
    """What was set for an agency, by rule and name."""

    set: dict[tuple[str, str], InspectionLimit]

    def of(self, rule: str, name: str = "days") -> int:
        """The number that holds."""
        own = self.set.get((rule, name))
        return own.value if own else RULES[rule].limit(name).n

    def all_of(self, rule: str) -> dict[str, int]:
        """All numbers of a rule by name."""
        return {one.name: self.of(rule, one.name) for one in RULES[rule].limits}

    def fix(self, gravity: str) -> int:
        """Working days to put a finding of this gravity right."""
        own = self.set.get((FIX, gravity))
        return own.value if own else FIX_DAYS[gravity]


def limits_for(agency: Agency) -> Limits:
    """Those of the agency and of the offices above it, the nearest first; two queries and one for each office."""
    chain = [agency.pk]
    above = agency.supervisor_id
    while above is not None and above not in chain and len(chain) < _FAR:
        chain.append(above)
        tie = tie_of(above)
        above = tie.supervisor_id if tie else None
    found: dict[tuple[str, str], InspectionLimit] = {}
    rows = InspectionLimit.objects.filter(agency__in=chain).select_related("agency")
    for row in sorted(rows, key=lambda one: chain.index(one.agency_id)):
        if row.rule == FIX or row.rule in RULES:
            found.setdefault((row.rule, row.name), row)
    return Limits(found)
