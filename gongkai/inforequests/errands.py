"""What sections were asked about a case, and what they answered."""

from __future__ import annotations

from django.db.models import QuerySet

from .models import Errand, InfoRequest

__all__ = ["Errand", "errand_of", "errands_of", "searched_by_sections"]


def errands_of(request: InfoRequest) -> QuerySet[Errand]:
    """What was asked about this case, oldest first."""
    return request.errands.select_related("seat__person", "seat__section").order_by("id")


def errand_of(request: InfoRequest, pk: int) -> Errand | None:
    """One of them; None where there is none such."""
    found = request.errands.select_related(
        "seat__person", "seat__section", "request__agency", "request__seat"
    )
    return found.filter(pk=pk).first()


def searched_by_sections(request: InfoRequest) -> list[dict[str, str]]:
    """The records of search that sections gave, in the order in which they were asked: where a draft begins."""
    answered = request.errands.filter(answered_on__isnull=False).order_by("id")
    return [dict(row) for search in answered.values_list("search", flat=True) for row in search]
