"""The form of a draft: what the letter of a kind of reply must state, and the record of the search."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from gongkai.design.fields import DayField
from gongkai.inforequests.actions.deciding import GIVES, NO_FILES
from gongkai.statute.outcomes import ReplyType, example_of

_ROWS = 3
"""Lines offered for the record of a search."""


class DraftForm(forms.Form):
    """A text for everything the reply states; required is what its letter is incomplete without."""

    use_required_attribute = False

    def __init__(
        self, *args: Any, reply: ReplyType, today: date, has_files: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.reply, self.today = reply, today
        self.fields["state_facts"] = _text(
            "查明的情况",
            "查到了什么、经过了什么，一两句话。写在“经查，”后面，句末不加句号。" + _example(reply, "facts"),
            required=True,
        )
        for one in reply.states:
            self.fields[f"state_{one.slug}"] = _text(
                one.label, _HINTS.get(one.slug, "") + _example(reply, one.slug), required=one.required
            )
        if reply.slug in GIVES and not has_files:
            self.fields[f"state_{NO_FILES}"] = _text(
                "不附文件的，申请人到哪里取得",
                "上面放入了要公开的文件的，不填。不附文件的必须写：到哪里、找谁、怎样看到或者领到。给审核人看，不写进告知书。",
                required=False,
            )
        self.fields["note"] = _text("经办意见", "给审核人和签发人看，不写进告知书。", required=False)
        self.fields["on"] = DayField(label="拟稿日期")

    def clean_on(self) -> date | None:
        """A day that has come."""
        on: date | None = self.cleaned_data["on"]
        if on and on > self.today:
            raise forms.ValidationError("拟稿日期还没有到，请填今天或者以前的日期。")
        return on

    def states(self) -> dict[str, str]:
        """What was stated, by slug."""
        return {
            name.removeprefix("state_"): value
            for name, value in self.cleaned_data.items()
            if name.startswith("state_") and value
        }


def _example(reply: ReplyType, statement: str) -> str:
    found = example_of(reply.slug, statement)
    return f"例如：{found}。" if found else ""


_HINTS = {"attachments": "不填的，自动写上随答复公开的文件的名称。"}


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
    where = forms.CharField(
        label="在哪里检索", required=False, max_length=100, help_text="例如：档案室2020至2024年文书档案。"
    )
    who = forms.CharField(label="谁检索", required=False, max_length=60, help_text="例如：档案员。")
    terms = forms.CharField(
        label="用什么词", required=False, max_length=100, help_text="例如：法治宣传、经费。"
    )
    on = DayField(label="哪一天", required=False)
    result = forms.CharField(
        label="结果", required=False, max_length=200, help_text="例如：没有找到；找到一份。"
    )

    def clean_on(self) -> str:
        """The day as the record keeps it; one that has come."""
        on: date | None = self.cleaned_data["on"]
        if on and on > timezone.localdate():
            raise forms.ValidationError("检索的日期还没有到，请填今天或者以前的日期。")
        return on.isoformat() if on else ""

    def clean(self) -> dict[str, Any]:
        """A line that was begun is filled in to its end."""
        data = super().clean() or {}
        if any(data.values()):
            for name in self.fields:
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, f"请填写“{self.fields[name].label}”，或者把这一行清空。")
        return data


def _line(row: Mapping[str, str]) -> dict[str, Any]:
    """A line as the form takes it; a day written in words before days were asked for is left empty."""
    try:
        return {**row, "on": date.fromisoformat(row.get("on", ""))}
    except ValueError:
        return {**row, "on": None}


class SearchRows:
    """The lines of the record; some are offered empty. `must`: without one line there is no file for the court."""

    def __init__(
        self, data: Mapping[str, Any] | None, *, prefix: str, initial: Iterable[Mapping[str, str]], must: bool
    ) -> None:
        known = list(initial)
        count = max(_ROWS, len(known))
        self.must = must
        self.forms = [
            SearchForm(data, prefix=f"{prefix}-{n}", initial=_line(known[n]) if n < len(known) else None)
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

    @property
    def wrong(self) -> bool:
        """True when a line that was typed has to be put right."""
        return any(form.is_bound and form.errors for form in self.forms)

    @property
    def open(self) -> bool:
        """True when the record is shown at once: a line must be there, was begun, or is known from before."""
        return (
            self.must
            or any(form.errors if form.is_bound else form.initial for form in self.forms)
            or any(form.is_bound and form.has_changed() for form in self.forms)
        )

    @property
    def first(self) -> SearchForm:
        """The line that is always shown."""
        return self.forms[0]

    @property
    def further(self) -> list[SearchForm]:
        """The lines after the first."""
        return self.forms[1:]

    @property
    def further_open(self) -> bool:
        """True when one of them was begun or is known from before."""
        return any(form.initial or (form.is_bound and form.has_changed()) for form in self.further)

    def given(self) -> list[dict[str, str]]:
        """The lines that were filled in."""
        return [dict(f.cleaned_data) for f in self.forms if any(f.cleaned_data.values())]
