"""The forms of service: how a letter went out, who signed for it, that it came back; the rows of a day's post."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.forms import formset_factory
from django.utils import timezone

from gongkai.design.fields import DayField
from gongkai.files.actions.adding import Examined
from gongkai.inforequests.actions.service import Sending
from gongkai.inforequests.queries import InfoRequest
from gongkai.inforequests.reach import lacks
from gongkai.statute.service import ASKED_FOR, BY_SLUG, WAYS

WAY_CHOICES = [(way.slug, way.label) for way in WAYS]
_NOTHING = ("", "无", "没有", "不详", "不知道", "/", "-")
"""Words that tell nothing."""
_NO_SECRETS = "已确认文件里没有国家秘密"


def _proof() -> forms.FileField:
    return forms.FileField(
        label="签收或者寄出的凭证",
        required=False,
        help_text="回执、邮件查询单的照片或者 PDF，可以以后再补。",
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        error_messages={"empty": "这个文件是空的，请重新选择。"},
    )


class ProofForm(forms.Form):
    """A form with which a proof may come; `paper` is the examined file."""

    use_required_attribute = False
    laws: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.paper: Examined | None = None
        self.fields["proof"] = _proof()
        self.fields["no_secrets"] = forms.BooleanField(
            label=_NO_SECRETS, required=False, help_text="照片里的字平台看不懂，请看一遍再勾选。"
        )


_GROUPS = (
    ("", ("how", "on")),
    ("when-mail", ("mail_number", "signed_for_on")),
    ("when-hand", ("signed_by",)),
    ("when-wire", ("consent",)),
    ("", ("proof", "no_secrets")),
)


class ServeForm(ProofForm):
    """How it went out and when: the day of posting, or of the signature, is the day of the answer."""

    laws: ClassVar = {"on": "reply_2016_235"}
    how = forms.ChoiceField(
        label="送达方式",
        choices=WAY_CHOICES,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择送达方式。"},
    )
    on = DayField(label="寄出或者当面交给的日期", help_text="邮寄的写交邮那一天；当面领取的写签收那一天。")
    mail_number = forms.CharField(
        label="邮件号码",
        required=False,
        max_length=60,
        help_text="邮寄的必须写，日后可以证明何时寄出。",
        error_messages={"max_length": "邮件号码最多 60 个字，请核对。"},
    )
    signed_by = forms.CharField(
        label="谁签收的",
        required=False,
        max_length=60,
        help_text="当面领取、由其他机关转交的必须写。",
        error_messages={"max_length": "签收人最多 60 个字，请写短一些。"},
    )
    signed_for_on = DayField(label="对方签收的日期", required=False, help_text="还不知道的先不填。")
    consent = forms.CharField(
        label="依据",
        required=False,
        max_length=200,
        help_text="电子邮件、传真、网络平台的必须写对方怎样同意的，例如：申请表上选了电子邮件。没有登记地址的，写寄到哪里、谁提供的。",
        error_messages={"max_length": "依据最多 200 个字，请写短一些。"},
    )

    def __init__(self, *args: Any, to: InfoRequest | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.to = to

    def clean(self) -> dict[str, Any]:
        """What the way needs is there; where no address is on file, it is told where the letter went."""
        data = super().clean() or {}
        way = BY_SLUG.get(data.get("how", ""))
        if data.get("consent", "").strip(" 　。.") in _NOTHING:
            data["consent"] = ""
        lacking = lacks(self.to, way.slug) if self.to and way else ""
        if lacking and not data.get("consent"):
            self.add_error(
                "consent", f"没有登记{lacking}。请写明寄到哪里、是谁什么时候提供的；或者换一种送达方式。"
            )
            return data
        for name in way.needs if way else ():
            if not data.get(name):
                self.add_error(name, ASKED_FOR[name])
        return data

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields by the ways that need them; a group with a name is shown where its way is chosen."""
        return [(when, [self[name] for name in names if name in self.fields]) for when, names in _GROUPS]

    def sending(self) -> Sending:
        """As the act takes it."""
        data = self.cleaned_data
        return Sending(
            data["how"],
            data["on"],
            data["mail_number"],
            data["consent"],
            data["signed_by"],
            data["signed_for_on"],
        )


class SignedForm(ProofForm):
    """Who signed for it, later."""

    on = DayField(label="签收的日期", required=False)
    who = forms.CharField(label="谁签收的", required=False, max_length=60)


class ReturnedForm(forms.Form):
    """The post brought it back."""

    use_required_attribute = False
    laws: ClassVar[dict[str, str]] = {}
    on = DayField(label="退回来的日期")
    reason = forms.CharField(
        label="退回的原因",
        max_length=200,
        help_text="照退件上写的写，例如：原址查无此人。",
        error_messages={"required": "请填写退回的原因。", "max_length": "最多 200 个字，请写短一些。"},
    )


class AsideForm(forms.Form):
    """Why it is not sent."""

    use_required_attribute = False
    laws: ClassVar[dict[str, str]] = {}
    reason = forms.CharField(
        label="为什么不寄",
        max_length=200,
        help_text="例如：登记时已经当面交给申请人。",
        error_messages={"required": "请写明为什么不寄。", "max_length": "最多 200 个字，请写短一些。"},
    )


class DayForm(forms.Form):
    """The day of all that is written down at once."""

    use_required_attribute = False
    on = DayField(label="寄发日期", help_text="交邮或者交给申请人的那一天，下面各件都按这一天登记。")

    def clean_on(self) -> object:
        """A day that has come; said at the day itself, not beside every letter."""
        on = self.cleaned_data["on"]
        if on and on > timezone.localdate():
            raise forms.ValidationError("寄发日期还没有到，请填今天或者以前的日期。")
        return on


class RowForm(forms.Form):
    """One letter of the day: how it goes, and what proves it. Left empty, it is not written down yet."""

    use_required_attribute = False
    letter = forms.IntegerField(widget=forms.HiddenInput, required=False)
    way = forms.ChoiceField(label="寄发方式", choices=WAY_CHOICES, required=False)
    proof = forms.CharField(
        label="邮件号码、签收人或者依据",
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": "最多 60 个字，请核对。"},
    )

    def sending(self, on: Any) -> Sending:
        """As the act takes it; what was typed is what its way needs."""
        way = BY_SLUG[self.cleaned_data["way"]]
        return Sending(way.slug, on, **{way.needs[0]: self.cleaned_data["proof"]})


Rows = formset_factory(RowForm, extra=0, max_num=200, absolute_max=200)
"""The rows of a day."""
