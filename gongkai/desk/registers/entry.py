"""One row of a register: entered, looked at, corrected, cancelled, made an item of."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import may
from gongkai.disclosure.actions.base import CannotDo
from gongkai.disclosure.actions.registering import NotRight, cancel, correct, draft_from, enter
from gongkai.disclosure.queries import tree_of
from gongkai.disclosure.registers.kinds import Register
from gongkai.disclosure.registers.listing import NoEntry, RegisterEntry, due_of, entry_of

from ..frame import actor_of, of_agency, page
from ..links import link
from .forms import EntryForm, WhyForm, as_typed
from .listing import register_or_404


def _entry(agency: Agency, kind: str, pk: int) -> tuple[Register, RegisterEntry]:
    register = register_or_404(kind)
    try:
        return register, entry_of(agency, kind, pk)
    except NoEntry as error:
        raise Http404 from error


def _bound(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


@require_http_methods(["GET", "HEAD", "POST"])
@of_agency("disclosure.registers")
def new(request: HttpRequest, agency: Agency, kind: str) -> HttpResponse:
    """登记: one row; after it the next, or the row itself."""
    register = register_or_404(kind)
    form = EntryForm(_bound(request), register=register)
    if form.is_bound and form.is_valid():
        try:
            made = enter(agency, kind, form.texts(), by=actor_of(request))
        except NotRight as error:
            form.mend(error.problems)
        else:
            messages.success(request, f"已登记：{made}。")
            if "again" in request.POST:
                return redirect("desk:register-new", agency.slug, kind)
            return redirect("desk:register-entry", agency.slug, kind, made.pk)
    return page(request, agency, "registers/form", "items", register=register, form=form)


@require_safe
@of_agency("disclosure.view")
def one(request: HttpRequest, agency: Agency, kind: str, pk: int) -> HttpResponse:
    """The row with what follows from it; of a natural person the family name only."""
    register, entry = _entry(agency, kind, pk)
    actor = actor_of(request)
    edits = bool(may(actor, "disclosure.registers", agency)) and not entry.cancelled
    due = due_of(entry)
    return page(
        request,
        agency,
        "registers/entry",
        "items",
        register=register,
        entry=entry,
        facts=list(_facts(register, entry)),
        due=due,
        late=due is not None and not entry.is_public and due.last_day < actor.day,
        edits=edits,
        drafts=edits and due is not None and entry.item is None and not entry.is_public,
        item_url=link("item", agency.slug, entry.item_id) if entry.item_id else "",
    )


def _facts(register: Register, entry: RegisterEntry) -> list[tuple[str, Any]]:
    typed = as_typed(entry, register) | {"subject": entry.named}
    if not entry.subject:
        typed.pop("natural", None)
    return [(one.head, typed[one.slug]) for one in register.fields if typed.get(one.slug) not in (None, "")]


@require_http_methods(["GET", "HEAD", "POST"])
@of_agency("disclosure.personal")
def mend(request: HttpRequest, agency: Agency, kind: str, pk: int) -> HttpResponse:
    """更正: the whole row as it was typed, names and all; that it was looked at is written down."""
    register, entry = _entry(agency, kind, pk)
    form = EntryForm(_bound(request), register=register, initial=as_typed(entry, register))
    if form.is_bound and form.is_valid():
        try:
            correct(entry, form.texts(), by=actor_of(request))
        except NotRight as error:
            form.mend(error.problems)
        except CannotDo as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"已更正：{entry}。")
            return redirect("desk:register-entry", agency.slug, kind, pk)
    return page(request, agency, "registers/form", "items", register=register, form=form, entry=entry)


@require_http_methods(["GET", "HEAD", "POST"])
@of_agency("disclosure.registers")
def drop(request: HttpRequest, agency: Agency, kind: str, pk: int) -> HttpResponse:
    """作废, with the reason."""
    register, entry = _entry(agency, kind, pk)
    form = WhyForm(_bound(request))
    if form.is_bound and form.is_valid():
        try:
            cancel(entry, why=form.cleaned_data["why"], by=actor_of(request))
        except CannotDo as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"已作废：{entry}。")
            return redirect("desk:register", agency.slug, kind)
    told = {
        "title": f"作废 {entry}",
        "button": "作废",
        "warning": "作废以后不计入年报，不能恢复；这一条仍然可以查看。",
    }
    return page(request, agency, "registers/act", "items", register=register, entry=entry, form=form, **told)


class ColumnForm(forms.Form):
    """In which column the item will stand."""

    use_required_attribute = False
    column = forms.ChoiceField(
        label="放在哪个栏目", error_messages={"required": "请选择栏目。", "invalid_choice": "请选择栏目。"}
    )

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columns = {str(column.pk): column for column, _ in tree_of(agency)}
        shown = [(str(column.pk), f"{'　' * depth}{column.name}") for column, depth in tree_of(agency)]
        self.fields["column"].choices = [("", "请选择"), *shown]  # type: ignore[attr-defined]
        usual = next((pk for pk, column in self.columns.items() if "执法" in column.name), "")
        self.initial.setdefault("column", usual)


@require_http_methods(["GET", "HEAD", "POST"])
@of_agency("disclosure.registers")
def make_item(request: HttpRequest, agency: Agency, kind: str, pk: int) -> HttpResponse:
    """起草公开信息: a draft in a column, which is then reviewed like any."""
    register, entry = _entry(agency, kind, pk)
    form = ColumnForm(_bound(request), agency=agency)
    if form.is_bound and form.is_valid():
        try:
            item = draft_from(entry, form.columns[form.cleaned_data["column"]], by=actor_of(request))
        except CannotDo as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"已起草：{item.title}。核对以后送审，审查通过才能发布。")
            item_url = link("item", agency.slug, item.pk)
            return redirect(item_url) if item_url else redirect("desk:register-entry", agency.slug, kind, pk)
    told = {
        "title": f"起草公开信息：{entry}",
        "button": "起草",
        "lead": "照台账生成一份决定公开表，自然人只写姓。起草以后和别的信息一样送审、发布。",
    }
    return page(request, agency, "registers/act", "items", register=register, entry=entry, form=form, **told)


_ONE = "<slug:agency>/registers/<slug:kind>/<int:pk>/"
PATTERNS = [
    path("<slug:agency>/registers/<slug:kind>/new/", new, name="register-new"),
    path(_ONE, one, name="register-entry"),
    path(f"{_ONE}correct/", mend, name="register-correct"),
    path(f"{_ONE}cancel/", drop, name="register-cancel"),
    path(f"{_ONE}draft/", make_item, name="register-draft"),
]
