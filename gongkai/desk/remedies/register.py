"""登记复议、诉讼; 更正登记."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_http_methods

from gongkai.agencies.queries import Agency
from gongkai.inforequests.queries import InfoRequest, NoRequest, request_of
from gongkai.remedies.actions.accept import accept
from gongkai.remedies.actions.correct import correct
from gongkai.remedies.actions.facts import CannotTake
from gongkai.remedies.queries import NoRemedy, Remedy, remedies_about, remedy_of

from ..frame import actor_of, of_agency, page
from .forms import CaseForm, CorrectForm, as_typed


def remedy_at(agency: Agency, pk: int) -> Remedy:
    """The case of the agency, or not there."""
    try:
        return remedy_of(agency, pk)
    except NoRemedy as error:
        raise Http404 from error


def _about(request: HttpRequest, agency: Agency) -> InfoRequest | None:
    """The request from whose page one came; None where one did not."""
    given = request.GET.get("request", "")
    if not (given.isascii() and given.isdecimal() and len(given) < 18):
        return None
    try:
        return request_of(agency, int(given))
    except NoRequest:
        return None


@require_http_methods(["GET", "POST"])
@of_agency("remedy.edit")
def register(request: HttpRequest, agency: Agency) -> HttpResponse:
    """登记复议、诉讼: from the notice that the organ or court sent; about a request, or about none."""
    actor = actor_of(request)
    about = _about(request, agency)
    typed: dict[str, Any] = {"request_number": about.number if about else ""}
    earlier = [one for one in (remedies_about(about) if about else []) if one.track == "reconsideration"]
    if earlier:
        typed["follows"] = earlier[-1].pk
    form = CaseForm(request.POST if request.method == "POST" else None, agency=agency, initial=typed)
    if form.is_bound and form.is_valid():
        told = form.facts()
        try:
            made = accept(
                agency,
                by=actor,
                track=told.track,
                organ=told.organ,
                number=told.number,
                about=told.about,
                accepted_on=told.accepted_on,
                request=told.request,
                follows=told.follows,
                answer_by=told.answer_by,
                early=told.early,
            )
        except CannotTake as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"已登记：{made.number}。")
            return redirect("desk:remedy", agency.slug, made.pk)
    return page(request, agency, "remedies/register", "remedies", form=form, about=about)


@require_http_methods(["GET", "POST"])
@of_agency("remedy.edit")
def mend(request: HttpRequest, agency: Agency, pk: int) -> HttpResponse:
    """更正登记: the facts anew, with the reason."""
    case = remedy_at(agency, pk)
    form = CorrectForm(
        request.POST if request.method == "POST" else None, agency=agency, initial=as_typed(case)
    )
    if form.is_bound and form.is_valid():
        try:
            correct(case, form.facts(), by=actor_of(request), why=form.cleaned_data["why"])
        except CannotTake as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"已更正：{case.number}。")
            return redirect("desk:remedy", agency.slug, case.pk)
    return page(request, agency, "remedies/register", "remedies", form=form, remedy=case)


PATTERNS = [
    path("<slug:agency>/remedies/new/", register, name="remedy-new"),
    path("<slug:agency>/remedies/<int:pk>/correct/", mend, name="remedy-correct"),
]
