"""The six parts: which lines are their headings, however they are numbered or worded."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from ..editions import edition
from .labels import likeness, meant_by, squeeze

_NUMERALS = "一二三四五六七八九"
_EXTRA = {
    "overview": ("总体工作情况", "政府信息公开总体情况", "信息公开总体情况", "总体情况概述", "主要工作情况"),
    "proactive": (
        "政府信息主动公开情况",
        "主动公开情况",
        "行政机关主动公开政府信息情况",
        "主动公开政府信息的有关情况",
    ),
    "requests": (
        "行政机关收到和处理政府信息公开申请情况",
        "依申请公开政府信息情况",
        "收到和处理政府信息公开申请的有关情况",
        "依申请公开情况",
        "政府信息公开申请情况",
        "收到和处理信息公开申请情况",
    ),
    "remedies": (
        "因政府信息公开被申请行政复议、提起行政诉讼情况",
        "因政府信息公开工作被申请行政复议、提起行政诉讼的情况",
        "因政府信息公开申请行政复议、提起行政诉讼情况",
        "政府信息公开行政复议、诉讼情况",
        "政府信息公开行政复议、行政诉讼的情况",
        "行政复议、行政诉讼情况",
        "行政复议和行政诉讼情况",
    ),
    "problems": (
        "存在的主要问题及下一步改进措施",
        "存在的主要问题和改进情况",
        "存在的问题及改进措施",
        "存在的问题及改进情况",
        "存在问题及改进措施",
        "存在的主要问题",
        "工作存在的主要问题及改进情况",
        "政府信息公开工作存在的主要问题及改进措施",
        "主要问题及改进情况",
        "存在的主要问题与改进情况",
    ),
    "other": (
        "其他需要报告的有关事项",
        "其他事项",
        "其它需要报告的事项",
        "其他需报告的事项",
        "需要说明的其他事项",
    ),
}
# What a wording must at least speak of before likeness is asked.
_TOPIC = {
    "overview": re.compile(r"总体|概述|概况|基本情况"),
    "proactive": re.compile(r"主动公开"),
    "requests": re.compile(r"申请"),
    "remedies": re.compile(r"复议|诉讼"),
    "problems": re.compile(r"问题|不足|改进"),
    "other": re.compile(r"(其他|其它).{0,8}(事项|情况|报告)|报告的?其他"),
}
_NOTHING = re.compile(r"^[:：\s]*(无|暂无|没有|无其他.{0,20}|我.{1,4}无.{0,20})[。.]?$")


@dataclass(frozen=True, slots=True)
class HeadingLine:
    """A line read as a heading: its key, printed title and ordinal, how sure (0–1), and text that ran on."""

    key: str
    title: str
    ordinal: int | None
    score: float
    rest: str


@cache
def wordings() -> dict[str, tuple[str, ...]]:
    """Key → every wording taken as exact, longest first."""
    found = {}
    for heading in edition("2021").headings:
        texts = {heading.title, *heading.accept, *_EXTRA[heading.key]}
        found[heading.key] = tuple(sorted(texts, key=len, reverse=True))
    return found


def _spaced(text: str) -> str:
    return r"\s*".join("[、和及与，,]" if c == "、" else re.escape(c) for c in text)


@cache
def _titles() -> str:
    return "|".join(f"(?P<{key}>{'|'.join(map(_spaced, texts))})" for key, texts in wordings().items())


@cache
def _line_pattern() -> re.Pattern[str]:
    number = (
        rf"(?:第\s*([{_NUMERALS}])\s*(?:部分|章)\s*[、.．:：]?"
        rf"|[（(]\s*([{_NUMERALS}])\s*[)）]|([{_NUMERALS}])\s*[、.．,，:：]|([{_NUMERALS}])(?=\s)|([1-9])\s*[、.．])"
    )
    return re.compile(rf"^\s*(?:{number}\s*)?(?:{_titles()})")


@cache
def _inside_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?:(?<=[。；;：:！？!?）)\s日])|^)[{_NUMERALS}]\s*[、．.]\s*(?:{_titles()})")


_NUMBER = re.compile(rf"^\s*(?:第([{_NUMERALS}])(?:部分|章)[、.:]?|([{_NUMERALS}])[、.,:]|([1-9])[、.])")


def split_embedded(text: str) -> list[str]:
    """A paragraph cut before every numbered heading inside it. A mere list of the headings stays whole."""
    if len(text) < 12:
        return [text]
    starts = [m.start() for m in _inside_pattern().finditer(text)]
    if not starts or starts == [0]:
        return [text]
    ends = [m.end() for m in _inside_pattern().finditer(text)]
    gaps = [b - a for a, b in zip(ends, starts[1:], strict=False)]
    if len(starts) >= 3 and sorted(gaps)[len(gaps) // 2] < 8:
        return [text]
    cuts = [0, *[s for s in starts if s > 0], len(text)]
    return [part.strip() for a, b in itertools.pairwise(cuts) if (part := text[a:b]).strip()]


@lru_cache(maxsize=4096)
def heading_line(text: str) -> HeadingLine | None:
    """The line as a heading, or None. Text that ran on behind a known wording is handed back as `rest`."""
    if len(text) < 3 or not any(topic.search(text[:60].replace(" ", "")) for topic in _TOPIC.values()):
        return None
    text = text.strip()
    match = _line_pattern().match(text)
    if match:
        ordinal = next((_value(g) for g in match.groups()[:5] if g), None)
        bracketed = match.group(2) is not None
        key = next(k for k in wordings() if match.group(k))
        rest = text[match.end() :]
        title = squeeze_title(match.group(key))
        if line := _exact(key, title, ordinal, rest):
            # （一）存在的主要问题 is as a rule a heading of the second level.
            return replace(line, score=line.score * 0.4) if bracketed else line
    return _likely(text)


def squeeze_title(text: str) -> str:
    """A title without the spaces printed for looks."""
    return re.sub(r"\s+", "", text)


def _value(group: str) -> int:
    return int(group) if group.isdigit() else _NUMERALS.index(group) + 1


def _exact(key: str, title: str, ordinal: int | None, rest: str) -> HeadingLine | None:
    tail = rest.strip()
    if not tail.strip("：:。.…．·0123456789- "):
        return HeadingLine(key, title, ordinal, 1.0, "")
    if ordinal is None:
        return None
    if tail[0] in "和及与、的" and len(tail) <= 20 and "。" not in tail:
        return HeadingLine(key, title + squeeze_title(tail), ordinal, 0.9, "")
    if rest[0] in " \t\u3000\u00a0：:。\n" or _NOTHING.match(tail) or len(tail) > 20:
        return HeadingLine(key, title, ordinal, 0.97, tail.lstrip("：:。 "))
    return None


def _likely(text: str) -> HeadingLine | None:
    flat = squeeze(text)
    if len(flat) > 40 or "。" in flat or ";" in flat or meant_by(text):
        return None
    number = _NUMBER.match(flat)
    body = flat[number.end() :] if number else flat
    body = body.rstrip(":：")
    best, key = 0.0, ""
    for candidate, texts in wordings().items():
        if _TOPIC[candidate].search(body):
            score = max(_ratio(body, squeeze(t)) for t in texts)
            if score > best:
                best, key = score, candidate
    if best < (0.62 if number else 0.86):
        return None
    ordinal = next((_value(g) for g in number.groups() if g), None) if number else None
    return HeadingLine(
        key, squeeze_title(text[_body_start(text) :].strip().rstrip("：:")), ordinal, best * 0.9, ""
    )


def _ratio(a: str, b: str) -> float:
    return likeness(a, b) if abs(len(a) - len(b)) <= max(6, len(b) // 2) else 0.0


def _body_start(text: str) -> int:
    match = re.match(
        rf"\s*(?:第\s*[{_NUMERALS}]\s*(?:部分|章)\s*[、.．:：]?|[{_NUMERALS}1-9]\s*[、.．,，:：])", text
    )
    return match.end() if match else 0


def is_heading(text: str) -> bool:
    """True when the line is one of the six headings and numbered, or worded exactly."""
    line = heading_line(text.strip())
    return line is not None and (line.ordinal is not None or line.score == 1.0)
