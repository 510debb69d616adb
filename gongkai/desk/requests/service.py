"""送达: a letter goes out, is signed for, comes back; the signed answer's going out closes the case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.agencies.queries import Agency
from gongkai.files.actions.adding import NeedsConfirming, NotTaken, examine
from gongkai.inforequests.actions.letters import make_letter
from gongkai.inforequests.actions.service import came_back, send_out, set_aside, signed_for
from gongkai.inforequests.despatch import Outgoing, dispatches_of, letter_of, waiting_row
from gongkai.inforequests.letters.catalogue import KIND_BY_SLUG, kind_of_reply
from gongkai.inforequests.letters.fields import decision_fields
from gongkai.inforequests.queries import newest_draft, reply_letter, signed_on
from gongkai.statute.service import WAYS

from ..frame import actor_of, look_at_personal, of_agency, page
from .acts import REFUSALS, after, bound, case_at
from .sending_forms import AsideForm, ProofForm, ReturnedForm, ServeForm, SignedForm

RIGHT = "requests.handle"


@require_http_methods(["GET", "POST"])
@of_agency(RIGHT)
def service(request: HttpRequest, agency: Agency, pk: int) -> HttpResponse:
    """登记送达: first the letter is made, then how it reached the requester is written down."""
    case = case_at(agency, pk)
    actor = actor_of(request)
    draft = newest_draft(case)
    if case.state != "signed" or draft is None:
        return page(request, agency, "requests/act_closed", "requests", case=case, label="登记送达")
    letter = reply_letter(draft)
    row = waiting_row(letter) if letter else None
    form = ServeForm(
        bound(request), _files(request), to=case, initial={"on": actor.day, **wish_of(case.obtain)}
    )
    if form.is_bound and form.is_valid() and _proof_taken(form, agency, request):
        try:
            if letter is None:
                raise ValueError("请先制作答复书，再登记送达。")
            letter.request = case
            send_out(letter, form.sending(), by=actor, proof=form.paper)
        except (*REFUSALS, NotTaken) as error:
            form.add_error(None, str(error))
        else:
            case.refresh_from_db()
            after(request, case, "送达")
            return redirect("desk:request", agency.slug, case.pk)
    return page(
        request, agency, "requests/serve", "requests", case=case, letter=letter, form=form, ways=WAYS, row=row
    )


def _files(request: HttpRequest) -> Any:
    return request.FILES if request.method == "POST" else None


def wish_of(obtain: str) -> dict[str, str]:
    """The way the requester asked for, with the ground for it."""
    for word, way in (("电子邮件", "email"), ("传真", "fax"), ("网", "online")):
        if word in obtain:
            return {"how": way, "consent": f"申请表上选了“{obtain}”"}
    return {"how": "in_person"} if "自行领取" in obtain or "当面" in obtain else {}


def _proof_taken(form: ProofForm, agency: Agency, request: HttpRequest) -> bool:
    """Look into the proof that came with the form, before anything is written."""
    upload = form.cleaned_data.get("proof")
    if not upload:
        return True
    confirmed = bool(form.cleaned_data.get("no_secrets"))
    try:
        form.paper = examine(by=actor_of(request), agency=agency, upload=upload, confirmed=confirmed)
    except NeedsConfirming as error:
        form.add_error("proof", f"{error.note}。没有国家秘密的，勾选下面的确认，再选一次文件。")
    except NotTaken as error:
        form.add_error("proof", str(error))
    return not form.errors


@require_POST
@of_agency(RIGHT)
def make_reply(request: HttpRequest, agency: Agency, pk: int) -> HttpResponse:
    """制作答复书: the letter of exactly what was signed, dated with the day of the signature."""
    case = case_at(agency, pk)
    draft = newest_draft(case)
    if case.state != "signed" or draft is None:
        raise Http404
    try:
        kind = kind_of_reply(draft.reply)
        make_letter(
            case,
            kind.slug,
            by=actor_of(request),
            on=signed_on(draft),
            fields=decision_fields(draft),
            decision=draft,
        )
        messages.success(request, "答复书已制作，请打印、盖章。")
    except REFUSALS as error:
        messages.error(request, str(error))
    return redirect("desk:request-serve", agency.slug, case.pk)


@require_http_methods(["GET", "POST"])
@of_agency(RIGHT)
def letter(request: HttpRequest, agency: Agency, pk: int, number: int) -> HttpResponse:
    """一份文书的寄发: every sending with its proof; write down the next one."""
    found = letter_of(agency, pk, number)
    if found is None:
        raise Http404
    actor, case = actor_of(request), found.request
    look_at_personal(request, "requests.personal", case, page=request.path)
    waits = waiting_row(found)
    # The signed answer is served on its own page.
    own = waits is not None and case.state != "signed"
    to = case if KIND_BY_SLUG[found.kind].to == "requester" else None
    wish = wish_of(case.obtain) if to else {}
    form = ServeForm(bound(request), _files(request), to=to, initial={"on": actor.day, **wish})
    if form.is_bound and own and form.is_valid() and _proof_taken(form, agency, request):
        try:
            send_out(found, form.sending(), by=actor, proof=form.paper)
        except (*REFUSALS, NotTaken) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"已登记：{found.number}寄发。")
            return redirect("desk:letter", agency.slug, case.pk, found.pk)
    return page(
        request, agency, "requests/letter", "requests",
        case=case, letter=found, waits=waits, own=own, form=form if own else None,
        sendings=dispatches_of(found), to=_to(waits),
    )  # fmt: skip


def _to(waits: Outgoing | None) -> str:
    return (
        " ".join(part for part in (waits.to.postcode, waits.to.address, waits.to.name) if part)
        if waits
        else ""
    )


def _on_the_last(
    request: HttpRequest,
    agency: Agency,
    pk: int,
    number: int,
    label: str,
    form_of: type[forms.Form],
    do: Callable[..., None],
) -> HttpResponse:
    """A form about the sending under way of a letter; without one there is nothing to write down."""
    found = letter_of(agency, pk, number)
    last = next((one for one in dispatches_of(found) if one.returned_on is None), None) if found else None
    if found is None or last is None:
        raise Http404
    actor = actor_of(request)
    look_at_personal(request, "requests.personal", found.request, page=request.path)
    form = form_of(bound(request), _files(request), initial={"on": actor.day, "who": last.signed_by})
    taken = form.is_bound and form.is_valid()
    if taken and isinstance(form, ProofForm):
        taken = _proof_taken(form, agency, request)
    if taken:
        try:
            do(last, form, actor)
        except (*REFUSALS, NotTaken) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"{label}：{found.number}，已保存。")
            return redirect("desk:letter", agency.slug, found.request_id, found.pk)
    return page(
        request, agency, "requests/letter_act", "requests",
        case=found.request, letter=found, last=last, form=form, label=label,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@of_agency(RIGHT)
def signed(request: HttpRequest, agency: Agency, pk: int, number: int) -> HttpResponse:
    """登记签收: who took it when, with a picture of the receipt."""

    def do(last: Any, form: Any, actor: Any) -> None:
        data = form.cleaned_data
        signed_for(last, by=actor, on=data["on"], who=data["who"], proof=form.paper)

    return _on_the_last(request, agency, pk, number, "登记签收", SignedForm, do)


@require_http_methods(["GET", "POST"])
@of_agency(RIGHT)
def returned(request: HttpRequest, agency: Agency, pk: int, number: int) -> HttpResponse:
    """登记退回: the post brought it back; it is then to be sent anew."""

    def do(last: Any, form: Any, actor: Any) -> None:
        came_back(last, by=actor, on=form.cleaned_data["on"], reason=form.cleaned_data["reason"])

    return _on_the_last(request, agency, pk, number, "登记退回", ReturnedForm, do)


@require_http_methods(["GET", "POST"])
@of_agency(RIGHT)
def aside(request: HttpRequest, agency: Agency, pk: int, number: int) -> HttpResponse:
    """不寄了: take a letter off the day's list, with the reason."""
    found = letter_of(agency, pk, number)
    if found is None or waiting_row(found) is None:
        raise Http404
    form = AsideForm(bound(request))
    if form.is_bound and form.is_valid():
        try:
            set_aside(found, by=actor_of(request), reason=form.cleaned_data["reason"])
        except REFUSALS as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"{found.number}不再列入寄发。")
            return redirect("desk:outgoing", agency.slug)
    return page(
        request, agency, "requests/letter_act", "requests",
        case=found.request, letter=found, form=form, label="不寄了",
    )  # fmt: skip


_CASE = "<slug:agency>/requests/<int:pk>/"
_LETTER = f"{_CASE}letters/<int:number>/"
PATTERNS = [
    path(f"{_CASE}serve/", service, name="request-serve"),
    path(f"{_CASE}serve/letter/", make_reply, name="request-make-reply"),
    path(_LETTER, letter, name="letter"),
    path(f"{_LETTER}signed/", signed, name="letter-signed"),
    path(f"{_LETTER}returned/", returned, name="letter-returned"),
    path(f"{_LETTER}aside/", aside, name="letter-aside"),
]
