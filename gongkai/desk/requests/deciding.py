"""拟答复: guided questions to the kind of reply, then what its letter must state."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.agencies.queries import Agency
from gongkai.inforequests.actions.deciding import NEEDS_SEARCH, decide
from gongkai.inforequests.alike import answered_before
from gongkai.inforequests.errands import searched_by_sections
from gongkai.inforequests.letters.catalogue import FIELD_OF, kind_of_reply
from gongkai.inforequests.letters.fields import plain_day
from gongkai.inforequests.letters.preview import words_of
from gongkai.inforequests.papers import to_disclose
from gongkai.inforequests.queries import InfoRequest, newest_draft, reason_sent_back
from gongkai.statute.outcomes import BY_SLUG, OUTCOMES, PROVIDED, REPLY_BY_SLUG, Leaf, walk

from ..frame import actor_of, of_agency, page
from .acts import REFUSALS, bound, case_at
from .deciding_forms import DraftForm, SearchRows

BY_ACT = {
    "other_withdrawn": "withdraw",
    "other_no_correction": "lapse_no_clarification",
    "other_no_fee": "lapse_no_payment",
}
"""Kinds of reply that are no answer of their own but an act on the case."""


@require_safe
@of_agency("requests.draft")
def questions(request: HttpRequest, agency: Agency, pk: int) -> HttpResponse:
    """One question a page; the answers given so far stand in the address, so that going back loses nothing."""
    case = case_at(agency, pk)
    if case.matter == "correction":
        return redirect("desk:request-correction", agency.slug, case.pk)
    given = {key: str(value) for key, value in request.GET.items() if key != "page"}
    try:
        found = walk(given)
    except ValueError as error:
        raise Http404 from error
    kept = [(question.slug, choice.slug) for question, choice in found.steps]
    shown = {"case": case, "steps": found.steps, "kept": kept, "sent_back": reason_sent_back(case)}
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


@require_http_methods(["GET", "POST"])
@of_agency("requests.draft")
def draft(request: HttpRequest, agency: Agency, pk: int, reply: str) -> HttpResponse:
    """What the letter of this reply must state; then the letter as it will read; then to the review."""
    case = case_at(agency, pk)
    kind = REPLY_BY_SLUG.get(reply)
    if kind is None or kind.slug in BY_ACT:
        raise Http404
    actor = actor_of(request)
    again = "again" in request.POST
    form = DraftForm(bound(request), reply=kind, initial=_before(case, reply) | {"on": actor.day})
    rows = SearchRows(
        bound(request), prefix="search", initial=_searched(case, reply), must=reply in NEEDS_SEARCH
    )
    words: list[str] = []
    if form.is_bound and form.is_valid() & rows.is_valid() and not again:
        fields = {FIELD_OF[slug]: text for slug, text in form.states().items() if slug in FIELD_OF}
        try:
            words = words_of(case, kind_of_reply(reply), form.cleaned_data["on"], fields)
            if "sure" in request.POST:
                decide(
                    case, by=actor, on=form.cleaned_data["on"], reply=reply, states=form.states(),
                    search=rows.given(), note=form.cleaned_data["note"],
                )  # fmt: skip
                messages.success(request, "答复稿已送审核。审核、签发以后送达申请人。")
                return redirect("desk:request", agency.slug, case.pk)
        except REFUSALS as error:
            form.add_error(None, str(error))
            words = []
    more: dict[str, Any] = {
        "reply": kind,
        "outcome": BY_SLUG[kind.outcome],
        "sent_back": reason_sent_back(case),
        "going": list(to_disclose(case)) if kind.outcome in PROVIDED else [],
        "provides": kind.outcome in PROVIDED,
    }
    return page(
        request, agency, "requests/draft_sure" if words else "requests/draft", "requests",
        case=case, form=form, rows=rows, words=words, typed=typed(request), **more,
    )  # fmt: skip


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What was filled in, to be sent again with the button that is sure."""
    left_out = ("csrfmiddlewaretoken", "sure", "again")
    return [(k, v) for k in request.POST if k not in left_out for v in request.POST.getlist(k)]


def _before(case: InfoRequest, reply: str) -> dict[str, Any]:
    last = newest_draft(case)
    if last is None or last.reply != reply:
        return _repeated(case) if reply == "reject_repeat" else {}
    return {**{f"state_{slug}": text for slug, text in last.states.items()}, "note": last.note}


def _repeated(case: InfoRequest) -> dict[str, Any]:
    """The earlier answer, where one is known: nobody copies its number by hand."""
    before = answered_before(case)
    if before is None:
        return {}
    return {"state_earlier_number": before.letter, "state_earlier_on": plain_day(before.request.closed_on)}


def _searched(case: InfoRequest, reply: str) -> list[dict[str, str]]:
    """The record of the search: the last draft's, else what the sections answered."""
    last = newest_draft(case)
    return list(last.search) if last is not None and last.reply == reply else searched_by_sections(case)


_CASE = "<slug:agency>/requests/<int:pk>/"
PATTERNS = [
    path(f"{_CASE}decide/", questions, name="request-decide"),
    path(f"{_CASE}decide/kinds/", kinds, name="request-kinds"),
    path(f"{_CASE}decide/<slug:reply>/", draft, name="request-draft"),
]
