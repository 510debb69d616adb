"""写告知书: what the letter of a kind of reply must state, the letter as it will read, and off to the review.

What was typed is kept on the server for its drafter until it is sent: going away for a file, a look at the letter or a
closed window lose nothing.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_http_methods

from gongkai.agencies.queries import Agency
from gongkai.inforequests.actions.deciding import GIVES, GIVES_NOTHING, NEEDS_SEARCH, NO_FILES, decide
from gongkai.inforequests.alike import answered_before
from gongkai.inforequests.errands import searched_by_sections
from gongkai.inforequests.letters.catalogue import FIELD_OF, kind_of_reply
from gongkai.inforequests.letters.fields import plain_day
from gongkai.inforequests.letters.from_acts import consulted_words
from gongkai.inforequests.letters.preview import words_of
from gongkai.inforequests.papers import attachments, passed_over, to_disclose
from gongkai.inforequests.queries import InfoRequest, newest_draft, reason_sent_back
from gongkai.statute.outcomes import BY_SLUG, PROVIDED, REPLY_BY_SLUG, ReplyType, ground_of

from ..frame import actor_of, of_agency, page
from ..keeping import keep_typed
from .acts import REFUSALS, bound, case_at
from .deciding import BY_ACT
from .deciding_forms import DraftForm, SearchRows
from .draft_material import MaterialForm, brings_material, material_done, typed


@require_http_methods(["GET", "POST"])
@of_agency("requests.draft")
def draft(request: HttpRequest, agency: Agency, pk: int, reply: str) -> HttpResponse:
    """What the letter of this reply must state; then the letter as it will read; then to the review."""
    case = case_at(agency, pk)
    kind = REPLY_BY_SLUG.get(reply)
    if kind is None or kind.slug in BY_ACT:
        raise Http404
    if brings_material(request):
        done = material_done(request, case)
        if not done or "put" in request.POST or "choose" in request.POST:
            keep_typed(request)
            return redirect(f"{request.path}#material")
    day = actor_of(request).day
    form = DraftForm(
        bound(request), reply=kind, today=day, has_files=kind.slug in GIVES and bool(to_disclose(case)),
        initial=_asked_for(request) | _before(case, reply) | {"on": day},
    )  # fmt: skip
    rows = SearchRows(
        bound(request), prefix="search", initial=_searched(case, reply), must=reply in NEEDS_SEARCH
    )
    words: list[str] = []
    if form.is_bound and form.is_valid() & rows.is_valid() and "again" not in request.POST:
        try:
            words = _words(case, kind, form)
            if "sure" in request.POST:
                _decide(request, case, kind, form, rows)
                return redirect("desk:request", agency.slug, case.pk)
        except REFUSALS as error:
            form.add_error(_place_of(error, form), str(error))
            words = []
    if form.is_bound:
        keep_typed(request)
    return page(
        request, agency, "requests/draft_sure" if words else "requests/draft", "requests",
        case=case, form=form, rows=rows, words=words, typed=typed(request), **_beside(case, kind),
    )  # fmt: skip


def _decide(
    request: HttpRequest, case: InfoRequest, kind: ReplyType, form: DraftForm, rows: SearchRows
) -> None:
    data = form.cleaned_data
    decide(
        case, by=actor_of(request), on=data["on"], reply=kind.slug, states=form.states(),
        search=rows.given(), note=data["note"],
    )  # fmt: skip
    messages.success(request, "答复稿已送审核。审核、签发以后送达申请人。")


def _words(case: InfoRequest, kind: ReplyType, form: DraftForm) -> list[str]:
    """The letter as it will read, with what goes out listed. Raises where it would give nothing at all."""
    states = form.states()
    titles = [one.title for one in to_disclose(case)] if kind.slug in GIVES else []
    if kind.slug in GIVES and not titles and NO_FILES not in states:
        raise ValueError(GIVES_NOTHING)
    if titles:
        states.setdefault("attachments", attachments(titles))
    fields = {FIELD_OF[slug]: text for slug, text in states.items() if slug in FIELD_OF}
    return words_of(case, kind_of_reply(kind.slug), form.cleaned_data["on"], fields)


def _place_of(error: Exception, form: DraftForm) -> str | None:
    """At which field a refusal stands."""
    name = f"state_{NO_FILES}"
    return name if str(error) == GIVES_NOTHING and name in form.fields else None


def _beside(case: InfoRequest, kind: ReplyType) -> dict[str, Any]:
    """What the page shows beside the form."""
    provides = kind.outcome in PROVIDED
    return {
        "reply": kind,
        "outcome": BY_SLUG[kind.outcome],
        "sent_back": reason_sent_back(case),
        "going": list(to_disclose(case)) if provides else [],
        "passed_over": list(passed_over(case)) if provides else [],
        "provides": provides,
        "material": MaterialForm(),
    }


def _asked_for(request: HttpRequest) -> dict[str, Any]:
    """The articles on which something is withheld, as the guided decision found them."""
    ground = ground_of(request.GET.get("withheld", "").split(","))
    return {"state_ground": ground} if ground else {}


def _before(case: InfoRequest, reply: str) -> dict[str, Any]:
    last = newest_draft(case)
    if last is not None and last.reply == reply:
        said = dict(last.states)
        if said.get("attachments") == attachments([row["title"] for row in last.papers]):
            # The list was made of what went out then; it is made anew of what goes out now.
            del said["attachments"]
        return {**{f"state_{slug}": text for slug, text in said.items()}, "note": last.note}
    asked = consulted_words(case)
    known = {"state_consulted": asked} if asked else {}
    return known | (_repeated(case) if reply == "reject_repeat" else {})


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


PATTERNS = [path("<slug:agency>/requests/<int:pk>/decide/<slug:reply>/", draft, name="request-draft")]
