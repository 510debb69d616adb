"""How far an actor sees in an agency, for questions that are put to the database as a whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gongkai.search.finding import Reach

from .actor import Actor
from .models import Agency, Section
from .rights import may
from .ties import Ties, ties_known


@dataclass(frozen=True, slots=True)
class _Thing:
    agency_id: int
    section_id: int | None


def reaches(actor: Actor, agency: Agency, acts: Iterable[str]) -> list[Reach]:
    """To things of which sections of the agency, and of those merged into it, the actor may do these acts. Asks
    `may` about a thing of every section, so that the answer is always that of the rights themselves. Two queries,
    whatever was merged into the agency."""
    with ties_known() as ties:
        return _reaches(actor, [agency.pk, *_predecessors(agency.pk, ties)], acts)


def _reaches(actor: Actor, owners: list[int], acts: Iterable[str]) -> list[Reach]:
    places: dict[int, list[int | None]] = {owner: [None] for owner in owners}
    for owner, section in Section.objects.filter(agency__in=owners).values_list("agency_id", "pk"):
        places[owner].append(section)
    found: dict[tuple[int, frozenset[int | None]], set[str]] = defaultdict(set)
    for act in acts:
        for owner in owners:
            seen = frozenset(s for s in places[owner] if may(actor, act, _Thing(owner, s)))
            if seen:
                found[owner, seen].add(act)
    return [Reach(owner, frozenset(some), seen) for (owner, seen), some in found.items()]


def _predecessors(agency_id: int, ties: Mapping[int, Ties]) -> list[int]:
    found: list[int] = []
    last = {agency_id}
    while last:
        last = {pk for pk, tie in ties.items() if tie.successor_id in last} - {agency_id, *found}
        found += sorted(last)
    return found
