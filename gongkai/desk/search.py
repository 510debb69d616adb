"""搜索: everything the seat may see."""

from __future__ import annotations

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from gongkai.agencies.queries import Agency
from gongkai.agencies.reach import reaches
from gongkai.search.queries import find, marked, runs_of, snippet
from gongkai.sign_in.asking import actor_of

from .frame import of_agency, page

_A_PAGE = 20
KINDS = {"item": "公开信息", "request": "申请", "report": "年报", "seat": "人员"}
_ACTS = ("disclosure.view", "requests.view", "report.view", "seat.view")


class SearchForm(forms.Form):
    """One box."""

    q = forms.CharField(
        label="找什么",
        required=False,
        max_length=100,
        help_text="标题、文字、编号、年份里的几个字都可以，申请人的姓名不能搜索；几个词用空格隔开，要同时有才列出来。",
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )


@require_safe
@of_agency("search.view")
def search(request: HttpRequest, agency: Agency) -> HttpResponse:
    """What has every word of the query, best first, as far as the person's seats in this agency see it."""
    form = SearchForm(request.GET)
    query = form.cleaned_data["q"].strip() if form.is_valid() else ""
    found = find(query, reaches(actor_of(request), agency, _ACTS))
    at = Paginator(found, _A_PAGE).get_page(request.GET.get("page"))
    rows = [
        (entry, KINDS.get(entry.kind, entry.kind), marked(entry.title, query), snippet(entry.text, query))
        for entry in at
    ]
    return page(
        request,
        agency,
        "search",
        "search",
        form=form,
        query=query,
        asked=bool(runs_of(query)),
        page=at,
        rows=rows,
    )


PATTERNS: list[URLPattern] = [path("<slug:agency>/search/", search, name="search")]
