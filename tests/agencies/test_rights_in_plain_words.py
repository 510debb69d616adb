"""`may` against a second statement of its rules, for random seats, things and acts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import ADMINISTRATORS, Agency, Kind, Person, Seat, Section
from gongkai.agencies.rights import ACTS, Act, may

DAY = date(2025, 3, 3)
PLAIN = [act for act in ACTS.values() if not act.finishes]
# Four agencies: 1 is above 2, 2 above 3; 4 stands alone and was merged into 3.
ABOVE = {1: {2, 3}, 2: {3}, 3: set(), 4: set()}
TOOK_IN = {1: set(), 2: set(), 3: {4}, 4: set()}
SECTIONS = {1: (11, 12), 2: (21,), 3: (31, 32), 4: (41,)}


@dataclass(frozen=True)
class Thing:
    """Something of an agency, perhaps of a section."""

    agency_id: int | None
    section_id: int | None = None


@st.composite
def seats(draw: st.DrawFn, pk: int) -> Seat:
    kind = draw(st.sampled_from(list(Kind)))
    if kind in ADMINISTRATORS:
        return Seat(pk=pk, kind=kind)
    agency = draw(st.sampled_from(sorted(SECTIONS)))
    section = draw(st.sampled_from((None, *SECTIONS[agency])))
    return Seat(pk=pk, kind=kind, agency_id=agency, section_id=section)


@st.composite
def things(draw: st.DrawFn) -> Thing | None:
    agency = draw(st.sampled_from((None, *SECTIONS)))
    if agency is None:
        return draw(st.sampled_from((None, Thing(None))))
    return Thing(agency, draw(st.sampled_from((None, *SECTIONS[agency]))))


def rank(seat: Seat) -> int:
    return (
        ["ogi_head", "leader", "head"].index(seat.kind) + 1
        if seat.kind in ("ogi_head", "leader", "head")
        else 0
    )


def permitted(act: Act, seat: Seat, target: Thing | Seat | None, stands_in: bool) -> bool:
    """The rules, one sentence after the other."""
    own_seat = isinstance(target, Seat) and target.pk == seat.pk
    admin = seat.kind in ADMINISTRATORS
    if act.ranked and own_seat and stands_in:
        return False
    if (
        act.ranked
        and isinstance(target, Seat)
        and target.agency_id
        and not admin
        and rank(target) > rank(seat)
    ):
        return False
    if act.holder and own_seat and not (act.ranked and admin) and (act.deputy or not stands_in):
        return True
    if admin:
        return seat.kind in act.site
    if target is None or target.agency_id is None:
        return False
    here, there = seat.agency_id, target.agency_id
    near = seat.section_id is None or target.section_id is None or seat.section_id == target.section_id
    if here == there:
        same = target.section_id is not None and seat.section_id == target.section_id
        return (seat.kind in act.section and same) or (seat.kind in act.own and near)
    if there in TOOK_IN[here] and act.reads and seat.kind in act.own and near:
        return True
    return there in ABOVE[here] and seat.kind in act.above


@pytest.fixture
def county(db: None) -> None:
    for pk in SECTIONS:
        Agency.objects.create(pk=pk, slug=f"a{pk}", name=f"机关{pk}", code=f"A{pk}")
        Section.objects.bulk_create(Section(pk=s, agency_id=pk, name=f"股{s}") for s in SECTIONS[pk])
    Agency.objects.filter(pk=2).update(supervisor=1)
    Agency.objects.filter(pk=3).update(supervisor=2)
    Agency.objects.filter(pk=4).update(successor=3, ended_on=DAY)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    held=st.lists(st.integers(0, 9), max_size=3, unique=True).flatmap(
        lambda pks: st.tuples(*(seats(pk + 1) for pk in pks))
    ),
    stands_in=st.sets(st.integers(1, 10)),
    target=st.one_of(things(), st.integers(1, 12).flatmap(seats)),
    act=st.sampled_from(PLAIN),
    own=st.booleans(),
)
def test_may_says_what_the_plain_rules_say(
    county: None,
    held: tuple[Seat, ...],
    stands_in: set[int],
    target: Thing | Seat | None,
    act: Act,
    own: bool,
) -> None:
    aim = held[0] if own and held else target
    if isinstance(aim, Seat):
        # A number names one seat, whichever hand it is in.
        aim = next((seat for seat in held if seat.pk == aim.pk), aim)
    actor = Actor(Person(pk=1, name="某"), held, DAY, deputising=frozenset(stands_in))
    wanted = [seat for seat in held if permitted(act, seat, aim, seat.pk in stands_in)]
    found = may(actor, act.slug, aim)
    assert bool(found) is bool(wanted)
    assert found.seat == (wanted[0] if wanted else None)
    agency = getattr(aim, "agency_id", None)
    reach = {seat.agency_id for seat in held} | {
        there for seat in held if seat.agency_id for there in ABOVE[seat.agency_id] | TOOK_IN[seat.agency_id]
    }
    if agency not in reach and None not in reach:
        assert not found, "no agency reaches another's"


def test_without_a_seat_nothing_is_open(county: None) -> None:
    nobody = Actor(Person(pk=1, name="某"), (), DAY)
    assert not any(may(nobody, slug, Thing(1)) or may(nobody, slug) for slug in ACTS)
