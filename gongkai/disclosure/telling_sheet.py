"""What a review sheet says of its item, in words: field by field, and what changed since the sheet before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.statute.days import in_words
from gongkai.statute.duties import LIMITS, statutory_catalogue

from .clean import unseen_words
from .models import Item, ReviewSheet
from .models.item import CONCERNS

FIELDS: tuple[tuple[str, str], ...] = (
    ("title", "信息名称"),
    ("document_number", "发文字号"),
    ("index_number", "索引号"),
    ("formed_on", "成文日期"),
    ("summary", "内容概述"),
    ("access", "公开属性"),
    ("access_reason", "不主动公开的理由"),
    ("access_basis", "不主动公开的依据"),
    ("ways", "公开方式"),
    ("audience", "公开范围"),
    ("duty", "公开期限"),
    ("catalogue", "法定主动公开内容"),
    ("origin", "信息来源"),
    ("responsible", "负责公开的机关"),
    ("concerns", "涉及的内容"),
    ("deidentified", "去标识化处理情况"),
    ("in_force_on", "施行之日"),
    ("validity", "有效性"),
    ("validity_on", "废止或者失效之日"),
    ("validity_by", "由什么废止或者宣布失效"),
    ("lapses_on", "有效期至"),
    ("subject", "主题分类"),
    ("source", "来源"),
    ("author", "作者"),
    ("keywords", "关键词"),
    ("request_number", "来自申请"),
    ("correction_note", "更正说明"),
)
_ALWAYS = ("document_number", "concerns", "access", "ways", "audience", "deidentified")
_CHOICES: dict[str, dict[str, str]] = {
    "access": dict(Item.Access.choices),
    "origin": dict(Item.Origin.choices),
    "validity": dict(Item.Validity.choices),
    "duty": {slug: limit.label for slug, limit in LIMITS.items()},
}


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the sheet; `was` is what it said in the review before, where that was something else."""

    label: str
    value: str
    was: str | None = None


def facts_of(sheet: ReviewSheet, before: ReviewSheet | None, *, paper: bool = False) -> list[Fact]:
    """The lines that say something; on paper those of the form as well that say nothing."""
    now, old = sheet.told, before.told if before else None
    found = []
    for name, label in FIELDS:
        value = _said(name, now.get(name))
        was = _said(name, old.get(name)) if old is not None else value
        if value or was != value or (paper and name in _ALWAYS):
            found.append(Fact(label, value or "无", None if was == value else (was or "无")))
    beside = _beside(now)
    was = _beside(old) if old is not None else beside
    if beside or was:
        found.append(Fact("图片说明、链接地址", beside or "无", None if was == beside else (was or "无")))
    return found


def _beside(told: dict[str, Any]) -> str:
    """What goes public with the text without being seen in it."""
    return "；".join(unseen_words(told["text"]).splitlines())


def _said(name: str, value: Any) -> str:
    if not value:
        return "没有勾选" if name == "concerns" and value == [] else ""
    if name == "concerns":
        return "、".join(CONCERNS.get(one, one) for one in value)
    if name == "catalogue":
        known = {
            one.slug: one for township in (False, True) for one in statutory_catalogue(township=township)
        }
        return f"{known[value].ref}：{known[value].label}" if value in known else str(value)
    if name in _CHOICES:
        return _CHOICES[name].get(value, str(value))
    if name in ("formed_on", "in_force_on", "validity_on", "lapses_on"):
        return in_words(date.fromisoformat(value))
    return "、".join(value) if isinstance(value, list) else str(value)
