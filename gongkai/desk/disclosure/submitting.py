"""检查和送审: what is still lacking, what must not go out, who will sign; then off to the review."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from gongkai.agencies.actor import Actor
from gongkai.agencies.queries import Agency
from gongkai.disclosure.actions.submitting import submit as act
from gongkai.disclosure.completeness import lacking
from gongkai.disclosure.found import Find
from gongkai.disclosure.gate import is_unchanged, newest_sheet
from gongkai.disclosure.listing import Item
from gongkai.disclosure.planning import NobodyToSign, way_of
from gongkai.disclosure.routes import Route, route_for
from gongkai.disclosure.scanning import finds
from gongkai.disclosure.stale import stale_attachments

from ..frame import actor_of
from .drafts import REFUSALS, bound, on_draft, step_page
from .fields import words
from .item import steps_of


class SubmitForm(forms.Form):
    """A word to the reviewers; that what was found is to be judged by them, where something was."""

    use_required_attribute = False
    note = words("给审查的人的话", "可以不写。例如：按某某通知要求公开，请注意第三段的数字。", rows=2)
    judged = forms.BooleanField(
        label="上面的每一处我都看过：可以公开，或者机器没法检查，请审查员看过再定",
        required=False,
        help_text="审查员写明理由放行以后，才能审查通过。不该公开的，请先删改或者遮盖。",
    )
    kept = forms.BooleanField(
        label="上面的附件我打开看过，和改过的正文不矛盾，不用换",
        required=False,
        help_text="附件里也写着同样内容的，请先换成改好的文件。",
    )
    ready = forms.CharField(widget=forms.HiddenInput, initial="1")

    def __init__(
        self, *args: object, open_now: list[Find], old_files: Sequence[object] = (), **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.open_now = open_now
        if not open_now:
            del self.fields["judged"]
        if not old_files:
            del self.fields["kept"]

    def clean_judged(self) -> bool:
        """Blocked until it is put right, unless the reviewers are to judge."""
        if not self.cleaned_data["judged"]:
            raise forms.ValidationError(
                "还有不能公开的内容没有处理，不能送审。请删改、遮盖；确实要公开的，勾选这里。"
            )
        return True

    def clean_kept(self) -> bool:
        """Attachments left as they were while the text was mended are looked at first."""
        if not self.cleaned_data["kept"]:
            raise forms.ValidationError(
                "正文改了，附件还是原来的。请打开附件核对：要改的，换上改好的文件；不用改的，勾选这里。"
            )
        return True


@on_draft
def submit(request: HttpRequest, agency: Agency, item: Item) -> HttpResponse:
    """还缺什么, then 送审."""
    found, missing = finds(item), lacking(item)
    open_now = [find for find in found if find.open]
    old_files = stale_attachments(item)
    form = SubmitForm(bound(request), open_now=open_now, old_files=old_files)
    if form.is_bound and form.is_valid():
        try:
            sheet = act(item, by=actor_of(request), note=form.cleaned_data["note"])
        except REFUSALS as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request,
                f"“{item.title}”已送审（{sheet.route}），已告知审查的人。审查期间不要再改，改了要重新送审。",
            )
            return redirect("desk:item", agency.slug, item.pk)
    sheet_now = newest_sheet(item)
    return step_page(
        request, agency, item, "item-submit", form, "submit",
        missing=missing, open_now=open_now, old_files=old_files, soft=[f for f in found if not f.blocks],
        steps=steps_of(item, found, missing)[:-1], **_way(item, actor_of(request)),
        under=item.state in ("in_review", "passed") and sheet_now is not None and is_unchanged(item, sheet_now),
    )  # fmt: skip


def _way(item: Item, by: Actor) -> dict[str, Any]:
    """Who signs this item as it would go now: steps that nobody could sign are not on its way, and it is said so."""
    usual = route_for(item)
    try:
        way = way_of(item, by)
    except NobodyToSign as error:
        return {"stages": _stages(usual), "nobody": str(error)}
    left = [label for label in _stages(usual) if label not in _stages(way)]
    return {"stages": _stages(way), "left_out": left if len(way.stages) < len(usual.stages) else []}


def _stages(route: Route) -> list[str]:
    return ["、".join(step.label for step in stage) for stage in route.stages]


PATTERNS = [path("<slug:agency>/items/<int:pk>/submit/", submit, name="item-submit")]
