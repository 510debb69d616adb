"""The forms by which papers and notes come into a case."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from gongkai.design.fields import DayField
from gongkai.inforequests.papers import KINDS


class PaperForm(forms.Form):
    """A file, what it is, the day it bears."""

    use_required_attribute = False
    laws: ClassVar = {"file": "ogi 45"}
    file = forms.FileField(
        label="文件",
        help_text="扫描件、照片、PDF、Word、表格都可以。",
        error_messages={"required": "请选择要放入的文件。", "empty": "文件是空的，请重新选择。"},
    )
    kind = forms.ChoiceField(
        label="是什么",
        choices=[("", "请选择"), *KINDS],
        error_messages={"required": "请选择这份材料是什么。", "invalid_choice": "请从列表里选择。"},
    )
    about = forms.CharField(
        label="说明",
        required=False,
        max_length=200,
        help_text="材料的名称，例如：某项目批复。随答复公开的，申请人看到的就是这个名称。不要写个人信息。",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": "说明最多 200 个字，请写短一些。"},
    )
    dated = DayField(label="材料的日期", help_text="信封写邮戳的日期，电话记录写通话那一天，文件写成文日期。")
    disclose = forms.ChoiceField(
        label="随答复公开给申请人吗",
        required=False,
        choices=[
            ("yes", "公开：签发、送达以后交给申请人"),
            ("no", "不公开：只留在案卷里，例如没有遮盖的原件"),
        ],
        widget=forms.RadioSelect,
        help_text="“拟公开的材料”必须选；其他材料不选。",
    )
    no_secrets = forms.BooleanField(
        label="文件我打开看过，没有国家秘密",
        required=False,
        help_text="照片和扫描件里的密级标志机器看不出来，要由人看。",
    )

    def clean_dated(self) -> object:
        """A day, always."""
        if not self.cleaned_data["dated"]:
            raise forms.ValidationError("请填写材料的日期。")
        return self.cleaned_data["dated"]

    def clean(self) -> dict[str, Any]:
        """Material is chosen to go out or kept back on purpose, never by forgetting."""
        data = super().clean() or {}
        if data.get("kind") == "material" and not data.get("disclose"):
            self.add_error("disclose", "请选择这份拟公开的材料随不随答复公开给申请人。")
        return data | {"disclose": data.get("disclose") == "yes"}


class RemoveForm(forms.Form):
    """Why it is taken out."""

    use_required_attribute = False
    reason = forms.CharField(
        label="删除的原因",
        max_length=200,
        help_text="例如：放错了案卷。删除以后不能恢复，原因会留下记录。",
        error_messages={"required": "请写明删除的原因。"},
    )


class NoteForm(forms.Form):
    """What was done or said, and when."""

    use_required_attribute = False
    text = forms.CharField(
        label="内容",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=3000,
        help_text="例如：电话联系申请人，申请人说明要的是2024年的批复。",
        error_messages={"required": "请写明内容。", "max_length": "内容最多 3000 个字。"},
    )
    on = DayField(label="哪一天")
