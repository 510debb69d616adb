"""附件 and 相关信息: files put to an item, named, ordered, replaced, taken off; which items belong together."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import may
from gongkai.disclosure.actions import attaching as act
from gongkai.disclosure.actions.covering import begin_covering, covered_of, take_copy
from gongkai.disclosure.listing import Asked, Attachment, Item, listed
from gongkai.files.actions.adding import NeedsConfirming, NotTaken, add_file, examine

from ..frame import actor_of, page
from .attaching_forms import FileForm, NamesForm, RelationForm
from .drafts import REFUSALS, bound, on_draft, onward, step_page
from .item import finds_by_file

FOUND = 20


@on_draft
def attachments(request: HttpRequest, agency: Agency, item: Item) -> HttpResponse:
    """附件: the files with what was found in each; another one; names and order."""
    rows = list(item.attachments.select_related("file").order_by("order", "id"))
    names = NamesForm(bound(request) if "names" in request.POST else None, rows=rows)
    adding = "add" in request.POST
    form = FileForm(bound(request) if adding else None, request.FILES if adding else None)
    if adding and form.is_valid() and _added(request, agency, item, form, None):
        messages.success(request, "已上传附件。")
        return redirect("desk:item-attachments", agency.slug, item.pk)
    if names.is_bound and names.is_valid():
        try:
            _named(item, rows, names, request)
        except REFUSALS as error:
            names.add_error(None, str(error))
        else:
            return redirect("desk:item-attachments", agency.slug, item.pk)
    if request.method == "POST" and not adding and not names.is_bound:
        return onward(request, agency, item, "item-attachments")
    found = finds_by_file(item)
    return step_page(
        request, agency, item, "item-attachments", form, "attachments",
        names=names, rows=[(row, names[f"name_{row.pk}"], names[f"order_{row.pk}"], found.get(row.pk)) for row in rows],
    )  # fmt: skip


def _added(
    request: HttpRequest, agency: Agency, item: Item, form: forms.Form, instead_of: Attachment | None
) -> bool:
    """Take the file and attach it, or put it in the place of another; what is wrong stands at its field."""
    given, actor = form.cleaned_data, actor_of(request)
    try:
        judged = examine(by=actor, agency=agency, upload=given["file"], confirmed=given["no_secrets"])
        most = act.room_for_one(item, instead=instead_of is not None)
        file = add_file(by=actor, agency=agency, upload=judged, owner=item, section=item.section, most=most)
        if instead_of is None:
            act.attach(item, file, by=actor, name=given.get("name") or "", inline=bool(given.get("inline")))
        else:
            act.replace_file(instead_of, file, by=actor, name=given.get("name") or "")
    except NeedsConfirming as error:
        form.add_error("no_secrets", f"{error.note}。请看一遍，没有国家秘密的，勾选这里，再选一次文件。")
    except NotTaken as error:
        form.add_error("file", str(error))
    except REFUSALS as error:
        form.add_error(None, str(error))
    return not form.errors


def _named(item: Item, rows: list[Attachment], names: NamesForm, request: HttpRequest) -> None:
    actor, given = actor_of(request), names.cleaned_data
    for row in rows:
        if (wanted := given[f"name_{row.pk}"]) != row.name:
            act.name_attachment(row, wanted, by=actor)
    order = sorted(rows, key=lambda row: (given[f"order_{row.pk}"] or row.order, row.order))
    if order != rows:
        act.order_attachments(item, [row.pk for row in order], by=actor)


def _attachment(item: Item, number: int) -> Attachment:
    try:
        found: Attachment = item.attachments.select_related("file", "item").get(pk=number)
    except Attachment.DoesNotExist as error:
        raise Http404 from error
    return found


@on_draft
def replace(request: HttpRequest, agency: Agency, item: Item, number: int) -> HttpResponse:
    """换一份: a redacted or corrected file in the place of this one."""
    row = _attachment(item, number)
    posted = request.method == "POST"
    form = FileForm(bound(request), request.FILES if posted else None, replaces=True)
    if posted and "detach" in request.POST:
        act.detach(row, by=actor_of(request))
        messages.success(request, f"已去掉附件“{row.name}”。")
        return redirect("desk:item-attachments", agency.slug, item.pk)
    if posted and ("redact" in request.POST or "cover" in request.POST):
        return _covered(request, agency, item, row)
    if form.is_bound and form.is_valid() and _added(request, agency, item, form, row):
        messages.success(request, "已换成新的文件。")
        return redirect("desk:item-attachments", agency.slug, item.pk)
    found = finds_by_file(item).get(row.pk)
    return page(
        request, agency, "disclosure/replace", "items", item=item, row=row, form=form, found=found,
        reopens=item.state in ("in_review", "passed"),
        redacts=bool(may(actor_of(request), "file.redact_draft", item)), covered=covered_of(row),
    )  # fmt: skip


def _covered(request: HttpRequest, agency: Agency, item: Item, row: Attachment) -> HttpResponse:
    """Off to the redaction of this file, or its copy taken back."""
    try:
        if "redact" in request.POST:
            begun = begin_covering(row, by=actor_of(request))
            return redirect("desk:redaction-one", agency.slug, begun.pk)
        take_copy(row, by=actor_of(request))
        messages.success(request, "已换成遮盖后的文件。")
    except (NotTaken, *REFUSALS) as error:
        messages.error(request, str(error))
    return redirect("desk:item-attachments", agency.slug, item.pk)


@on_draft
def relations(request: HttpRequest, agency: Agency, item: Item) -> HttpResponse:
    """相关信息: this one interprets, replaces, is a form of … another item of the agency."""
    rows = list(item.relations.select_related("to").order_by("kind", "id"))
    words = request.GET.get("q", "").replace("\0", "").strip()
    found: list[Any] = []
    if words:
        found = [one for one in listed(agency, Asked(words=words))[: FOUND + 1] if one.pk != item.pk][:FOUND]
    choices = {one.pk: one for one in found}
    form = RelationForm(bound(request) if "add" in request.POST else None, found=found)
    if request.method == "POST":
        pairs = [(row.kind, row.to) for row in rows if str(row.pk) != request.POST.get("drop", "")]
        if form.is_bound and form.is_valid():
            pairs.append((form.cleaned_data["kind"], choices[int(form.cleaned_data["to"])]))
        if (form.is_bound and not form.errors) or "drop" in request.POST:
            try:
                act.relate(item, pairs, by=actor_of(request))
            except REFUSALS as error:
                messages.error(request, str(error))
            return redirect("desk:item-relations", agency.slug, item.pk)
        if not form.is_bound:
            return onward(request, agency, item, "item-relations")
    return step_page(
        request, agency, item, "item-relations", form, "relations", rows=rows, found=found, words=words
    )


_ITEM = "<slug:agency>/items/<int:pk>/"
PATTERNS = [
    path(f"{_ITEM}attachments/", attachments, name="item-attachments"),
    path(f"{_ITEM}attachments/<int:number>/", replace, name="item-attachment"),
    path(f"{_ITEM}relations/", relations, name="item-relations"),
]
