"""Figures in a text as the clerk sees them: 【新收申请：3】, chosen from a list; stored as marks that stay figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gongkai.statute.report.editions import COLUMN_LABELS
from gongkai.statute.report.figures import number_text

from .fact_sources import fact_sources
from .prose import MARK, Fact
from .sentences_requests import GROUPS, LEAVES

PLACE = "□"
"""What one types where the next figure chosen from the list is to stand."""
_TOKEN = re.compile(r"【([^【】{}]{1,80})】")
_SHORT = {
    "new": "新收申请",
    "carried_in": "上年结转",
    "result_total": "办结总计",
    "carried_out": "结转下年度",
    "granted": "予以公开",
    "partial": "部分公开",
} | LEAVES
_LACKING = "没有的数"


class BadMark(ValueError):
    """A figure in the text that cannot be taken; the message says what to do."""


def short_name(fact: Fact) -> str:
    """The name of a figure as it stands in a text being written."""
    table, _, rest = fact.key.partition(".")
    if table == "t3":
        row, _, column = rest.partition(".")
        name = _SHORT.get(row, fact.label)
        return name if column == "total" else f"{name}·{COLUMN_LABELS[column]}"
    return re.sub(r"（(?:件|条|次|份|个|天)）$", "", fact.label)


def names_of(facts: Mapping[str, Fact]) -> dict[str, str]:
    """A name for each figure, no two alike."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for key, fact in facts.items():
        name, n = short_name(fact), 1
        while name in taken:
            n += 1
            name = f"{short_name(fact)}（{n}）"
        taken.add(name)
        found[key] = name
    return found


def token(fact: Fact, name: str) -> str:
    """A figure as it stands in the text being written."""
    return f"【{name}：{number_text(fact.value)}】"


def to_typed(text: str, facts: Mapping[str, Fact]) -> str:
    """The stored text as the clerk edits it."""
    names = names_of(facts)

    def shown(match: re.Match[str]) -> str:
        key = match.group(1)
        return token(facts[key], names[key]) if key in facts else f"【{_LACKING}：{key}】"

    return MARK.sub(shown, text)


def from_typed(typed: str, facts: Mapping[str, Fact]) -> str:
    """What was typed as it is stored. Raises `BadMark` for braces and for a figure that this year does not have."""
    if "{" in typed or "}" in typed:
        raise BadMark("文字里不用花括号。要放一个数，请在“放入一个数”里选。")
    keys = {name: key for key, name in names_of(facts).items()}

    def stored(match: re.Match[str]) -> str:
        inside = match.group(1)
        name, colon, value = inside.rpartition("：")
        key = keys.get(name) or keys.get(inside)
        if key is not None:
            return f"{{{key}}}"
        if colon and (name == _LACKING or re.fullmatch(r"[\d.]*", value)):
            raise BadMark(f"“【{inside}】”不是本年的数。请删掉它，再从“放入一个数”里选。")
        return match.group(0)

    return _TOKEN.sub(stored, typed.replace(PLACE, ""))


def put_in(typed: str, key: str, facts: Mapping[str, Fact]) -> str:
    """The typed text with one figure more: where the first □ stands, else at its end. Raises `BadMark`."""
    if key not in facts:
        raise BadMark("这个数已经没有了，请从列表里另选一个。")
    mark = token(facts[key], names_of(facts)[key])
    if PLACE in typed:
        return typed.replace(PLACE, mark, 1)
    text = typed.rstrip()
    end = "。" if text.endswith("。") else ""
    return f"{text.removesuffix('。')}{mark}{end}"


@dataclass(frozen=True, slots=True)
class Choice:
    """A figure to choose: its key, its name, its value as printed, what stands in the text for it."""

    key: str
    name: str
    value: str
    token: str


def choices(facts: Mapping[str, Fact]) -> list[tuple[str, list[Choice]]]:
    """The figures to choose from, in groups of a few words."""
    names = names_of(facts)
    groups: dict[str, list[Choice]] = {}
    for key, fact in facts.items():
        group = _group_of(key, fact)
        if group:
            choice = Choice(key, names[key], number_text(fact.value), token(fact, names[key]))
            groups.setdefault(group, []).append(choice)
    return [(group, groups[group]) for group in _order(groups)]


_FIRST = (
    "公开的信息",
    "申请的件数",
    "办理结果",
    "新收申请的申请人",
    "复议和诉讼",
    "规范性文件、处理决定和收费",
)


def _order(groups: Mapping[str, Sequence[Choice]]) -> Iterator[str]:
    yield from (group for group in _FIRST if group in groups)
    yield from (group for group in groups if group not in _FIRST)


def _group_of(key: str, fact: Fact) -> str:
    table, _, rest = key.partition(".")
    row, _, column = rest.partition(".")
    if table == "items":
        return _FIRST[0]
    if table == "group":
        return _FIRST[2] if fact.value or rest in GROUPS else ""
    if table == "t3":
        if column == "total":
            return _FIRST[1] if row in ("new", "carried_in", "result_total", "carried_out") else _FIRST[2]
        if row == "new":
            return _FIRST[3]
        return "表三的其他格" if fact.value else ""
    if table == "t4":
        return _FIRST[4]
    if table in ("t2", "fee", "processing_fee"):
        return _FIRST[5]
    return next((source.name for source in fact_sources() if source.slug == table), "其他")
