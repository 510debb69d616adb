"""拟答复: guided questions to the kind of reply, then what its letter must state."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_safe

from gongkai.agencies.queries import Agency
from gongkai.inforequests.queries import reason_sent_back
from gongkai.statute.outcomes import NONE, OUTCOMES, Leaf, screen_of, usual_steps

from ..frame import of_agency, page
from .acts import case_at
from .way import read

BY_ACT = {
    "other_withdrawn": "withdraw",
    "other_no_correction": "lapse_no_clarification",
    "other_no_fee": "lapse_no_payment",
}
"""Kinds of reply that are no answer of their own but an act on the case."""


@require_safe
@of_agency("requests.draft")
def questions(request: HttpRequest, agency: Agency, pk: int) -> HttpResponse:
    """One page of the way; the answers given so far stand in the address, so that going back loses nothing."""
    case = case_at(agency, pk)
    if case.matter == "correction":
        return redirect("desk:request-correction", agency.slug, case.pk)
    try:
        way = read(request.GET)
        found = way.walked()
    except ValueError as error:
        raise Http404 from error
    shown = {
        "case": case,
        "way": way,
        "nth": len(way.trail) + 1,
        "left": usual_steps(way.given, way.trail),
        "sent_back": reason_sent_back(case),
        "clarifies": not case.events.filter(act="ask_clarification").exists(),
    }
    if isinstance(found.at, Leaf):
        reply = found.at.reply
        return page(
            request, agency, "requests/decide_leaf", "requests",
            withheld=",".join(found.at.withheld), reply=reply, outcome=found.at.outcome, act=BY_ACT.get(reply.slug), **shown,
        )  # fmt: skip
    screen = screen_of(found.at)
    if screen and screen.slug not in way.trail and found.at.slug != request.GET.get("ask"):
        return page(
            request, agency, "requests/decide_screen", "requests",
            screen=screen, ticked=request.GET.getlist("ticked"), none=NONE, **shown,
        )  # fmt: skip
    return page(request, agency, "requests/decide", "requests", question=found.at, **shown)


@require_safe
@of_agency("requests.draft")
def kinds(request: HttpRequest, agency: Agency, pk: int) -> HttpResponse:
    """直接选择: all kinds of reply under their rows of table three, for who knows."""
    case = case_at(agency, pk)
    rows = [(outcome, reply) for outcome in OUTCOMES for reply in outcome.replies if reply.slug not in BY_ACT]
    return page(request, agency, "requests/decide_kinds", "requests", case=case, rows=rows)


_CASE = "<slug:agency>/requests/<int:pk>/"
PATTERNS = [
    path(f"{_CASE}decide/", questions, name="request-decide"),
    path(f"{_CASE}decide/kinds/", kinds, name="request-kinds"),
]
