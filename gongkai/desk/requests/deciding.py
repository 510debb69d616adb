"""拟答复: guided questions to the kind of reply, then what its letter must state."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_safe

from gongkai.agencies.queries import Agency
from gongkai.inforequests.queries import reason_sent_back
from gongkai.statute.outcomes import OUTCOMES, Leaf, walk

from ..frame import of_agency, page
from .acts import case_at

BY_ACT = {
    "other_withdrawn": "withdraw",
    "other_no_correction": "lapse_no_clarification",
    "other_no_fee": "lapse_no_payment",
}
"""Kinds of reply that are no answer of their own but an act on the case."""

KNOWN = {"withdrawn": "no", "correction": "no", "fee": "no"}
"""Questions the case answers by itself: a request that was taken back, or whose fee was not paid in time, is not open
for a decision, and one for correction was registered as such. Each can be answered otherwise from the list of steps."""


def _before_last(kept: list[tuple[str, str]]) -> str:
    """The address of the question before, with the answers before it; empty at the first."""
    asked = [slug for slug, _ in kept if slug not in KNOWN]
    if not asked:
        return ""
    last = [slug for slug, _ in kept].index(asked[-1])
    return f"?{urlencode(kept[:last])}"


@require_safe
@of_agency("requests.draft")
def questions(request: HttpRequest, agency: Agency, pk: int) -> HttpResponse:
    """One question a page; the answers given so far stand in the address, so that going back loses nothing."""
    case = case_at(agency, pk)
    if case.matter == "correction":
        return redirect("desk:request-correction", agency.slug, case.pk)
    given = {key: str(value) for key, value in request.GET.items() if key not in ("page", "ask")}
    asked = request.GET.get("ask", "")
    given = {key: value for key, value in KNOWN.items() if key != asked} | given
    try:
        found = walk(given)
    except ValueError as error:
        raise Http404 from error
    kept = [(question.slug, choice.slug) for question, choice in found.steps]
    shown = {
        "case": case,
        "steps": found.steps,
        "kept": kept,
        "sent_back": reason_sent_back(case),
        "nth": sum(slug not in KNOWN for slug, _ in kept) + 1,
        "back": _before_last(kept),
        "clarifies": not case.events.filter(act="ask_clarification").exists(),
    }
    if isinstance(found.at, Leaf):
        reply = found.at.reply
        return page(
            request, agency, "requests/decide_leaf", "requests",
            reply=reply, outcome=found.at.outcome, act=BY_ACT.get(reply.slug), **shown,
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
