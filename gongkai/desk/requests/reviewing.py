"""审核、签发: the review sheet of an answer."""

from __future__ import annotations

import difflib
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_http_methods

from gongkai.agencies.actor import Actor
from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import may
from gongkai.inforequests.actions.deciding import GIVES, NO_FILES, others_who_review, review, send_back
from gongkai.inforequests.actions.signing import sign_and_make
from gongkai.inforequests.letters.catalogue import FIELD_OF
from gongkai.inforequests.letters.preview import reply_words
from gongkai.inforequests.papers import CasePaper, papers_of
from gongkai.inforequests.queries import Decision, InfoRequest, draft_before, newest_draft, why_drafted_anew
from gongkai.statute.outcomes import BY_SLUG, REPLY_BY_SLUG

from ..frame import actor_of, of_agency, page
from .acts import REFUSALS, bound, case_at

_NEXT = {
    "审核": "已告知签发人。",
    "签发": "答复书已经制作，已告知经办员送达。",
    "审核并签发": "答复书已经制作，已告知经办员送达。",
}
_LABELS = {NO_FILES: "不附文件的，申请人到哪里取得"}
_STEPS = {"in_review": ("审核", "requests.review"), "awaiting_signature": ("签发", "requests.sign")}


class OpinionForm(forms.Form):
    """What the reviewer says; for sending back it must be said."""

    use_required_attribute = False
    opinion = forms.CharField(
        label="意见",
        required=False,
        help_text="同意的可以不写；退回的必须写清楚要改什么。",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@require_http_methods(["GET", "POST"])
@of_agency("requests.view")
def sheet(request: HttpRequest, agency: Agency, pk: int) -> HttpResponse:
    """审查表: exactly what is to be signed, what it rests on, what changed; agree or send back."""
    case = case_at(agency, pk)
    draft = newest_draft(case)
    if draft is None:
        raise Http404
    actor = actor_of(request)
    step, right = _step(case, actor)
    allowed = may(actor, right, case)
    if request.method == "POST" and (not step or not allowed):
        return page_closed(request, agency, pk, str(allowed.why))
    words, trouble = _words(draft, actor.day)
    form = OpinionForm(bound(request))
    if form.is_bound and form.is_valid():
        said = form.cleaned_data["opinion"]
        try:
            if "back" in request.POST:
                send_back(case, by=actor, on=actor.day, reason=said)
                messages.success(request, "已退回修改，起草人会看到您的意见。")
            elif "agree" not in request.POST:
                raise ValueError("请按“同意”或者“退回修改”。")
            elif trouble:
                raise ValueError(trouble)
            else:
                (review if step == "审核" else sign_and_make)(case, by=actor, on=actor.day, opinion=said)
                messages.success(request, f"已{step}，{_NEXT[step]}")
            return redirect("desk:request", agency.slug, case.pk)
        except REFUSALS as error:
            form.add_error("opinion", str(error))
    reply = REPLY_BY_SLUG[draft.reply]
    return page(
        request, agency, "requests/review", "requests",
        case=case, draft=draft, step=step if allowed else "", words=words, trouble=trouble, form=form,
        reply=reply, outcome=BY_SLUG[reply.outcome], changes=_changes(draft), why=allowed.why, sent_back=why_drafted_anew(draft),
        provides=draft.reply in GIVES, no_files=draft.states.get(NO_FILES, ""),
        consultations=list(case.consultations.all()), going=_going(draft),
        personal=bool(may(actor, "requests.personal", case)),
    )  # fmt: skip


def _going(draft: Decision) -> list[tuple[dict[str, Any], CasePaper | None]]:
    """What is to go out with the answer, each with the paper it is."""
    if not draft.papers:
        return []
    known = {one.pk: one for one in papers_of(draft.request)}
    return [(row, known.get(row["paper"])) for row in draft.papers]


def _step(case: InfoRequest, actor: Actor) -> tuple[str, str]:
    """What is to be done on the sheet now and the right it needs; the signer's own where nobody else can review."""
    step, right = _STEPS.get(case.state, ("", "requests.view"))
    alone = (
        step == "审核" and may(actor, "requests.sign", case) and not others_who_review([case], actor)[case.pk]
    )
    return ("审核并签发", "requests.sign") if alone else (step, right)


def page_closed(request: HttpRequest, agency: Agency, pk: int, why: str) -> HttpResponse:
    """Nothing to sign here for this seat."""
    case = case_at(agency, pk)
    answer = page(
        request, agency, "requests/act_closed", "requests", case=case, label="审核、签发", why_not=why
    )
    answer.status_code = 403
    return answer


def _words(draft: Decision, on: object) -> tuple[list[str], str]:
    try:
        return reply_words(draft, on), ""  # type: ignore[arg-type]
    except ValueError as error:
        return [], str(error)


def _changes(draft: Decision) -> list[tuple[str, list[tuple[str, str]]]]:
    """What was changed against the draft before, by field, as pieces: same, gone or new."""
    before = draft_before(draft)
    if before is None:
        return []
    was, now = _told(before), _told(draft)
    both = [(label, was.get(label, ""), now.get(label, "")) for label in dict.fromkeys([*was, *now])]
    return [(label, pieces(old, new)) for label, old, new in both if old != new]


def _told(draft: Decision) -> dict[str, str]:
    """All that a draft says, as text under what it is called: its kind, its statements, what goes out, the search."""
    states = {_LABELS.get(slug) or FIELD_OF.get(slug, slug): text for slug, text in draft.states.items()}
    return {
        "答复类型": REPLY_BY_SLUG[draft.reply].label,
        **states,
        "随答复公开的材料": "；".join(f"{row['title']}（{row['name']}）" for row in draft.papers),
        "检索记录": "；".join("，".join(str(value) for value in row.values()) for row in draft.search),
        "经办意见": draft.note,
    }


def pieces(old: str, new: str) -> list[tuple[str, str]]:
    """Two texts as pieces of one: ("same" | "gone" | "new", text)."""
    found: list[tuple[str, str]] = []
    for op, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if op == "equal":
            found.append(("same", old[a:b]))
            continue
        if b > a:
            found.append(("gone", old[a:b]))
        if d > c:
            found.append(("new", new[c:d]))
    return found


PATTERNS = [path("<slug:agency>/requests/<int:pk>/review/", sheet, name="request-review")]
