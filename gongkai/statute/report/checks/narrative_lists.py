"""Enumerations in the prose that must add up: 66条 = 9+5+2+4+17+11+18."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from ...refs import Ref
from ..findings import Finding
from ..model import Number
from . import notions as n
from .facts import Facts
from .prose import Figure, Sentence
from .rule import Rule, rule
from .words import shown

_UNITS = frozenset("件条份宗篇次起项个期部例场")
_TOTAL = ("共", "累计", "总计", "合计", "总数", "总量", "全年", "各类")
_COMPLETE = ("分别", "包括", "分为", "即", "依次")
_LIST = re.compile("其中|包含|：|" + "|".join(_COMPLETE))
_BROKEN_OFF = re.compile(
    r"(?:共|累计|总计|合计|全年|同时|此外|另|还|并|通过|利用|较|比|同比|其中办结|办结|答复|结转)"
)
_VERB_FIRST = re.compile(
    r"^(?:公开|发布|编发|推送|转发|转载|开展|举办|组织|召开|制作|收到|受理|办理|回复|关注|处理)"
)
_MOST_LABEL = 30
_CHANNELS = (
    "网",
    "信函",
    "邮",
    "当面",
    "现场",
    "窗口",
    "传真",
    "自然人",
    "法人",
    "公民",
    "企业",
    "组织",
    "线上",
    "线下",
    "平台",
)


@dataclass(frozen=True, slots=True)
class Enumeration:
    """A stated total and the parts listed behind it. `complete`: the list claims to be all there is."""

    whole: Figure
    parts: tuple[Figure, ...]
    complete: bool
    open_ended: bool
    sentence: Sentence

    @property
    def added(self) -> Number:
        """The sum of the parts."""
        total: Number = sum(part.value for part in self.parts)
        return total


@rule("N-12", "正文列举的各项相加等于写明的总数", Ref("ogi", 50))
def lists_add_up(facts: Facts, say: Rule) -> Iterator[Finding]:
    """Parts that exceed their total are always wrong; parts that fall short only where the list claims to be
    complete. A list with 等 that misses the total by little cannot be judged."""
    for found in _enumerations(facts.prose):
        if any(f.about for f in (found.whole, *found.parts)):
            continue
        gap = found.added - found.whole.value
        sums = "、".join(shown(p.value) for p in found.parts)
        unit = found.whole.unit
        words = (
            f"正文写总数{shown(found.whole.value)}{unit}，列举的{sums}{unit}相加为{shown(found.added)}{unit}"
        )
        if gap > 0 or (gap < 0 and found.complete):
            yield say(
                f"{words}，{'多' if gap > 0 else '少'}{shown(gap if gap > 0 else -gap)}{unit}。请核对总数和各项。",
                where=found.sentence.where,
            )
        elif gap < 0 and found.open_ended and len(found.parts) >= 3 and -gap * 20 <= found.whole.value:
            yield say.note(
                f"{words}，少{shown(-gap)}{unit}；句中有“等”，可能没有列全，无法判断。",
                where=found.sentence.where,
            )


def _enumerations(prose: list[Sentence]) -> Iterator[Enumeration]:
    for at, sentence in enumerate(prose):
        if len(sentence.figures) > 1:
            yield from _inside(sentence)
        if sentence.figures and at + 1 < len(prose) and not prose[at + 1].first:
            yield from _following(sentence, prose[at + 1])


def _inside(sentence: Sentence) -> Iterator[Enumeration]:
    """A total and its list in one sentence: 共…20件，其中…；…：…；…分别为…; or a list and then 合计."""
    text = sentence.text
    for at, whole in enumerate(sentence.figures[:-1] if _LIST.search(text) else ()):
        if whole.unit not in _UNITS:
            continue
        bridge = text[whole.end : sentence.figures[at + 1].start]
        among = "其中" in bridge[:6] or "包含" in bridge[:6]
        claimed = "：" in bridge[:4] or any(w in bridge[:8] for w in _COMPLETE)
        if not (among or claimed) or (_is_request(text, whole) and not _by_channel(bridge)):
            continue
        parts, ended = _parts(sentence, at + 1, whole)
        if parts and (len(parts) > 1 or among):
            yield Enumeration(
                whole, parts, claimed and not among and not ended and len(parts) > 1, ended, sentence
            )
    if "计" in text:
        yield from _summed_up(sentence)


def _summed_up(sentence: Sentence) -> Iterator[Enumeration]:
    """政务公开9条、人事5条，合计14条."""
    text, figures = sentence.text, sentence.figures
    for at in range(2, len(figures)):
        lead = text[figures[at - 1].end : figures[at].start]
        if (
            lead.lstrip("，、；").removeprefix("等") not in ("合计", "共计", "总计")
            or figures[at].unit not in _UNITS
        ):
            continue
        parts = figures[:at]
        if any(part.unit != figures[at].unit for part in parts):
            continue
        # A total may sum up only the items nearest to it.
        if figures[at].value not in accumulate(part.value for part in reversed(parts)):
            yield Enumeration(figures[at], parts, "等" not in lead, "等" in lead, sentence)


def _following(sentence: Sentence, after: Sentence) -> Iterator[Enumeration]:
    """A total at the end of one sentence and the list in the next, three items or more."""
    whole = sentence.figures[-1]
    lead = sentence.text[: whole.start]
    if whole.end != len(sentence.text) or whole.unit not in _UNITS or not any(w in lead for w in _TOTAL):
        return
    if len(after.figures) < 3 or (_is_request(sentence.text, whole) and not _by_channel(after.text[:12])):
        return
    parts, ended = _parts(after, 0, whole)
    if len(parts) >= 3:
        yield Enumeration(whole, parts, not ended and "其中" not in after.text[:12], ended, after)


def _parts(sentence: Sentence, first: int, whole: Figure) -> tuple[tuple[Figure, ...], bool]:
    """The run of items of the same unit from `first` on, and whether 等 stands behind it. A run whose opening
    items already make up the whole ends there."""
    text, figures = sentence.text, sentence.figures
    parts: list[Figure] = []
    left = figures[first - 1].end if first else 0
    for at in range(first, len(figures)):
        figure = figures[at]
        label = text[left : figure.start].lstrip("，、；：（及和与以")
        if parts and (len(label) > _MOST_LABEL or _BROKEN_OFF.search(label) or _VERB_FIRST.match(label)):
            break
        if figure.unit == "%":
            left = figure.end
            continue
        if figure.unit != whole.unit or (parts and figure.value > whole.value):
            break
        parts.append(figure)
        left = figure.end
        if len(parts) > 1 and sum(p.value for p in parts) == whole.value:
            break
    return tuple(parts), text[left : left + 2].lstrip("，").startswith("等")


def _is_request(text: str, whole: Figure) -> bool:
    """True when the total counts requests: their outcomes are judged by N-04 and N-05."""
    lead = text[: whole.start]
    clause = lead[max(lead.rfind(mark) for mark in "，；：") + 1 :] + text[whole.end : whole.end + 8]
    return "申请" in clause or any(word in clause for word in n.REQUEST_WORDS)


def _by_channel(bridge: str) -> bool:
    return any(word in bridge for word in _CHANNELS)
