"""A reconsideration or lawsuit on its page: what is next, how it counts; 登记提交、登记结果、作废."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import may
from gongkai.remedies.actions.conclude import conclude, take_back
from gongkai.remedies.actions.correct import cancel, hand_in
from gongkai.remedies.actions.facts import CannotTake
from gongkai.remedies.queries import Remedy, can_be_redone, carried_out, years_counted
from gongkai.remedies.reminding import paper_of
from gongkai.statute.outcomes import REPLY_BY_SLUG

from ..frame import actor_of, of_agency, page
from .forms import EXAMPLES, CancelForm, ConcludeForm, HandedInForm
from .register import remedy_at


@dataclass(frozen=True, slots=True)
class Next:
    """What is done next: a sentence, and its button where there is one."""

    said: str
    button: str = ""
    url: str = ""


def next_of(agency: Agency, case: Remedy) -> Next:
    """The one thing to do now."""

    def at(name: str, *more: object) -> str:
        return reverse(f"desk:{name}", args=[agency.slug, *(more or [case.pk])])

    if case.cancelled:
        return Next(f"这一条登记已经作废：{case.cancelled}。不计入年报。")
    if case.decided_on is None:
        what = paper_of(case)
        if case.answer_by is None and case.answered_on is None:
            return Next(
                f"登记时没有填{what}最迟哪一天提交。照通知书补上，到期前平台会提醒；已经提交的，登记提交。",
                "补上这个日期",
                at("remedy-correct"),
            )
        if case.answer_by is not None and case.answered_on is None:
            return Next(
                f"把{what}和证据材料交给{case.organ}，交了以后登记。",
                f"登记{what}已提交",
                at("remedy-answered"),
            )
        return Next("收到决定书或者裁判文书后登记结果。", "登记结果", at("remedy-conclude"))
    if not case.redo:
        return Next("这件案子已经审结，没有要办的。")
    if case.request is None:
        return Next("要求重新办理。这件案子没有对应登记的申请，请按决定书、判决书办。")
    if carried_out(case):
        return Next(
            "申请已经重新办理，请到那件申请的页面上答复。", "打开这件申请", at("request", case.request_id)
        )
    if can_be_redone(case):
        return Next(
            "要求重新办理这件申请。按“去重新办理”，申请回到“办理中”，期限按决定书、判决书的要求计算。",
            "去重新办理",
            at("request-act", case.request_id, "reopen"),
        )
    return Next(
        "申请还在办理，没有办结，直接在期限内答复就行。", "打开这件申请", at("request", case.request_id)
    )


def doubt_of(case: Remedy) -> str:
    """A suit brought directly against a refusal that has to go to reconsideration first; empty otherwise."""
    reply = REPLY_BY_SLUG.get(case.request.reply) if case.request else None
    if case.track == "litigation_direct" and reply is not None and "A" in reply.remedies:
        return (
            f"这件申请的答复是“{reply.label}”，依法应当先申请行政复议，再起诉。请核对类别；"
            "法院没有受理或者裁定驳回起诉的，结果选“其他结果”。"
        )
    return ""


@require_safe
@of_agency("remedy.view")
def show(request: HttpRequest, agency: Agency, pk: int) -> HttpResponse:
    """One case: what is next, its facts, how table four counts it."""
    case = remedy_at(agency, pk)
    actor = actor_of(request)
    edits = bool(may(actor, "remedy.edit", agency)) and not case.cancelled
    return page(
        request,
        agency,
        "remedies/case",
        "remedies",
        remedy=case,
        next=next_of(agency, case),
        doubt=doubt_of(case),
        paper=paper_of(case),
        counted=list(years_counted(case, actor.day)),
        today=actor.day,
        suits=list(case.followed_by.filter(cancelled="")),
        edits=edits,
        packs=bool(case.request and may(actor, "requests.pack", case.request)),
    )


def _step(
    request: HttpRequest,
    agency: Agency,
    case: Remedy,
    form: forms.Form,
    name: str,
    do: Callable[[dict[str, Any]], str],
    **more: Any,
) -> HttpResponse:
    """One act on its page: done, back to the case with what was said; refused, said on the form."""
    if form.is_bound and form.is_valid():
        try:
            said = do(form.cleaned_data)
        except CannotTake as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, said)
            return redirect("desk:remedy", agency.slug, case.pk)
    return page(request, agency, f"remedies/{name}", "remedies", remedy=case, form=form, **more)


def _bound(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


@require_http_methods(["GET", "POST"])
@of_agency("remedy.edit")
def answered(request: HttpRequest, agency: Agency, pk: int) -> HttpResponse:
    """登记答复书、答辩状已提交."""
    case = remedy_at(agency, pk)
    actor = actor_of(request)
    form = HandedInForm(_bound(request), initial={"on": case.answered_on or actor.day})

    def do(given: dict[str, Any]) -> str:
        hand_in(case, by=actor, on=given["on"])
        return f"已登记：{paper_of(case)}已提交。"

    return _step(request, agency, case, form, "answered", do, paper=paper_of(case))


@require_http_methods(["GET", "POST"])
@of_agency("remedy.edit")
def result(request: HttpRequest, agency: Agency, pk: int) -> HttpResponse:
    """登记结果: one of the four classes; 尚未审结 takes a result back that was written down by mistake."""
    case = remedy_at(agency, pk)
    actor = actor_of(request)
    before = {
        "result": case.result,
        "on": case.decided_on,
        "decision": case.decision,
        "redo": case.redo,
        "redo_by": case.redo_by,
    }
    form = ConcludeForm(_bound(request), initial=before if case.decided_on else None)

    def do(given: dict[str, Any]) -> str:
        if form.pending and case.decided_on is None:
            return "没有改动：这件案子还是“尚未审结”。收到决定书或者裁判文书后再来登记结果。"
        if form.pending:
            take_back(case, by=actor)
            return "已改回“尚未审结”。"
        wanted = {name: given[name] for name in ("on", "result", "decision", "redo", "redo_by")}
        conclude(case, by=actor, **wanted)
        return f"已登记结果：{case.get_result_display()}。"

    return _step(request, agency, case, form, "conclude", do, examples=EXAMPLES)


@require_http_methods(["GET", "POST"])
@of_agency("remedy.edit")
def void(request: HttpRequest, agency: Agency, pk: int) -> HttpResponse:
    """作废: an entry that should not be there; it stays readable and counts nowhere."""
    case = remedy_at(agency, pk)

    def do(given: dict[str, Any]) -> str:
        cancel(case, by=actor_of(request), why=given["why"])
        return f"已作废：{case.number}，不计入年报。"

    return _step(request, agency, case, CancelForm(_bound(request)), "cancel", do)


_CASE = "<slug:agency>/remedies/<int:pk>/"
PATTERNS = [
    path(_CASE, show, name="remedy"),
    path(f"{_CASE}answered/", answered, name="remedy-answered"),
    path(f"{_CASE}conclude/", result, name="remedy-conclude"),
    path(f"{_CASE}cancel/", void, name="remedy-cancel"),
]
