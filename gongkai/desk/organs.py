"""本机关资料: the agency's own data; its sections and the administrators' pages are in the files beside."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.agencies import organs
from gongkai.agencies.actions.agencies import edit_agency
from gongkai.agencies.checks import Unfit
from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import may

from . import organs_sections, organs_sheets, organs_site
from .frame import actor_of, of_agency, page
from .organs_forms import ContactForm


@require_safe
@of_agency("agency.view")
def agency_page(request: HttpRequest, agency: Agency) -> HttpResponse:
    """本机关资料: what letters and the guide say of it, its sections."""
    actor = actor_of(request)
    return page(
        request,
        agency,
        "organs/agency",
        "agency",
        own=organs.agency_of(agency.pk),
        former=organs.former_names(agency),
        merged=organs.merged_into(agency),
        sections=organs.sections_of(agency),
        may_edit=bool(may(actor, "agency.edit", agency)),
        may_sections=bool(may(actor, "section.edit", agency)),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@of_agency("agency.edit")
def agency_edit(request: HttpRequest, agency: Agency) -> HttpResponse:
    """修改本机关资料: contact data, organs, court, hours."""
    own = organs.agency_of(agency.pk)
    form = ContactForm(request.POST or None, initial={n: getattr(own, n) for n in ContactForm.base_fields})
    if request.method == "POST" and form.is_valid():
        try:
            changed = edit_agency(own, by=actor_of(request), **form.cleaned_data)
        except Unfit as unfit:
            form.add_unfit(unfit)
        else:
            messages.success(request, "已保存。" if changed else "没有改动。")
            return redirect("desk:agency", agency.slug)
    return page(request, agency, "organs/edit", "agency", form=form)


_OWN = "<slug:agency>/agency/"
PATTERNS = [
    *organs_site.PATTERNS,
    *organs_sheets.PATTERNS,
    path(_OWN, agency_page, name="agency"),
    path(f"{_OWN}edit/", agency_edit, name="agency-edit"),
    *organs_sections.PATTERNS,
]
