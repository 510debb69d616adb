"""The forms by which an item is begun and its text written."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from gongkai.agencies.organs import sections_of
from gongkai.agencies.queries import Agency

from .fields import columns_for_items, line


class NewForm(forms.Form):
    """Where it goes and what it is called: enough to begin with."""

    use_required_attribute = False
    column = forms.ChoiceField(
        label="放在哪个栏目",
        help_text="拿不准的，先放最接近的，以后可以改。",
        error_messages={"required": "请选择栏目。", "invalid_choice": "请从列表里选择栏目。"},
    )
    title = line("标题", "和文件上的标题一样，公众看到的就是它。", most=200, required=True)

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["column"].choices = columns_for_items(agency)  # type: ignore[attr-defined]
        sections = [(str(s.pk), s.name) for s in sections_of(agency)]
        self.fields["section"] = forms.ChoiceField(
            label="产生股室", required=False, choices=[("", "没有指定"), *sections]
        )


class TextForm(forms.Form):
    """Title, what it is about, and the text as it is typed."""

    use_required_attribute = False
    laws: ClassVar = {"summary": "ogi 12"}
    title = line("标题", most=200, required=True)
    summary = forms.CharField(
        label="内容概述",
        required=False,
        max_length=200,
        help_text="用一两句话说明主要内容，公众在目录里看到它。最多 200 个字。",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": "内容概述最多 200 个字，请写短一些。"},
    )
    text = forms.CharField(
        label="正文",
        required=False,
        strip=False,
        help_text="一行是一段。可以从 Word、WPS 或者网页复制粘贴，表格会保留。只有附件的可以不写。",
        widget=forms.Textarea(attrs={"rows": 22, "data-editor": "", "spellcheck": "false"}),
    )
    correction_note = forms.CharField(
        label="更正说明",
        max_length=300,
        help_text="公众会看到，写这一版改了什么，例如：更正附件2第三行的金额。不要写个人信息。",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": "请写更正说明：公众会看到这一版改了什么。",
            "max_length": "更正说明最多 300 个字，请写短一些。",
        },
    )

    def __init__(self, *args: Any, revised: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not revised:
            del self.fields["correction_note"]


class WordForm(forms.Form):
    """A .docx to take the text from."""

    use_required_attribute = False
    file = forms.FileField(
        label="Word 文件（.docx）",
        help_text="标题、列表、表格、链接和图片会保留，字体、颜色、批注、修订不要。现在的正文会被换掉。",
        error_messages={"required": "请选择一个 .docx 文件。", "empty": "文件是空的，请重新选择。"},
    )
    no_secrets = forms.BooleanField(
        label="文件我打开看过，没有国家秘密",
        required=False,
        help_text="文件里有图片时，密级标志机器看不出来，要由人看。",
    )
