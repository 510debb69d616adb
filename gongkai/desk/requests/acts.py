"""The acts of the procedure, each with its form: what it is for, what it needs, what it does to the period."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from gongkai.agencies.actor import Actor
from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import NotAllowed
from gongkai.dictionaries.queries import calendar
from gongkai.inforequests.actions import (
    clarification,
    closing,
    confirm_receipt,
    consultation,
    deciding,
    fees,
    period,
)
from gongkai.inforequests.actions.base import CannotDo
from gongkai.inforequests.lapsing import asked_of
from gongkai.inforequests.letters.from_acts import LETTER_OF_ACT
from gongkai.inforequests.messages import TAKEN_BY, messages_of
from gongkai.inforequests.queries import InfoRequest, NoRequest, consultation_of, request_of
from gongkai.inforequests.reading import next_acts
from gongkai.remedies.queries import redo_order
from gongkai.statute.channels import ReceiptError
from gongkai.statute.days import in_words
from gongkai.statute.states import CLOSED, PAUSED, STATES, WAITING, ImpossibleMove, act_label

from ..frame import actor_of, of_agency, page
from . import acts_forms as f

Do = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class ActPage:
    """The form of an act, what does it, and whether it is asked once more before it is done."""

    form: type[f.ActForm]
    do: Do
    sure: str = ""


def _consulting(whom: str) -> Do:
    def do(case: InfoRequest, **given: Any) -> None:
        consultation.consult(case, whom=whom, **given)

    return do


_NO_MORE = "这件申请不再处理，计入年报“其他处理”。申请人要继续的，只能重新申请。"
PAGES: dict[str, ActPage] = {
    "confirm_receipt": ActPage(f.ConfirmForm, confirm_receipt.confirm_receipt),
    "ask_clarification": ActPage(f.ClarificationForm, clarification.ask_clarification),
    "receive_clarification": ActPage(f.ClarifiedForm, clarification.receive_clarification),
    "lapse_no_clarification": ActPage(f.ActForm, clarification.lapse_no_clarification, _NO_MORE),
    "consult_third_party": ActPage(f.ConsultForm, _consulting("third_party")),
    "consult_agency": ActPage(f.ConsultAgencyForm, _consulting("agency")),
    "consult_joint_makers": ActPage(f.ConsultForm, _consulting("joint_maker")),
    "ask_reasons": ActPage(f.ReasonsForm, period.ask_reasons),
    "receive_reasons": ActPage(f.ReasonsGivenForm, period.receive_reasons),
    "set_later_date": ActPage(f.LaterDateForm, period.set_later_date),
    "extend": ActPage(f.ExtendForm, period.extend),
    "give_fee_notice": ActPage(f.FeeForm, fees.give_fee_notice),
    "receive_payment": ActPage(f.PaidForm, fees.receive_payment),
    "lapse_no_payment": ActPage(f.NotPaidForm, fees.lapse_no_payment, _NO_MORE),
    "send_back": ActPage(f.SendBackForm, deciding.send_back),
    "recall": ActPage(f.RecallForm, deciding.recall),
    "withdraw": ActPage(f.WithdrawForm, closing.withdraw, "登记申请人撤回以后，这件申请就办结了，不再答复。"),
    "archive": ActPage(f.ArchiveForm, closing.archive),
    "reopen": ActPage(f.ReopenForm, closing.reopen, "这件申请重新进入办理，期限重新计算。"),
}
"""The acts that have their page here, by slug."""
CLARIFY_IN = 10
"""Working days proposed for a clarification; art. 30 asks for a reasonable period, the clerk may change the day."""
REFUSALS = (CannotDo, ImpossibleMove, ReceiptError, ValueError, NotAllowed)


def case_at(agency: Agency, pk: int) -> InfoRequest:
    """The request of the agency, or not there."""
    try:
        return request_of(agency, pk)
    except NoRequest as error:
        raise Http404 from error


def bound(request: HttpRequest) -> Any:
    """What was typed, or None when the page is opened."""
    return request.POST if request.method == "POST" else None


def after(request: HttpRequest, case: InfoRequest, label: str) -> None:
    """Say what was done and until when the answer is now due."""
    said = f"已登记：{label}。"
    if case.state in PAUSED:
        said += "现在不计答复期限，意见收齐以后接着计算。"
    elif case.state in WAITING:
        said += f"正在{STATES[case.state].label.replace('待', '等申请人')}，办到以后答复期限重新计算。"
    elif case.state not in CLOSED and case.due_on:
        said += f"现在的答复期限：{in_words(case.due_on)}{'（暂定）' if case.due_provisional else ''}。"
    messages.success(request, said)


@require_http_methods(["GET", "POST"])
@of_agency("requests.view")
def act(request: HttpRequest, agency: Agency, pk: int, act: str) -> HttpResponse:
    """One act of a case: its form; done, back to the case."""
    case = case_at(agency, pk)
    if act not in PAGES:
        raise Http404
    actor = actor_of(request)
    open_now = {one.move.act: one for one in next_acts(case, list(case.events.all()), actor)}
    found = open_now.get(act)
    label = found.move.label if found else act_label(act)
    shown = {"case": case, "label": label, "next": list(open_now.values())}
    if found is None:
        return page(request, agency, "requests/act_closed", "requests", **shown)
    if not found.allowed:
        answer = page(request, agency, "requests/act_closed", "requests", why_not=found.why_not, **shown)
        answer.status_code = 403
        return answer
    waiting = messages_of(case).filter(taken_on__isnull=True) if act in TAKEN_BY else ()
    sent = next((one.pk for one in waiting if one.get_kind_display() == TAKEN_BY[act]), None)
    if sent is not None and request.method == "GET":
        messages.warning(request, "申请人已经在网上提交了。请看过、与申请人确认以后在这一页登记。")
        return redirect(url_of(agency, case, act, sent))
    entry = PAGES[act]
    form = entry.form(bound(request), case=case, initial={"on": actor.day} | _known(case, act))
    more = shown | {"move": found.move, "form": form, "sure": entry.sure + _not_told(case, act)}
    if form.is_bound and form.is_valid() and _done(form, lambda: _do(entry.do, case, actor, form.given())):
        after(request, case, label)
        letter = LETTER_OF_ACT.get(act)
        if letter:
            return redirect("desk:request-letter-new", agency.slug, case.pk, letter)
        return redirect("desk:request", agency.slug, case.pk)
    return page(request, agency, "requests/act", "requests", **more)


def _known(case: InfoRequest, act: str) -> dict[str, Any]:
    """What is filled in beforehand: of the decision that wants the request handled anew, who ordered it and by when."""
    if act == "ask_clarification":
        return {"until": calendar().add(timezone.localdate(), CLARIFY_IN)}
    order = redo_order(case) if act == "reopen" else None
    return {"ordered_by": f"{order.organ}{order.number}", "until": order.redo_by} if order else {}


def _do(do: Do, case: InfoRequest, actor: Actor, given: dict[str, Any]) -> None:
    do(case, by=actor, **given)


def _done(form: f.ActForm, do: Callable[[], None]) -> bool:
    """Do it; what cannot be done is said on the form, with what was typed."""
    try:
        do()
    except REFUSALS as error:
        form.add_error(None, str(error))
        return False
    return True


@require_http_methods(["GET", "POST"])
@of_agency("requests.handle")
def opinion(request: HttpRequest, agency: Agency, pk: int, number: int) -> HttpResponse:
    """登记意见: what somebody consulted answered, or that the time ran out."""
    case = case_at(agency, pk)
    asked = consultation_of(case, number)
    if asked is None or asked.ended_on is not None:
        raise Http404
    actor = actor_of(request)
    form = f.OpinionForm(bound(request), case=case, initial={"on": actor.day})
    if form.is_bound and form.is_valid():
        given = form.given()
        if _done(form, lambda: consultation.receive_opinion(asked, by=actor, **given)):
            case.refresh_from_db()
            after(request, case, f"{asked.name}的意见")
            return redirect("desk:request", agency.slug, case.pk)
    return page(
        request, agency, "requests/opinion", "requests", case=case, asked=asked, form=form, label="登记意见"
    )


@require_http_methods(["GET", "POST"])
@of_agency("requests.handle")
def reached(request: HttpRequest, agency: Agency, pk: int, number: int) -> HttpResponse:
    """登记对方收到: from when the fifteen working days of an opinion run."""
    case = case_at(agency, pk)
    asked = consultation_of(case, number)
    if asked is None or asked.ended_on is not None or asked.reached_on is not None:
        raise Http404
    actor = actor_of(request)
    form = f.ActForm(bound(request), case=case, initial={"on": actor.day})
    form.fields["on"].label = "对方哪一天收到征求意见函"
    if form.is_bound and form.is_valid():
        on = form.cleaned_data["on"]
        if _done(form, lambda: consultation.reached(asked, by=actor, on=on)):
            messages.success(request, f"已登记：{asked.name}收到征求意见函。")
            return redirect("desk:request", agency.slug, case.pk)
    return page(
        request,
        agency,
        "requests/opinion",
        "requests",
        case=case,
        asked=asked,
        form=form,
        label="登记对方收到",
    )


def _not_told(case: InfoRequest, act: str) -> str:
    """What is to be thought of before a case lapses whose notice never went out."""
    asked = asked_of(case, list(case.events.all())) if act.startswith("lapse_") else None
    if asked is None or asked.told:
        return ""
    return (
        "告知的文书还没有登记寄出：没有寄出的，申请人不知道，不能按逾期处理；已经交给申请人的，请先登记送达。"
    )


def url_of(agency: Agency, case: InfoRequest, act: str, message: int | None = None) -> str:
    """Where an act is done; what answers a `message` sent online is done with it."""
    if message is not None:
        return reverse("desk:request-online-take", args=[agency.slug, case.pk, message])
    own = {
        "decide": "request-decide",
        "review": "request-review",
        "sign": "request-review",
        "serve": "request-serve",
    }
    if act in own:
        return reverse(f"desk:{own[act]}", args=[agency.slug, case.pk])
    return reverse("desk:request-act", args=[agency.slug, case.pk, act])


_CASE = "<slug:agency>/requests/<int:pk>/"
PATTERNS = [
    path(f"{_CASE}acts/<slug:act>/", act, name="request-act"),
    path(f"{_CASE}consultations/<int:number>/opinion/", opinion, name="request-opinion"),
    path(f"{_CASE}consultations/<int:number>/reached/", reached, name="request-reached"),
]
