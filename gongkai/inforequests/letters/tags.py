"""The braces of a template: which fields are named where, and what is wrong with the braces, in words."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from .places import Place

_TAG = re.compile(r"\{\{(?P<field>.*?)\}\}|\{%(?P<rule>.*?)%\}", re.DOTALL)
_NAME = re.compile(r"[^\W\d]\w*")
_RULE = re.compile(
    r"(?P<cut>p|tr|tc|r)?\s*(?:(?P<open>if)\s+(?:not\s+)?(?P<about>[^\W\d]\w*)|(?P<else>else)"
    r"|(?P<loop>for)\s+(?P<each>[^\W\d]\w*)\s+in\s+(?P<rows>[^\W\d]\w*)|(?P<close>endif|endfor))\s*"
)
_WIDE = str.maketrans("｛｝％", "{}%")
_WORDS = {"if": "如果", "for": "循环", "endif": "如果", "endfor": "循环"}


@dataclass(slots=True)
class Tags:
    """What the braces say: each field with its place, and what is to be mended."""

    fields: list[tuple[str, str]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    _open: list[tuple[str, str, str]] = field(default_factory=list)
    _cuts: list[str] = field(default_factory=list)

    def read(self, place: Place, known: Collection[str]) -> None:
        """One paragraph."""
        if re.search("[｛｝]", place.text):
            wide = place.text.translate(_WIDE)
            if _TAG.search(wide):
                self.problems.append(f"{place.where}用了全角的花括号。请改成半角的 {{{{ 和 }}}}。")
                return
        for tag in _TAG.finditer(place.text):
            if tag["rule"] is not None:
                self._rule(tag["rule"].strip(), place)
            else:
                self._field(tag["field"].strip(), place, known)
        self._leftovers(_TAG.sub("\x00", place.text), place, known)

    def _field(self, said: str, place: Place, known: Collection[str]) -> None:
        closed_up = re.sub(r"\s", "", said)
        if said != closed_up and closed_up in known:
            self.problems.append(f"{place.where}的字段“{closed_up}”中间有空格。请删去空格。")
            self.fields.append((closed_up, place.where))
        elif said == "loop.index" or said in [each for _, each, _ in self._open if each]:
            return
        elif _NAME.fullmatch(said):
            self.fields.append((said, place.where))
        else:
            self.problems.append(
                f"{place.where}的花括号里写了“{said[:30]}”。双花括号里只能写一个字段名，例如 {{{{ 机关 }}}}。"
            )

    def _rule(self, said: str, place: Place) -> None:
        found = _RULE.fullmatch(said)
        if found is None:
            self.problems.append(
                f"{place.where}里的 {{% {said[:30]} %}} 看不懂。只能用：{{%p if 字段名 %}} … {{%p endif %}}，"
                "或者 {%p for 一行 in 字段名 %} … {%p endfor %}。"
            )
        elif found["open"] or found["loop"]:
            self.fields.append((found["about"] or found["rows"], place.where))
            self._open.append((found["open"] or found["loop"], found["each"] or "", place.where))
            self._cuts.append(found["cut"] or "")
        elif found["close"]:
            wanted = found["close"].removeprefix("end")
            if not self._open or self._open[-1][0] != wanted:
                self.problems.append(
                    f"{place.where}多了一个“{_WORDS[wanted]}”的结束。请删去，或者补上开头的一行。"
                )
            else:
                self._open.pop()
                self._cuts.pop()

    def _leftovers(self, rest: str, place: Place, known: Collection[str]) -> None:
        if re.search(r"\{\{|\}\}|\{%|%\}", rest):
            self.problems.append(
                f"{place.where}的花括号不成对。一个字段要写在同一段里，前面两个 {{{{，后面两个 }}}}，中间不能换行。"
            )
            return
        for name in re.findall(r"\{\s*([^{}]{1,20}?)\s*\}", rest):
            if name in known:
                self.problems.append(f"{place.where}的字段“{name}”只有一层花括号。请写成 {{{{ {name} }}}}。")

    def finish(self) -> None:
        """What was begun and not ended."""
        for (word, _, where), cut in zip(self._open, self._cuts, strict=True):
            end = f"{{%{cut} end{word} %}}"
            line = "另起一行" if cut == "p" else ""
            self.problems.append(f"{where}里的“{_WORDS[word]}”没有结束。请在后面{line}补上 {end}。")


def read_tags(places: list[Place], known: Collection[str]) -> Tags:
    """The braces of a whole template."""
    tags = Tags()
    for place in places:
        tags.read(place, known)
    tags.finish()
    return tags
