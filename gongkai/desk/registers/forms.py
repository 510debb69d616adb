"""The forms of the registers: a row by its columns, a list narrowed, from which year a register is whole."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from gongkai.design.fields import DayField
from gongkai.disclosure.registers.kinds import BODY, NO, PERSON, YES, Field, Register
from gongkai.disclosure.registers.listing import PARTS, Asked, RegisterEntry

_DAYS = ("day", "in_force_on", "ended_on", "public_on")


class EntryForm(forms.Form):
    """One row of a register, its columns as fields; what is wrong is said by the room, in the same words as for a sheet."""

    use_required_attribute = False

    def __init__(self, *args: Any, register: Register, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.register = register
        for one in register.fields:
            self.fields[one.slug] = _field(one)

    def texts(self) -> dict[str, str]:
        """What was typed, by field, as a sheet would have it."""
        given = self.cleaned_data
        return {
            slug: value.isoformat() if isinstance(value, date) else str(value or "")
            for slug, value in given.items()
        }

    def mend(self, problems: Mapping[str, str]) -> None:
        """Say what is wrong beside each field."""
        for slug, said in problems.items():
            self.add_error(slug, said)


def _field(one: Field) -> forms.Field:
    if one.slug in _DAYS:
        hint = "" if one.slug == "day" else one.hint
        return DayField(label=one.head, help_text=hint, required=one.needed)
    if one.choices:
        return forms.ChoiceField(
            label=one.head,
            choices=[(choice, choice) for choice in one.choices],
            help_text=one.hint.partition("；")[2] if one.slug == "natural" else one.hint,
            widget=forms.RadioSelect,
            required=False,
        )
    return forms.CharField(
        label=one.head,
        help_text=one.hint if one.hint != "可以不填。" else "",
        required=one.needed,
        error_messages={"required": f"请填写{one.head}。"},
    )


def as_typed(entry: RegisterEntry, register: Register) -> dict[str, Any]:
    """The row as the form shows it."""
    typed: dict[str, Any] = {one.slug: getattr(entry, one.slug) for one in register.fields}
    if "natural" in typed:
        typed["natural"] = PERSON if entry.natural else BODY
    if "publish" in typed:
        typed["publish"] = YES if entry.publish == RegisterEntry.Publish.YES else NO
    return typed


class ListForm(forms.Form):
    """What may be asked of a register; what cannot be understood is not asked."""

    use_required_attribute = False

    year = forms.TypedChoiceField(label="年份", required=False, coerce=int, empty_value=None)
    part = forms.ChoiceField(label="哪些", required=False, choices=[("", "全部"), *PARTS.items()])
    owed = forms.ChoiceField(
        label="公开没有", required=False, choices=[("", "全部"), ("1", "要公开、还没有公开")]
    )
    word = forms.CharField(label="文号、名称、相对人", required=False, max_length=60)

    def __init__(self, *args: Any, register: Register, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = register.slug
        choices = [("", "全部"), *((year, f"{year}年") for year in years)]
        self.fields["year"].choices = choices  # type: ignore[attr-defined]
        if not register.issued:
            del self.fields["part"]
        if not register.duty:
            del self.fields["owed"]

    def asked(self, *, cancelled: bool = False) -> Asked:
        """What is asked."""
        self.is_valid()
        given = self.cleaned_data
        return Asked(
            self.kind,
            given.get("year"),
            given.get("part") or "",
            bool(given.get("owed")),
            (given.get("word") or "").strip(),
            cancelled,
        )


class WhyForm(forms.Form):
    """Why a row should not be there."""

    use_required_attribute = False
    why = forms.CharField(
        label="作废的原因",
        max_length=200,
        help_text="例如：重复登记；决定已被撤销。",
        error_messages={"required": "请写明作废的原因。", "max_length": "最多 200 个字，请写短一些。"},
    )


class KeepForm(forms.Form):
    """How the figure of the report is made."""

    use_required_attribute = False
    how = forms.ChoiceField(
        label="年报里的数怎么来",
        choices=[("kept", "按台账统计：每一件都登记在这里"), ("entered", "人工填报：台账不全，数另外填")],
        widget=forms.RadioSelect,
        error_messages={"required": "请选择数怎么来。", "invalid_choice": "请选择数怎么来。"},
    )
    since = forms.IntegerField(
        label="从哪一年起台账是全的",
        required=False,
        help_text="这一年和以后的年报按台账统计，以前的仍用填报的数。",
        error_messages={"invalid": "请填四位数的年份，例如 2025。"},
    )
    opening = forms.IntegerField(
        label="上一年年末现行有效多少件",
        required=False,
        min_value=0,
        help_text="照上一年的年报填。以前的文件都逐件登记在这里的，留空。",
        error_messages={"invalid": "请填整数。", "min_value": "不能是负数。"},
    )

    def __init__(self, *args: Any, register: Register, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not register.issued:
            del self.fields["opening"]

    def clean(self) -> dict[str, Any]:
        """A year where the register is counted."""
        data = super().clean() or {}
        if data.get("how") == "kept" and not data.get("since") and "since" not in self.errors:
            self.add_error("since", "请填从哪一年起台账是全的。")
        return data


class UploadForm(forms.Form):
    """A sheet to import."""

    use_required_attribute = False
    file = forms.FileField(
        label="填好的表格",
        help_text=".xlsx 或者 .csv。文件会加密保存。",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={"required": "请先选择文件。", "empty": "这个文件是空的，请重新选择。"},
    )
    no_secrets = forms.BooleanField(
        label="已确认没有国家秘密",
        required=False,
        help_text="只在平台提示没有检查完整个文件时才需要勾选。",
    )
