"""Form fields: every widget of the framework with its label, hint, law and message, and what ties them together."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django import forms
from django.template import engines
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from gongkai.design.fields import DayField
from gongkai.statute.refs import UnknownReference

KINDS = [("a", "甲"), ("b", "乙")]


class Every(forms.Form):
    """One field of each kind, each with a hint and none to be left out."""

    laws = {"text": "ogi 30"}  # noqa: RUF012 - as a form declares it
    text = forms.CharField(label="文字", help_text="提示")
    password = forms.CharField(label="密码", help_text="提示", widget=forms.PasswordInput)
    area = forms.CharField(label="长文字", help_text="提示", widget=forms.Textarea)
    number = forms.IntegerField(label="数", help_text="提示")
    day = forms.DateField(label="日期", help_text="例如 2025-02-21")
    mail = forms.EmailField(label="邮箱", help_text="提示")
    select = forms.ChoiceField(label="选择", help_text="提示", choices=KINDS)
    several = forms.MultipleChoiceField(label="多选", help_text="提示", choices=KINDS)
    file = forms.FileField(label="文件", help_text="提示")
    tick = forms.BooleanField(label="勾选", help_text="提示")
    radio = forms.ChoiceField(label="单选", help_text="提示", choices=KINDS, widget=forms.RadioSelect)
    boxes = forms.MultipleChoiceField(
        label="勾选几项", help_text="提示", choices=KINDS, widget=forms.CheckboxSelectMultiple
    )
    boxed_day = DayField(label="收到申请之日", help_text="提示")
    hidden = forms.CharField(widget=forms.HiddenInput, required=False)


GROUPS = ("radio", "boxes", "boxed_day")
LINES = [name for name in Every.base_fields if name not in (*GROUPS, "hidden")]


def draw(source: str, **context: Any) -> HTMLParser:
    return HTMLParser(f"<main>{engines['django'].from_string(source).render(context)}</main>")


def drawn(form: forms.Form) -> HTMLParser:
    return draw('{% for field in form %}{% include "design/field.html" %}{% endfor %}', form=form)


@pytest.mark.parametrize("name", LINES)
def test_a_field_is_tied_to_its_label_hint_and_message(name: str) -> None:
    page = drawn(Every({}))
    control = page.css_first(f"#id_{name}")
    label = page.css_first(f'label[for="id_{name}"]')
    assert label.text() == Every.base_fields[name].label
    assert control.attributes["aria-invalid"] == "true"
    ids = (control.attributes["aria-describedby"] or "").split()
    assert ids[0] == f"id_{name}_helptext"
    assert ids[-1] == f"id_{name}_error"
    for one in ids:
        assert page.css_first(f"#{one}").text().strip()


@pytest.mark.parametrize("name", GROUPS)
def test_a_group_is_a_fieldset_with_its_legend(name: str) -> None:
    page = drawn(Every({}))
    group = next(f for f in page.css("fieldset") if f.css_first(f"#id_{name}_0"))
    assert (group.css_first("legend").text()).strip() == Every.base_fields[name].label
    ids = (group.attributes["aria-describedby"] or "").split()
    assert ids == [f"id_{name}_helptext", f"id_{name}_error"]
    for one in ids:
        assert group.css_first(f"#{one}").text().strip()
    for box in group.css("input"):
        assert group.css_first(f'label[for="{box.attributes["id"]}"]') is not None


def test_without_mistakes_nothing_is_said_to_be_wrong() -> None:
    page = drawn(Every())
    assert not page.css("[aria-invalid]")
    assert not page.css(".wrong-text, .wrong")
    assert not draw('{% include "design/error_summary.html" %}', form=Every()).css(".error-summary")
    assert page.css_first("#id_hidden").parent.tag == "main"


def test_no_id_stands_twice() -> None:
    ids = [n.attributes["id"] for n in drawn(Every({})).css("[id]")]
    assert len(ids) == len(set(ids))


def test_the_law_stands_beside_the_field_in_a_sentence() -> None:
    page = drawn(Every())
    law = page.css_first("#id_text_law").text()
    assert law.startswith("《条例》第三十条：申请内容不明确的")
    assert "id_text_law" in (page.css_first("#id_text").attributes["aria-describedby"] or "")
    other = draw('{% field form.number law="ogi 26" %}', form=Every())
    assert "20个工作日内公开" in other.css_first("#id_number_law").text()
    with pytest.raises(UnknownReference):
        draw('{% field form.number law="ogi 999" %}', form=Every())


def test_what_was_typed_stays_and_is_only_text() -> None:
    page = drawn(
        Every({"text": '"><script>', "select": "b", "radio": "b", "boxes": ["a"], "boxed_day_year": "2O25"})
    )
    assert page.css_first("#id_text").attributes["value"] == '"><script>'
    assert not page.css("script")
    assert page.css_first("#id_select option[selected]").attributes["value"] == "b"
    assert [n.attributes["id"] for n in page.css("input[checked]")] == ["id_radio_1", "id_boxes_0"]
    assert page.css_first("#id_boxed_day_0").attributes["value"] == "2O25"


def test_every_message_leads_to_a_control_that_is_there() -> None:
    form = Every({})
    page = draw(
        '{% include "design/error_summary.html" %}{% for field in form %}{% include "design/field.html" %}{% endfor %}',
        form=form,
    )
    links = page.css(".error-summary a")
    assert len(links) == len(form.errors) == len(Every.base_fields) - 1
    for link in links:
        target = page.css_first(link.attributes["href"] or "none")
        assert target.tag in ("input", "select", "textarea"), link.attributes["href"]
    assert page.css_first(".error-summary").attributes["tabindex"] == "-1"


def test_a_set_of_forms_names_its_rows() -> None:
    class Row(forms.Form):
        name = forms.CharField(error_messages={"required": "请填写名称。"})

    formset = forms.formset_factory(Row, extra=0)(
        {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "2", "form-0-name": "甲"}
    )
    formset.is_valid()
    page = draw('{% include "design/error_summary.html" %}', formset=formset)
    (link,) = page.css(".error-summary a")
    assert link.text() == "第2行：请填写名称。"
    assert link.attributes["href"] == "#id_form-1-name"


class Day(forms.Form):
    """A day that must be told, and one that need not."""

    must = DayField(label="收到申请之日")
    may = DayField(label="确认之日", required=False)


def told(*parts: str, name: str = "must") -> Day:
    return Day({f"{name}_{n}": part for n, part in zip(("year", "month", "day"), parts, strict=True)})


def test_a_day_in_three_boxes() -> None:
    form = told("2024", "2", "29")
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"must": date(2024, 2, 29), "may": None}
    page = drawn(Day(initial={"must": date(2024, 2, 29)}))
    assert [page.css_first(f"#id_must_{n}").attributes["value"] for n in range(3)] == ["2024", "2", "29"]
    assert [n.text() for n in page.css("fieldset")[0].css("label")] == ["年", "月", "日"]


@pytest.mark.parametrize(
    "parts",
    [
        ("2024", "13", "1"),
        ("24", "1", "1"),
        ("2024", "", "1"),
        ("甲", "1", "1"),
        ("9999", "1", "1"),
    ],
)
def test_a_day_that_is_none_is_told_how_to_be_written(parts: tuple[str, ...]) -> None:
    form = told(*parts)
    assert form.errors["must"] == ["收到申请之日写法不对，请写成例如 2025 年 2 月 21 日。"]


def test_a_day_the_month_has_not_is_called_that() -> None:
    form = told("2023", "2", "29")
    assert form.errors["must"] == ["收到申请之日：没有2023年2月29日这一天，请核对。"]


def test_a_missing_day_is_asked_for() -> None:
    assert Day({}).errors == {"must": ["请填写收到申请之日。"]}
