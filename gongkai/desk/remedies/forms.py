"""The forms of a reconsideration or lawsuit, each choice explained in plain words."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from gongkai.agencies.queries import Agency
from gongkai.design.fields import DayField
from gongkai.inforequests.queries import InfoRequest, requests_of
from gongkai.remedies.actions.facts import Facts
from gongkai.remedies.queries import PENDING, Remedy, reconsiderations_of

TRACKS = (
    ("reconsideration", "行政复议"),
    ("litigation_direct", "行政诉讼：没有经过复议，直接起诉"),
    ("litigation_after_reconsideration", "行政诉讼：先复议，再起诉"),
)
RESULTS = (
    ("upheld", "结果维持：我们的答复没有被改变"),
    ("corrected", "结果纠正：我们的答复被改变，或者要重新做"),
    ("other", "其他结果：没有对答复作出评判就结束了"),
    (PENDING, "尚未审结：还没有收到决定或者裁判"),
)
EXAMPLES = (
    ("结果维持", "复议决定“维持”；复议机关审查后“驳回行政复议请求”；法院判决“驳回诉讼请求”。"),
    ("结果纠正", "“撤销”“变更”“确认违法”“责令履行”“责令重新答复”。部分撤销的也算。"),
    ("其他结果", "“不予受理”“驳回申请”“驳回起诉”“终止”；申请人撤回；调解、和解结案。"),
    ("尚未审结", "12月31日还没有收到决定或者裁判的，计入当年的尚未审结；明年审结了，明年再按结果计一次。"),
)
"""The four classes of table four with what belongs to each."""


def _line(label: str, hint: str = "", *, most: int, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=most,
        error_messages={
            "required": f"请填写{label}。",
            "max_length": f"{label}最多 {most} 个字，请写短一些。",
        },
    )


def _choice(label: str, choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"required": f"请选择{label}。", "invalid_choice": f"请选择{label}。"},
    )


class CaseForm(forms.Form):
    """A case as the organ's or court's notice tells of it."""

    use_required_attribute = False
    laws: ClassVar[dict[str, str]] = {}

    track = _choice("类别", TRACKS)
    follows = forms.TypedChoiceField(
        label="先行的行政复议",
        required=False,
        coerce=int,
        empty_value=None,
        help_text="先复议、再起诉的才选。没有列出来的，请先登记那件复议。",
        error_messages={"invalid_choice": "请从列出的行政复议里选择。"},
    )
    request_number = _line(
        "针对哪件申请",
        "写依申请公开编号。不是针对某件申请的（例如认为没有主动公开），留空。",
        most=60,
        required=False,
    )
    organ = _line("复议机关或者法院", most=100)
    number = _line("案号", "照受理通知书、答复通知书或者应诉通知书抄。", most=80)
    about = _line("争议的事项", "一句话写清楚，例如：不服信息不存在的答复。不要写申请人的姓名。", most=300)
    accepted_on = DayField(label="受理之日", help_text="通知书上没有写受理日期的，写收到通知书的那一天。")
    early = _line(
        "先于答复或者复议决定的原因",
        "通常留空。答复还没有送达就受理的，写原因，例如：不服逾期没有答复；复议机关逾期没有决定就起诉的，也写在这里。",
        most=200,
        required=False,
    )
    answer_by = DayField(
        label="答复书、答辩状最迟哪一天提交",
        required=False,
        help_text="照通知书写明的期限填，到期前平台会提醒。现在不知道的先留空，“今日待办”会提醒您补上。",
    )

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agency = agency
        self.request: InfoRequest | None = None
        self.earlier = {case.pk: case for case in reconsiderations_of(agency)}
        shown = ((pk, f"{one.number}（{one.organ}）{one.about[:30]}") for pk, one in self.earlier.items())
        self.fields["follows"].choices = [("", "不是"), *shown]  # type: ignore[attr-defined]
        known = [*agency.organs, *([agency.court] if agency.court else [])]
        if known:
            self.fields["organ"].help_text = f"写全称。本机关资料里的是：{'、'.join(known)}。"

    def clean_request_number(self) -> str:
        """The request of this number; a message where there is none."""
        number = str(self.cleaned_data["request_number"]).strip()
        if number:
            self.request = requests_of(self.agency).filter(number=number).first()
            if self.request is None:
                raise forms.ValidationError(
                    f"没有编号是“{number}”的申请。请照申请页面上的编号填写，或者从那件申请的页面上登记。"
                )
        return number

    def clean(self) -> dict[str, Any]:
        """A suit after reconsideration names it."""
        data = super().clean() or {}
        if data.get("track") == "litigation_after_reconsideration" and not data.get("follows"):
            self.add_error("follows", "请选择先行的行政复议；没有登记过的，请先登记。")
        return data

    def facts(self) -> Facts:
        """What the form tells."""
        given = self.cleaned_data
        return Facts(
            track=given["track"],
            organ=given["organ"],
            number=given["number"],
            about=given["about"],
            accepted_on=given["accepted_on"],
            request=self.request,
            follows=self.earlier.get(given["follows"]),
            answer_by=given["answer_by"],
            early=given["early"],
        )


class CorrectForm(CaseForm):
    """The same, with the reason."""

    why = _line("更正的原因", "例如：案号抄错。", most=200)


class ConcludeForm(forms.Form):
    """How it ended, in the four classes of table four."""

    use_required_attribute = False

    result = _choice("结果", RESULTS)
    on = DayField(
        label="审结之日", required=False, help_text="决定书、判决书、裁定书上的日期。尚未审结的不填。"
    )
    decision = _line(
        "决定或者裁判的内容",
        "照主文抄，例如：驳回诉讼请求。尚未审结的不填。",
        most=500,
        required=False,
    )
    redo = forms.BooleanField(label="要求重新办理这件申请（例如责令重新答复）", required=False)
    redo_by = DayField(
        label="最迟哪一天重新答复",
        required=False,
        help_text="照决定书、判决书写明的期限算好填上；没有写明期限的留空。重新办理时这一天会自动填好。",
    )

    def clean(self) -> dict[str, Any]:
        """What the result that was chosen needs."""
        data = super().clean() or {}
        if data.get("result") in (None, PENDING):
            return data
        if "on" not in self.errors and not data.get("on"):
            self.add_error("on", "请填写审结之日。")
        if "decision" not in self.errors and not (data.get("decision") or "").strip():
            self.add_error("decision", "请写明决定或者裁判的内容，例如“驳回诉讼请求”。")
        if data.get("redo_by") and not data.get("redo"):
            self.add_error("redo", "填了重新答复的日期，请同时勾选“要求重新办理”；不要求的，请把日期删去。")
        return data

    @property
    def pending(self) -> bool:
        """Whether 尚未审结 was chosen."""
        return self.cleaned_data.get("result") == PENDING


def as_typed(case: Remedy) -> dict[str, Any]:
    """The facts of a case as the form shows them."""
    return {
        "track": case.track,
        "follows": case.follows_id,
        "request_number": case.request.number if case.request else "",
        "organ": case.organ,
        "number": case.number,
        "about": case.about,
        "accepted_on": case.accepted_on,
        "answer_by": case.answer_by,
        "early": case.early,
    }


class HandedInForm(forms.Form):
    """The day on which our paper went in."""

    use_required_attribute = False
    on = DayField(label="提交之日")


class CancelForm(forms.Form):
    """Why the entry should not be there."""

    use_required_attribute = False
    why = _line("作废的原因", "例如：重复登记；不是本机关的案子。", most=200)
