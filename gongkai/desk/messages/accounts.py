"""向主管部门说明情况: what the office above asks about a complaint, in its own words; nothing of the complaint."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.agencies.queries import Agency
from gongkai.oversight import message_queries as queries
from gongkai.oversight.actions.message_base import CannotDo
from gongkai.oversight.actions.message_passing import give_account

from ..frame import actor_of, of_agency, page
from .intake import said
from .listing import ROWS


class GiveForm(forms.Form):
    """The account."""

    use_required_attribute = False
    text = said("情况说明", "如实写：事情经过、依据、现在怎样、打算怎样改。", most=3000, rows=8)


@require_safe
@of_agency("message.account")
def inquiries(request: HttpRequest, agency: Agency) -> HttpResponse:
    """All that was asked, the newest first."""
    found = Paginator(queries.inquiries_of(agency), ROWS).get_page(request.GET.get("page"))
    day = actor_of(request).day
    return page(request, agency, "messages/inquiries", "messages", page=found, day=day)


@require_http_methods(["GET", "POST"])
@of_agency("message.account")
def inquiry(request: HttpRequest, agency: Agency, pk: int) -> HttpResponse:
    """One question; 说明情况."""
    try:
        found = queries.inquiry_of(agency, pk)
    except queries.NoInquiry as error:
        raise Http404 from error
    actor = actor_of(request)
    form = GiveForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            give_account(found, by=actor, text=form.cleaned_data["text"])
        except CannotDo as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "已说明，主管部门收到了。")
            return redirect("desk:message-inquiries", agency.slug)
    late = found.answered_on is None and found.due_on < actor.day
    return page(request, agency, "messages/inquiry", "messages", inquiry=found, form=form, late=late)


_ALL = "<slug:agency>/messages/accounts/"
PATTERNS = [
    path(_ALL, inquiries, name="message-inquiries"),
    path(f"{_ALL}<int:pk>/", inquiry, name="message-inquiry"),
]
