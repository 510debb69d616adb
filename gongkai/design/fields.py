"""Fields that forms on every desk share: a day in three small boxes."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError


class DayWidget(forms.MultiWidget):
    """Year, month and day, each a short box of digits; no calendar to fight with."""

    template_name = "design/day.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        box = {"inputmode": "numeric", "autocomplete": "off"}
        super().__init__(
            {
                "year": forms.TextInput(box | {"maxlength": 4, "size": 4}),
                "month": forms.TextInput(box | {"maxlength": 2, "size": 2}),
                "day": forms.TextInput(box | {"maxlength": 2, "size": 2}),
            },
            attrs,
        )

    def decompress(self, value: date | None) -> list[Any]:
        """The three parts of a day."""
        return [value.year, value.month, value.day] if value else [None, None, None]


class DayField(forms.MultiValueField):
    """A day, typed as year, month and day; the value is a date, or None where none is required."""

    widget = DayWidget

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            fields=[forms.CharField(required=False) for _ in range(3)],
            require_all_fields=False,
            **kwargs,
        )
        label = kwargs.get("label", "日期")
        self.error_messages["required"] = f"请填写{label}。"

    def compress(self, values: list[str]) -> date | None:
        """The date; raises ValidationError, in words of what to type, for one that is not in the calendar."""
        if not any(values):
            return None
        try:
            year, month, day = (int(part) for part in values)
            if not (1900 <= year <= 2199 and 1 <= month <= 12 and 1 <= day <= 31):
                raise ValueError
        except ValueError:
            raise ValidationError(
                f"{self.label or '日期'}写法不对，请写成例如 2025 年 2 月 21 日。"
            ) from None
        try:
            return date(year, month, day)
        except ValueError:
            raise ValidationError(
                f"{self.label or '日期'}：没有{year}年{month}月{day}日这一天，请核对。"
            ) from None
