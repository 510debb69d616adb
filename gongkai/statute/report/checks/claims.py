"""Which notion of the tables a figure in the prose belongs to, and what the tables say of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..model import Number
from . import notions as n
from .prose import Figure, Sentence

if TYPE_CHECKING:
    from .facts import Facts

_DELIMITERS = "，；：（）"
_TRIGGERS = (
    "申请",
    "公开",
    "复议",
    "诉讼",
    "规范性文件",
    "规章",
    "许可",
    "处罚",
    "强制",
    "事业性收费",
    "结转",
)
_QUOTED = 40
_COUNTED = n.REQUEST_UNITS | {"部"}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a table says of a notion: its name, its value (None when unclear) and the cells it comes from."""

    label: str
    value: Number | None
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure of the prose: its notion, the readings that would agree, and whether it is only a part.

    `groups` are the kinds of outcome it covers; `base` is the claim a percentage is a share of.
    """

    notion: str
    figure: Figure
    readings: tuple[Reading, ...]
    part: bool
    quote: str
    where: str
    sentence: int
    groups: tuple[str, ...] = ()
    base: Figure | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """A figure in its clause: the words before and after it, and the sentence up to it."""

    sentence: Sentence
    number: int
    figure: Figure
    before: str
    after: str
    clause: str
    """The words of the clause around the figure."""

    @property
    def quote(self) -> str:
        """The clause as it stands, for messages."""
        figure = self.sentence.text[self.figure.start : self.figure.end]
        return (self.before[-_QUOTED:] + figure + self.after[:12]).lstrip("、，")


def read_claims(facts: Facts) -> list[Claim]:
    """The claims of the whole prose, in order. Figures of other years and comparisons are left out."""
    out: list[Claim] = []
    for number, sentence in enumerate(facts.prose):
        if not sentence.figures or not any(word in sentence.text for word in _TRIGGERS):
            continue
        tie = _tie(sentence.text)
        before: list[Claim] = []
        for spot in _spots(sentence, number):
            claim = _classify(facts, spot, tie, before)
            if claim is not None:
                before.append(claim)
        out += before
    return out


def _spots(sentence: Sentence, number: int) -> Iterator[Spot]:
    text, figures = sentence.text, sentence.figures
    for at, figure in enumerate(figures):
        left = max((text.rfind(mark, 0, figure.start) for mark in _DELIMITERS), default=-1) + 1
        left = max(left, figures[at - 1].end if at else 0)
        right = figures[at + 1].start if at + 1 < len(figures) else len(text)
        for mark in _DELIMITERS + "、":
            found = text.find(mark, figure.end, right)
            right = found if found >= 0 else right
        ahead, behind = text[left : figure.start], text[figure.end : right]
        yield Spot(sentence, number, figure, ahead, behind, ahead + behind)


def _classify(facts: Facts, spot: Spot, tie: int, before: list[Claim]) -> Claim | None:
    if spot.figure.unit == "%":
        return _share(facts, spot, before)
    if spot.figure.unit in ("元", "万元"):
        made = _fee(facts, spot)
    elif spot.figure.unit not in _COUNTED:
        return None
    else:
        made = (
            _remedy(facts, spot, tie)
            or _carried(facts, spot)
            or _outcome(facts, spot)
            or _requester(facts, spot)
            or _request(facts, spot)
            or _document(facts, spot)
            or _decision(facts, spot)
        )
    if made is None or n.COMPARED.search(spot.before):
        return None
    return None if not made.notion.startswith("carried") and _other_year(facts, spot) else made


def _claim(
    spot: Spot, notion: str, readings: list[Reading], part: bool, groups: tuple[str, ...] = ()
) -> Claim:
    where = spot.sentence.where
    return Claim(notion, spot.figure, tuple(readings), part, spot.quote, where, spot.number, groups)


def _row(facts: Facts, label: str, *rows: str) -> Reading:
    """The sum of the totals of these rows of table three."""
    names = [f"t3.{row}" for row in rows]
    return Reading(label, facts.sum_of(names), tuple(f"{name}.total" for name in names))


def _received_readings(facts: Facts) -> list[Reading]:
    return [
        _row(facts, "本年新收", "new"),
        _row(facts, "本年新收加上年结转", "new", "carried_in"),
        _row(facts, "办理结果总计", "result_total"),
    ]


def _about_requests(spot: Spot) -> bool:
    clause = spot.clause
    if "申请" not in clause or spot.figure.unit not in n.REQUEST_UNITS:
        return False
    named = any(word in clause for word in n.REQUEST_WORDS)
    if not named and (not spot.sentence.on_request or "申请人" in clause):
        return False
    return not any(word in clause for word in n.NOT_REQUESTS)


def _request(facts: Facts, spot: Spot) -> Claim | None:
    if not _about_requests(spot):
        follows = spot.sentence.on_request and spot.figure.unit in "件份宗起例" and not spot.after
        verb = spot.before.removeprefix("、").lstrip("已共全部均按期时依法及并")
        if not (follows and verb in ("答复", "办结", "收到", "受理", "办理", "办理答复", "受理并答复")):
            return None
    received = any(word in spot.clause for word in n.RECEIVED)
    answered = any(word in spot.clause for word in n.ANSWERED)
    readings = _received_readings(facts)
    if answered and not received:
        others = _row(facts, "办理结果总计减其他处理", *_rows_but(facts, "other"))
        return _claim(spot, "answered", [readings[2], readings[1], others], _is_part(facts, spot))
    return _claim(spot, "received", readings, _is_part(facts, spot))


def _carried(facts: Facts, spot: Spot) -> Claim | None:
    if spot.figure.unit not in n.REQUEST_UNITS or "元" in spot.after[:2]:
        return None
    if not (spot.sentence.on_request or "申请" in spot.sentence.text):
        return None
    out = n.CARRIED_OUT.search(spot.before) or (
        n.CARRIED_OUT.search(spot.after) if not spot.before.strip("另有仍还其中的") else None
    )
    into = n.CARRIED_IN.search(spot.before)
    if "新收" in spot.before:
        return None
    if into and not (out and f"{(facts.year or 0) + 1}年" in spot.clause):
        if "含" in spot.before or "申请" in spot.before or spot.before.endswith(("结转", "的")) or not out:
            return _claim(spot, "carried_in", [_row(facts, "上年结转", "carried_in")], False)
        return None
    if out:
        if facts.year and f"{facts.year}年" in spot.before[out.start() :] and "结转" in out.group(0):
            return _claim(spot, "carried_in", [_row(facts, "上年结转", "carried_in")], False)
        return _claim(spot, "carried_out", [_row(facts, "结转下年度继续办理", "carried_out")], False)
    return None


def _group_rows(facts: Facts, group: str) -> tuple[str, ...]:
    if group == "other" and "other_all" in facts.layout.leaves:
        return ("other_all",)
    return n.GROUPS[group]


def _rows_but(facts: Facts, left_out: str) -> list[str]:
    return [row for group in n.GROUPS if group != left_out for row in _group_rows(facts, group)]


def _found(text: str, words: tuple[tuple[str, str], ...]) -> list[tuple[int, str]]:
    """Where each notion is last named in the text, nearest to the end last."""
    out = []
    for word, slug in words:
        at = text.rfind(word)
        if at >= 0 and not (word == "予以公开" and at and text[at - 1] == "不"):
            out.append((at, slug))
    return sorted(out)


def _outcome(facts: Facts, spot: Spot) -> Claim | None:
    sentence = spot.sentence
    if spot.figure.unit not in n.REQUEST_UNITS or not (sentence.on_request or "申请" in sentence.text):
        return None
    text = spot.before
    groups, leaves = _found(text, n.GROUP_WORDS), _found(text, n.LEAF_WORDS)
    if not groups and not leaves:
        text = spot.after[:16]
        groups, leaves = _found(text, n.GROUP_WORDS), _found(text, n.LEAF_WORDS)
    if not (groups or leaves) or "主动" in text or "规范性文件" in text or "复议" in text:
        return None
    leaves = [(at, leaf) for at, leaf in leaves if leaf in facts.layout.leaves]
    part = _is_part(facts, spot, outcome=True)
    readings = []
    if groups and (not leaves or groups[-1][0] > leaves[-1][0]):
        names = tuple(dict.fromkeys(slug for _, slug in groups))
        rows = [row for group in names for row in _group_rows(facts, group)]
        readings.append(_row(facts, "、".join(n.GROUP_NAMES[g] for g in names), *rows))
        if leaves and "等" not in text:
            readings.append(_row(facts, "该项", *dict.fromkeys(leaf for _, leaf in leaves)))
        return _claim(spot, "outcome", readings, part, names)
    if not leaves:
        return None
    return _claim(spot, "outcome", [_row(facts, "该项", *dict.fromkeys(leaf for _, leaf in leaves))], part)


def _requester(facts: Facts, spot: Spot) -> Claim | None:
    words = (
        ("自然人", "natural"),
        ("公民个人", "natural"),
        ("法人", "organisation"),
        ("商业企业", "commercial"),
    )
    found = _found(spot.before, words)
    sentence = spot.sentence
    if len(found) != 1 or not sentence.on_request or spot.figure.unit not in n.REQUEST_UNITS:
        return None
    if "申请" not in sentence.text or any(word in spot.clause for word in n.NOT_REQUESTS):
        return None
    columns = ("commercial", "research", "public_interest", "legal_service", "other")
    who = found[0][1]
    names = columns if who == "organisation" else (who,)
    readings = []
    for label, rows in (
        ("本年新收", ("new",)),
        ("新收加结转", ("new", "carried_in")),
        ("办理结果", ("result_total",)),
    ):
        cells = tuple(f"t3.{row}.{column}" for row in rows for column in names)
        values = [facts.figure(cell) for cell in cells]
        value = None if None in values else sum(v for v in values if v is not None)
        readings.append(Reading(label, value, cells))
    return _claim(spot, "requester", readings, _is_part(facts, spot, outcome=True))


def _tie(text: str) -> int:
    """Where the sentence ties reconsideration or suits to OGI; -1 when it does not."""
    if "复议" not in text and "诉" not in text:
        return -1
    match = n.TIE.search(text)
    if match is None or any(word in match.group(0) for word in n.NOT_TIED):
        return -1
    caseload = n.CASELOAD.search(text)
    if caseload is not None and "被" not in match.group(0) and caseload.start() < match.start():
        return -1
    return match.start()


def _remedy(facts: Facts, spot: Spot, tie: int) -> Claim | None:
    if tie < 0 or tie > spot.figure.end + len(spot.after) or spot.figure.unit not in "件宗起次例个项":
        return None
    text = spot.sentence.text[: spot.figure.start] + (
        spot.after if "复议" in spot.after or "诉" in spot.after else ""
    )
    if any(word in spot.clause for word in n.NOT_CASES):
        return None
    groups = _remedy_groups(spot.clause) or _remedy_groups(text)
    results = [r for word, r in n.RESULTS if word in spot.clause]
    named = "复议" in spot.clause or "诉" in spot.clause
    if not groups or not (named or results):
        return None
    labels = {g.slug: g.label for g in facts.edition.groups4}
    readings = []
    if results:
        for result in dict.fromkeys(r for rs in results for r in rs):
            cells = tuple(f"t4.{group}.{result}" for group in groups)
            values = [facts.figure(cell) for cell in cells]
            value = None if None in values else sum(v for v in values if v is not None)
            readings.append(Reading("、".join(labels[g] for g in groups), value, cells))
    else:
        readings = [_remedy_total(facts, groups)]
        if len(groups) == 3:
            readings += [_remedy_total(facts, groups[:1]), _remedy_total(facts, groups[1:])]
    return _claim(
        spot, "remedy", readings, any(w in spot.clause for w in ("其中", "新收", "新增")) and not results
    )


def _remedy_total(facts: Facts, groups: tuple[str, ...]) -> Reading:
    labels = {g.slug: g.label for g in facts.edition.groups4}
    value = facts.sum_of([f"t4.{group}" for group in groups])
    return Reading(
        "、".join(labels[g] for g in groups) + "总计", value, tuple(f"t4.{g}.total" for g in groups)
    )


def _remedy_groups(text: str) -> tuple[str, ...]:
    """The groups of table four that this text names, by its last mention; both when named together."""
    direct, after = ("litigation_direct",), ("litigation_after_reconsideration",)
    if "未经复议" in text or "直接起诉" in text or "直接提起" in text:
        return direct
    if "复议后" in text or "经复议" in text:
        return after
    recon, suit = text.rfind("复议"), max(text.rfind("诉讼"), text.rfind("应诉"), text.rfind("起诉"))
    if (
        recon >= 0
        and suit >= 0
        and abs(recon - suit) <= 8
        and not any(c.isdigit() for c in text[min(recon, suit) : max(recon, suit)])
    ):
        return ("reconsideration", *direct, *after)
    if recon < 0 and suit < 0:
        return ()
    return ("reconsideration",) if recon > suit else (*direct, *after)


def _document(facts: Facts, spot: Spot) -> Claim | None:
    clause = spot.clause
    slug = "normative_documents" if "规范性文件" in clause else "regulations" if "规章" in clause else ""
    if not slug or spot.figure.unit not in "件份部个项" or any(word in clause for word in n.NOT_MADE):
        return None
    new = facts.edition.id == "2019"
    columns: tuple[str, ...]
    only_part = False
    if any(word in clause for word in ("废止", "失效")):
        columns = () if new else ("repealed",)
    elif any(word in clause for word in ("有效", "现行", "保留")):
        columns = ("public_total",) if new else ("valid",)
    elif any(word in clause for word in ("制发", "制定", "出台", "印发", "新制")):
        columns = ("new_made", "newly_public") if new else ("made",)
    else:
        # 公开、发布 may count amended and repealed texts as well: only more than all there are is a contradiction.
        columns = ("new_made", "newly_public", "public_total") if new else ("made", "valid")
        only_part = True
    readings = [
        Reading(cell_label, facts.figure(f"t2.{slug}.{column}"), (f"t2.{slug}.{column}",))
        for column in columns
        for cell_label in [_COLUMN2[column]]
    ]
    return _claim(spot, "document", readings, only_part or _is_part(facts, spot)) if readings else None


_COLUMN2 = {
    "made": "本年制发",
    "repealed": "本年废止",
    "valid": "现行有效",
    "new_made": "本年新制作",
    "newly_public": "本年新公开",
    "public_total": "对外公开总数",
}


def _decision(facts: Facts, spot: Spot) -> Claim | None:
    kinds = [slug for word, slug in n.DECISIONS if word in spot.clause]
    if (
        not kinds
        or spot.figure.unit not in "件宗起项例"
        or any(word in spot.clause for word in n.NOT_DECIDED)
    ):
        return None
    if not any(word in spot.clause for word in n.DECIDED):
        return None
    tail = ".decisions" if facts.edition.id == "2019" else ""
    cells = tuple(f"t2.{slug}{tail}" for slug in kinds)
    values = [facts.figure(cell) for cell in cells]
    value = None if None in values else sum(v for v in values if v is not None)
    return _claim(spot, "decision", [Reading("处理决定数量", value, cells)], _is_part(facts, spot))


def _fee(facts: Facts, spot: Spot) -> Claim | None:
    cell = "t2.fees_10k_yuan"
    if (
        "行政事业性收费" not in spot.clause
        or spot.figure.unit not in ("元", "万元")
        or cell not in facts.report.cells
    ):
        return None
    return _claim(
        spot, "fee", [Reading("行政事业性收费（万元）", facts.figure(cell), (cell,))], _is_part(facts, spot)
    )


def _share(facts: Facts, spot: Spot, before: list[Claim]) -> Claim | None:
    base = before[-1] if before and before[-1].notion in ("outcome", "share", "answered") else None
    if (
        base is None
        or base.notion == "share"
        or not spot.before.strip("，约").startswith("占")
        or spot.figure.about
    ):
        return None
    claim = _claim(spot, "share", list(base.readings), base.part)
    return Claim(**{**{f: getattr(claim, f) for f in claim.__slots__}, "base": base.figure})


def _other_year(facts: Facts, spot: Spot) -> bool:
    """True when the sentence last spoke of another year before this figure."""
    other = False
    for match in n.YEAR_WORDS.finditer(spot.sentence.text, 0, spot.figure.start):
        if match["sign"] or match["sign2"]:
            continue
        if match["year"]:
            other = facts.year is not None and int(match["year"]) != facts.year
        else:
            other = match["last"] is not None
    return other


def _is_part(facts: Facts, spot: Spot, *, outcome: bool = False) -> bool:
    """True when the clause, or a narrower organ named before it, says that the figure is only a part."""
    words = ("其中",) if not outcome else ()
    if not outcome and any(word in spot.clause for word in (*words, *n.PART)):
        return True
    lead = spot.sentence.text[: spot.figure.end]
    again = max((m.end() for m in n.WHOLE_AGAIN.finditer(lead)), default=0)
    if "本级" in lead[again:]:
        return True
    organ = n.SUB_ORGAN.search(lead, again)
    return organ is not None and _is_below(facts.report.agency, lead[again : organ.end(1)])


def _is_below(agency: str, lead: str) -> bool:
    """True when the organ at the end of `lead` is not the agency itself but an office or bureau of it."""
    own = agency.replace("人民政府", "政府")
    subject = lead.rpartition("，")[2].replace("人民政府", "政府")
    if "各" in subject or "我" in subject or "本" in subject:
        return False
    if own and own.endswith(("局", "委员会", "厅", "委", "街道办事处", "镇", "乡", "中心")):
        return "政府" in subject
    return not (
        own and any(own.endswith(subject[at:]) for at in range(max(0, len(subject) - 8), len(subject) - 2))
    )
