"""The form by which a request comes in at the desk, in the order in which a paper form is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms

from gongkai.agencies.queries import Agency
from gongkai.design.fields import DayField
from gongkai.files.actions.adding import Examined
from gongkai.inforequests.actions.register import Intake
from gongkai.inforequests.queries import MATTERS
from gongkai.inforequests.reach import plain, wrong_mail, wrong_number, wrong_phone
from gongkai.statute.channels import BY_SLUG, CHANNELS
from gongkai.statute.requesters import KINDS

REQUESTER = (
    "identity_kind",
    "identity_number",
    "representative",
    "contact",
    "phone",
    "fax",
    "email",
    "address",
    "postcode",
    "agent",
    "agent_identity",
    "needs_help",
)
PAPERS = {
    "scan": "申请材料",
    "envelope": "信封",
    "identity_file": "身份证明",
    "authorisation": "授权委托书",
}
"""The files that may come with it, by field, with the word put before the file's name."""
KIND_OF = {
    "scan": "application",
    "envelope": "envelope",
    "identity_file": "identity",
    "authorisation": "authorisation",
}
"""What each is as a paper of the case."""
Group = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the form; a group with a name is shown where the channel or kind needs it.

    `folded`: few forms have it, so that it opens on demand, and by itself when something in it was filled in.
    """

    title: str
    groups: tuple[Group, ...]
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A part as the page shows it; `open` where a folded one is not closed."""

    title: str
    groups: list[tuple[str, list[forms.BoundField]]]
    folded: bool
    open: bool


PARTS = (
    Part(
        "申请怎样来的",
        (
            ("", ("channel", "submitted_on")),
            ("when-arrived", ("arrived_on",)),
            ("when-confirmed", ("confirmed_on", "confirmed_how")),
        ),
    ),
    Part(
        "谁申请",
        (
            ("", ("requester_kind", "applicant")),
            ("when-body", ("representative", "contact")),
            ("", ("identity_kind", "identity_number")),
        ),
    ),
    Part("怎样联系", (("", ("phone", "email", "address", "postcode")),)),
    Part("申请什么", (("", ("matter", "content", "form_wanted", "obtain")),)),
    Part(
        "申请表上还写了别的（文号、用途、传真、需要的帮助）",
        (("", ("document_number", "purpose", "fax", "needs_help")),),
        folded=True,
    ),
    Part("有代理人", (("", ("agent", "agent_identity")),), folded=True),
    Part("放入扫描件（申请表、信封、身份证明、授权委托书）", (("", (*PAPERS, "no_secrets")),), folded=True),
    Part("指定承办股室", (("", ("section",)),), folded=True),
)
"""The parts of the form with their fields, in the order of the page."""
_WAYS = {
    "signed_mail": "挂号信、邮政快递等要签字收的",
    "ordinary_mail": "平信，投进信箱、不用签字的",
    "online": "从别的网站、政务平台转来的",
    "oral": "来人口述，由本机关代填",
}
"""How a clerk knows the channel, beside its name in law."""


BY_CHANNEL = BY_SLUG
"""The channels by slug."""


def reason_field() -> forms.CharField:
    """Why a registration is put right."""
    return forms.CharField(
        label="更正的原因",
        max_length=200,
        help_text="例如：邮戳日期看错了；申请人类别选错了。",
        error_messages={"required": "请写明更正的原因。", "max_length": "最多 200 个字，请写短一些。"},
    )


def _line(label: str, hint: str = "", *, most: int = 100, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=most,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": f"请填写{label}。",
            "max_length": f"{label}最多 {most} 个字，请写短一些。",
        },
    )


def _paper(label: str, hint: str = "") -> forms.FileField:
    return forms.FileField(
        label=label,
        help_text=hint,
        required=False,
        widget=forms.FileInput,
        error_messages={"empty": "这个文件是空的，请重新选择。"},
    )


class RegisterForm(forms.Form):
    """What art. 29 demands and what the office needs; a purpose may be told and is never demanded."""

    use_required_attribute = False
    laws: ClassVar = {
        "channel": "ogi 31",
        "matter": "ogi 41",
        "content": "ogi 29",
        "needs_help": "ogi 43",
    }

    submission_key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    channel = forms.ChoiceField(
        label="申请渠道",
        choices=[(c.slug, f"{c.label}：{_WAYS[c.slug]}" if c.slug in _WAYS else c.label) for c in CHANNELS],
        widget=forms.RadioSelect,
        help_text="申请人在本平台网上提交的会自己进来，不用登记。",
        error_messages={"required": "请选择申请是怎样来的。"},
    )
    submitted_on = DayField(
        label="提交日期",
        required=False,
        help_text="当面提交、口头提出的写当天；寄来的写邮戳上的日期，例如邮戳是“2025.02.19”就写 2025年2月19日，看不清的留空，按到达日期登记；传真、电子邮件写发出那一天。",
    )
    arrived_on = DayField(
        label="到达日期",
        required=False,
        help_text="信件、传真、电子邮件到本机关的那一天。要签收的邮件就是签收那一天，期限从这一天的次日起算。",
    )
    confirmed_on = DayField(
        label="与申请人确认的日期",
        required=False,
        help_text="平常信函、传真、电子邮件、网络来的，收到当天要与申请人联系确认，确认那一天才算收到。还没有确认的先不填，登记以后再补。",
    )
    confirmed_how = _line("怎样确认的", "例如：电话确认。填了确认日期的要写。")
    requester_kind = forms.ChoiceField(
        label="申请人类别",
        choices=[(k.slug, k.label) for k in KINDS],
        widget=forms.RadioSelect,
        help_text="年报第三部分按这个类别统计。个人选“自然人”。",
        error_messages={"required": "请选择申请人类别。"},
    )
    applicant = _line("申请人姓名或者名称", required=True)
    identity_kind = _line("证件名称", "例如：居民身份证、营业执照。", most=40)
    identity_number = _line("证件号码", most=60)
    representative = _line("法定代表人", "单位申请的写。", most=60)
    contact = _line("联系人", "单位申请的写。", most=60)
    phone = _line("联系电话", "电话、电子邮箱、通信地址至少写一样。", most=40)
    email = _line("电子邮箱", most=120)
    fax = _line("传真", most=40)
    address = _line("通信地址", "邮寄答复用。", most=200)
    postcode = _line("邮政编码", most=12)
    agent = _line("代理人姓名", "有代理人的，要有授权委托书。", most=60)
    agent_identity = _line("代理人证件号码", most=60)
    matter = forms.ChoiceField(
        label="申请的类别",
        choices=MATTERS,
        initial="disclosure",
        widget=forms.RadioSelect,
        help_text="要求看信息的选“申请公开”；说政府记录的、与自己有关的信息记错了，选“申请更正”（要有证据，不计入年报第三部分）。",
    )
    content = forms.CharField(
        label="申请内容",
        help_text="照申请人写的抄录：信息的名称、文号或者其他便于查找的描述。",
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "请填写申请内容。"},
    )
    document_number = _line("文号", "申请人写了的照抄，便于查找。", most=60)
    form_wanted = _line("要求的提供形式", "例如：纸质、电子文件。", most=60)
    obtain = _line("要求的获取途径", "例如：邮寄、电子邮件、自行领取。", most=60)
    purpose = _line("用途", "法律不要求说明用途。申请人没有写的，不要问，不要补。", most=200)
    needs_help = _line("需要的帮助", "阅读有困难、视听障碍等，写明需要什么帮助。", most=200)
    scan = _paper("申请表、信件的扫描件", "和下面几样一样，只有办理这件申请的岗位能打开，每次打开都有记录。")
    envelope = _paper("信封的扫描件", "寄来的放，要看得清邮戳。")
    identity_file = _paper("身份证明的扫描件")
    authorisation = _paper("授权委托书的扫描件", "由代理人提出的放。")
    again = forms.BooleanField(label="这是另外一份申请，仍然登记", required=False)
    no_secrets = forms.BooleanField(
        label="要上传的文件我都打开看过，没有国家秘密",
        required=False,
        help_text="照片和扫描件里的密级标志机器看不出来，要由人看。",
    )

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.papers: list[tuple[str, Examined]] = []
        known = {str(s.pk): s for s in agency.sections.filter(ended_on__isnull=True)}
        self.fields["section"] = forms.TypedChoiceField(
            label="承办股室",
            required=False,
            choices=[("", "先不指定"), *((pk, s.name) for pk, s in known.items())],
            coerce=lambda pk: known[pk],
            empty_value=None,
        )

    def parts(self) -> list[Shown]:
        """The form in its parts, for the page."""
        asked = Part("好像已经登记过", (("", ("again",)),))
        parts = [*PARTS, asked] if self.errors.get("again") else PARTS
        return [self._shown(part) for part in parts]

    def _shown(self, part: Part) -> Shown:
        groups = [(when, [self[name] for name in names]) for when, names in part.groups]
        fields = [field for _, those in groups for field in those]
        begun = self.is_bound and any(field.errors or field.data for field in fields)
        return Shown(part.title, groups, part.folded, not part.folded or begun)

    def ask_again(self, number: str) -> None:
        """The very same words were registered before under this number: asked once, not refused."""
        self.add_error(
            "again",
            f"渠道、日期、申请人、内容都相同的申请已经登记过，编号{number}。同一份申请不要再登记；"
            "确实是另外一份的，勾选以后再登记。",
        )

    def clean(self) -> dict[str, Any]:
        """What belongs together: the days of the channel, a way to reach the requester, how it was confirmed."""
        data = super().clean() or {}
        if data.get("channel"):
            self._days(data, BY_SLUG[data["channel"]].counts)
        if not any(data.get(name) for name in ("phone", "email", "fax", "address")):
            self.add_error("phone", "请至少写一种联系方式：电话、电子邮箱、传真或者通信地址。")
        if data.get("agent") and not data.get("agent_identity"):
            self.add_error("agent_identity", "请填写代理人证件号码。")
        self._reach(data)
        return data

    def _reach(self, data: dict[str, Any]) -> None:
        """Numbers that can be seen to be wrong, and a wish for a letter without an address to send it to."""
        number = plain(data.get("identity_number", "")).upper().replace(" ", "")
        wrong = wrong_number(data.get("identity_kind", "").strip(), number) if number else ""
        if wrong:
            self.add_error("identity_number", f"{wrong}申请表上就是这样写的，先留空，与申请人核对以后再补。")
        for name, judge in (("phone", wrong_phone), ("email", wrong_mail)):
            if said := judge(plain(data.get(name, ""))):
                self.add_error(name, said)
        for word, name, what in (("邮寄", "address", "通信地址"), ("电子邮件", "email", "电子邮箱")):
            if word in data.get("obtain", "") and not data.get(name) and name not in self.errors:
                self.add_error(
                    name, f"申请人要“{data['obtain']}”，请填写{what}；没有写的，与申请人联系确认。"
                )

    def _days(self, data: dict[str, Any], counts: str) -> None:
        """The days that count for the channel must be there; those it does not know are left out."""
        if counts == "submitted":
            data["arrived_on"] = None
            if not data.get("submitted_on"):
                self._missing("submitted_on", "请填写提交日期，期限从这一天的次日起算。")
        elif not data.get("arrived_on"):
            self._missing("arrived_on", "请填写到达日期；要签收的邮件写签收那一天。")
        else:
            data["submitted_on"] = data.get("submitted_on") or data["arrived_on"]
        if counts != "confirmed":
            data["confirmed_on"], data["confirmed_how"] = None, ""
        elif data.get("confirmed_on") and not data.get("confirmed_how"):
            self.add_error("confirmed_how", "请写明怎样与申请人确认的，例如“电话确认”。")

    def _missing(self, name: str, said: str) -> None:
        if name not in self.errors:
            self.add_error(name, said)

    def intake(self) -> Intake:
        """What was typed, as the act takes it."""
        data = dict(self.cleaned_data)
        for name in (*PAPERS, "no_secrets", "again"):
            data.pop(name, None)
        number = data.pop("document_number")
        if number and number not in data["content"]:
            data["content"] += f"（文号：{number}）"
        own = {name for name in data if name not in REQUESTER}
        return Intake(
            **{name: data[name] for name in own},
            requester={name: data[name] for name in REQUESTER},
        )


class SplitForm(forms.Form):
    """The matters of one form, each of which becomes a request of its own."""

    use_required_attribute = False
    matters = forms.CharField(
        label="拆成哪几件",
        help_text="一行写一件申请的内容，至少两行。第一行留在这件申请里，其余每行编一个新的编号。",
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "请写明拆成哪几件，一行一件。"},
    )
