"""The seven working days for the notice of clarification are counted to the day its letter goes out (art. 30)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from gongkai.dictionaries.queries import calendar
from gongkai.inforequests.actions.clarification import ask_clarification
from gongkai.inforequests.actions.letters import make_letter
from gongkai.inforequests.actions.service import Sending, came_back, send_out, set_aside
from gongkai.inforequests.asked_in_time import Notice, clarification_notice
from gongkai.inforequests.letters.from_acts import fields_from_acts
from gongkai.inforequests.models import InfoRequest, Letter
from tests.cast import Cast
from tests.inforequests.cases import DAY, new_case

ASKED = date(2025, 2, 26)
LIMIT = date(2025, 3, 4)
"""Seven working days after Friday 21 February 2025, which no holiday interrupts."""
LATER = LIMIT + timedelta(days=6)


def asked(cast: Cast, *, on: date = ASKED) -> tuple[InfoRequest, Letter]:
    case, clerk = new_case(cast), cast.actor("clerk", LATER)
    ask_clarification(case, by=clerk, on=on, points=["哪一年的"], until=date(2025, 3, 31))
    fields = fields_from_acts(case, "clarification")
    return case, make_letter(case, "clarification", by=clerk, on=on, fields=fields)


def notice(case: InfoRequest) -> Notice:
    found = clarification_notice(case, list(case.events.all()))
    assert found is not None
    return found


def test_the_limit_is_the_seventh_working_day_counted_by_hand(cast: Cast) -> None:
    case, _ = asked(cast)
    day, left, known = DAY, 7, calendar()
    while left:
        day += timedelta(days=1)
        left -= known.is_workday(day)
    assert notice(case).limit == day == LIMIT


@pytest.mark.parametrize("after", [0, 1])
def test_the_day_of_posting_counts_not_the_day_of_the_act(cast: Cast, after: int) -> None:
    case, letter = asked(cast)
    posted = LIMIT + timedelta(days=after)
    send_out(letter, Sending("ems", posted, mail_number="TEST0001"), by=cast.actor("clerk", LATER))
    assert (notice(case).out_on, notice(case).is_late(LATER)) == (posted, bool(after))


def test_handed_over_the_signature_counts(cast: Cast) -> None:
    case, letter = asked(cast)
    over = Sending("in_person", LATER, signed_by="甲某", signed_for_on=LATER)
    send_out(letter, over, by=cast.actor("clerk", LATER))
    assert notice(case).out_on == LATER


def test_what_came_back_was_posted_in_time_all_the_same(cast: Cast) -> None:
    case, letter = asked(cast)
    clerk = cast.actor("clerk", LATER)
    first = send_out(letter, Sending("ems", LIMIT, mail_number="TEST0001"), by=clerk)
    came_back(first, by=clerk, on=LATER, reason="原址查无此人")
    send_out(letter, Sending("ems", LATER, mail_number="TEST0002"), by=clerk)
    assert not notice(case).is_late(LATER)


def test_without_a_sending_it_becomes_late_by_itself(cast: Cast) -> None:
    case, letter = asked(cast)
    assert not notice(case).is_late(LIMIT)
    assert notice(case).is_late(LIMIT + timedelta(days=1))
    set_aside(letter, by=cast.actor("clerk", LATER), reason="已当面交给申请人")
    assert (notice(case).out_on, notice(case).is_late(LATER)) == (ASKED, False)


def test_nothing_is_said_of_a_case_without_a_notice(cast: Cast) -> None:
    assert clarification_notice(new_case(cast), []) is None


def test_the_case_page_says_that_it_went_out_late(cast: Cast) -> None:
    case, letter = asked(cast)
    send_out(letter, Sending("ems", LATER, mail_number="TEST0001"), by=cast.actor("clerk", LATER))
    page = cast.browse("clerk").get(reverse("desk:request", args=[cast.agency.slug, case.pk]))
    said = page.content.decode()
    assert "补正告知超过 7 个工作日：最迟2025年3月4日" in said
    assert "实际是2025年3月10日" in said
