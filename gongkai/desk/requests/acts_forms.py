"""The forms of the acts: what each has to be told, in the words of the letter that follows from it."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from gongkai.design.fields import DayField
from gongkai.inforequests.charges import fee_count, notice_received, notices_to
from gongkai.inforequests.queries import OPINIONS, InfoRequest


def _lines(label: str, hint: str = "", *, rows: int = 3, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": f"请填写{label}。"},
    )


def _line(label: str, hint: str = "", *, most: int = 200, required: bool = True) -> forms.CharField:
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


SHORT = 5
"""Days for a correction under which a period is asked about."""


class ActForm(forms.Form):
    """Every act has the day on which it was done; the day counts for the period."""

    on = DayField(label="哪一天办的", help_text="按这一天计算期限。今天补登记以前办的事，请写当时的日期。")
    laws: ClassVar[dict[str, str]] = {}
    use_required_attribute = False

    def __init__(self, *args: Any, case: InfoRequest, **kwargs: Any) -> None:
        self.case = case
        super().__init__(*args, **kwargs)
        names = [name for name in self.fields if name != "on"]
        self.order_fields([*names, "on"])

    def given(self) -> dict[str, Any]:
        """What the act is told."""
        return dict(self.cleaned_data)


class ConfirmForm(ActForm):
    """How the requester confirmed."""

    how = _line("怎样与申请人确认的", "例如：电话确认，接听人为申请人本人。")
    laws: ClassVar = {"on": "ogi 31"}


class ClarificationForm(ActForm):
    """What is unclear, all of it at once."""

    points = _lines("要申请人补正什么", "一行写一点，有几点写几行。只能告知一次，请一次写全。", rows=5)
    guidance = _lines("怎样补正", "告诉申请人怎么写才行。不写的，用通常的说法。", required=False)
    until = DayField(
        label="请在哪一天前补正",
        help_text="已经填了 10 个工作日以后的一天，可以改。要给申请人合理的时间，寄信的要算上路上的时间。",
    )
    short = forms.BooleanField(
        label="时间短，但是申请人来得及",
        required=False,
        help_text=f"给的时间不到 {SHORT} 天的才勾选。",
    )
    laws: ClassVar = {"points": "ogi 30"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            # Asked only of who gave a short time.
            del self.fields["short"]

    def full_clean(self) -> None:
        """The question about a short time goes again where the time is not short."""
        super().full_clean()
        if self.is_bound and "until" not in self.errors and not self.data.get("short"):
            self.fields.pop("short", None)

    def clean(self) -> dict[str, Any]:
        """A period too short to be reasonable (art. 30) is asked about once."""
        data = super().clean() or {}
        on, until = data.get("on"), data.get("until")
        if on and until and 0 < (until - on).days < SHORT and not data.get("short"):
            self.add_error(
                "until",
                f"从发出到补正只有 {(until - on).days} 天，邮寄的信还在路上。请写晚一些；"
                "确实来得及的（例如已经当面说好），勾选下面的“时间短，但是申请人来得及”。",
            )
        return data

    def given(self) -> dict[str, Any]:
        """The points as a list."""
        data = super().given()
        data.pop("short", None)
        return data | {"points": data["points"].splitlines()}


class ClarifiedForm(ActForm):
    """The request as corrected."""

    content = _lines("补正后的申请内容", "照申请人写的抄录。补正以前的内容留在办理过程里。", rows=5)
    said = _line("备注", required=False)
    laws: ClassVar = {"on": "ogi 30"}

    def __init__(self, *args: Any, case: InfoRequest, **kwargs: Any) -> None:
        kwargs["initial"] = {"content": case.content, **(kwargs.get("initial") or {})}
        super().__init__(*args, case=case, **kwargs)
        self.fields["on"].label = "哪一天收到补正"


class ConsultForm(ActForm):
    """Whom to ask, about what."""

    name = _line("征求谁的意见", "写对方的全称或者姓名。", most=100)
    address = _line("对方地址", "寄征求意见函用。", required=False)
    about = _lines("就什么内容征求意见", "只写涉及对方的那部分信息，不要写申请人是谁。")


class ConsultAgencyForm(ConsultForm):
    """Another agency: the law names no period, so a day has to be given."""

    answer_by = DayField(label="请对方在哪一天前答复", help_text="法律没有规定期限，请写一个合理的日期。")


class OpinionForm(ActForm):
    """What came back."""

    opinion = forms.ChoiceField(
        label="对方的意见",
        choices=OPINIONS,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择对方的意见。"},
    )
    grounds = _lines("对方说的理由", "不同意公开的必须写。", required=False)


class ReasonsForm(ActForm):
    """The facts on number and frequency."""

    facts = _lines("数量、频次的具体情况", "例如：申请人自2025年1月1日至2月20日提出政府信息公开申请46件。")
    until = DayField(label="请在哪一天前说明理由")
    laws: ClassVar = {"facts": "ogi 35"}


class ReasonsGivenForm(ActForm):
    """The reasons, or that none came."""

    reasons = _lines("申请人说明的理由", "到期没有说明的，留空。", required=False)
    laws: ClassVar = {"reasons": "ogi 35"}


class LaterDateForm(ActForm):
    """A later day for the answer."""

    until = DayField(label="延迟到哪一天答复")
    reason = _lines("延迟的理由")
    laws: ClassVar = {"until": "ogi 35"}


class ExtendForm(ActForm):
    """How long and why."""

    days = forms.IntegerField(
        label="延长几个工作日",
        min_value=1,
        max_value=20,
        initial=20,
        help_text="最长 20 个工作日，一件申请只能延长一次。",
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), "请填 1 到 20 之间的整数。"
        ),
    )
    reason = _lines("延长的理由", "告知书里要写。")
    laws: ClassVar = {"days": "ogi 33"}


class FeeForm(ActForm):
    """By pieces or pages, how many, why."""

    basis = forms.ChoiceField(
        label="按什么收费",
        choices=[("pieces", "按件：这是申请人本月的第几件"), ("pages", "按页：这件申请提供多少页")],
        widget=forms.RadioSelect,
        help_text="一件申请只能用一种方式。",
        error_messages={"required": "请选择按件还是按页收费。"},
    )
    units = forms.IntegerField(
        label="第几件，或者多少页",
        min_value=1,
        max_value=10_000,
        help_text="按件的写这是申请人本月第几件（第 11 件起收费），只收这一件的；按页的写这件申请一共几页（第 31 页起收费）。",
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), "请填 1 到 10000 之间的整数。"
        ),
    )
    reason = _lines("收费的理由", "申请的数量、频次怎样明显超过合理范围。由公开机构负责人决定。")
    pay_how = _line("缴费方式", "写进收费通知书，例如非税收入缴款的方式和地点。")
    laws: ClassVar = {"basis": "ogi 42"}

    def __init__(self, *args: Any, case: InfoRequest, **kwargs: Any) -> None:
        self.count = fee_count(case)
        proposed = {"basis": "pieces", "units": self.count.nth} if self.count.yuan else {}
        kwargs["initial"] = proposed | (kwargs.get("initial") or {})
        super().__init__(*args, case=case, **kwargs)

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What the decision rests on: how much this requester asks, and what the ladder asks for this request."""
        count, day = self.count, self.case.received_on
        return [
            ("申请人本月的申请", f"{count.in_month} 件，这是第 {count.nth} 件"),
            ("申请人本年的申请", f"{count.in_year} 件"),
            ("按件计算", f"{count.line}"),
            ("以前的收费通知", f"本年 {notices_to(self.case, day.year) if day else 0} 份"),
        ]


class PaidForm(ActForm):
    """The receipt."""

    receipt_number = _line("票据号码", required=False, most=60)


class NotPaidForm(ActForm):
    """When the notice reached the requester: from then the twenty working days run."""

    received_on = DayField(
        label="申请人哪一天收到收费通知书",
        help_text="看邮件的签收记录或者送达回证。缴费期限从收到的次日起算 20 个工作日。",
    )

    def __init__(self, *args: Any, case: InfoRequest, **kwargs: Any) -> None:
        kwargs["initial"] = {"received_on": notice_received(case), **(kwargs.get("initial") or {})}
        super().__init__(*args, case=case, **kwargs)


class WithdrawForm(ActForm):
    """How the requester took it back."""

    how = _line("申请人怎样撤回的", "例如：书面撤回，附撤回申请。")


class ArchiveForm(ActForm):
    """Where the file lies."""

    place = _line("案卷放在哪里", "例如：档案室2025年第3卷。可以不写。", required=False, most=100)
    laws: ClassVar = {"place": "ogi 45"}


class ReopenForm(ActForm):
    """Who ordered it."""

    ordered_by = _line("哪个机关的哪份决定或者判决", "写机关名称和文号或者案号。")
    until = DayField(label="要求在哪一天前重新答复", required=False, help_text="没有写明期限的，留空。")
    laws: ClassVar = {"ordered_by": "ogi 51"}


class RecallForm(ActForm):
    """Why the drafter takes it back."""

    reason = _lines("为什么取回", "例如：漏附了统计表。", rows=2)


class SendBackForm(ActForm):
    """What has to be mended."""

    reason = _lines("退回的原因", "写清楚要改什么，起草人照着改。")
