"""The forms of an item's catalogue metadata and of its access class."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from gongkai.agencies.organs import sections_of
from gongkai.agencies.queries import Agency
from gongkai.design.fields import DayField
from gongkai.disclosure.duedays import DUTIES
from gongkai.disclosure.listing import CONCERNS, Item
from gongkai.statute.duties import statutory_catalogue

from .fields import columns_for_items, day, line, words

WAYS = ("政府网站", "政府公报", "新媒体", "公开栏、公告栏", "报刊、广播、电视")


class CatalogueForm(forms.Form):
    """What the catalogue says of it."""

    use_required_attribute = False
    laws: ClassVar = {"duty": "ogi 26", "catalogue": "ogi 20"}
    formed_on = DayField(
        label="成文日期", help_text="文件上写的日期；没有的写起草的日期。公开期限从次日起算。"
    )
    document_number = line(
        "发文字号", "有文号的照抄，年份用六角括号，例如：潭司发〔2025〕3号。没有的留空。", most=60
    )
    duty = forms.ChoiceField(label="公开期限", choices=list(DUTIES.items()))
    catalogue = forms.ChoiceField(label="属于法定主动公开内容的哪一项", required=False)
    column = forms.ChoiceField(label="栏目", error_messages={"required": "请选择栏目。"})
    subject = line("主题分类", "例如：公安、安全、司法/司法。", most=60)
    source = line("来源", "公众看到的来源，一般是本机关。")
    author = line("作者", most=60)
    keywords = line("关键词", "几个词，用逗号分开。", most=100)
    ways = forms.MultipleChoiceField(
        label="公开方式",
        required=False,
        choices=[(way, way) for way in WAYS],
        widget=forms.CheckboxSelectMultiple,
    )
    audience = line("公开范围", most=60)
    validity = forms.ChoiceField(
        label="有效性",
        choices=Item.Validity.choices,
        widget=forms.RadioSelect,
        help_text="不是文件的，选“有效”。",
    )
    in_force_on = day(
        "施行之日", "文件写明从哪一天起施行，而那一天还没有到的写；到那一天以前，公众看到“尚未施行”。"
    )
    validity_on = day("废止或者失效之日", "已经废止、失效的写。")
    validity_by = line("由什么废止或者宣布失效", "例如：某某〔2025〕3号文件。已经废止、失效的写。", most=200)
    lapses_on = day("有效期至", "文件写明了有效期的写，到期会自动显示“失效”。")

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        township = agency.level == Agency.Level.TOWNSHIP
        rows = [(one.slug, f"{one.ref}：{one.label}") for one in statutory_catalogue(township=township)]
        sections = [(str(s.pk), s.name) for s in sections_of(agency)]
        self.fields["catalogue"].choices = [("", "不属于，或者不确定"), *rows]  # type: ignore[attr-defined]
        self.fields["column"].choices = columns_for_items(agency)  # type: ignore[attr-defined]
        self.fields["section"] = forms.ChoiceField(
            label="产生股室", required=False, choices=[("", "没有指定"), *sections]
        )

    def parts(self) -> list[tuple[str, list[forms.BoundField], str]]:
        """The form in its parts; of those that most items do not need what their folded line says, nothing where
        something in them was written or is wrong."""
        groups = (
            ("文件", ("document_number", "formed_on", "section", "column")),
            ("期限和目录", ("duty", "catalogue")),
            ("有效性", ("in_force_on", "validity", "validity_on", "validity_by", "lapses_on")),
            ("给人看的说明（可以不改）", ("subject", "source", "author", "keywords", "audience", "ways")),
        )
        folded = {
            "有效性": "是文件，有施行之日、有效期，或者已经废止、失效的打开写；现在是“有效”",
            groups[-1][0]: "主题分类、来源、关键词、公开方式，已经填了常用的",
        }
        return [
            (title, [self[name] for name in names], "" if self._said(names) else folded.get(title, ""))
            for title, names in groups
        ]

    def _said(self, names: Sequence[str]) -> bool:
        """Whether one of these is wrong, or says other than what is there by itself."""
        usual = {"validity": Item.Validity.VALID, "source": None, "audience": None, "ways": None}
        return any(
            self[name].errors
            or (name not in usual and self[name].value())
            or (usual.get(name) and self[name].value() != usual[name])
            for name in names
        )

    def clean_formed_on(self) -> object:
        """A day, always."""
        if not self.cleaned_data["formed_on"]:
            raise forms.ValidationError("请填写成文日期。")
        return self.cleaned_data["formed_on"]

    def clean_document_number(self) -> str:
        """Round and square brackets around the year become 〔〕 (GB/T 9704)."""
        typed = str(self.cleaned_data["document_number"])
        for left, right in ("[]", "()", "（）", "【】", "［］"):
            head, found, rest = typed.partition(left)
            year, closed, tail = rest.partition(right)
            if found and closed and year.isdigit() and len(year) == 4:
                return f"{head}〔{year}〕{tail}"
        return typed


class AccessForm(forms.Form):
    """Whether it is made public, and if not, why; whose it is; what it touches."""

    use_required_attribute = False
    laws: ClassVar = {"access": "ogi 13", "origin": "ogi 10"}
    access = forms.ChoiceField(
        label="公开属性",
        choices=Item.Access.choices,
        widget=forms.RadioSelect,
        help_text="起草的时候就要确定。主动公开的走审查，审查通过以后发布；其他两种也要审查，审定以后不发布。",
        error_messages={"required": "请选择公开属性。"},
    )
    access_reason = words("不主动公开的理由", "选“依申请公开”“不予公开”的写清楚为什么。", most=500)
    access_basis = line("不主动公开的依据", "哪部法规第几条，例如：《条例》第十五条。", most=200)
    origin = forms.ChoiceField(label="信息从哪里来", choices=Item.Origin.choices, widget=forms.RadioSelect)
    responsible = line(
        "负责公开的机关", "从别的机关获取、几个机关一起制作的写。由制作机关、牵头制作的机关公开。"
    )
    concerns = forms.MultipleChoiceField(
        label="涉及下面这些吗",
        required=False,
        choices=list(CONCERNS.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text="涉及的勾选，审查的人会重点看。都不涉及的不用勾。",
    )
    deidentified = line("去标识化处理情况", "例如：已删去身份证号、住址，姓名隐去一个字。", most=200)

    def clean(self) -> dict[str, Any]:
        """What is not published unasked has its reason and article."""
        data = super().clean() or {}
        if data.get("access") and data["access"] != Item.Access.PROACTIVE:
            if not data.get("access_reason"):
                self.add_error("access_reason", "请写明为什么不主动公开。")
            if not data.get("access_basis"):
                self.add_error("access_basis", "请写明依据哪部法规第几条。")
        return data
