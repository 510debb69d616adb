"""What can be found of requests: number and content, never the applicant."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from gongkai.agencies.models import Agency
from gongkai.search.finding import Reach, find
from gongkai.search.indexing import Document, index, index_many, register, remove, remove_many

from .models import InfoRequest

KIND = "request"
ACT = "requests.view"


def document_of(request: InfoRequest) -> Document:
    """A request as the index holds it, for those who may see the agency's list of requests."""
    return Document(
        kind=KIND,
        object_id=str(request.pk),
        agency_id=request.agency_id,
        act=ACT,
        title=f"申请 {request.number}",
        url=reverse("desk:request", args=[request.agency.slug, request.pk]),
        day=request.received_on,
        text=request.content,
    )


def requests() -> Iterator[Document]:
    """Every request, for the index made anew."""
    for request in InfoRequest.objects.select_related("agency").order_by("pk").iterator(500):
        yield document_of(request)


def part(after: int, most: int) -> list[Document]:
    """So many of them after a number."""
    rows = InfoRequest.objects.filter(pk__gt=after).select_related("agency").order_by("pk")
    return [document_of(request) for request in rows[:most]]


def index_request(request: InfoRequest) -> None:
    """Bring the index up to date, in the transaction of the act that changed the request."""
    index(document_of(request))


def index_requests(requests: list[InfoRequest]) -> None:
    """The same for many at once: cases taken over from an old ledger. Hourly the whole index is brought in step, so that
    what an interruption left out is found soon as well."""
    index_many([document_of(request) for request in requests])


def forget_request(pk: int) -> None:
    """Take a request out of the index whose number was cancelled."""
    remove(KIND, str(pk))


def forget_requests(pks: list[str]) -> None:
    """The same for many."""
    remove_many(KIND, pks)


def found_by(agency: Agency, words: str, most: int) -> list[int]:
    """The numbers of the agency's requests that have every word in number or content, the newest `most` of them."""
    hits = find(words, [Reach(agency.pk, frozenset({ACT}))]).filter(kind=KIND).order_by("-pk")
    return [int(pk) for pk in hits.values_list("object_id", flat=True)[:most]]


def register_search() -> None:
    """Name it to the search."""
    register(KIND, requests, part)
