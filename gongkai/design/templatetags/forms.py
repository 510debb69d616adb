"""Tags that draw forms: one field with all that belongs to it, and the list of what has to be put right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms, template
from django.forms.formsets import BaseFormSet
from django.utils.safestring import SafeString

from gongkai.design.law import law_sentence

register = template.Library()


@dataclass(frozen=True, slots=True)
class Parts:
    """What the template of a field needs besides the field itself.

    `look` is line, one (a single box to tick), choices (radios or several boxes to tick), several (a date in three
    boxes and the like). `described` are the ids of hint, law and error, as `aria-describedby` wants them.
    """

    look: str
    id: str
    law: str
    described: str
    control: SafeString


def _look(widget: forms.Widget) -> str:
    if isinstance(widget, forms.CheckboxInput):
        return "one"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    return "several" if widget.use_fieldset else "line"


def anchor_of(field: forms.BoundField) -> str:
    """The id of the first control of a field, where a message about it leads."""
    if field.id_for_label:
        return field.id_for_label
    return f"{field.auto_id}_0"


def _law_of(field: forms.BoundField, given: str) -> str:
    written = given or getattr(field.form, "laws", {}).get(field.name, "")
    return law_sentence(written) if written else ""


@register.simple_tag
def parts_of_field(field: forms.BoundField, law: str = "") -> Parts:
    """The parts of a field; the law is named here or by the form, in `laws = {"name": "ogi 30"}`."""
    look, base, sentence = _look(field.field.widget), field.auto_id, _law_of(field, law or "")
    told = (("helptext", field.help_text), ("law", sentence), ("error", field.errors))
    described = " ".join(f"{base}_{name}" for name, there in told if there)
    attrs: dict[str, str | bool] = {}
    if look == "several" and field.errors:
        attrs["aria-invalid"] = "true"
    elif look in ("line", "one") and described:
        attrs["aria-describedby"] = described
    control = SafeString() if look == "choices" else field.as_widget(attrs=attrs)
    return Parts(look, base, sentence, described, control)


@register.inclusion_tag("design/field.html")
def field(field: forms.BoundField, law: str = "") -> dict[str, Any]:
    """One field with label, hint, law and message: {% field form.name law="ogi 30" %}."""
    return {"field": field, "law": law}


@dataclass(frozen=True, slots=True)
class Mistake:
    """A message and the id of the control that it leads to."""

    message: str
    anchor: str


def _of_form(form: forms.BaseForm, place: str = "") -> Iterator[Mistake]:
    shown = form.visible_fields()
    first = getattr(form, "retype", "") or (anchor_of(shown[0]) if shown else "main")
    for message in form.non_field_errors():
        yield Mistake(f"{place}{message}", first)
    for bound in form:
        for message in bound.errors:
            yield Mistake(f"{place}{message}", first if bound.is_hidden else anchor_of(bound))


@register.simple_tag
def mistakes(*forms_shown: Any) -> list[Mistake]:
    """All that is wrong with these forms and sets of forms, in the order of the page."""
    found: list[Mistake] = []
    for shown in forms_shown:
        if isinstance(shown, list):
            for n, row in enumerate(shown, start=1):
                found += _of_form(row, f"第{n}行：") if row.is_bound else ()
        elif isinstance(shown, BaseFormSet):
            found += [Mistake(str(message), "main") for message in shown.non_form_errors()]
            for n, row in enumerate(shown.forms, start=1):
                found += _of_form(row, f"第{n}行：")
        elif isinstance(shown, forms.BaseForm) and shown.is_bound:
            found += _of_form(shown)
    return found
