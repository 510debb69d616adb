"""登记申请: the form by which a request comes in at the desk."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.agencies.actor import Actor
from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import may, note_view, several
from gongkai.files.actions.adding import NeedsConfirming, NotTaken, examine
from gongkai.files.queries import files_of_owner
from gongkai.inforequests.actions import register as act
from gongkai.inforequests.actions.base import CannotDo
from gongkai.inforequests.actions.papers import put_paper
from gongkai.inforequests.actions.split import split
from gongkai.inforequests.alike import alike, same_paper
from gongkai.inforequests.queries import InfoRequest
from gongkai.oversight.message_queries import NoMessage, message_of, sender_of
from gongkai.statute.channels import BY_SLUG as CHANNELS
from gongkai.statute.channels import ReceiptError

from ..frame import actor_of, of_agency, page
from .acts import bound, case_at
from .register_forms import KIND_OF, PAPERS, RegisterForm, SplitForm


@require_http_methods(["GET", "POST"])
@of_agency("requests.register")
def register(request: HttpRequest, agency: Agency) -> HttpResponse:
    """登记申请: from the paper to the number; the same form sent twice is one request."""
    actor = actor_of(request)
    first = {"submission_key": secrets.token_hex(16), "arrived_on": actor.day}
    first |= from_message(request, agency, actor)
    form = RegisterForm(
        bound(request), request.FILES if request.method == "POST" else None, agency=agency, initial=first
    )
    if form.is_bound and form.is_valid() and _is_new(form, agency) and _papers_taken(form, agency, actor):
        try:
            case = _registered_with_papers(form, agency, actor)
        except (CannotDo, ReceiptError, NotTaken) as error:
            form.add_error(None, str(error))
        else:
            return redirect("desk:request-registered", agency.slug, case.pk)
    return page(request, agency, "requests/register", "requests", form=form, files=bool(request.FILES))


def from_message(request: HttpRequest, agency: Agency, actor: Actor) -> dict[str, Any]:
    """What is filled in beforehand where a message turned out to be a request, as its sender has confirmed."""
    given = request.GET.get("message", "")
    if not (given.isascii() and given.isdecimal() and len(given) < 18):
        return {}
    permission = may(actor, "message.open", agency)
    try:
        message = message_of(agency, int(given)) if permission else None
    except NoMessage:
        return {}
    if message is None or message.state != "guided":
        return {}
    note_view(actor, "message.open", message, permission.seat, page=request.path)
    sender = sender_of(message)
    known = {name: getattr(sender, name, "") for name in ("phone", "email", "address")}
    return {"content": message.text, "applicant": getattr(sender, "name", ""), **known}


def _is_new(form: RegisterForm, agency: Agency) -> bool:
    """Whether the paper was not registered before; asked once where it looks so."""
    before = None if form.cleaned_data["again"] else same_paper(agency, form.intake())
    if before is not None:
        form.ask_again(before.number)
    return before is None


def _papers_taken(form: RegisterForm, agency: Agency, actor: Actor) -> bool:
    """Look into the files that came with the form, before anything is written; what is wrong stands at its field."""
    confirmed = bool(form.cleaned_data["no_secrets"])
    for name, word in PAPERS.items():
        upload = form.cleaned_data.get(name)
        if not upload:
            continue
        upload.name = f"{word}-{upload.name}"
        try:
            judged = examine(by=actor, agency=agency, upload=upload, confirmed=confirmed)
            form.papers.append((KIND_OF[name], judged))
        except NeedsConfirming as error:
            form.add_error(
                name, f"{error.note}。请打开文件看一遍，没有国家秘密的，勾选下面的确认，再选一次文件。"
            )
        except NotTaken as error:
            form.add_error(name, str(error))
    return not form.errors


def _registered_with_papers(form: RegisterForm, agency: Agency, actor: Actor) -> InfoRequest:
    """The request with its files, all or nothing; for a form sent twice what the first made of it."""
    with several():
        try:
            case = act.register(agency, form.intake(), by=actor)
        except act.SentTwice as twice:
            return twice.request
        arrived = case.arrived_on or case.submitted_on or actor.day
        for kind, paper in form.papers:
            posted = case.submitted_on if kind == "envelope" else None
            put_paper(case, paper, by=actor, kind=kind, dated=posted or arrived)
    return case


@require_safe
@of_agency("requests.register")
def registered(request: HttpRequest, agency: Agency, pk: int) -> HttpResponse:
    """已登记: the number, whether it counts as received, what comes next, what it may repeat."""
    case = case_at(agency, pk)
    return page(
        request,
        agency,
        "requests/registered",
        "requests",
        case=case,
        channel=CHANNELS[case.channel],
        alike=alike(case),
        papers=files_of_owner(case).count(),
        today=actor_of(request).day,
    )


@require_http_methods(["GET", "POST"])
@of_agency("requests.register")
def split_up(request: HttpRequest, agency: Agency, pk: int) -> HttpResponse:
    """拆分: one form with several matters becomes several requests."""
    case = case_at(agency, pk)
    form = SplitForm(bound(request), initial={"matters": case.content})
    if form.is_bound and form.is_valid():
        try:
            made = split(case, form.cleaned_data["matters"].splitlines(), by=actor_of(request))
        except CannotDo as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request, f"已拆成 {len(made) + 1} 件，新的编号：{'、'.join(m.number for m in made)}。"
            )
            return redirect("desk:request", agency.slug, case.pk)
    return page(request, agency, "requests/split", "requests", case=case, form=form)


_CASE = "<slug:agency>/requests/<int:pk>/"
PATTERNS = [
    path("<slug:agency>/requests/new/", register, name="request-new"),
    path(f"{_CASE}registered/", registered, name="request-registered"),
    path(f"{_CASE}split/", split_up, name="request-split"),
]
