"""The form of a draft: what the letter of a kind of reply must state, and the record of the search."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from gongkai.design.fields import DayField
from gongkai.statute.outcomes import ReplyType

_ROWS = 3
"""Lines offered for the record of a search."""


class DraftForm(forms.Form):
    """A text for everything the reply states; required is what its letter is incomplete without."""

    use_required_attribute = False

    def __init__(self, *args: Any, reply: ReplyType, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reply = reply
        self.fields["state_facts"] = _text(
            "查明的情况", "查到了什么、经过了什么，一两句话。写在“经查，”后面，句末不加句号。", required=True
        )
        for one in reply.states:
            self.fields[f"state_{one.slug}"] = _text(one.label, "", required=one.required)
        self.fields["note"] = _text("经办意见", "给审核人和签发人看，不写进告知书。", required=False)
        self.fields["on"] = DayField(label="拟稿日期")

    def states(self) -> dict[str, str]:
        """What was stated, by slug."""
        return {
            name.removeprefix("state_"): value
            for name, value in self.cleaned_data.items()
            if name.startswith("state_") and value
        }


def _text(label: str, hint: str, *, required: bool) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": f"请填写{label}。"},
    )


class SearchForm(forms.Form):
    """One search: where, who, for which words, when, with what result. All or nothing."""

    use_required_attribute = False
    where = forms.CharField(label="在哪里检索", required=False, max_length=100)
    who = forms.CharField(label="谁检索", required=False, max_length=60)
    terms = forms.CharField(label="用什么词", required=False, max_length=100)
    on = forms.CharField(label="哪一天", required=False, max_length=20)
    result = forms.CharField(label="结果", required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        """A line that was begun is filled in to its end."""
        data = super().clean() or {}
        if any(data.values()):
            for name, value in list(data.items()):
                if not value:
                    self.add_error(name, f"请填写“{self.fields[name].label}”，或者把这一行清空。")
        return data


class SearchRows:
    """The lines of the record; some are offered empty. `must`: without one line there is no file for the court."""

    def __init__(
        self, data: Mapping[str, Any] | None, *, prefix: str, initial: Iterable[Mapping[str, str]], must: bool
    ) -> None:
        known = list(initial)
        count = max(_ROWS, len(known))
        self.must = must
        self.forms = [
            SearchForm(data, prefix=f"{prefix}-{n}", initial=dict(known[n]) if n < len(known) else None)
            for n in range(count)
        ]

    def is_valid(self) -> bool:
        """True when every line is empty or whole, and one is there where one must be."""
        # Each line is judged, so that each tells its own mistakes.
        judged = [form.is_valid() for form in self.forms]
        good = all(judged)
        if good and self.must and not self.given():
            self.forms[0].add_error("where", "答复信息不存在，至少要写一次检索，案卷里要有证据。")
            return False
        return good

    def given(self) -> list[dict[str, str]]:
        """The lines that were filled in."""
        return [dict(f.cleaned_data) for f in self.forms if any(f.cleaned_data.values())]
