"""Every address against the fixed cast. A new address must be added to a table here, or the first test fails.

Each row is asked by all of the cast: a page is opened, and where it takes a form an empty one is sent; a button (a
row whose third part is POST) is pressed. The rows of one file share one cast (tests/matrix/crowd.py).
"""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests import matrix
from tests.cast import WHO, Cast
from tests.matrix.answers import POST, Gets, Row
from tests.matrix.crowd import Crowd

OWN = "xtxsfj"


def rooms() -> list[ModuleType]:
    """The modules beside this one that hold a table."""
    found = [
        importlib.import_module(f"tests.matrix.{m.name}")
        for m in pkgutil.iter_modules(matrix.__path__)
        if not m.name.startswith("test_")
    ]
    return [module for module in found if hasattr(module, "TABLE")]


ROOMS = rooms()
ROWS: dict[str, list[Row]] = {}
for room in ROOMS:
    assert not ROWS.keys() & room.TABLE.keys()
    ROWS |= room.TABLE  # type: ignore[arg-type]
TABLE = {name: [(row[0], row[1]) for row in rows if row[2:] != (POST,)] for name, rows in ROWS.items()}
"""The pages: what is opened by GET."""


def names(resolver: URLResolver, space: str = "") -> set[str]:
    """Every address by its full name; one without a name counts by its pattern, and so is missed in TABLE."""
    found: set[str] = set()
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            found.add(f"{space}{entry.name or entry.pattern}")
        else:
            found |= names(entry, f"{space}{entry.namespace}:" if entry.namespace else space)
    return found


def test_every_address_is_in_the_table() -> None:
    assert names(get_resolver()) == set(TABLE)


def test_every_button_is_asked_by_post() -> None:
    """To open a button's address by GET proves nothing: 405 comes before anybody is asked for a right."""
    buttons = {name for name, rows in TABLE.items() if any(405 in gets.values() for _, gets in rows)}
    asked = {name for name, rows in ROWS.items() if any(row[2:] == (POST,) for row in rows)}
    assert buttons - asked == set(), "add a row with POST as its third part"


@pytest.mark.parametrize("room", ROOMS, ids=[room.__name__.rpartition(".")[2] for room in ROOMS])
def test_who_gets_what(cast: Cast, room: Any) -> None:
    crowd = Crowd(cast)
    wrong = [said for name, rows in room.TABLE.items() for row in rows for said in crowd.wrong(name, *row)]
    assert wrong == []


def be_sure(cast: Cast, name: str, args: dict[str, Any], gets: Gets, method: str = "") -> None:
    """One row by itself."""
    assert Crowd(cast).wrong(name, args, gets, method) == []


def test_only_the_clerk_and_the_head_of_the_office_publish(cast: Cast) -> None:
    url = reverse("desk:publish", kwargs={"agency": OWN, "year": 2024})
    answers = {who: cast.browse(who).post(url) for who in WHO}
    assert answers["anonymous"]["Location"].startswith(reverse("desk:sign-in"))
    assert {answers[who].status_code for who in ("clerk", "ogi_head")} == {302}
    insiders = ("drafter", "section_head", "reviewer", "leader", "head")
    assert {answers[who].status_code for who in insiders} == {403}
    outsiders = ("nobody", "neighbour", "supervisor", "sysadmin", "secadmin", "auditor")
    assert {answers[who].status_code for who in outsiders} == {404}


def test_a_form_needs_its_token(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.clerk)
    assert client.post(reverse("desk:publish", kwargs={"agency": OWN, "year": 2024})).status_code == 403
    assert client.post(reverse("desk:sign-out")).status_code == 403
