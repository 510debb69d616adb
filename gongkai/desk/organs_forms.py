"""The forms about agencies and sections. What may stand in a field is judged by the acts, in one place."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from gongkai.agencies.checks import Unfit
from gongkai.agencies.organs import LEVELS, sections_of, standing_agencies, standing_seats
from gongkai.agencies.queries import Agency, Seat, Section
from gongkai.agencies.sheets.layout import AGENCIES, MAX_BYTES
from gongkai.design.fields import DayField

_HINTS = {column.field: column for column in AGENCIES.columns}
_LONG = {"reconsideration_organs"}


def _text(name: str) -> forms.CharField:
    column = _HINTS[name]
    rows = (
        forms.Textarea(attrs={"rows": 3}) if name in _LONG else forms.TextInput(attrs={"autocomplete": "off"})
    )
    hint = "有几个就写几行，一行一个。" if name in _LONG else column.hint
    return forms.CharField(label=column.head, required=False, help_text=hint, widget=rows)


class _Organ(forms.Form):
    """A form whose act judges it: what the act found wrong is shown at its field, what was typed stays."""

    use_required_attribute = False

    def add_unfit(self, unfit: Unfit) -> None:
        """Show what the act found wrong."""
        for name, said in unfit.wrong.items():
            self.add_error(name if name in self.fields else None, said)


class ContactForm(_Organ):
    """What the agency says of itself in letters and in the guide."""

    office = _text("office")
    address = _text("address")
    postcode = _text("postcode")
    phone = _text("phone")
    fax = _text("fax")
    email = _text("email")
    office_hours = _text("office_hours")
    self_name = _text("self_name")
    reconsideration_organs = _text("reconsideration_organs")
    court = _text("court")


class AgencyForm(ContactForm):
    """All of an agency's data, for the system administrator."""

    field_order = ("name", "short_name", "code", "slug", "level", "supervisor", "document_code", "uscc")

    name = _text("name")
    short_name = _text("short_name")
    code = _text("code")
    slug = _text("slug")
    level = forms.ChoiceField(label="层级", choices=LEVELS)
    supervisor = forms.ModelChoiceField(
        label="主管部门",
        queryset=Agency.objects.none(),
        required=False,
        empty_label="没有（最上一级）",
        error_messages={"invalid_choice": "这个机关已经撤销，请另选。"},
    )
    document_code = _text("document_code")
    uscc = _text("uscc")
    makes_rules = forms.BooleanField(label="有规章制定权", required=False)
    portal_open = forms.BooleanField(label="开设公开栏目：公众可以看到本机关的栏目", required=False)

    def __init__(self, *args: Any, own: Agency | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["supervisor"].queryset = standing_agencies(own)  # type: ignore[attr-defined]


class RenameForm(_Organ):
    """更名 after a reform."""

    name = forms.CharField(
        label="新的全称", required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    short_name = _text("short_name")
    document_code = _text("document_code")
    on = DayField(label="从哪一天起用新名称", help_text="以前的年报和文件仍用原来的名称。")
    basis = forms.CharField(label="更名依据", required=False, help_text="例如机构改革方案的名称和文号。")

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"on": day}, **kwargs})


class _Seats(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, seat: Any) -> str:
        """Agency, seat and holder."""
        return f"{seat.agency}·{seat.get_kind_display()}（{seat.person or '空缺'}）"


class EndForm(_Organ):
    """撤销 without a successor, or 并入 another agency."""

    on = DayField(label="从哪一天起")
    basis = forms.CharField(label="依据", required=False, help_text="例如机构改革方案的名称和文号。")
    work_to = _Seats(
        label="没办完的事交给哪个岗位",
        queryset=Seat.objects.none(),
        required=False,
        empty_label="没有未办完的事，不用交",
        help_text="各岗位上没办完的事都转到这个岗位。",
    )

    def __init__(self, *args: Any, day: date, own: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"on": day}, **kwargs})
        others = standing_seats().exclude(agency=own)
        self.fields["work_to"].queryset = others  # type: ignore[attr-defined]


class MergeForm(EndForm):
    """并入 another agency."""

    field_order = ("into", "on", "basis", "work_to")
    into = forms.ModelChoiceField(
        label="并入哪个机关",
        queryset=Agency.objects.none(),
        empty_label="请选择",
        error_messages={"required": "请选择并入哪个机关。", "invalid_choice": "请选另一个没有撤销的机关。"},
    )

    def __init__(self, *args: Any, own: Agency, **kwargs: Any) -> None:
        super().__init__(*args, own=own, **kwargs)
        self.fields["into"].queryset = standing_agencies(own)  # type: ignore[attr-defined]


class SectionForm(_Organ):
    """The name of a section."""

    name = forms.CharField(
        label="股室名称",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class MergeSectionForm(_Organ):
    """并入 another section of the same agency."""

    into = forms.ModelChoiceField(
        label="并入哪个股室",
        queryset=Section.objects.none(),
        empty_label="请选择",
        error_messages={"required": "请选择并入哪个股室。", "invalid_choice": "请选本机关的另一个股室。"},
    )

    def __init__(self, *args: Any, own: Section, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = sections_of(own.agency).exclude(pk=own.pk)  # type: ignore[attr-defined]


class SheetForm(forms.Form):
    """The workbook to be imported."""

    use_required_attribute = False
    book = forms.FileField(
        label="填好的工作簿（.xlsx）",
        help_text=f"用下载的模板填写，不超过 {MAX_BYTES // 1024 // 1024} MB。",
        widget=forms.ClearableFileInput(
            attrs={"accept": ".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
        ),
        error_messages={
            "required": "请先选择填好的工作簿。",
            "empty": "这个文件是空的，请重新选择。",
        },
    )

    def clean_book(self) -> bytes:
        """Its bytes; one too big is not even read."""
        book = self.cleaned_data["book"]
        if book.size > MAX_BYTES:
            raise forms.ValidationError(
                f"文件超过 {MAX_BYTES // 1024 // 1024} MB，请只保留模板里的几张表再试。"
            )
        data: bytes = book.read()
        return data
