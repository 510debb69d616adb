"""转为主动公开: the draft of an item begun from what was proposed at a request."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_http_methods

from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import require
from gongkai.disclosure.actions.converting import begin_from_request
from gongkai.disclosure.converted import converted_due, items_from
from gongkai.inforequests.conversions import conversion_at

from ..frame import actor_of, of_agency, page
from .drafts import REFUSALS, bound
from .writing_forms import NewForm


@require_http_methods(["GET", "POST"])
@of_agency("requests.convert")
def begin(request: HttpRequest, agency: Agency, number: int) -> HttpResponse:
    """Where it goes and what it is called; the rest in steps, as of any item."""
    proposal, actor = conversion_at(agency, number), actor_of(request)
    if proposal is None:
        raise Http404
    require(actor, "disclosure.draft", agency)
    if standing := items_from(agency, [proposal.request_id]).get(proposal.request_id):
        return redirect("desk:item", agency.slug, standing.pk)
    if proposal.state != "proposed":
        return redirect("desk:request-conversion", agency.slug, proposal.pk)
    first = {"title": proposal.what, "section": str(proposal.request.section_id or "")}
    form = NewForm(bound(request), agency=agency, initial=first)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            made = begin_from_request(
                agency,
                agency.columns.get(pk=given["column"]),
                title=given["title"],
                section=agency.sections.get(pk=given["section"]) if given["section"] else None,
                request_id=proposal.request_id,
                request_number=proposal.request.number,
                proposed_on=proposal.proposed_on,
                by=actor,
            )
        except REFUSALS as error:
            form.add_error("title", str(error))
        else:
            messages.success(
                request, "已开始起草。写好送审，审查通过、发布以后，这件申请会自动登记“已转为主动公开”。"
            )
            return redirect("desk:item-text", agency.slug, made.pk)
    return page(
        request, agency, "disclosure/convert", "items",
        form=form, proposal=proposal, due=converted_due(proposal.proposed_on),
    )  # fmt: skip


PATTERNS = [path("<slug:agency>/items/from-request/<int:number>/", begin, name="item-convert")]
