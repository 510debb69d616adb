"""Fields that several forms of this room share."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone

from gongkai.agencies.queries import Agency
from gongkai.design.fields import DayField
from gongkai.disclosure.actions.drafting import HOLDS_NO_ITEMS
from gongkai.disclosure.queries import tree_of


def line(label: str, hint: str = "", *, most: int = 100, required: bool = False) -> forms.CharField:
    """A line to type."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=most,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": f"请填写{label}。",
            "max_length": f"{label}最多 {most} 个字，请写短一些。",
        },
    )


def words(
    label: str, hint: str = "", *, most: int = 300, rows: int = 3, required: bool = False, said: str = ""
) -> forms.CharField:
    """A few lines to type."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={
            "required": said or f"请填写{label}。",
            "max_length": f"{label}最多 {most} 个字，请写短一些。",
        },
    )


def column_choices(agency: Agency, empty: str = "请选择栏目") -> list[tuple[str, str]]:
    """The agency's columns as a tree for a list to choose from."""
    return [("", empty), *((str(c.pk), "　" * depth + c.name) for c, depth in tree_of(agency))]


def columns_for_items(agency: Agency) -> list[tuple[str, str]]:
    """Those in which an item is found again: the place of requests has a page of its own, which lists no items."""
    tree = [(c, depth) for c, depth in tree_of(agency) if c.kind not in HOLDS_NO_ITEMS]
    return [("", "请选择栏目"), *((str(c.pk), "　" * depth + c.name) for c, depth in tree)]


class TimeFields(forms.Form):
    """A day and a time of day that may both be left out."""

    use_required_attribute = False

    @staticmethod
    def clock(label: str, hint: str = "") -> forms.CharField:
        """The time of day as one types it."""
        return forms.CharField(
            label=label,
            required=False,
            max_length=5,
            help_text=hint or "24 小时制，例如 9:00。不写算零点。",
            widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric", "size": 6}),
        )

    def moment(self, day_name: str, clock_name: str) -> datetime | None:
        """The moment of two fields; a mistake is put on the field."""
        day, typed = self.cleaned_data.get(day_name), self.cleaned_data.get(clock_name) or "0:00"
        if day is None:
            return None
        try:
            hour, _, minute = typed.replace("：", ":").partition(":")
            at = time(int(hour), int(minute or 0))
        except ValueError:
            self.add_error(clock_name, "时间写法不对，请写成例如 9:00。")
            return None
        return timezone.make_aware(datetime.combine(day, at))


def day(label: str, hint: str = "", **more: Any) -> DayField:
    """A day that may be left out."""
    return DayField(label=label, help_text=hint, required=False, **more)
