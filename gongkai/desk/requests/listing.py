"""申请: the list of requests, the most urgent first, narrowed by what is asked of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from gongkai.agencies.organs import sections_of
from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import may
from gongkai.dictionaries.queries import calendar
from gongkai.inforequests import listing
from gongkai.inforequests.actions.recount import counting_anew

from ..frame import actor_of, of_agency, page

ROWS = 30


class ListForm(forms.Form):
    """What may be asked of the list; what cannot be understood is not asked."""

    use_required_attribute = False

    state = forms.ChoiceField(label="状态", required=False, choices=listing.STATE_CHOICES)
    year = forms.TypedChoiceField(label="年份", required=False, coerce=int, empty_value=None)
    channel = forms.ChoiceField(label="渠道", required=False, choices=listing.CHANNEL_CHOICES)
    kind = forms.ChoiceField(label="申请人类别", required=False, choices=listing.KIND_CHOICES)
    section = forms.TypedChoiceField(label="承办股室", required=False, coerce=int, empty_value=None)
    q = forms.CharField(
        label="编号、内容里的字",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, agency: Agency, years: list[int], by_name: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, list[tuple[Any, str]]] = {
            "year": [("", "全部"), *((year, f"{year}年") for year in years)],
            "section": [("", "全部"), *((s.pk, s.name) for s in sections_of(agency))],
        }
        for name, some in choices.items():
            self.fields[name].choices = some  # type: ignore[attr-defined]
        if by_name:
            self.fields["q"].label = "编号、内容或申请人全名"
        self.by_name = by_name

    def asked(self) -> listing.Asked:
        """What is asked."""
        self.is_valid()
        given = self.cleaned_data
        words = str(given.get("q") or "").strip()
        known = {name: given.get(name) or "" for name in ("state", "channel", "kind")}
        return listing.Asked(
            **known, year=given.get("year"), section=given.get("section"), words=words, by_name=self.by_name
        )


@require_safe
@of_agency("requests.view")
def requests(request: HttpRequest, agency: Agency) -> HttpResponse:
    """申请: the registered requests, thirty a page, requesters masked."""
    actor = actor_of(request)
    form = ListForm(
        request.GET,
        agency=agency,
        years=listing.years_of(agency, actor.day),
        by_name=bool(may(actor, "requests.personal", agency)),
    )
    asked = form.asked()
    pages = listing.Pages(listing.listed(agency, asked, actor.day), ROWS)
    found = pages.get_page(request.GET.get("page"))
    recounting = counting_anew()
    rows = listing.rows_of(found.object_list, actor.day, calendar(), sure=not recounting)
    return page(
        request,
        agency,
        "requests/list",
        "requests",
        form=form,
        asked=asked,
        page=found,
        cut=pages.cut,
        most=listing.MOST,
        rows=rows,
        recounting=recounting,
        anything=bool(rows) or listing.any_request(agency),
        may_register=bool(may(actor, "requests.register", agency)),
        sees_remedies=bool(may(actor, "remedy.view", agency)),
    )


PATTERNS = [path("<slug:agency>/requests/", requests, name="requests")]
