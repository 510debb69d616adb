"""The forms of attachments and relations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from gongkai.disclosure.listing import Attachment, Item
from gongkai.disclosure.relations import KINDS

from .fields import line


class FileForm(forms.Form):
    """A file to attach, or to put in the place of another."""

    use_required_attribute = False
    file = forms.FileField(
        label="文件",
        help_text="PDF、Word、表格、图片都可以。上传以后自动检查有没有身份证号、电话、住址等不能公开的内容。",
        error_messages={"required": "请选择文件。", "empty": "文件是空的，请重新选择。"},
    )
    name = line("附件名称", "公众看到的名称，例如：2025年部门预算公开表.xlsx。不写就用文件名。", most=120)
    inline = forms.BooleanField(label="是放在正文里的图片，不列在附件里", required=False)
    no_secrets = forms.BooleanField(
        label="文件我打开看过，没有国家秘密",
        required=False,
        help_text="照片和扫描件里的密级标志机器看不出来，要由人看。",
    )

    def __init__(self, *args: Any, replaces: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if replaces:
            del self.fields["inline"]
            self.fields["name"].help_text = "公众看到的名称。不写就用原来的名称，换成新文件的扩展名。"


class NamesForm(forms.Form):
    """Name and place of every attachment."""

    use_required_attribute = False

    def __init__(self, *args: Any, rows: Sequence[Attachment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n, row in enumerate(rows, 1):
            self.fields[f"name_{row.pk}"] = forms.CharField(
                label=f"附件{n}的名称",
                max_length=120,
                initial=row.name,
                error_messages={
                    "required": f"请填写附件{n}的名称。",
                    "max_length": "附件名称最多 120 个字。",
                },
            )
            self.fields[f"order_{row.pk}"] = forms.IntegerField(
                label=f"附件{n}的顺序",
                required=False,
                min_value=1,
                max_value=99,
                initial=n,
                error_messages={"invalid": "顺序写 1 到 99 的数字。"},
            )


class RelationForm(forms.Form):
    """What this item is to another one."""

    use_required_attribute = False
    kind = forms.ChoiceField(
        label="这一条是另一条的什么",
        choices=KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择是什么关系。"},
    )
    to = forms.ChoiceField(
        label="哪一条",
        widget=forms.RadioSelect,
        error_messages={"required": "请选择哪一条。", "invalid_choice": "请重新查找、选择。"},
    )

    def __init__(self, *args: Any, found: Sequence[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            (str(one.pk), f"{one.title}（{one.index_number}）") for one in found
        ]
