"""不能公开的内容: what the search found, in its place; put right by who writes, or cleared with a reason by a reviewer."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_http_methods

from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import may, require
from gongkai.disclosure.actions.clearing import clear_finding
from gongkai.disclosure.actions.drafting import EDITABLE
from gongkai.disclosure.found import Find
from gongkai.disclosure.gate import newest_sheet
from gongkai.disclosure.listing import Item
from gongkai.disclosure.marking import Stretch, worded
from gongkai.disclosure.scanning import finds

from ..frame import actor_of, of_agency, page
from .drafts import REFUSALS, bound, item_at
from .fields import words
from .item import shown_text


class ClearForm(forms.Form):
    """Why it may go out."""

    use_required_attribute = False
    bound = forms.CharField(
        widget=forms.HiddenInput, error_messages={"required": "请点要放行的那一处的按钮。"}
    )
    reason = words(
        "为什么可以公开", "例如：是本机关对外的办公电话；当事人书面同意公开。", said="请写明为什么可以公开。"
    )


def stretches(found: list[Find]) -> list[Stretch]:
    """The finds of the text as they are marked in it."""
    return [
        Stretch(
            find.start,
            find.end,
            "find cleared" if find.cleared else "find block" if find.blocks else "find",
            f"{find.label}：{find.why}" + (f"，应当写“{find.instead}”" if find.instead else ""),
        )
        for find in found
        if find.place == "text"
    ]


def marked_text(agency: Agency, item: Item, found: list[Find]) -> str:
    """The text of the item with its finds marked."""
    return worded(shown_text(agency, item, item.text)).marked(stretches(found))


@require_http_methods(["GET", "POST"])
@of_agency("disclosure.view")
def findings(request: HttpRequest, agency: Agency, pk: int) -> HttpResponse:
    """All that was found in an item, what must be done about it, and by whom it was cleared."""
    item, actor = item_at(agency, pk), actor_of(request)
    form = ClearForm(bound(request))
    if request.method == "POST":
        require(actor, "disclosure.clear", item)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            clear_finding(item, given["bound"], reason=given["reason"], by=actor)
        except REFUSALS as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "已放行这一处，理由记在审查表上。")
            return redirect("desk:item-findings", agency.slug, item.pk)
    found = finds(item)
    return page(
        request, agency, "disclosure/findings", "items",
        item=item, form=form, found=found, open_now=[find for find in found if find.open],
        asked=request.GET.get("clear", "") or (form.data.get("bound", "") if form.is_bound else ""),
        clears=item.state in EDITABLE and bool(may(actor, "disclosure.clear", item)),
        writes=item.state in EDITABLE and bool(may(actor, "disclosure.draft", item)),
        text=marked_text(agency, item, found), sheet=newest_sheet(item) if item.state == "in_review" else None,
    )  # fmt: skip


PATTERNS = [path("<slug:agency>/items/<int:pk>/findings/", findings, name="item-findings")]
