"""What an import would write, once nothing is wrong any more."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..models import Agency, Person, Section
from .standing import SeatKey


@dataclass(slots=True)
class Plan:
    """New things not yet in the database, and things that stand with the fields that change.

    `supervisors` tells whom an agency answers to, by the codes of both, None for nobody; `sections` and `seats`
    speak of agencies by their code as well, since these may be new.
    """

    new_agencies: list[Agency] = field(default_factory=list)
    changed_agencies: list[tuple[Agency, list[str]]] = field(default_factory=list)
    supervisors: dict[str, str | None] = field(default_factory=dict)
    new_sections: list[tuple[str, Section]] = field(default_factory=list)
    changed_sections: list[Section] = field(default_factory=list)
    new_people: list[Person] = field(default_factory=list)
    changed_people: list[tuple[Person, list[str]]] = field(default_factory=list)
    seats: list[SeatKey] = field(default_factory=list)

    @property
    def agencies_touched(self) -> list[str]:
        """The codes of agencies that change, their supervisor included, new ones left out."""
        new = {agency.code for agency in self.new_agencies}
        changed = {agency.code for agency, _ in self.changed_agencies} | self.supervisors.keys()
        return sorted(changed - new)

    @property
    def counts(self) -> dict[str, int]:
        """How much of what would be written, in words; what is nothing is left out."""
        found = {
            "新增机关": len(self.new_agencies),
            "更新机关": len(self.agencies_touched),
            "新增股室": len(self.new_sections),
            "更新股室": len(self.changed_sections),
            "新增人员": len(self.new_people),
            "更新人员": len(self.changed_people),
            "拟授岗位": len(self.seats),
        }
        return {word: count for word, count in found.items() if count}
