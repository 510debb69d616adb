"""What can be found of people: who sits where in an agency, by name."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse

from gongkai.search.indexing import Document, index_many, register, remove_many

from .models import Seat


def people() -> Iterator[Document]:
    """Everybody who holds a seat in an agency, once for each seat; phone and mail address stay out."""
    return _documents(Seat.objects.all())


def index_seats(seats: QuerySet[Seat]) -> None:
    """Bring these seats up to date in the index, in the transaction of the act that changed them: those that nobody
    holds any more, or that have ended, are taken out."""
    numbers = {str(pk) for pk in seats.order_by().values_list("pk", flat=True)}
    documents = list(_documents(seats))
    index_many(documents)
    if gone := numbers - {document.object_id for document in documents}:
        remove_many("seat", gone)


def _documents(among: QuerySet[Seat]) -> Iterator[Document]:
    seats = among.filter(agency__isnull=False, person__isnull=False, ended_on__isnull=True)
    rows = seats.values_list("pk", "agency_id", "agency__slug", "person__name", "kind", "section__name")
    for number, agency_id, slug, name, kind, section in rows.iterator(500):
        yield Document(
            kind="seat",
            object_id=str(number),
            agency_id=agency_id or 0,
            act="seat.view",
            title=f"{name}（{Seat.Kind(kind).label}）",
            url=reverse("desk:settings", args=[slug]),
            text=section or "",
        )


def register_search() -> None:
    """Name it to the search."""
    register("seat", people)
