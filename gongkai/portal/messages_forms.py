"""The steps of 写留言: what it is, what you want to say, files, how to reach you, check. One thing a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from gongkai.inforequests.actions.drafts import Draft
from gongkai.inforequests.reach import plain, wrong_mail, wrong_phone

from .requests_forms import CheckForm, StepForm, UploadForm, line

COMPLAINT, REQUEST = "complaint", "request"
KINDS = (
    ("enquiry", "咨询：问政策、问怎样办事"),
    ("advice", "意见建议：对本机关工作的看法"),
    (COMPLAINT, "投诉举报：认为本机关没有依法公开信息"),
    (REQUEST, "要一份政府信息：文件、数据、材料"),
)
WORDS = {"enquiry": "咨询", "advice": "意见建议", COMPLAINT: "投诉举报"}
YES, NO = "yes", "no"
STEPS = ("kind", "what", "files", "who", "check")
TITLES = dict(
    zip(STEPS, ("您要说的是哪一类", "您要说什么", "有材料要附上吗", "怎样答复您", "核对并提交"), strict=True)
)


class KindForm(StepForm):
    """Which of the four it is."""

    kind = forms.ChoiceField(
        label="您要说的是",
        choices=KINDS,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "请选择是哪一类。"),
    )


class WhatForm(StepForm):
    """The matter itself."""

    subject = line(
        "标题",
        "用一句话说是什么事，不要写姓名、电话。例如：建议公开公交线路调整方案。",
        most=60,
        required=True,
    )
    text = forms.CharField(
        label="内容",
        max_length=3000,
        help_text="写清楚时间、地点、什么事、希望怎样解决。一次说一件事。不要写身份证号、银行卡号。",
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={
            "required": "请写明内容。",
            "max_length": "内容最多 3000 个字；更多的请放在附件里。",
        },
    )


class FilesForm(StepForm):
    """Going on, with files or without."""


class WhoForm(StepForm):
    """Whether an answer is wanted, and how to reach the person; nothing of it has to be told."""

    wants = forms.ChoiceField(
        label="要不要答复",
        choices=((YES, "请答复我"), (NO, "不用答复我，供你们参考")),
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "请选择要不要答复。"),
    )
    name = line("姓名", "可以不写。", most=60, fill="name")
    phone = line("联系电话", most=40, fill="tel")
    email = line("电子邮箱", most=120, fill="email")
    address = line("通信地址", "要书面答复的请写。", most=200, fill="street-address")

    def __init__(self, *args: Any, complaint: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.complaint = complaint
        if complaint:
            self.fields[
                "phone"
            ].help_text = "投诉举报要答复的，电话、邮箱、地址至少写一种，核实时要与您联系。"
        else:
            self.fields["phone"].help_text = "可以不写。不写的，凭编号和查询码在网上看答复。"

    def clean_phone(self) -> str:
        """Any way of writing a number, but a number."""
        return _right(self.cleaned_data["phone"], wrong_phone)

    def clean_email(self) -> str:
        """Something an e-mail can be sent to."""
        return _right(self.cleaned_data["email"], wrong_mail)

    def clean(self) -> dict[str, Any]:
        """Who complains and wants an answer can be reached."""
        data = super().clean() or {}
        reach = any(data.get(name) for name in ("phone", "email", "address"))
        if self.complaint and not self.errors and data.get("wants") == YES and not reach:
            self.add_error("phone", "投诉举报要答复的，请至少留一种联系方式；不想留的，请选“不用答复我”。")
        return data


def _right(given: str, wrong: Any) -> str:
    given = plain(given)
    if said := wrong(given):
        raise forms.ValidationError(said)
    return given


class MessageUploadForm(UploadForm):
    """One file; what it is need not be said."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["kind"]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the last look."""

    step: str
    title: str
    rows: list[tuple[str, str]]


def form_of(draft: Draft, step: str, typed: Any = None) -> StepForm:
    """The form of a step: with what is typed now, or with what was typed before."""
    before = draft.steps.get(step)
    if step == "who":
        return WhoForm(typed, initial=before, complaint=kind_of(draft) == COMPLAINT)
    made = {"kind": KindForm, "what": WhatForm, "files": FilesForm, "check": CheckForm}[step]
    return made(typed, initial=before)


def kind_of(draft: Draft) -> str:
    """Which kind was chosen; empty for none yet."""
    return str(draft.steps.get("kind", {}).get("kind", ""))


def first_open(draft: Draft) -> str:
    """The first step that is not filled in rightly; check when all are."""
    for step in STEPS[:-1]:
        before = draft.steps.get(step)
        if before is None or not form_of(draft, step, before or {"_": ""}).is_valid():
            return step
    return STEPS[-1]


def shown(draft: Draft) -> list[Part]:
    """All that was filled in, part by part."""
    parts = [Part("kind", TITLES["kind"], [("类别", WORDS.get(kind_of(draft), ""))])]
    for step in ("what", "who"):
        form, before = form_of(draft, step), draft.steps.get(step, {})
        rows = [
            (str(field.label), _words(field, before.get(name)))
            for name, field in form.fields.items()
            if before.get(name)
        ]
        parts.append(Part(step, TITLES[step], rows))
    files = [("已上传", file.name) for file in draft.files]
    parts.insert(2, Part("files", TITLES["files"], files))
    return parts


def _words(field: Any, value: Any) -> str:
    return str(dict(getattr(field, "choices", ())).get(value, value))


def told_of(draft: Draft) -> Mapping[str, Any]:
    """What the act of submitting is told, but for the day."""
    what, who = draft.steps["what"], draft.steps["who"]
    return {
        "kind": kind_of(draft),
        "subject": what["subject"],
        "text": what["text"],
        "channel": "online",
        "wants_answer": who["wants"] == YES,
        "sender": {name: who.get(name, "") for name in ("name", "phone", "email", "address")},
        "submission_key": draft.row.token,
    }
