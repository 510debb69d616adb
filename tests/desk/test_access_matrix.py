"""Every address against the fixed cast. A new address must be added here, or the first test fails."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.cast import Cast

OWN, OTHER = "xtxsfj", "sample-office"
WHO = ("anonymous", "clerk", "reviewer", "head", "neighbour")
SIGN_IN = "sign-in"
PUBLIC = (200, 200, 200, 200, 200)
NOWHERE = (404, 404, 404, 404, 404)
OURS = (SIGN_IN, 200, 200, 200, 404)
THEIRS = (SIGN_IN, 404, 404, 404, 200)
ABSENT = (SIGN_IN, 404, 404, 404, 404)
own, other = {"agency": OWN}, {"agency": OTHER}

# name → [(arguments, what each of WHO gets)]; "item" stands for an item's number in the cast.
TABLE: dict[str, list[tuple[dict[str, Any], tuple[int | str, ...]]]] = {
    "portal:front": [({}, (302, 302, 302, 302, 302))],
    "portal:home": [(own, PUBLIC), (other, NOWHERE), ({"agency": "nobody"}, NOWHERE)],
    "portal:guide": [(own, PUBLIC), (other, NOWHERE)],
    "portal:rules": [(own, PUBLIC), (other, NOWHERE)],
    "portal:columns": [(own, PUBLIC), (other, NOWHERE)],
    "portal:requests": [(own, PUBLIC), (other, NOWHERE)],
    "portal:column": [
        (own | {"column": "xzfy"}, PUBLIC),
        (own | {"column": "news"}, NOWHERE),
        (other | {"column": "news"}, NOWHERE),
    ],
    "portal:item": [
        (own | {"pk": "shown"}, PUBLIC),
        (own | {"pk": "hidden"}, NOWHERE),
        (own | {"pk": "others_item"}, NOWHERE),
        (other | {"pk": "others_item"}, NOWHERE),
    ],
    "portal:reports": [(own, PUBLIC), (other, NOWHERE)],
    "portal:report": [
        (own | {"year": 2024}, PUBLIC),
        (own | {"year": 2025}, NOWHERE),
        (own | {"year": 2023}, NOWHERE),
        (other | {"year": 2024}, NOWHERE),
    ],
    "portal:report-file": [
        *((own | {"year": 2024, "ending": e}, PUBLIC) for e in ("docx", "pdf", "html", "xlsx", "json")),
        (own | {"year": 2024, "ending": "exe"}, NOWHERE),
        (own | {"year": 2025, "ending": "docx"}, NOWHERE),
        (other | {"year": 2024, "ending": "docx"}, NOWHERE),
    ],
    "desk:sign-in": [({}, (200, 302, 302, 302, 302))],
    "desk:sign-out": [({}, (SIGN_IN, 405, 405, 405, 405))],
    "desk:home": [({}, (SIGN_IN, 302, 302, 302, 302))],
    "desk:today": [(own, OURS), (other, THEIRS), ({"agency": "nobody"}, ABSENT)],
    "desk:requests": [(own, OURS), (other, THEIRS)],
    "desk:columns": [(own, OURS), (other, THEIRS)],
    "desk:column": [
        (own | {"column": "czxx"}, OURS),
        (other | {"column": "news"}, THEIRS),
        (own | {"column": "news"}, ABSENT),
    ],
    "desk:help": [(own, OURS), (other, THEIRS)],
    "desk:words": [(own, OURS), (other, THEIRS)],
    "desk:checks": [(own, OURS), (other, THEIRS)],
    "desk:reports": [(own, OURS), (other, THEIRS)],
    "desk:report": [
        (own | {"year": 2024}, OURS),
        (own | {"year": 2025}, OURS),
        (other | {"year": 2024}, THEIRS),
        (own | {"year": 2023}, ABSENT),
    ],
    "desk:figure": [
        (own | {"year": 2024, "key": "t2.penalties"}, OURS),
        (own | {"year": 2025, "key": "items"}, OURS),
        (other | {"year": 2024, "key": "items"}, THEIRS),
        (own | {"year": 2024, "key": "t9.nothing"}, ABSENT),
    ],
    "desk:report-file": [
        *((own | {"year": 2025, "ending": e}, OURS) for e in ("docx", "pdf", "html", "xlsx", "json")),
        (other | {"year": 2024, "ending": "json"}, THEIRS),
        (own | {"year": 2024, "ending": "exe"}, ABSENT),
    ],
    "desk:ledger": [(own | {"year": 2024}, OURS), (other | {"year": 2024}, THEIRS)],
    "desk:ledger-file": [
        (own | {"year": 2024, "copy": "own"}, OURS),
        (own | {"year": 2024, "copy": "public"}, OURS),
        (other | {"year": 2024, "copy": "own"}, THEIRS),
        (own | {"year": 2024, "copy": "else"}, ABSENT),
    ],
    "desk:publish": [(own | {"year": 2024}, (SIGN_IN, 405, 405, 405, 405))],
}


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


CASES = [(name, args, expected) for name, rows in TABLE.items() for args, expected in rows]


@pytest.mark.parametrize(
    ("name", "args", "expected"), CASES, ids=[f"{n}{list(a.values())}" for n, a, _ in CASES]
)
def test_who_gets_what(cast: Cast, name: str, args: dict[str, Any], expected: tuple[int | str, ...]) -> None:
    filled = dict(args)
    if "pk" in filled:
        shown = cast.agency.items.filter(is_public=True).earliest("pk")
        filled["pk"] = shown.pk if filled["pk"] == "shown" else getattr(cast, filled["pk"]).pk
    url = reverse(name, kwargs=filled)
    for who, status in zip(WHO, expected, strict=True):
        answer = cast.browse(who).get(url)
        if status == SIGN_IN:
            assert answer.status_code == 302, who
            assert answer["Location"].startswith(reverse("desk:sign-in")), who
        else:
            assert answer.status_code == status, f"{who}: {url}"


def test_only_the_head_publishes(cast: Cast) -> None:
    url = reverse("desk:publish", kwargs={"agency": OWN, "year": 2024})
    answers = {who: cast.browse(who).post(url) for who in WHO}
    assert answers["anonymous"]["Location"].startswith(reverse("desk:sign-in"))
    assert [answers[who].status_code for who in WHO] == [302, 403, 403, 302, 404]


def test_a_form_needs_its_token(cast: Cast) -> None:
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.head)
    assert client.post(reverse("desk:publish", kwargs={"agency": OWN, "year": 2024})).status_code == 403
    assert client.post(reverse("desk:sign-out")).status_code == 403
