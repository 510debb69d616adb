"""定期评估: what is withheld or given on request only, by the day on which it is looked at again (条例第十八条)."""

from __future__ import annotations

from datetime import date

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import may
from gongkai.disclosure.queries import items_to_evaluate

from ..frame import actor_of, of_agency, page

ROWS = 50


@require_safe
@of_agency("disclosure.view")
def evaluations(request: HttpRequest, agency: Agency) -> HttpResponse:
    """All that is not disclosed unasked, the first to be looked at first."""
    actor = actor_of(request)
    found = Paginator(items_to_evaluate(agency, date.max), ROWS).get_page(request.GET.get("page"))
    return page(
        request,
        agency,
        "registers/evaluations",
        "items",
        page=found,
        today=actor.day,
        late=items_to_evaluate(agency, actor.day).count(),
        evaluates=bool(may(actor, "disclosure.evaluate", agency)),
    )


PATTERNS = [path("<slug:agency>/registers/evaluations/", evaluations, name="evaluations")]
