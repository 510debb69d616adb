"""The forms of an import: the file, which column is which, what unclear words mean."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.ledger.checking import LATER
from gongkai.ledger.heads import FIELDS, KIND
from gongkai.ledger.imports import LedgerImport
from gongkai.statute.channels import CHANNELS
from gongkai.statute.outcomes import OUTCOMES
from gongkai.statute.requesters import KINDS
from gongkai.statute.states import STATES

_IGNORE = ("", "不导入这一列")
_LEFT_OUT = (LATER, "这些行先不导入")
_STATES = ("handling", "answered", "lapsed", "withdrawn", "archived")
OPTIONS: dict[str, list[tuple[str, str]]] = {
    "channel": [(c.slug, c.label) for c in CHANNELS],
    KIND: [(k.slug, k.label) for k in KINDS],
    "state": [(slug, STATES[slug].label) for slug in _STATES],
    "result": [(o.slug, f"{o.row} {o.label}") for o in OUTCOMES],
}
"""What a word of a column may mean."""


class UploadForm(forms.Form):
    """The old ledger."""

    use_required_attribute = False
    file = forms.FileField(
        label="旧台账",
        help_text=".xlsx 或者 .csv，列名、列的顺序不用改；旧版 .xls 请先另存为 .xlsx。文件会加密保存。",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={"required": "请先选择文件。", "empty": "这个文件是空的，请重新选择。"},
    )
    no_secrets = forms.BooleanField(
        label="已确认没有国家秘密",
        required=False,
        help_text="只在平台提示没有检查完整个文件时才需要勾选。",
    )


class ColumnsForm(forms.Form):
    """One choice for each column of the file, guessed from its head."""

    use_required_attribute = False

    def __init__(self, *args: Any, ledger: LedgerImport, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n, head in enumerate(ledger.heads):
            below = [row[n] for row in ledger.sample if n < len(row) and row[n]]
            if not head and not below:
                continue
            self.fields[f"column_{n}"] = forms.ChoiceField(
                label=f"第{n + 1}列：{head or '（没有列名）'}",
                required=False,
                choices=[_IGNORE, *FIELDS.items()],
                initial=ledger.columns.get(str(n), ""),
                help_text=f"例如：{'；'.join(below)}" if below else "",
            )

    def chosen(self) -> dict[str, str]:
        """Our column by the place of theirs."""
        given = self.cleaned_data.items()
        return {name.removeprefix("column_"): slug for name, slug in given if slug}


class QuestionsForm(forms.Form):
    """One choice for each unclear word. Of requesters without a kind, a proposal is made; of outcomes never."""

    use_required_attribute = False

    def __init__(self, *args: Any, ledger: LedgerImport, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys: dict[str, str] = {}
        for n, question in enumerate(ledger.questions):
            name, key = f"answer_{n}", question["key"]
            self.keys[name] = key
            grouped = key.startswith("group:")
            proposed = key.removeprefix("group:") if grouped else ""
            self.fields[name] = forms.ChoiceField(
                label=_asked(question),
                choices=[("", "请选择"), *OPTIONS[question["column"]], _LEFT_OUT],
                initial=ledger.answers.get(key, proposed),
                help_text=_hint(question, grouped=grouped),
                error_messages={"required": f"请选择：{_asked(question)}"},
            )

    def given(self) -> dict[str, str]:
        """The answers by their keys."""
        return {self.keys[name]: value for name, value in self.cleaned_data.items()}


def _asked(question: dict[str, Any]) -> str:
    label, word, count = FIELDS[question["column"]], question["word"], question["count"]
    if question["key"].startswith("group:"):
        return f"申请人{word}（{count} 件），算哪一类？"
    if not word:
        return f"没有写{label}的（{count} 件），是哪一种？"
    return f"{label}写的是“{word}”（{count} 件），是哪一种？"


def _hint(question: dict[str, Any], *, grouped: bool) -> str:
    if not grouped:
        return ""
    names = "、".join(question["examples"])
    return f"例如：{names}。请看过再定；里面有不同的，选“这些行先不导入”，在表里加一列“申请人类别”写明。"
