"""The one function that answers who may do what to what."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import ADMINISTRATORS, BUSINESS, Deputy, Kind, Seat, Section
from gongkai.agencies.rights import ACTS, NotAllowed, acting, may, require
from gongkai.audit.models import Entry
from tests.cast import SYSTEM, Cast

DAY = date(2025, 3, 3)


def test_the_table_is_sound() -> None:
    assert len(ACTS) > 25
    for act in ACTS.values():
        assert act.label
        assert act.own <= BUSINESS
        assert act.above <= BUSINESS
        assert act.site <= ADMINISTRATORS
        assert act.kinds or act.system, f"nobody may {act.slug}"


def test_a_misspelt_act_permits_nothing(cast: Cast) -> None:
    with pytest.raises(KeyError):
        may(cast.actor("head"), "report.publsih", cast.work)


def test_own_agency_only(cast: Cast) -> None:
    assert may(cast.actor("head"), "report.sign", cast.work)
    assert not may(cast.actor("head"), "report.sign", cast.others_draft)
    assert not may(cast.actor("clerk"), "report.sign", cast.work)
    assert not may(cast.actor("head"), "report.sign")
    assert "主要负责人" in may(cast.actor("clerk"), "report.sign", cast.work).why


def test_a_section_seat_does_not_reach_another_section(cast: Cast) -> None:
    class Thing:
        agency_id = cast.agency.pk
        section_id = cast.section.pk

    assert may(cast.actor("drafter"), "disclosure.view", Thing())
    Thing.section_id = cast.other_section.pk
    assert not may(cast.actor("drafter"), "disclosure.view", Thing())
    assert may(cast.actor("clerk"), "disclosure.view", Thing()), (
        "a seat of the whole agency reaches all sections"
    )


def test_the_office_above_sees_what_it_may_and_no_more(cast: Cast) -> None:
    assert may(cast.actor("supervisor"), "report.view", cast.work)
    assert not may(cast.actor("supervisor"), "requests.personal", cast.work)
    assert not may(cast.actor("supervisor"), "report.prepare", cast.work)
    cast.agency.supervisor = None
    cast.agency.save()
    assert not may(cast.actor("supervisor"), "report.view", cast.work)


def test_a_ring_of_supervisors_ends(cast: Cast) -> None:
    cast.county.supervisor = cast.agency
    cast.county.save()
    assert may(cast.actor("supervisor"), "report.view", cast.work)
    assert not may(cast.actor("supervisor"), "report.view", Section(agency_id=cast.agency.pk + 99))


def test_the_successor_reads_and_finishes_the_last_report_alone(cast: Cast) -> None:
    cast.other.ended_on, cast.other.successor = DAY, cast.agency
    cast.other.save()
    draft = cast.others_draft
    draft.refresh_from_db()
    assert may(cast.actor("clerk"), "report.view", draft)
    assert may(cast.actor("clerk"), "report.prepare", draft)
    draft.year = DAY.year - 2
    assert not may(cast.actor("clerk"), "report.prepare", draft)
    assert not may(cast.actor("clerk"), "agency.edit", cast.other)
    assert not cast.actor("neighbour").seats, "the seats of an agency that has ended open nothing"


def test_a_deputy_works_in_the_seat_for_the_days_given(cast: Cast) -> None:
    seat = Seat.objects.get(person=cast.head)
    Deputy.objects.create(
        seat=seat, person=cast.ogi_head, since=DAY, until=DAY + timedelta(days=4), given_by="负责人"
    )
    for offset, allowed in ((-1, False), (0, True), (4, True), (5, False)):
        actor = cast.actor("ogi_head", DAY + timedelta(days=offset))
        assert bool(may(actor, "report.sign", cast.work)) is allowed, offset
    permission = require(cast.actor("ogi_head", DAY), "report.sign", cast.work)
    assert permission.seat == seat
    assert "（代）" in cast.actor("ogi_head", DAY).who(seat).seat


def test_a_closed_account_and_an_ended_seat_open_nothing(cast: Cast) -> None:
    cast.clerk.is_active = False
    assert not Actor.of(cast.clerk, DAY).seats
    Seat.objects.filter(person=cast.head).update(ended_on=DAY)
    assert not cast.actor("head").seats


def test_only_some_acts_are_open_to_the_platform_itself(cast: Cast) -> None:
    assert may(SYSTEM, "report.prepare", cast.work)
    assert not may(SYSTEM, "report.sign", cast.work)


def _begin_and_fail(cast: Cast) -> None:
    with acting(cast.actor("clerk"), "agency.edit", cast.agency):
        cast.agency.phone = "1"
        cast.agency.save()
        raise ZeroDivisionError


def test_an_act_is_one_transaction_with_its_entry(cast: Cast) -> None:
    before = Entry.objects.count()
    with pytest.raises(ZeroDivisionError):
        _begin_and_fail(cast)
    cast.agency.refresh_from_db()
    assert cast.agency.phone != "1"
    assert Entry.objects.count() == before
    with acting(cast.actor("clerk"), "agency.edit", cast.agency, field="phone") as doing:
        doing.detail["extra"] = 1
    entry = Entry.objects.first()
    assert entry is not None
    assert (entry.number, entry.act, entry.person_name, entry.address) == (
        before + 1,
        "agency.edit",
        "经办员（示例）",
        "192.0.2.7",
    )
    assert entry.detail == '{"extra": 1, "field": "phone"}'


def test_who_may_not_does_nothing(cast: Cast) -> None:
    with pytest.raises(NotAllowed), acting(cast.actor("drafter"), "agency.edit", cast.agency):
        pytest.fail("the act was begun")  # pragma: no cover


def test_holders_may_hand_over_their_own_seat_only(cast: Cast) -> None:
    own = Seat.objects.get(person=cast.drafter)
    others = Seat.objects.get(person=cast.section_head)
    assert may(cast.actor("drafter"), "seat.hand_over", own)
    assert not may(cast.actor("drafter"), "seat.hand_over", others)
    assert may(cast.actor("ogi_head"), "seat.hand_over", others)
    assert not may(cast.actor("neighbour"), "seat.hand_over", own)
    assert Kind(own.kind) is Kind.DRAFTER
