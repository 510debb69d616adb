"""What a visitor may ask of the search; what cannot be understood is not asked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from gongkai.agencies.queries import Agency
from gongkai.dictionaries.queries import synonyms
from gongkai.disclosure import queries as disclosure
from gongkai.search.asked import Asked
from gongkai.search.folding import squeezed
from gongkai.search.shown import KINDS

VALIDITY = (
    ("", "不限"),
    ("valid", "有效"),
    ("not_yet", "尚未施行"),
    ("repealed", "废止"),
    ("lapsed", "失效"),
)
LONGEST = 100
_EARLIEST = 2007


class SearchForm(forms.Form):
    """The words, and what narrows them. With one agency its columns can be chosen, otherwise the agency."""

    use_required_attribute = False

    q = forms.CharField(
        label="找什么",
        required=False,
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    agency = forms.ChoiceField(label="机关", required=False)
    column = forms.ChoiceField(label="栏目", required=False)
    year = forms.TypedChoiceField(label="发布年份", required=False, coerce=int, empty_value=None)
    number = forms.CharField(label="发文字号", required=False, max_length=60)
    validity = forms.ChoiceField(label="有效性", required=False, choices=VALIDITY)

    def __init__(
        self, *args: Any, agencies: list[Agency], here: Agency | None, now: datetime, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.agencies, self.here, self.now = agencies, here, now
        self.columns = disclosure.columns_by_address(here) if here else {}
        years = range(timezone.localdate(now).year, _EARLIEST, -1)
        choices: dict[str, list[tuple[Any, str]]] = {
            "agency": [("", "全部机关"), *((one.slug, one.name) for one in agencies)],
            "column": [
                ("", "全部栏目"),
                *((slug, column.name) for slug, column in self.columns.items()),
                ("reports", "政府信息公开年报"),
            ],
            "year": [("", "不限"), *((year, f"{year}年") for year in years)],
        }
        for name, some in choices.items():
            self.fields[name].choices = some  # type: ignore[attr-defined]
        if here is None:
            del self.fields["column"]
        if len(agencies) < 2:
            del self.fields["agency"]

    def asked(self, **other: Any) -> Asked:
        """What is asked; `other` takes the place of some of it."""
        self.is_valid()
        given = self.cleaned_data
        where = given.get("column") or ""
        column = self.columns.get(where)
        fields = {
            "query": str(given.get("q") or "").strip(),
            "agencies": frozenset(agency.pk for agency in self.agencies),
            "now": self.now,
            "today": timezone.localdate(self.now),
            "agency_id": self.here.pk if self.here else None,
            "column_id": column.pk if column else None,
            "kind": KINDS[1] if where == "reports" and column is None else "",
            "year": given.get("year"),
            "number": str(given.get("number") or "").strip(),
            "validity": given.get("validity") or "",
            "synonyms": tuple(tuple(map(squeezed, group)) for group in synonyms()),
        }
        return Asked(**{**fields, **other})
