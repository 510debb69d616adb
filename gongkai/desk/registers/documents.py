"""计入的公开信息: the columns whose items are documents, and single items that are or are not."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_http_methods

from gongkai.agencies.actor import Actor
from gongkai.agencies.queries import Agency
from gongkai.disclosure.actions.register_keeping import mark_column, mark_item
from gongkai.disclosure.queries import item_of, items_of, tree_of
from gongkai.disclosure.registers.counting import ended_on, in_force, kept_by, marked_columns, marked_items
from gongkai.disclosure.registers.kinds import Register

from ..frame import actor_of, of_agency, page
from .listing import ROWS, register_or_404


class MarksForm(forms.Form):
    """The columns that hold documents of this kind, and one more item by its index number."""

    use_required_attribute = False
    columns = forms.MultipleChoiceField(
        label="哪些栏目里的信息都是这种文件",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="栏目里转载的上级文件不计入；草稿不计入。",
    )
    number = forms.CharField(
        label="另外计入一条",
        required=False,
        max_length=60,
        help_text="不在这些栏目里的，写它的索引号。",
    )

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agency = agency
        self.tree = {str(column.pk): column for column, _ in tree_of(agency)}
        shown = [(pk, column.name) for pk, column in self.tree.items()]
        self.fields["columns"].choices = shown  # type: ignore[attr-defined]

    def clean_number(self) -> str:
        """The item of this number; a message where there is none."""
        number = str(self.cleaned_data["number"]).strip()
        self.item = items_of(self.agency).filter(index_number=number).first() if number else None
        if number and self.item is None:
            raise forms.ValidationError(f"没有索引号是“{number}”的信息，请照信息页面上的写。")
        return number


@require_http_methods(["GET", "HEAD", "POST"])
@of_agency("disclosure.registers")
def documents(request: HttpRequest, agency: Agency, kind: str) -> HttpResponse:
    """Choose columns; leave single items out, or count one more."""
    register = register_or_404(kind)
    if not register.issued:
        raise Http404
    actor = actor_of(request)
    marked = marked_columns(agency)
    if request.method == "POST" and "leave" in request.POST:
        return _leave(request, agency, register, actor)
    form = MarksForm(
        request.POST if request.method == "POST" else None,
        agency=agency,
        initial={"columns": [str(pk) for pk, of in marked.items() if of == kind]},
    )
    if form.is_bound and form.is_valid():
        chosen = set(form.cleaned_data["columns"])
        for pk, column in form.tree.items():
            if (pk in chosen) != (marked.get(column.pk) == kind):
                mark_column(column, kind if pk in chosen else "", by=actor)
        if form.item is not None:
            mark_item(form.item, kind, by=actor)
        messages.success(request, "已保存。")
        return redirect("desk:register-documents", agency.slug, kind)
    kept = kept_by(agency).get(kind)
    found = Paginator(marked_items(agency, [kind]), ROWS).get_page(request.GET.get("page"))
    return page(
        request,
        agency,
        "registers/documents",
        "items",
        register=register,
        form=form,
        page=found,
        rows=[(item, ended_on(item)) for item, _ in found],
        day=actor.day,
        force=in_force(agency, kind, actor.day.year),
        counted=kept is not None and kept.since <= actor.day.year,
    )


def _leave(request: HttpRequest, agency: Agency, register: Register, actor: Actor) -> HttpResponse:
    """One item that is no such document after all."""
    given = request.POST["leave"]
    item = (
        items_of(agency).filter(pk=int(given)).first()
        if given.isascii() and given.isdecimal() and len(given) < 18
        else None
    )
    if item is None:
        raise Http404
    mark_item(item_of(agency, item.pk), "", by=actor)
    messages.success(request, f"不再计入：{item.title}。")
    return redirect("desk:register-documents", agency.slug, register.slug)


PATTERNS = [path("<slug:agency>/registers/<slug:kind>/documents/", documents, name="register-documents")]
