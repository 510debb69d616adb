"""The steps of the form for asking online (art. 29): who you are, what you want, how you want it, papers, check."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.conf import settings

from gongkai.inforequests.actions.drafts import FILE_KINDS
from gongkai.inforequests.reach import (
    CHECKED,
    CREDIT_CODE,
    plain,
    wrong_mail,
    wrong_number,
    wrong_phone,
)

CITIZEN = "natural"
KINDS = (
    (CITIZEN, "公民个人"),
    ("commercial", "商业企业"),
    ("research", "科研机构"),
    ("public_interest", "社会公益组织"),
    ("legal_service", "法律服务机构"),
    ("other", "其他组织"),
)
"""The kinds of requester as table three has them, in words a requester finds oneself in."""
AGENT, SELF = "agent", "self"
PAPERS = (
    *CHECKED,
    "护照",
    "港澳居民来往内地通行证",
    "台湾居民来往大陆通行证",
    "外国人永久居留身份证",
    "其他有效证件",
)
FORMS = ("纸质", "电子文件", "光盘", "当场查阅、抄录")
WAYS = ("邮寄", "电子邮件", "自行领取", "在本栏目查询页下载")
OTHER_OK = "（不能这样提供的，可以用其他形式）"


def line(
    label: str, hint: str = "", *, most: int = 100, required: bool = False, fill: str = "off"
) -> forms.CharField:
    """A line to type, with its messages in words; `fill` is what the browser may fill in by itself."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=most,
        widget=forms.TextInput(attrs={"autocomplete": fill}),
        error_messages={
            "required": f"请填写{label}。",
            "max_length": f"{label}最多 {most} 个字，请写短一些。",
        },
    )


def _pick(label: str, choices: Any, why: str, hint: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        help_text=hint,
        widget=forms.RadioSelect,
        error_messages={"required": why, "invalid_choice": why},
    )


class StepForm(forms.Form):
    """One step; what may be left empty says so."""

    use_required_attribute = False
    mark_optional = True
    laws: ClassVar[dict[str, str]] = {}
    title = ""


class KindForm(StepForm):
    """Who asks, for whom, and with what help."""

    title = "您以什么身份申请"
    laws: ClassVar = {"needs_help": "ogi 43"}
    requester_kind = _pick("申请人是", KINDS, "请选择申请人是公民还是哪一类单位。")
    acting = _pick(
        "谁来填写",
        ((SELF, "申请人自己（单位由本单位的人填写）"), (AGENT, "代理人，受申请人委托")),
        "请选择是申请人自己填写，还是代理人填写。",
    )
    needs_help = line(
        "需要我们提供的帮助",
        "阅读有困难，或者有视力、听力障碍的，请写明，例如：请用大字、请读给我听。",
        most=200,
    )


class WhoForm(StepForm):
    """What citizens and organisations have in common: how to reach them, and their agent."""

    title = "您是谁"
    laws: ClassVar = {"identity_number": "ogi 29"}

    def __init__(self, *args: Any, agent: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reach = {
            "phone": line("联系电话", "工作人员要与您确认收到申请，最好留手机。", most=40, fill="tel"),
            "email": line("电子邮箱", most=120, fill="email"),
            "address": line("通信地址", "要邮寄答复的请写详细。", most=200, fill="street-address"),
            "postcode": line("邮政编码", most=12, fill="postal-code"),
        }
        self.fields.update(reach)
        if agent:
            self.fields["agent"] = line("代理人姓名", most=60, required=True, fill="name")
            self.fields["agent_identity"] = line("代理人身份证件号码", most=60, required=True)

    def clean_phone(self) -> str:
        """Any way of writing a number, but a number."""
        given = plain(self.cleaned_data["phone"])
        if wrong := wrong_phone(given):
            raise forms.ValidationError(wrong)
        return given

    def clean_email(self) -> str:
        """Something an e-mail can be sent to."""
        given = plain(self.cleaned_data["email"])
        if wrong := wrong_mail(given):
            raise forms.ValidationError(wrong)
        return given

    def clean(self) -> dict[str, Any]:
        """One way to be reached, at least."""
        data = super().clean() or {}
        if not self.errors and not any(data.get(name) for name in ("phone", "email", "address")):
            self.add_error("phone", "请至少留一种联系方式：电话、电子邮箱或者通信地址。")
        kind, number = (
            data.get("identity_kind"),
            plain(data.get("identity_number", "")).upper().replace(" ", ""),
        )
        if number and (wrong := wrong_number(kind or "", number)):
            self.add_error("identity_number", wrong)
        elif number:
            data["identity_number"] = number
        return data


class CitizenForm(WhoForm):
    """A citizen."""

    applicant = line("姓名", required=True, most=60, fill="name")
    identity_kind = forms.ChoiceField(label="证件名称", choices=[(p, p) for p in PAPERS])
    identity_number = line("证件号码", required=True, most=60)


class OrganisationForm(WhoForm):
    """A legal person or another organisation."""

    applicant = line("单位名称", "与营业执照或者登记证书一致。", required=True, fill="organization")
    identity_kind = forms.ChoiceField(
        label="证件名称", choices=[(p, p) for p in (CREDIT_CODE, "其他登记证书号码")]
    )
    identity_number = line("证件号码", required=True, most=60)
    representative = line("法定代表人或者负责人", required=True, most=60)
    contact = line("联系人", required=True, most=60, fill="name")


class WhatForm(StepForm):
    """What is wanted, so that one can search for it. No purpose is asked for."""

    title = "您要什么信息"
    laws: ClassVar = {"content": "ogi 29"}
    content = forms.CharField(
        label="需要的政府信息",
        max_length=3000,
        help_text="写明是什么文件、什么事、哪个时间的，越具体越容易找到。一份申请请只写一件事，几件事请分别申请。不需要说明用途。",
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": "请写明需要什么政府信息。",
            "max_length": "内容最多 3000 个字；更多的请放在附件里。",
        },
    )
    document_name = line("文件名称", "知道的请写。", most=200)
    document_number = line("文号", "知道的请写，例如：某政发〔2025〕3号。")
    period = line("信息形成的时间", "例如：2024年1月至6月。")


class HowForm(StepForm):
    """In which form, and by which way."""

    title = "怎样给您"
    laws: ClassVar = {"form_wanted": "ogi 40"}
    form_wanted = _pick("希望以什么形式提供", [(f, f) for f in FORMS], "请选择希望以什么形式提供。")
    obtain = _pick("怎样送到您手上", [(w, w) for w in WAYS], "请选择怎样送到您手上。")
    other_ok = forms.BooleanField(
        label="不能按上面的形式提供时，可以用其他形式", required=False, initial=True
    )

    def __init__(self, *args: Any, who: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._who = who

    def clean_obtain(self) -> str:
        """A letter needs an address, a mail a mailbox."""
        way: str = self.cleaned_data["obtain"]
        for chosen, name, what in (("邮寄", "address", "通信地址"), ("电子邮件", "email", "电子邮箱")):
            if way == chosen and not self._who.get(name):
                raise forms.ValidationError(f"选“{chosen}”的，请回到“您是谁”填写{what}；或者换一种方式。")
        return way


class UploadForm(StepForm):
    """One file: what it is, and that it bears no secrecy mark."""

    kind = forms.ChoiceField(label="这是什么材料", choices=list(FILE_KINDS.items()))
    upload = forms.FileField(
        label="选择文件",
        error_messages={"required": "请先选择文件，再点“上传”。", "empty": "文件是空的，请重新选择。"},
    )
    no_secret = forms.BooleanField(
        label="我看过了，文件里没有国家秘密标志",
        error_messages={"required": "请确认文件里没有国家秘密标志（绝密、机密、秘密）。有的，不能上传。"},
    )

    def clean_upload(self) -> Any:
        """Not above the visitors' limit."""
        upload = self.cleaned_data["upload"]
        if upload.size > settings.VISITOR_FILE_MAX_MB * 1024 * 1024:
            raise forms.ValidationError(
                f"文件超过 {settings.VISITOR_FILE_MAX_MB} MB。请拍小一些，或者分成几个文件再上传。"
            )
        return upload


class FilesForm(StepForm):
    """Going on, with the papers or with the word that they come later."""

    title = "附上证明材料"
    laws: ClassVar = {"later": "ogi 29"}
    later = forms.BooleanField(
        label="我现在不能上传证明材料，工作人员与我确认时再提供",
        required=False,
    )

    def __init__(self, *args: Any, lacking: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lacking = lacking

    def clean(self) -> dict[str, Any]:
        """The papers are here, or promised."""
        data = super().clean() or {}
        if self._lacking and not data.get("later"):
            self.add_error(
                "later", f"还没有上传{'、'.join(self._lacking)}。请上传；现在不能上传的，请勾选这一项。"
            )
        return data


class CheckForm(StepForm):
    """The last look. `website` is for programs to fall into: people do not see it."""

    title = "核对并提交"
    website = forms.CharField(
        required=False,
        label="网址（请不要填写）",
        widget=forms.TextInput(attrs={"tabindex": -1, "autocomplete": "off"}),
    )
