"""Enumerations in the prose with their total: 共66条，其中…9条、…；…9条、…5条，合计14条."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from ..model import Number
from . import notions as n
from .prose import Figure, Sentence

_UNITS = frozenset("件条份宗篇次起项个期部例场")
_TOTAL = ("共", "累计", "总计", "合计", "总数", "总量", "全年", "各类")
_COMPLETE = ("分别", "包括", "分为", "即", "依次")
_LIST = re.compile("其中|包含|：|（|共|累计|全年|总|各类|" + "|".join(_COMPLETE))
_ANNOUNCED = re.compile("其中|包含|：|" + "|".join(_COMPLETE))
_NO_LIST = re.compile("[含如占较比另]|其中|不包|比例")
_NEAR = 20
"""A list that exceeds its total by no more than a twentieth was meant to make it up."""
_UNIT = f"([{''.join(sorted(_UNITS))}])?"
_OPENED = re.compile("[，；（]?(?:其中|包含|包括|分别(?:为|是)?|分为|即|依次(?:为|是)?|：)[：，]?")
_RESPECTIVELY = re.compile("[^0-9。；]{0,80}?(?:分别|依次)(?:为|是|有)?：?")
_ITEM = re.compile(
    r"[，、；和及与]{0,2}([^，、；：（）0-9]{0,30})(?<![0-9.第])([0-9]{1,15})"
    + _UNIT
    + "(?=[，、；）等和及与]|$)"
)
_LAST_ITEM = re.compile(r"([^（）0-9]{1,30})(?<!第)([0-9]{1,15})" + _UNIT)
_SUMMED = re.compile(
    "[，、；]?等?[，、；]?(?:合计|共计|总计|总共|一共|共)(?:为|是)?(?:公开|发布)?(?:政府)?(?:信息)?$"
)
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


def enumerations(prose: list[Sentence]) -> Iterator[Enumeration]:
    """Every total with its parts, in order; a total over requests only where its parts are channels or requesters."""
    for at, sentence in enumerate(prose):
        if sentence.figures:
            yield from _inside(sentence)
            if at + 1 < len(prose) and not prose[at + 1].first:
                yield from _following(sentence, prose[at + 1])


def _inside(sentence: Sentence) -> Iterator[Enumeration]:
    """A total and its list in one sentence: 共…20件，其中…；…：…；…分别为…; or a list and then 合计."""
    text = sentence.text
    if _LIST.search(text):
        for at, whole in enumerate(sentence.figures):
            found = _listed(sentence, at) if whole.unit in _UNITS else None
            if found is not None:
                yield found
    if "共" in text or "计" in text:
        yield from _summed_up(sentence)


def _listed(sentence: Sentence, at: int) -> Enumeration | None:
    """The list behind this total, with or without the unit on its parts."""
    text, whole = sentence.text, sentence.figures[at]
    last = at + 1 == len(sentence.figures)
    bridge = text[whole.end : whole.end + _MOST_LABEL if last else sentence.figures[at + 1].start]
    among = claimed = False
    if _ANNOUNCED.search(bridge):
        among = "其中" in bridge[:6] or "包含" in bridge[:6]
        claimed = "：" in bridge[:4] or "分别为" in bridge or any(w in bridge[:8] for w in _COMPLETE)
    plain = not (among or claimed)
    if plain and (last or bridge[:1] not in ("，", "（")):
        return None
    if _is_request(text, whole) and not _by_channel(bridge):
        return None
    if plain:
        return _unannounced(sentence, at, bridge)
    bare = _without_units(text, whole)
    parts, ended = bare or _parts(sentence, at + 1, whole)
    if not parts or not (len(parts) > 1 or among):
        return None
    return Enumeration(whole, parts, claimed and not among and not ended and len(parts) > 1, ended, sentence)


def _unannounced(sentence: Sentence, at: int, bridge: str) -> Enumeration | None:
    """累计公开66条（…9条，…5条，…52条） and 累计公开66条，…9条，…5条，…52条: only a list that exceeds its total
    is wrong, and after a mere comma only one that exceeds it by little."""
    text, whole = sentence.text, sentence.figures[at]
    if not any(w in text[max(0, whole.start - _MOST_LABEL) : whole.start] for w in _TOTAL):
        return None
    if _NO_LIST.search(bridge):
        return None
    parts, ended = _parts(sentence, at + 1, whole)
    closed = text.find("）", whole.end)
    if bridge[0] == "（":
        parts = tuple(part for part in parts if part.end <= closed)
    found = Enumeration(whole, parts, False, ended, sentence)
    gap = found.added - whole.value
    near = whole.value >= _NEAR and 0 < gap * _NEAR <= whole.value
    return found if len(parts) >= 3 and gap > 0 and (near or bridge[0] == "（") else None


def _without_units(text: str, whole: Figure) -> tuple[tuple[Figure, ...], bool] | None:
    """The parts of a list whose figures carry no unit (政务公开9、人事信息5), and whether 等 stands behind; None
    when it is no such list. A figure without a label counts only behind 分别为."""
    opened = _OPENED.match(text, whole.end)
    apart = _RESPECTIVELY.match(text, whole.end)
    if opened is None and apart is None:
        return None
    at = apart.end() if apart else opened.end() if opened else whole.end
    parts: list[Figure] = []
    bare = False
    while (item := _ITEM.match(text, at)) is not None:
        label = item[1]
        if not (label or apart) or item[3] not in (None, whole.unit):
            break
        if parts and (_BROKEN_OFF.search(label) or _VERB_FIRST.match(label)):
            break
        bare = bare or item[3] is None
        parts.append(Figure(int(item[2]), whole.unit, item.start(2), item.end(2), False))
        at = item.end()
    if not bare or len(parts) < 2:
        return None
    return tuple(parts), text[at : at + 1] == "等"


def _summed_up(sentence: Sentence) -> Iterator[Enumeration]:
    """政务公开9条、人事5条，合计14条, with or without the unit on the parts."""
    text, figures = sentence.text, sentence.figures
    for at, whole in enumerate(figures):
        lead = text[figures[at - 1].end if at else 0 : whole.start]
        summed = _SUMMED.search(lead) if "计" in lead or "共" in lead else None
        if summed is None or whole.unit not in _UNITS:
            continue
        if at >= 2 and summed.start() == 0:
            parts = figures[:at]
            if any(part.unit != whole.unit for part in parts):
                continue
        else:
            parts = _before_without_units(text[: whole.start - len(summed.group(0))], whole)
        # A total may sum up only the items nearest to it.
        if len(parts) > 1 and whole.value not in accumulate(part.value for part in reversed(parts)):
            yield Enumeration(whole, parts, "等" not in lead, "等" in lead, sentence)


def _before_without_units(text: str, whole: Figure) -> tuple[Figure, ...]:
    """The items in front of a total, some of them without the unit; none when all carry it."""
    parts: list[Figure] = []
    bare, end = False, len(text)
    while end > 0:
        start = max(text.rfind(mark, 0, end) for mark in "，、；：") + 1
        item = _LAST_ITEM.fullmatch(text, start, end)
        if item is None or item[3] not in (None, whole.unit):
            break
        bare = bare or item[3] is None
        parts.append(Figure(int(item[2]), whole.unit, item.start(2), item.end(2), False))
        end = start - 1
    return tuple(reversed(parts)) if bare else ()


def _following(sentence: Sentence, after: Sentence) -> Iterator[Enumeration]:
    """A total at the end of one sentence and the list in the next, three items or more."""
    if len(after.figures) < 3:
        return
    whole = sentence.figures[-1]
    lead = sentence.text[: whole.start]
    if whole.end != len(sentence.text) or whole.unit not in _UNITS or not any(w in lead for w in _TOTAL):
        return
    if _is_request(sentence.text, whole) and not _by_channel(after.text[:12]):
        return
    if "申请行政复议" in after.text and "复议" not in lead:
        # Requests, and then what came of them before other organs: two counts that happen to follow each other.
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
