"""What may be asked of the ledger, on its page and of its sheets alike."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.agencies.actor import Actor
from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import may
from gongkai.ledger.queries import (
    CHANNEL_CHOICES,
    KIND_CHOICES,
    OUTCOME_CHOICES,
    STATE_CHOICES,
    Wanted,
    years_of,
)

EVERY_YEAR = "all"


class LedgerForm(forms.Form):
    """The conditions. What cannot be understood is not asked; where no year is said, it is this one."""

    use_required_attribute = False

    year = forms.ChoiceField(label="年份", required=False)
    state = forms.ChoiceField(label="处理状态", required=False, choices=STATE_CHOICES)
    outcome = forms.ChoiceField(label="办理结果", required=False, choices=OUTCOME_CHOICES)
    channel = forms.ChoiceField(label="申请渠道", required=False, choices=CHANNEL_CHOICES)
    kind = forms.ChoiceField(label="申请人类别", required=False, choices=KIND_CHOICES)
    q = forms.CharField(
        label="编号、内容里的字",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )

    def __init__(self, asked: Any, *, agency: Agency, actor: Actor) -> None:
        self.this_year, self.by_name = actor.day.year, bool(may(actor, "requests.personal", agency))
        given = {**asked.dict(), "year": asked.get("year") or str(self.this_year)}
        super().__init__(given)
        years = years_of(agency, actor.day)
        if given["year"].isdecimal() and 1990 < int(given["year"]) < 2100:
            years = sorted({*years, int(given["year"])}, reverse=True)
        choices = [*((str(year), f"{year}年") for year in years), (EVERY_YEAR, "全部年份")]
        self.fields["year"].choices = choices  # type: ignore[attr-defined]
        if self.by_name:
            self.fields["q"].label = "编号、内容或申请人全名"

    def wanted(self) -> Wanted:
        """What is asked."""
        self.is_valid()
        given = self.cleaned_data
        year = given.get("year") or str(self.this_year)
        return Wanted(
            year=None if year == EVERY_YEAR else int(year),
            **{name: given.get(name) or "" for name in ("state", "outcome", "channel", "kind")},
            words=str(given.get("q") or "").strip(),
            by_name=self.by_name,
        )

    def told(self) -> list[tuple[str, str]]:
        """The conditions in words, the year first: what the export is of."""
        found = []
        for name, field in self.fields.items():
            value = self.cleaned_data.get(name) or ""
            if value:
                words = dict(getattr(field, "choices", ())).get(value, value)
                found.append((str(field.label), str(words)))
        return found
