"""Keeping what was found: the same thing is the same finding; what comes back is opened again; what is found no more is
closed, by a re-check and nothing else."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q

from gongkai.agencies.models import Kind, Seat
from gongkai.dictionaries.queries import calendar
from gongkai.statute.inspection import ORDER, RULES

from ..models import Finding
from .found import Found, Round

State = Finding.State
GRAVITY = {name: n for n, name in enumerate(ORDER, 1)}
"""The gravity of a rule as a finding keeps it."""
_CHAIN = (Kind.CLERK, Kind.OGI_HEAD, Kind.LEADER, Kind.HEAD)
_FIRST_FOR = {"secret": (Kind.OGI_HEAD, *_CHAIN)}


@dataclass(slots=True)
class Kept:
    """How many of a lot were found, and how many of them were not open before."""

    found: int = 0
    new: int = 0


class Owners:
    """Who is to put findings right: the section's own people where the item is a section's, else the clerk."""

    def __init__(self, round_: Round) -> None:
        self.seats = list(
            Seat.objects.filter(agency=round_.agency, ended_on__isnull=True)
            .exclude(person__isnull=False, person__is_active=False)
            .order_by(F("person").asc(nulls_last=True), "id")
        )

    def of(self, one: Found) -> Seat | None:
        """The seat for this finding; None where the agency has none that could."""
        if one.section_id is not None and one.rule != "secret":
            for kind in (Kind.DRAFTER, Kind.SECTION_HEAD):
                for seat in self.seats:
                    if seat.kind == kind and seat.section_id == one.section_id and seat.person_id:
                        return seat
        for held in (True, False):
            for kind in _FIRST_FOR.get(one.rule, _CHAIN):
                for seat in self.seats:
                    if seat.kind == kind and bool(seat.person_id) is held and seat.section_id is None:
                        return seat
        return None


def due_for(round_: Round, rule: str) -> date:
    """The last day for putting a finding of this rule right."""
    return calendar().add(round_.day, round_.limits.fix(RULES[rule].gravity))


def keep(round_: Round, found: Iterable[Found], owners: Owners) -> Kept:
    """Write a lot of findings: a handful of queries however many."""
    lot = {one.named: one for one in found}
    if not lot:
        return Kept()
    rows = Finding.objects.filter(
        agency=round_.agency,
        rule__in={rule for rule, _ in lot},
        key__in={key for _, key in lot},
    )
    known = {(row.rule, row.key): row for row in rows if (row.rule, row.key) in lot}
    changed = [row for named, row in known.items() if _told_anew(round_, row, lot[named], owners)]
    reopened = sum(row.found_at == round_.now for row in changed)
    if changed:
        Finding.objects.bulk_update(changed, _CHANGING, batch_size=200)
    same = [row.pk for row in known.values() if row not in changed]
    if same:
        Finding.objects.filter(pk__in=same).update(seen_at=round_.now, seen_run=round_.run_id)
    new = [_new(round_, one, owners) for named, one in lot.items() if named not in known]
    # Two who look at once find the same: the second leaves what the first wrote.
    Finding.objects.bulk_create(new, ignore_conflicts=True, batch_size=200)
    return Kept(len(lot), len(new) + reopened)


_CHANGING = (
    *("what", "where", "url", "gravity", "state", "found_at", "seen_at", "seen_run", "times", "due_on"),
    *("seat", "task", "closed_at", "reason", "explained_by", "explained_until"),
)


def _told_anew(round_: Round, row: Finding, one: Found, owners: Owners) -> bool:
    """Bring a finding in step with what was found now; whether anything but the time of it has changed."""
    gravity = GRAVITY[RULES[one.rule].gravity]
    lapsed = row.state == State.EXPLAINED and row.explained_until and row.explained_until < round_.day
    back = row.state == State.CLOSED
    same = (row.what, row.where, row.url, row.gravity) == (one.what, one.where, one.url, gravity)
    if same and not lapsed and not back:
        return False
    row.what, row.where, row.url, row.gravity = one.what, one.where, one.url, gravity
    row.seen_at, row.seen_run_id = round_.now, round_.run_id
    if lapsed or back:
        row.state, row.closed_at, row.task = State.OPEN, None, None
        row.reason, row.explained_by, row.explained_until = "", "", None
        row.found_at, row.times = round_.now, row.times + back
        row.due_on, row.seat = due_for(round_, one.rule), owners.of(one)
    return True


def _new(round_: Round, one: Found, owners: Owners) -> Finding:
    return Finding(
        agency=round_.agency,
        rule=one.rule,
        key=one.key,
        gravity=GRAVITY[RULES[one.rule].gravity],
        what=one.what,
        where=one.where,
        url=one.url[:300],
        item_id=one.item_id,
        found_at=round_.now,
        seen_at=round_.now,
        seen_run_id=round_.run_id,
        due_on=due_for(round_, one.rule),
        seat=owners.of(one),
    )


def close_unseen(round_: Round, rules: Collection[str]) -> int:
    """Close what this run looked for and did not find; how many."""
    gone = Finding.objects.filter(agency=round_.agency, rule__in=rules).exclude(state=State.CLOSED)
    gone = gone.filter(Q(seen_run__isnull=True) | ~Q(seen_run=round_.run_id), seen_at__lt=round_.now)
    return gone.update(state=State.CLOSED, closed_at=round_.now)
