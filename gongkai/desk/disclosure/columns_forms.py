"""The forms of columns."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.agencies.queries import Agency
from gongkai.disclosure.listing import Column

from .fields import column_choices, line, words


class ColumnForm(forms.Form):
    """A column's name, what stands in it, and its meta tags."""

    use_required_attribute = False
    name = line("栏目名称", most=60, required=True)
    kind = forms.ChoiceField(
        label="栏目类别", choices=Column.Kind.choices, help_text="更新期限由类别决定，也可以自己写。"
    )
    limit_days = forms.IntegerField(
        label="更新期限（天）",
        required=False,
        min_value=1,
        max_value=3660,
        help_text="超过这么多天没有新信息，自查时提醒。不限的留空。",
        error_messages={"invalid": "更新期限写天数，例如 180。"},
    )
    routine = forms.BooleanField(
        label="日常信息，走简易审查",
        required=False,
        help_text="动态、通知一类的。四关和终审一样不少。由公开机构负责人或者主要负责人设定。",
    )
    description = words("栏目说明", "放哪些信息，一句话。写进网页的标签里。", most=200, rows=2)
    keywords = line("关键词", "几个词，用逗号分开。", most=100)
    column_type = line("栏目类型", "网页标签用，例如：信息公开、政策文件。", most=100)
    order = forms.IntegerField(
        label="顺序", required=False, min_value=0, max_value=9999, help_text="数字小的在前。",
        error_messages={"invalid": "顺序写数字。"},
    )  # fmt: skip

    def given(self) -> dict[str, Any]:
        """What was typed, without what was left out."""
        data = dict(self.cleaned_data)
        if data["order"] is None:
            del data["order"]
        return data


class NewColumnForm(ColumnForm):
    """A new one: its address and where it hangs as well."""

    slug = line(
        "网址代号", "小写字母、数字，可以用短横线，例如 tzgg。用过的网址永远有效。", most=40, required=True
    )
    parent = forms.ChoiceField(label="上级栏目", required=False)

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].choices = column_choices(agency, "没有，放在最上一级")  # type: ignore[attr-defined]
        self.order_fields(["name", "slug", "parent", "kind"])


class MoveForm(forms.Form):
    """Where it hangs."""

    use_required_attribute = False
    parent = forms.ChoiceField(label="放到哪个栏目下面", required=False)
    moved = forms.CharField(widget=forms.HiddenInput, initial="1")

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].choices = column_choices(agency, "放在最上一级")  # type: ignore[attr-defined]


class AddressForm(forms.Form):
    """Its address."""

    use_required_attribute = False
    slug = line("新的网址代号", "原来的网址会自动转到新的网址，永远有效。", most=40, required=True)

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class MergeForm(forms.Form):
    """Into which one."""

    use_required_attribute = False
    into = forms.ChoiceField(label="并入哪个栏目", error_messages={"required": "请选择并入哪个栏目。"})

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].choices = column_choices(agency)  # type: ignore[attr-defined]


class RemoveForm(forms.Form):
    """Pressed once."""

    use_required_attribute = False
    sure = forms.CharField(widget=forms.HiddenInput, initial="1")

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
