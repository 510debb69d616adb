"""The forms of 文件检查与遮盖."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from gongkai.files.queries import Box

_KEY = re.compile(r"[0-9]{1,7}\.[0-9]{1,9}\.[0-9]{1,9}\Z")
_LEAST, _MOST_TEXTS = 2, 30


class UploadForm(forms.Form):
    """A file to look into."""

    file = forms.FileField(
        label="要检查的文件",
        help_text="Word（.docx）、Excel（.xlsx）、PDF、文本、图片、ZIP。旧版 .doc、.xls 请先另存为新格式。",
        error_messages={"required": "请选择文件。", "empty": "文件是空的，请重新选择。"},
    )
    no_secrets = forms.BooleanField(
        label="已经看过，文件里没有国家秘密",
        required=False,
        help_text="扫描件、图片检查不了文字，要由人确认。",
    )


class FindsForm(forms.Form):
    """Which finds are covered, of those the page showed; what else; why some stay."""

    do = forms.ChoiceField(
        choices=[("make", ""), ("save", ""), ("texts", "")], error_messages={"required": "请按一个按钮。"}
    )
    texts = forms.CharField(
        label="还要遮盖的文字",
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="一行写一个，至少两个字；文件里出现的每一处都会标上。",
    )
    reason = forms.CharField(
        label="留下的理由",
        required=False,
        max_length=300,
        help_text="没有勾选“遮盖”的，写明为什么可以公开，例如：单位值班手机，依职责公开。",
    )

    def clean(self) -> dict[str, Any]:
        """Texts as `wanted`, keys as `shown` and `covered`."""
        found = super().clean() or {}
        self.wanted = [line.strip() for line in found.get("texts", "").splitlines() if line.strip()]
        if found.get("do") == "texts" and not self.wanted:
            self.add_error("texts", "请写上要遮盖的文字，一行一个。")
        if any(len(line) < _LEAST for line in self.wanted):
            self.add_error("texts", "每行至少两个字：一个字会遮住太多地方。请写全一些。")
        if len(self.wanted) > _MOST_TEXTS:
            self.add_error("texts", f"一次最多 {_MOST_TEXTS} 行，请分几次。")
        data: Any = self.data
        self.shown = {key for key in data.getlist("shown") if _KEY.match(key)}
        self.covered = {key for key in data.getlist("cover") if _KEY.match(key)}
        self.unmarked = {int(n) for n in data.getlist("unmark") if n.isdigit()}
        return found


def _percent(label: str) -> forms.FloatField:
    return forms.FloatField(
        label=label,
        required=False,
        min_value=0,
        max_value=100,
        widget=forms.NumberInput(attrs={"step": "0.1", "inputmode": "decimal"}),
        error_messages={
            "invalid": "请写 0 到 100 的数。",
            "min_value": "请写 0 到 100 的数。",
            "max_value": "请写 0 到 100 的数。",
        },
    )


class BoxForm(forms.Form):
    """One box in hundredths of the page; an empty row is none."""

    left = _percent("离左边（%）")
    top = _percent("离上边（%）")
    width = _percent("宽（%）")
    height = _percent("高（%）")
    gone = forms.BooleanField(label="去掉这一处", required=False)

    def clean(self) -> dict[str, Any]:
        """All four numbers or none."""
        found = super().clean() or {}
        given = [found.get(name) for name in ("left", "top", "width", "height")]
        if not self.errors and any(v is not None for v in given) and any(v is None for v in given):
            raise forms.ValidationError("一处要写全四个数：离左边、离上边、宽、高。")
        if not self.errors and given[2] is not None and (not given[2] or not given[3]):
            raise forms.ValidationError("宽和高要大于 0。")
        return found

    def box(self, page: int) -> Box | None:
        """The box on this page; None for an empty or a removed row."""
        found = self.cleaned_data
        if found.get("left") is None or found.get("gone"):
            return None
        left, top = found["left"] / 100, found["top"] / 100
        return Box(page, left, top, min(1, left + found["width"] / 100), min(1, top + found["height"] / 100))


BoxForms = forms.formset_factory(BoxForm, extra=4, max_num=500, absolute_max=500)


def as_row(box: Box) -> dict[str, float]:
    """A box as its row is filled."""
    return {
        "left": round(box.left * 100, 2),
        "top": round(box.top * 100, 2),
        "width": round((box.right - box.left) * 100, 2),
        "height": round((box.bottom - box.top) * 100, 2),
    }


class WordForm(forms.Form):
    """One word that the office does not want to see."""

    word = forms.CharField(
        label="不该出现的词",
        max_length=60,
        min_length=2,
        error_messages={"required": "请写上不该出现的词。", "min_length": "至少两个字。"},
    )
    instead = forms.CharField(label="应当写", required=False, max_length=60)
    note = forms.CharField(label="为什么", required=False, max_length=200)
    blocks = forms.BooleanField(label="出现了就不能公开（不勾选的只提醒）", required=False)
