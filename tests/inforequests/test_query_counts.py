"""How many queries the pages of requests ask: a bound for each, and the same however long a case or a list is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from gongkai.files.models import StoredFile
from gongkai.inforequests.actions.consultation import consult
from gongkai.inforequests.models import (
    Consultation,
    Decision,
    InfoRequest,
    Letter,
    RequesterMessage,
    RequestEvent,
)
from tests.cast import Cast
from tests.inforequests.cases import DAY, new_case

pytestmark = pytest.mark.django_db
MOST = 12
"""Queries of a page, with those of the frame: session, person, stay, seats, notices."""
MOST_OF_A_CASE = 15
"""A case is read from eight tables of its own; the aim is twelve, not reached yet."""


def asked(client: Client, url: str) -> int:
    """Queries of one GET, after one that fills what is filled once a process."""
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def make_busy(case: InfoRequest, cast: Cast) -> None:
    """Forty more events, ten consultations, letters, drafts, messages, parts and similar requests."""
    now = timezone.now()
    done = case.events.count()
    RequestEvent.objects.bulk_create(
        RequestEvent(
            request=case, serial=done + n, act="end_one_consultation", from_state="consulting", to_state="consulting",
            on=DAY + timedelta(days=n), at=now, by="甲某",
        )
        for n in range(1, 41)
    )  # fmt: skip
    Consultation.objects.bulk_create(
        Consultation(request=case, whom="agency", name=f"第{n}局", about="材料", sent_on=DAY, answer_by=DAY)
        for n in range(10)
    )
    papers = [
        StoredFile(
            agency=case.agency, name=f"{n}.docx", ending="docx", content_type="x", size=1, digest="x", cipher="x",
            key_id="x", added_at=now, added_by="甲某", owner_kind="inforequests.inforequest", owner_id=str(case.pk),
        )
        for n in range(20)
    ]  # fmt: skip
    StoredFile.objects.bulk_create(papers)
    Letter.objects.bulk_create(
        Letter(
            request=case, kind="extension_notice", number=f"{n}", version=1, dated=DAY, word=papers[n],
            pdf=papers[n + 10], made_by="甲某", made_at=now,
        )
        for n in range(10)
    )  # fmt: skip
    Decision.objects.bulk_create(
        Decision(request=case, number=n, reply="granted_provided", drafted_by=cast.clerk, drafted_at=now)
        for n in range(1, 11)
    )
    RequesterMessage.objects.bulk_create(
        RequesterMessage(
            request=case, kind="clarification", text="补正", file=papers[n], sent_on=DAY, sent_at=now
        )
        for n in range(10)
    )
    for _ in range(5):
        part = new_case(cast)
        InfoRequest.objects.filter(pk=part.pk).update(split_from=case)


def many(cast: Cast, count: int) -> None:
    """So many open requests of every state in which a row says something else."""
    for n in range(count):
        case = new_case(cast, DAY - timedelta(days=n % 20), channel="online" if n % 3 else "in_person")
        if n % 4 == 0 and case.state == "handling":
            consult(case, by=cast.actor("clerk", DAY), on=DAY, whom="third_party", name="乙某", about="材料")


@pytest.mark.parametrize("who", ["clerk", "reviewer", "leader"])
def test_the_page_of_a_busy_case_asks_no_more_than_that_of_a_new_one(cast: Cast, who: str) -> None:
    case = new_case(cast)
    url, client = reverse("desk:request", args=[cast.agency.slug, case.pk]), cast.browse(who)
    plain = asked(client, url)
    consult(case, by=cast.actor("clerk", DAY), on=DAY, whom="third_party", name="乙某", about="材料")
    make_busy(case, cast)
    assert asked(client, url) <= min(MOST_OF_A_CASE, plain + 1)


PAGES: dict[str, Callable[[Cast], str]] = {
    "open": lambda cast: reverse("desk:requests", args=[cast.agency.slug]),
    "all": lambda cast: reverse("desk:requests", args=[cast.agency.slug]) + "?state=all",
    "words": lambda cast: reverse("desk:requests", args=[cast.agency.slug]) + "?state=all&q=批复",
    "year": lambda cast: reverse("desk:requests", args=[cast.agency.slug]) + "?year=2025",
    "today": lambda cast: reverse("desk:today", args=[cast.agency.slug]),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_list_of_fifty_asks_what_a_list_of_one_asks(cast: Cast, name: str) -> None:
    url, client = PAGES[name](cast), cast.browse("clerk")
    many(cast, 1)
    one = asked(client, url)
    many(cast, 49)
    fifty = asked(client, url)
    assert fifty == one
    if name != "today":
        assert fifty <= MOST


def test_the_requesters_page_of_a_busy_case(cast: Cast, client: Client) -> None:
    case = new_case(cast, date(2025, 2, 21))
    url = reverse("portal:request-track", args=[cast.agency.slug])
    answer = client.post(url, {"number": case.number, "code": case.tracking_code})
    assert answer.status_code == 302
    page = answer["Location"]
    plain = asked(client, page)
    make_busy(case, cast)
    assert asked(client, page) == plain <= MOST
