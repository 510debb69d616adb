"""目录信息 and 公开属性: the steps between the text and the attachments."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path

from gongkai.agencies.queries import Agency
from gongkai.disclosure.actions import drafting
from gongkai.disclosure.duedays import due_day
from gongkai.disclosure.listing import Item

from ..frame import actor_of
from .details_forms import AccessForm, CatalogueForm
from .drafts import REFUSALS, bound, on_draft, onward, step_page

_CATALOGUE = (
    *("formed_on", "document_number", "duty", "catalogue", "subject", "source", "author", "keywords", "ways"),
    *("audience", "in_force_on", "validity", "validity_on", "validity_by", "lapses_on"),
)
_ACCESS = (*("access", "access_reason", "access_basis", "origin", "responsible", "concerns", "deidentified"),)


@on_draft
def catalogue(request: HttpRequest, agency: Agency, item: Item) -> HttpResponse:
    """目录信息: number, days, where it belongs, validity."""
    before: dict[str, Any] = {name: getattr(item, name) for name in _CATALOGUE}
    before["ways"] = item.ways or ["政府网站"]
    before |= {"column": item.column_id, "section": item.section_id or ""}
    form = CatalogueForm(bound(request), agency=agency, initial=before)
    if form.is_bound and form.is_valid():
        given: dict[str, Any] = dict(form.cleaned_data)
        given["column"] = agency.columns.get(pk=given["column"])
        given["section"] = agency.sections.get(pk=given["section"]) if given["section"] else None
        if _saved(request, item, form, given):
            return onward(request, agency, item, "item-catalogue")
    due = due_day(item) if item.due_on else None
    return step_page(request, agency, item, "item-catalogue", form, "catalogue", due=due)


@on_draft
def access(request: HttpRequest, agency: Agency, item: Item) -> HttpResponse:
    """公开属性: with reason and article."""
    form = AccessForm(bound(request), initial={name: getattr(item, name) for name in _ACCESS})
    if form.is_bound and form.is_valid() and _saved(request, item, form, dict(form.cleaned_data)):
        return onward(request, agency, item, "item-access")
    return step_page(request, agency, item, "item-access", form)


def _saved(request: HttpRequest, item: Item, form: Any, given: dict[str, Any]) -> bool:
    try:
        drafting.edit(item, by=actor_of(request), **given)
    except REFUSALS as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, "已保存。")
    return True


_ITEM = "<slug:agency>/items/<int:pk>/"
PATTERNS = [
    path(f"{_ITEM}catalogue/", catalogue, name="item-catalogue"),
    path(f"{_ITEM}access/", access, name="item-access"),
]
