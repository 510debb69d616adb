"""栏目: the tree, one column with its items, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.agencies.actor import Actor
from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import may
from gongkai.disclosure import queries as disclosure
from gongkai.disclosure.actions import columns as act
from gongkai.disclosure.listing import Column
from gongkai.disclosure.tree import TREE

from ..frame import actor_of, of_agency, page
from . import columns_forms as f
from .drafts import REFUSALS, bound
from .item import MARKS

ROWS = 30
KINDS = dict(Column.Kind.choices)


def column_at(agency: Agency, slug: str) -> Column:
    """The column of the agency, or not there."""
    try:
        return disclosure.column_of(agency, slug)
    except disclosure.NoColumn as error:
        raise Http404 from error


@require_safe
@of_agency("disclosure.view")
def columns(request: HttpRequest, agency: Agency) -> HttpResponse:
    """栏目: the tree with the number of public items of each."""
    return page(
        request, agency, "disclosure/columns", "items",
        rows=disclosure.tree_of(agency), sets=bool(may(actor_of(request), "disclosure.columns", agency)),
    )  # fmt: skip


@require_safe
@of_agency("disclosure.view")
def column(request: HttpRequest, agency: Agency, column: str) -> HttpResponse:
    """One column: its facts, its items, what can be done with it."""
    where, actor = column_at(agency, column), actor_of(request)
    found = Paginator(
        disclosure.items_in(where).select_related("column", "section").defer("text"), ROWS
    ).get_page(request.GET.get("page"))
    return page(
        request, agency, "disclosure/column", "items",
        column=where, page=found, rows=[(item, MARKS[item.state]) for item in found],
        sets=bool(may(actor, "disclosure.columns", agency)), drafts=bool(may(actor, "disclosure.draft", agency)),
        acts=[(slug, one.word, one.when) for slug, one in ACTS.items()],
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@of_agency("disclosure.columns")
def set_up(request: HttpRequest, agency: Agency) -> HttpResponse:
    """补齐现成的栏目: the list of those that are missing, then those chosen of it are made."""
    missing = act.missing_columns(agency)
    chosen = request.POST.getlist("column") if request.method == "POST" else None
    if chosen:
        made = act.set_up_columns(agency, by=actor_of(request), only=chosen)
        messages.success(request, f"已设立 {made} 个栏目。")
        return redirect("desk:columns", agency.slug)
    names = {planned.slug: planned.name for planned in TREE}
    return page(
        request, agency, "disclosure/columns_missing", "items",
        rows=[(planned, names.get(planned.parent, ""), KINDS[planned.kind]) for planned in missing],
        nothing=chosen == [],
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@of_agency("disclosure.columns")
def new(request: HttpRequest, agency: Agency) -> HttpResponse:
    """增加栏目."""
    form = f.NewColumnForm(
        bound(request), agency=agency, initial={"kind": "general", "parent": request.GET.get("parent", "")}
    )
    if form.is_bound and form.is_valid():
        given = form.given()
        slug, parent = given.pop("slug"), given.pop("parent")
        if given["limit_days"] is None:
            del given["limit_days"]
        try:
            above = agency.columns.get(pk=parent) if parent else None
            made = act.add_column(agency, slug=slug, parent=above, by=actor_of(request), **given)
        except REFUSALS as error:
            form.add_error("slug" if "网址" in str(error) else None, str(error))
        else:
            messages.success(request, f"已增加栏目“{made.name}”。")
            return redirect("desk:columns", agency.slug)
    return page(
        request,
        agency,
        "disclosure/column_form",
        "items",
        form=form,
        label="增加栏目",
        button="增加栏目",
        column=None,
    )


@dataclass(frozen=True, slots=True)
class ActPage:
    """Something done with a column: word, when, form, what it does; `warning` where there is no way back."""

    word: str
    when: str
    form: type[forms.Form]
    do: Callable[[Column, Actor, Any], str]
    warning: bool = False


def _edit(column: Column, by: Actor, form: Any) -> str:
    act.edit_column(column, by=by, **form.given())
    return "已保存。"


def _move(column: Column, by: Actor, form: Any) -> str:
    parent = form.cleaned_data["parent"]
    act.move_column(column, column.agency.columns.get(pk=parent) if parent else None, by=by)
    return f"已移动“{column.name}”，网址不变。"


def _rename(column: Column, by: Actor, form: Any) -> str:
    act.rename_address(column, form.cleaned_data["slug"], by=by)
    return "网址已改，原来的网址会自动转过来。"


def _merge(column: Column, by: Actor, form: Any) -> str:
    into = column.agency.columns.get(pk=form.cleaned_data["into"])
    act.merge_columns(column, into, by=by)
    return f"已并入“{into.name}”，原来的网址会自动转过去。"


def _remove(column: Column, by: Actor, form: Any) -> str:
    act.remove_column(column, by=by)
    return "已删除栏目。"


ACTS = {
    "edit": ActPage("修改", "名称、说明、更新期限、审查流程。", f.ColumnForm, _edit),
    "move": ActPage("移动", "放到另一个栏目下面，网址不变。", f.MoveForm, _move),
    "address": ActPage("改网址", "换一个网址代号，原来的网址永远有效。", f.AddressForm, _rename),
    "merge": ActPage(
        "并入另一个栏目",
        "里面的信息、下级栏目都过去，这个栏目不再有，原来的网址转过去。",
        f.MergeForm,
        _merge,
        warning=True,
    ),
    "remove": ActPage("删除", "只有从来没有放过信息的栏目能删除。", f.RemoveForm, _remove, warning=True),
}


@require_http_methods(["GET", "POST"])
@of_agency("disclosure.columns")
def column_act(request: HttpRequest, agency: Agency, column: str, act: str) -> HttpResponse:
    """One of them; done, back to the column or, where it is gone, to the tree."""
    where = column_at(agency, column)
    if act not in ACTS:
        raise Http404
    chosen = ACTS[act]
    before = {name: getattr(where, name) for name in f.ColumnForm.base_fields} | {
        "parent": where.parent_id or ""
    }
    more: dict[str, Any] = {} if chosen.form is f.ColumnForm else {"agency": agency}
    form = chosen.form(bound(request), initial=before | {"slug": where.slug}, **more)
    if form.is_bound and form.is_valid():
        try:
            said = chosen.do(where, actor_of(request), form)
        except REFUSALS as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, said)
            gone = act in ("merge", "remove")
            return redirect(
                *(["desk:columns", agency.slug] if gone else ["desk:column", agency.slug, where.slug])
            )
    return page(
        request, agency, "disclosure/column_form", "items",
        form=form, label=f"{chosen.word}：{where.name}", button=chosen.word, column=where, lead=chosen.when, warning=chosen.warning,
    )  # fmt: skip


PATTERNS = [
    path("<slug:agency>/columns/", columns, name="columns"),
    path("<slug:agency>/column/set-up/", set_up, name="columns-set-up"),
    path("<slug:agency>/column/new/", new, name="column-new"),
    path("<slug:agency>/columns/<slug:column>/", column, name="column"),
    path("<slug:agency>/columns/<slug:column>/<slug:act>/", column_act, name="column-act"),
]
