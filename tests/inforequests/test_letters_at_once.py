"""Letters of one case made at the same moment, each on a connection of its own: no two of them bear one number."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from django.db import connection

from gongkai.agencies.actor import Actor
from gongkai.inforequests.actions.closing import reopen
from gongkai.inforequests.actions.letters import make_letter
from gongkai.inforequests.letters.fields import decision_fields
from gongkai.inforequests.models import InfoRequest, Letter
from gongkai.inforequests.queries import newest_draft
from tests.agencies.together import together
from tests.cast import Cast, assemble
from tests.inforequests.cases import answer, new_case
from tests.inforequests.test_letters import ON

TOLD = {"涉及的信息": "报价表", "答复天数": "15"}
real = pytest.mark.django_db(transaction=True)


def office() -> Cast:
    found = assemble()
    found.agency.reconsideration_organs, found.agency.court = "湘潭县人民政府", "湘潭县人民法院"
    found.agency.save()
    return found


def ask(case: InfoRequest, clerk: Actor, whom: str) -> Letter:
    return make_letter(case, "third_party_inquiry", by=clerk, on=ON, fields=TOLD | {"收件人": whom})


def at_once(*acts: Callable[[], Letter]) -> list[Letter]:
    if "memory" in str(connection.settings_dict["NAME"]):
        pytest.skip("a database in memory has one connection")
    ends = together(*acts)
    assert all(isinstance(one, Letter) for one in ends), ends
    return ends


@real
def test_to_eight_at_once_eight_numbers() -> None:
    cast = office()
    case, clerk = new_case(cast), cast.actor("clerk", ON)
    made = at_once(*(partial(ask, case, clerk, f"{n}公司") for n in "甲乙丙丁戊己庚辛"))
    plain = f"{case.number}-征"
    assert sorted(one.number for one in made) == sorted([plain, *(f"{plain}{n}" for n in range(2, 9))])
    assert {one.version for one in made} == {1}
    assert all(one.fields["文号"] == one.number for one in made), "what is printed is what is kept"


@real
def test_one_letter_made_four_times_at_once_is_four_versions() -> None:
    cast = office()
    case, clerk = new_case(cast), cast.actor("clerk", ON)
    made = at_once(*(partial(ask, case, clerk, "乙公司") for _ in range(4)))
    assert {one.number for one in made} == {f"{case.number}-征"}
    assert sorted(one.version for one in made) == [1, 2, 3, 4]


@pytest.mark.django_db
def test_two_answers_of_one_suffix_have_two_numbers() -> None:
    """A refusal undone by a court and refused again on another ground: both are “不告”, and each has its number."""
    cast = office()
    case, clerk = new_case(cast), cast.actor("clerk", ON)
    numbers = []
    for reply in ("denied_internal", "denied_process"):
        if case.closed_on:
            reopen(case, by=clerk, on=ON, ordered_by="某法院判决")
        answer(cast, case, reply, ON)
        draft = newest_draft(case)
        assert draft is not None
        letter = make_letter(case, f"reply_{reply}", by=clerk, on=ON, fields=decision_fields(draft))
        numbers.append(letter.number)
    assert numbers == [f"{case.number}-不告", f"{case.number}-不告2"]
    assert ask(case, clerk, "乙公司").number == f"{case.number}-征"
