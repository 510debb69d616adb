"""A request comes in: three days kept apart, a number without gaps, nothing lost when it cannot be registered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from gongkai.agencies.rights import NotAllowed
from gongkai.audit.models import Entry
from gongkai.inforequests.actions.base import CannotDo
from gongkai.inforequests.actions.confirm_receipt import confirm_receipt
from gongkai.inforequests.actions.register import Intake, register
from gongkai.inforequests.models import InfoRequest, Register, RegisterNumber
from gongkai.inforequests.numbers import BadPattern, checked_pattern, tracking_code
from gongkai.statute.channels import CHANNELS, ReceiptError
from gongkai.statute.states import ImpossibleMove
from tests.cast import Cast

DAY = date(2025, 2, 21)
PAPER = Intake(
    channel="in_person",
    requester_kind="natural",
    applicant="甲某",
    content="申请公开某项目的批复文件",
    submitted_on=DAY,
    requester={"identity_kind": "居民身份证", "phone": "0000-0000001"},
)


def test_a_paper_request_gets_its_number_and_its_due_day(cast: Cast) -> None:
    made = register(cast.agency, PAPER, by=cast.actor("clerk", DAY))
    assert made.number == "XTXSFJ信公开〔2025〕第1号"
    assert (made.state, made.received_on, made.due_on) == ("handling", DAY, date(2025, 3, 21))
    assert made.seat is not None
    assert made.seat.person == cast.clerk
    event = made.events.get()
    assert (event.act, event.from_state, event.on, event.by) == (
        "register_received",
        "unregistered",
        DAY,
        "经办员（示例）",
    )
    assert RegisterNumber.objects.get(request=made).serial == 1
    entry = Entry.objects.first()
    assert entry is not None
    assert (entry.act, entry.object_name) == ("requests.register", made.number)
    assert "甲某" not in entry.detail + entry.object_name, "the trail keeps no personal data"


@pytest.mark.parametrize("channel", [c.slug for c in CHANNELS if c.counts == "confirmed"])
def test_what_must_be_confirmed_waits_for_it(cast: Cast, channel: str) -> None:
    arrived = replace(PAPER, channel=channel, arrived_on=date(2025, 2, 24))
    made = register(cast.agency, arrived, by=cast.actor("clerk", date(2025, 2, 24)))
    assert (made.state, made.received_on, made.due_on) == ("unconfirmed", None, None)
    confirm_receipt(made, by=cast.actor("clerk", date(2025, 2, 25)), on=date(2025, 2, 25), how="电话确认")
    assert (made.state, made.received_on, made.due_on) == ("handling", date(2025, 2, 25), date(2025, 3, 25))
    assert [e.act for e in made.events.all()] == ["register_arrival", "confirm_receipt"]


def test_confirming_twice_or_without_words_or_before_arrival(cast: Cast) -> None:
    clerk = cast.actor("clerk", date(2025, 2, 25))
    made = register(cast.agency, replace(PAPER, channel="fax", arrived_on=date(2025, 2, 24)), by=clerk)
    with pytest.raises(CannotDo, match="怎样"):
        confirm_receipt(made, by=clerk, on=date(2025, 2, 25), how=" ")
    with pytest.raises(CannotDo, match="早于"):
        confirm_receipt(made, by=clerk, on=date(2025, 2, 23), how="电话")
    with pytest.raises(CannotDo, match="还没有到"):
        confirm_receipt(made, by=clerk, on=date(2025, 2, 26), how="电话")
    assert made.events.count() == 1
    confirm_receipt(made, by=clerk, on=date(2025, 2, 25), how="电话")
    with pytest.raises(ImpossibleMove):
        confirm_receipt(made, by=clerk, on=date(2025, 2, 25), how="电话")


def test_numbers_have_no_gap_even_after_failures(cast: Cast) -> None:
    clerk = cast.actor("clerk", DAY)
    for n in range(1, 4):
        made = register(cast.agency, PAPER, by=clerk)
        assert made.number == f"XTXSFJ信公开〔2025〕第{n}号"
        with pytest.raises(CannotDo):
            register(cast.agency, replace(PAPER, content="  "), by=clerk)
        with pytest.raises(ReceiptError):
            register(cast.agency, replace(PAPER, arrived_on=date(2025, 2, 20)), by=clerk)
        with pytest.raises(TypeError):
            register(cast.agency, replace(PAPER, requester={"no_such_field": "x"}), by=clerk)
    assert Register.objects.get(agency=cast.agency, year=2025).last == 3
    assert InfoRequest.objects.filter(agency=cast.agency).count() == 3


def test_each_agency_and_each_year_has_its_own_register(cast: Cast) -> None:
    register(cast.agency, PAPER, by=cast.actor("clerk", DAY))
    cast.other.document_code = "示档"
    cast.other.save()
    theirs = register(cast.other, PAPER, by=cast.actor("neighbour", DAY))
    later = date(2026, 1, 5)
    Register.objects.filter(agency=cast.other).update(pattern="示档公复〔{year}〕{serial:03}号")
    assert theirs.number == "示档信公开〔2025〕第1号"
    again = register(cast.other, replace(PAPER, submitted_on=later), by=cast.actor("neighbour", later))
    assert again.number == "示档公复〔2026〕001号", "a new year keeps the office's own pattern"


def test_only_who_may_registers(cast: Cast) -> None:
    for who in ("drafter", "leader", "head", "neighbour", "supervisor", "sysadmin", "anonymous"):
        with pytest.raises(NotAllowed):
            register(cast.agency, PAPER, by=cast.actor(who, DAY))
    assert not Register.objects.exists()


@pytest.mark.parametrize(
    "pattern",
    [
        "{code}〔{year}〕号",
        "{code}第{serial}号",
        "{who}{year}{serial}",
        "{year}{serial",
        "{0}",
        "甲" * 60 + "{year}{serial}",
    ],
)
def test_a_pattern_that_makes_no_numbers(pattern: str) -> None:
    with pytest.raises(BadPattern):
        checked_pattern(pattern)


def test_tracking_codes_are_many() -> None:
    assert len({tracking_code() for _ in range(500)}) == 500
