"""Looks at personal data on the pages that show it: each leaves one entry, a refused one too; other pages leave none."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.urls import reverse

from gongkai.audit.models import Entry
from gongkai.audit.verifying import verify
from tests.cast import Cast, add_request


def new_entries(cast: Cast, who: str, url: str) -> tuple[int, list[Entry]]:
    """The answer's status, and the entries that the look has left."""
    client = cast.browse(who)
    before = Entry.objects.latest("number").number
    status = client.get(url).status_code
    return status, list(Entry.objects.filter(number__gt=before).order_by("number"))


def ledger(cast: Cast, copy: str) -> str:
    return reverse("desk:ledger-file", args=[cast.agency.slug, copy, "xlsx"]) + "?year=2024"


def test_the_ledgers_own_copy_leaves_one_entry(cast: Cast) -> None:
    add_request(cast.agency, "〔2024〕9号")
    status, [entry] = new_entries(cast, "clerk", ledger(cast, "own"))
    assert status == 200
    assert (entry.act, entry.result, entry.person_id) == ("ledger.export", "done", cast.clerk.pk)
    assert (entry.agency_id, entry.object_id) == (cast.agency.pk, str(cast.agency.pk))
    assert entry.address == "127.0.0.1"
    assert json.loads(entry.detail) == {"year": 2024, "form": "xlsx", "count": 1, "part": False}
    assert "甲某" not in str(vars(entry)), "the trail keeps no applicant's name"


def test_the_public_copy_is_an_act_of_its_own(cast: Cast) -> None:
    status, [entry] = new_entries(cast, "clerk", ledger(cast, "public"))
    assert (status, entry.act) == (200, "ledger.publish")


def test_a_refused_look_is_written_down_as_refused(cast: Cast) -> None:
    status, [entry] = new_entries(cast, "drafter", ledger(cast, "own"))
    assert status == 403
    assert (entry.act, entry.result, entry.person_id) == ("ledger.export", "refused", cast.drafter.pk)


@pytest.mark.parametrize("who", ["sysadmin", "secadmin"])
def test_the_person_pages_leave_entries(cast: Cast, who: str) -> None:
    status, [entry] = new_entries(cast, who, reverse("desk:site-people"))
    assert (status, entry.act, entry.person_id) == (200, "person.view", cast.people[who].pk)
    status, found = new_entries(cast, who, reverse("desk:site-person", args=[cast.clerk.pk]))
    assert status == 200
    assert {e.act for e in found} == {"person.view"}
    assert str(cast.clerk.pk) in {e.object_id for e in found}


def test_the_form_of_a_person_and_the_export_leave_entries(cast: Cast) -> None:
    for name, args in (("desk:site-person-edit", [cast.clerk.pk]), ("desk:site-export", [])):
        status, found = new_entries(cast, "sysadmin", reverse(name, args=args))
        assert status == 200
        assert [e.act for e in found] == ["person.view"], name


def test_who_may_not_see_people_leaves_a_refusal(cast: Cast) -> None:
    status, [entry] = new_entries(cast, "auditor", reverse("desk:site-people"))
    assert (status, entry.act, entry.result) == (403, "person.view", "refused")


def test_the_trail_of_all_these_looks_holds(cast: Cast, client: Any) -> None:
    for who, url in (
        ("clerk", ledger(cast, "own")),
        ("drafter", ledger(cast, "own")),
        ("sysadmin", reverse("desk:site-people")),
        ("auditor", reverse("desk:site-audit")),
        ("head", reverse("desk:trail", args=[cast.agency.slug])),
    ):
        assert new_entries(cast, who, url)[1], who
    assert verify().broken is None
