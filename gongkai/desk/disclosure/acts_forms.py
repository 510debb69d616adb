"""The forms of what is done with an item as a whole."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from gongkai.disclosure.actions.withdrawing import CAUSES
from gongkai.disclosure.listing import Evaluation, Item

from .fields import TimeFields, day, line, words


class SureForm(forms.Form):
    """Nothing to fill in; pressed once."""

    use_required_attribute = False
    sure = forms.CharField(widget=forms.HiddenInput, initial="1")

    def __init__(self, *args: Any, item: Item, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.item = item


class NoteForm(SureForm):
    """What the public reads on what changed."""

    note = words(
        "更正说明",
        "公众会看到，例如：更正附件2第三行的金额。不公开的信息重新起草的，写为什么重新起草。",
        required=True,
        said="请写更正说明：这一版要改什么。",
    )


class WhyForm(SureForm):
    """A word on why it is taken back from review."""

    why = line("为什么撤回", "可以不写。", most=200)


class PublishForm(SureForm, TimeFields):
    """Now or at a set time, perhaps until another."""

    when = forms.ChoiceField(
        label="什么时候发布",
        choices=[("now", "现在发布"), ("later", "到下面的时间自动发布")],
        widget=forms.RadioSelect,
        error_messages={"required": "请选择什么时候发布。"},
    )
    on = day("发布日期", "选“自动发布”的写。")
    at = TimeFields.clock("发布时间")
    until_on = day("到期下线的日期", "到时候自动从网站撤下，例如公示期满。一直公开的不写。")
    until_at = TimeFields.clock("到期下线的时间")

    def clean(self) -> dict[str, Any]:
        """The moments of both."""
        data = super().clean() or {}
        data["moment"] = self.moment("on", "at")
        data["until"] = self.moment("until_on", "until_at")
        if data.get("when") == "later" and data["moment"] is None and "on" not in self.errors:
            self.add_error("on", "请写自动发布的日期。")
        if data["until"] and data["until"] <= timezone.now() + timedelta(minutes=1):
            self.add_error("until_on", "下线的时间要晚于现在。")
        return data


class WithdrawForm(SureForm):
    """Why it is taken back; the public reads it."""

    cause = forms.ChoiceField(
        label="撤回的原因",
        choices=[(one.slug, one.label) for one in CAUSES.values()],
        widget=forms.RadioSelect,
        error_messages={"required": "请选择撤回的原因。"},
    )
    reason = words(
        "理由", "公众会在原来的网页上看到。不要写个人信息。", required=True, said="请写明撤回的理由。"
    )
    changed_on = day(
        "处罚决定被变更、撤销或者确认违法、无效的日期",
        "是行政处罚决定的写，三个工作日内要撤回（《行政处罚法》第四十八条）。",
    )


class RewordForm(SureForm):
    """Other words for the public."""

    reason = words(
        "撤回的理由",
        "公众会在原来的网页上看到。不要写个人信息。",
        required=True,
        said="请写明撤回的理由。",
    )


class EvaluateForm(SureForm):
    """What follows from the yearly look."""

    result = forms.ChoiceField(
        label="评估结果",
        choices=Evaluation.Result.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择评估结果。"},
    )
    reason = words(
        "理由", "例如：涉及的项目尚未结束，理由仍然存在。", most=500, required=True, said="请写明理由。"
    )
