"""The forms of the report's words: a paragraph, and one to add."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.reports.composers import COMPOSERS

_BOX = {"rows": 8, "class": "wide"}


class BlockForm(forms.Form):
    """One paragraph: its sub-heading and its words, figures in them as 【名称：数】."""

    use_required_attribute = False
    subheading = forms.CharField(
        label="小标题",
        required=False,
        max_length=60,
        help_text="只在一组段落的第一段写，不用写（一）（二），平台自动编号。",
        error_messages={"max_length": "小标题最多 60 个字，请写短一些。"},
    )
    text = forms.CharField(
        label="文字",
        required=False,
        help_text="【】里是跟着记录变的数，不要改里面的字。要放一个数，在要放的地方打一个 □，再从下面选；不打的，放在最后。",
        widget=forms.Textarea(attrs=_BOX),
    )

    def __init__(self, *args: Any, ask: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if ask:
            self.fields["text"].label = ask

    def with_text(self, text: str) -> BlockForm:
        """The same form with other words, as typed."""
        again = BlockForm(self.data | {"text": text})  # type: ignore[operator]
        again.fields["text"].label = self.fields["text"].label
        return again


class AddForm(BlockForm):
    """A paragraph to add: one that is composed, or one's own words."""

    composer = forms.ChoiceField(
        label="加哪一段",
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "请从列表里选一段。"},
    )
    field_order = ("composer", "subheading", "text")

    def __init__(
        self, *args: Any, section: str = "", present: frozenset[str] = frozenset(), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offered = [
            (c.slug, f"{c.name}（{'由数据生成' if c.needs or not c.question else '回答问题'}）")
            for c in COMPOSERS.values()
            if c.section == section and c.slug != "last_problem" and (c.repeats or c.slug not in present)
        ]
        self.fields["composer"].choices = [("", "自己写一段"), *offered]  # type: ignore[attr-defined]
