"""Automatic numbers of Word paragraphs: 一、 and （一） that stand in the numbering part, not in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from ...refs import chinese_number

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL = f"{_W}val"
_CHINESE = re.compile(r"chinese|japanese(Counting|Digital)|taiwanese|ideograph(Digital|Traditional)")


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    text: str


@dataclass(slots=True)
class Numbering:
    """The document's lists and how far each has counted."""

    lists: dict[str, tuple[str, dict[int, _Level]]] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    counts: dict[tuple[str, int], int] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Any) -> Numbering:
        """The numbering of a python-docx document; empty when it has none."""
        part = next(
            (r.target_part for r in document.part.rels.values() if r.reltype.endswith("/numbering")), None
        )
        if part is None or getattr(part, "element", None) is None:
            return cls()
        return cls(_lists(part.element), _styles(document.styles.element))

    def label(self, paragraph: Any) -> str:
        """The number Word prints before this paragraph, counting it; empty for none or a bullet."""
        found = self._of_paragraph(paragraph)
        if found is None or found[0] not in self.lists:
            return ""
        key, levels = self.lists[found[0]]
        level = found[1]
        if level not in levels:
            return ""
        self.counts[key, level] = self.counts.get((key, level), levels[level].start - 1) + 1
        for deeper in [k for k in self.counts if k[0] == key and k[1] > level]:
            del self.counts[deeper]
        return self._printed(key, levels, level)

    def _of_paragraph(self, paragraph: Any) -> tuple[str, int] | None:
        properties = paragraph.find(f"{_W}pPr")
        if properties is None:
            return None
        style = properties.find(f"{_W}pStyle")
        inherited = self.styles.get(style.get(_VAL, "")) if style is not None else None
        own = properties.find(f"{_W}numPr")
        if own is None:
            return inherited
        number, level = _of_numpr(own)
        if number is None:
            return (inherited[0], level) if inherited else None
        return None if number == "0" else (number, level)

    def _printed(self, key: str, levels: dict[int, _Level], level: int) -> str:
        if levels[level].form in ("bullet", "none"):
            return ""

        def number(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            if at not in levels:
                return ""
            count = self.counts.get((key, at), levels[at].start)
            return chinese_number(count) if _CHINESE.match(levels[at].form) else str(count)

        return re.sub(r"%([1-9])", number, levels[level].text)


def _of_numpr(node: Any) -> tuple[str | None, int]:
    number, level = node.find(f"{_W}numId"), node.find(f"{_W}ilvl")
    depth = level.get(_VAL, "0") if level is not None else "0"
    return (number.get(_VAL) if number is not None else None), int(depth) if depth.isdigit() else 0


def _levels(node: Any) -> dict[int, _Level]:
    found = {}
    for level in node.findall(f"{_W}lvl"):
        values = {t: level.find(f"{_W}{t}") for t in ("start", "numFmt", "lvlText")}
        texts = {t: v.get(_VAL, "") if v is not None else "" for t, v in values.items()}
        depth = level.get(f"{_W}ilvl", "")
        if depth.isdigit():
            start = int(texts["start"]) if texts["start"].isdigit() else 1
            found[int(depth)] = _Level(start, texts["numFmt"], texts["lvlText"])
    return found


def _lists(root: Any) -> dict[str, tuple[str, dict[int, _Level]]]:
    abstract = {n.get(f"{_W}abstractNumId"): _levels(n) for n in root.findall(f"{_W}abstractNum")}
    found = {}
    for num in root.findall(f"{_W}num"):
        ref = num.find(f"{_W}abstractNumId")
        number, base = num.get(f"{_W}numId"), ref.get(_VAL) if ref is not None else None
        if number is None or base not in abstract:
            continue
        levels = dict(abstract[base])
        restarts = num.findall(f"{_W}lvlOverride")
        for override in restarts:
            depth, start = override.get(f"{_W}ilvl", ""), override.find(f"{_W}startOverride")
            if (
                depth.isdigit()
                and int(depth) in levels
                and start is not None
                and start.get(_VAL, "").isdigit()
            ):
                old = levels[int(depth)]
                levels[int(depth)] = _Level(int(start.get(_VAL)), old.form, old.text)
        found[number] = (f"n{number}" if restarts else f"a{base}", levels)
    return found


def _styles(root: Any) -> dict[str, tuple[str, int]]:
    """Style → list and level, along basedOn."""
    own: dict[str, tuple[str, int]] = {}
    parent: dict[str, str] = {}
    for style in root.findall(f"{_W}style"):
        name = style.get(f"{_W}styleId", "")
        based = style.find(f"{_W}basedOn")
        if based is not None:
            parent[name] = based.get(_VAL, "")
        node = style.find(f"{_W}pPr/{_W}numPr")
        if node is not None:
            number, level = _of_numpr(node)
            if number and number != "0":
                own[name] = (number, level)
    found = dict(own)
    for name in parent:
        at, steps = name, 0
        while at not in own and at in parent and steps < 20:
            at, steps = parent[at], steps + 1
        if at in own:
            found.setdefault(name, own[at])
    return found
