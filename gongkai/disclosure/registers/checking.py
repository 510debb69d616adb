"""One row of a register, typed or from a sheet: what it says, or in words what must be mended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from gongkai.statute.ledger.reading import day_of
from gongkai.statute.privacy import mask

from ..models import RegisterEntry
from .kinds import NO, PERSON, YES, Register

_MOST_YUAN = Decimal("99999999999999.99")
Publish = RegisterEntry.Publish


@dataclass(slots=True)
class Checked:
    """A row looked at: `values` are the fields of an entry, to be used only where `problems` (head → words) is empty."""

    values: dict[str, Any] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)


def checked(register: Register, texts: Mapping[str, str], today: date) -> Checked:
    """Look at one row of texts by field."""
    found = Checked()
    for one in register.fields:
        text = texts.get(one.slug, "").strip()
        if one.needed and not text:
            found.problems[one.slug] = f"没有{one.head}，请补写。"
        elif one.choices and text and text not in one.choices:
            found.problems[one.slug] = (
                f"写的是“{text[:20]}”，请填{'或者'.join(f'“{c}”' for c in one.choices)}。"
            )
        elif len(text) > one.most:
            found.problems[one.slug] = f"超过{one.most}个字，请缩短。"
        else:
            found.values[one.slug] = text
    _days(register, found, today)
    _amount(register, found)
    _choices(register, found)
    _no_personal_number(register, found)
    return found


def _days(register: Register, found: Checked, today: date) -> None:
    for slug in ("day", "in_force_on", "ended_on", "public_on"):
        one = register.field(slug)
        if one is None:
            continue
        text = found.values.get(slug, "")
        found.values[slug] = day = day_of(text) if text else None
        if text and day is None:
            found.problems[slug] = f"“{text[:30]}”不是日期，请写成 2025-03-05 的样子。"
        elif day is not None and day > today and slug != "in_force_on":
            found.problems[slug] = f"“{text[:30]}”还没有到，请核对年份。"
        elif day is not None and day.year < 1949:
            found.problems[slug] = f"“{text[:30]}”太早了，请核对年份。"
    made, ended = found.values.get("day"), found.values.get("ended_on")
    if made and ended and ended < made:
        found.problems["ended_on"] = "早于制发日期，请核对两个日期。"
    begun = found.values.get("in_force_on")
    if made and begun and begun < made:
        found.problems["in_force_on"] = "早于制发日期，请核对两个日期。"
    public = found.values.get("public_on")
    if made and public and public < made:
        found.problems["public_on"] = "早于决定日期，请核对两个日期。"
    if found.values.get("ended_by") and not ended and "ended_on" not in found.problems:
        found.problems["ended_on"] = "写了由什么废止，请补写废止的日期。"


def _amount(register: Register, found: Checked) -> None:
    if register.field("amount") is None or "amount" in found.problems:
        return
    text = found.values["amount"].replace(",", "").replace("，", "").removesuffix("元").strip()
    try:
        amount = Decimal(text)
    except InvalidOperation:
        found.problems["amount"] = f"“{text[:20]}”不是数，请按元填，例如 1200.50。"
        return
    if not amount.is_finite() or amount < 0 or amount > _MOST_YUAN:
        found.problems["amount"] = "金额不能是负数，也不能超过十四位。"
    elif amount != amount.quantize(Decimal("0.01")):
        found.problems["amount"] = "最多两位小数，请精确到分。"
    else:
        found.values["amount"] = amount.quantize(Decimal("0.01"))


def _choices(register: Register, found: Checked) -> None:
    if register.field("natural"):
        # Who is not said to be a body is treated as a person: a name shown cannot be called back.
        found.values["natural"] = found.values.get("natural", "") in ("", PERSON)
    if register.field("publish"):
        usual = YES if register.duty == "licence" else NO
        public = (found.values.get("publish") or usual) == YES
        found.values["publish"] = Publish.YES if public else Publish.NO
        if found.values.get("public_on") and not public and "publish" not in found.problems:
            found.problems["public_on"] = "“是否公开”填的不是“是”，却有公开日期，请核对。"


def _no_personal_number(register: Register, found: Checked) -> None:
    """No identity number or telephone in a register: it says who, not all about them (个人信息保护法 6)."""
    for slug, value in found.values.items():
        if isinstance(value, str) and slug != "number" and mask(value) != value:
            found.problems[slug] = "里面有身份证号、手机号一类的号码，台账用不着，请删去。"


def in_order(register: Register, problems: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The problems with the heads of their columns, in the order of the columns."""
    for one in register.fields:
        if one.slug in problems:
            yield one.head, problems[one.slug]


def identity(values: Mapping[str, Any]) -> tuple[Any, ...]:
    """What makes two rows without a number the same one."""
    return tuple(values.get(slug) or "" for slug in ("day", "title", "subject", "category", "amount"))
