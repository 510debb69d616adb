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

from gongkai.agencies.models import Seat
from gongkai.files.models import StoredFile
from gongkai.inforequests.actions.consultation import consult
from gongkai.inforequests.errands import errands_of
from gongkai.inforequests.matters import matters_of
from gongkai.inforequests.models import (
    CaseNote,
    CasePaper,
    Consultation,
    Conversion,
    Decision,
    Errand,
    InfoRequest,
    Letter,
    RequesterMessage,
    RequestEvent,
)
from gongkai.inforequests.papers import notes_of, papers_of
from gongkai.remedies.models import Remedy
from tests.cast import Cast
from tests.inforequests.cases import DAY, new_case

pytestmark = pytest.mark.django_db
MOST = 12
"""Queries of a page, with those of the frame: session, person, stay, seats, notices."""


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
    CasePaper.objects.bulk_create(
        CasePaper(request=case, file=papers[n], kind="other", dated=DAY, about=f"材料{n}") for n in range(20)
    )
    CaseNote.objects.bulk_create(
        CaseNote(request=case, on=DAY, text="电话", by="甲某", at=now) for n in range(9)
    )
    seat = Seat.objects.filter(agency=case.agency, section__isnull=False).first()
    Errand.objects.bulk_create(
        Errand(request=case, seat=seat, about="请查", due_on=DAY, given_on=DAY, given_by="甲某")
        for _ in range(7)
    )
    Conversion.objects.create(
        agency=case.agency, request=case, what="清单", reason="多人申请", proposed_on=DAY, proposed_by="甲某"
    )
    for n in range(3):
        Remedy.objects.create(
            agency=case.agency, request=case, track="reconsideration", organ="测试复议机关", number=f"{n}",
            about="答复", accepted_on=DAY,
        )  # fmt: skip
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
    assert asked(client, url) <= min(MOST, plain + 1)


def test_what_lies_with_a_case_is_what_its_parts_say(
    cast: Cast, queries: Callable[[Callable[[], object]], int]
) -> None:
    case = new_case(cast)
    assert matters_of(case) == matters_of(new_case(cast))
    make_busy(case, cast)
    StoredFile.objects.filter(case_paper__about="材料19").update(removed_at=timezone.now())
    assert queries(lambda: matters_of(case)) == 1
    found = matters_of(case)
    papers = [(p.pk, p.dated, p.about, p.get_kind_display(), p.file.ending, p.file.size, p.disclose, p.file_id) for p in papers_of(case)]  # fmt: skip
    assert [
        (m.pk, m.day, m.words, m.kind, m.ending, m.size, m.disclose, m.file) for m in found.papers
    ] == papers
    assert len(papers) == 19
    notes = [(n.pk, n.on, n.text, n.seat, n.by, n.at) for n in notes_of(case)]
    assert [(m.pk, m.day, m.words, m.kind, m.who, m.at) for m in found.notes] == notes
    errands = [
        (e.pk, e.given_on, e.about, e.seat.get_kind_display(), e.seat.section.name, e.due_on, e.answered_on)
        for e in errands_of(case)
    ]
    assert [(m.pk, m.day, m.words, m.kind, m.who, m.due_on, m.done_on) for m in found.errands] == errands
    assert found.conversion is not None
    assert (found.conversion.kind, found.conversion.words) == ("待处理", "清单")


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
