"""Remedy notices (救济途径): variants A, B and C in words, and before which organ, by kind of agency."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any

from .refs import Ref, parse_ref

_PAPER = "本告知书"


@dataclass(frozen=True, slots=True)
class RemedyOrgans:
    """To whom an agency's applicants turn: one or two organs of reconsideration, and the court, by full name."""

    reconsideration: tuple[str, ...]
    court: str


@dataclass(frozen=True, slots=True)
class Variant:
    """One form of the notice. A: review first (应当先), B: review or suit, C: none.

    `in_force_from` is the first day on which letters carry it; None where the data set no beginning.
    """

    slug: str
    label: str
    text: str
    refs: tuple[Ref, ...]
    in_force_from: date | None


@dataclass(frozen=True, slots=True)
class OrganRule:
    """Who reviews the acts of one kind of agency: `organs` lists "government" and "superior" in order.

    `government` and `superior` say in words which organ is meant, so that a settings page can ask for its name.
    """

    slug: str
    label: str
    organs: tuple[str, ...]
    government: str
    superior: str
    refs: tuple[Ref, ...]

    @property
    def ref(self) -> Ref:
        """The article of 行政复议法 that names the organ."""
        return self.refs[0]


def _refs(row: dict[str, Any]) -> tuple[Ref, ...]:
    return tuple(parse_ref(one) for one in row["refs"])


def _variant(row: dict[str, Any]) -> Variant:
    return Variant(row["slug"], row["label"], row["text"], _refs(row), row.get("in_force_from"))


def _rule(row: dict[str, Any]) -> OrganRule:
    organs = tuple(row["organs"])
    return OrganRule(row["slug"], row["label"], organs, row["government"], row["superior"], _refs(row))


_DATA = tomllib.loads(files("gongkai.statute").joinpath("remedies.toml").read_text(encoding="utf-8"))
VARIANTS: dict[str, Variant] = {row["slug"]: _variant(row) for row in _DATA["variant"]}
ORGAN_RULES: dict[str, OrganRule] = {row["slug"]: _rule(row) for row in _DATA["rule"]}
COMPLAINT = Variant("complaint", "投诉、举报", _DATA["complaint"]["text"], _refs(_DATA["complaint"]), None)


def organs_for(kind: str, *, government: str = "", superior: str = "") -> tuple[str, ...]:
    """The organs of reconsideration for a kind of agency (a slug of `ORGAN_RULES`), by full name.

    `government` and `superior` are the names of the organs the rule speaks of; one the rule does not use is
    left out. Raises ValueError, in Chinese, for an unknown kind or a name that is wanted and empty.
    行政复议法 24, 27, 28.
    """
    rule = ORGAN_RULES.get(kind)
    if rule is None:
        raise ValueError(f"没有“{kind}”这种机关，可以选：{'、'.join(ORGAN_RULES)}。")
    names = {"government": government.strip(), "superior": superior.strip()}
    for organ in rule.organs:
        if not names[organ]:
            raise ValueError(f"{rule.label}的行政复议机关要填写{getattr(rule, organ)}的名称。")
    return tuple(names[organ] for organ in rule.organs)


def variant_on(variant: str, on: date | None = None) -> Variant:
    """The variant a letter of that day carries: before A applied, B stood in its place.

    `on` is the letter's day; None means the law as last known. Raises ValueError for anything but A, B, C.
    """
    found = VARIANTS.get(variant)
    if found is None:
        raise ValueError(f"救济途径只有A、B、C三种，没有“{variant}”。")
    if on is not None and found.in_force_from is not None and on < found.in_force_from:
        return VARIANTS["B"]
    return found


def remedy_notice(
    variant: str, organs: RemedyOrgans, *, on: date | None = None, subject: str = "", paper: str = _PAPER
) -> str:
    """The remedy paragraph of a letter in Chinese; empty for C.

    `paper` is what the letter calls itself (本告知书, 本答复书); `subject` is what is objected to, the whole
    letter unless something else is named. Raises ValueError, in Chinese, when an organ or the court is
    missing. 行政复议法 20, 23; 行政诉讼法 45, 46.
    """
    found = variant_on(variant, on)
    if not found.text:
        return ""
    names = [name.strip() for name in organs.reconsideration]
    if not names or not all(names) or not organs.court.strip():
        raise ValueError("救济途径要写明行政复议机关和人民法院的名称，请先在机关设置里填写。")
    return found.text.format(
        subject=subject or paper, paper=paper, organs="或者".join(names), court=organs.court.strip()
    )


def notice_for(
    variants: Sequence[str],
    organs: RemedyOrgans,
    *,
    on: date | None = None,
    paper: str = _PAPER,
    refused: str = "不予公开的部分",
    other: str = "其余部分",
) -> str:
    """The paragraph for a letter with one or several variants: a mixed reply has A and B in two sentences.

    `refused` and `other` name the two parts of a mixed reply. Where both come to the same variant on that day
    (A was not yet in force), one sentence covers the whole. Raises ValueError as `remedy_notice` does.
    """
    wanted = list(dict.fromkeys(variant_on(v, on).slug for v in variants))
    if len(wanted) < 2:
        return remedy_notice(wanted[0], organs, on=on, paper=paper) if wanted else ""
    subjects = {"A": f"{paper}中{refused}", "B": f"{paper}中{other}"}
    parts = [
        remedy_notice(v, organs, on=on, subject=subjects.get(v, ""), paper=paper) for v in sorted(wanted)
    ]
    return "".join(parts)


_EXEMPT = re.compile("第(十四|十五|十六|14|15|16)条")
_OTHER_GROUNDS = re.compile("第(二|十|三十|三十五|三十六|三十八|三十九|2|10|30|35|36|38|39)条")


def variants_for_ground(ground: str) -> tuple[str, ...]:
    """The variants for a partial disclosure (条例 37), by the articles on which the rest is withheld.

    A for what is withheld under articles 14 to 16, with B for the rest of the letter; B alone where only other
    articles are named (the rest does not exist, is another agency's …). Where no article can be told, A and B: to be
    sent to reconsideration first loses the applicant nothing.
    """
    if not _EXEMPT.search(ground) and _OTHER_GROUNDS.search(ground):
        return ("B",)
    return ("A", "B")


def complaint_sentence(supervisors: Sequence[str]) -> str:
    """The sentence on complaining or reporting to the organ above or the supervising office (条例 51)."""
    if not supervisors:
        raise ValueError("请写明受理投诉、举报的上一级行政机关或者主管部门。")
    return COMPLAINT.text.format(supervisors="或者".join(supervisors))
