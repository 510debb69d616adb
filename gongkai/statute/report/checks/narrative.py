"""The figures of the prose against the tables."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import groupby

from ...refs import Ref
from ..findings import Finding
from ..model import Number
from .claims import Claim, Reading
from .facts import Facts
from .notions import GROUP_NAMES
from .rule import Rule, rule
from .words import shown

_DUTY = Ref("ogi", 50)
_ADVICE = "请核对正文和表格，以台账为准改成一致。"


@rule("N-01", "正文写的收到（受理、办理）申请件数与第三表一致")
def received_agrees(facts: Facts, say: Rule) -> Iterator[Finding]:
    """收到 agrees with new, with new plus carried in, or with （七）总计; a part must not exceed the whole."""
    yield from _compare(facts, say, ("received",))


@rule("N-02", "正文写的结转件数与第三表一致")
def carried_agrees(facts: Facts, say: Rule) -> Iterator[Finding]:
    """上年结转 agrees with row 二, 结转下年度 with row 四."""
    yield from _compare(facts, say, ("carried_in", "carried_out"))


@rule("N-03", "正文写的答复（办结）件数与第三表一致")
def answered_agrees(facts: Facts, say: Rule) -> Iterator[Finding]:
    """答复 agrees with （七）总计, with all requests in hand, or with （七） less （六）其他处理."""
    yield from _compare(facts, say, ("answered",))


@rule("N-04", "正文写的各种办理结果与第三表一致")
def outcomes_agree(facts: Facts, say: Rule) -> Iterator[Finding]:
    """予以公开、部分公开、不予公开、无法提供、不予处理、其他处理 agree with their rows."""
    yield from _compare(facts, say, ("outcome",))


@rule("N-05", "正文写的各种办理结果相加等于答复件数")
def outcomes_in_prose_add_up(facts: Facts, say: Rule) -> Iterator[Finding]:
    """Where a passage states all six kinds of outcome, they add up to the answers it states or to （七）总计."""
    for claims in _by_passage(facts):
        outcomes = [c for c in claims if c.notion == "outcome" and c.groups and not c.part]
        named = [group for c in outcomes for group in c.groups]
        if (
            len(named) != len(set(named))
            or set(named) != set(GROUP_NAMES)
            or any(c.figure.about for c in outcomes)
        ):
            continue
        added = sum(c.figure.value for c in outcomes)
        said = [c.figure.value for c in claims if c.notion == "answered" and not c.part]
        table = facts.total("t3.result_total")
        if added not in said and added != table:
            told = "、".join(shown(c.figure.value) for c in outcomes)
            whole = (
                f"正文写答复{shown(said[0])}件"
                if said
                else f"第三表（七）总计是{'看不清' if table is None else shown(table)}"
            )
            yield say(
                f"正文写的各种办理结果（{told}）相加为{shown(added)}，{whole}。请逐项核对正文里的件数。",
                ("t3.result_total.total",),
                outcomes[0].where,
            )


@rule("N-06", "正文写的百分比与件数相符")
def shares_agree(facts: Facts, say: Rule) -> Iterator[Finding]:
    """占…% behind a kind of outcome fits that number over the outcomes, the new requests or all in hand."""
    wholes = [
        facts.total("t3.result_total"),
        facts.total("t3.new"),
        facts.sum_of(("t3.new", "t3.carried_in")),
    ]
    stated: dict[int, list[Number]] = {}
    for claim in facts.claims:
        if claim.notion in ("answered", "received"):
            stated.setdefault(claim.sentence, []).append(claim.figure.value)
    for claim in facts.claims:
        if claim.notion != "share" or claim.base is None or claim.base.about:
            continue
        below = [w for w in (*wholes, *stated.get(claim.sentence, ())) if w]
        above = [claim.base.value, *(r.value for r in claim.readings if r.value is not None)]
        if below and not any(_is_share(claim.figure.value, part, whole) for part in above for whole in below):
            right = Decimal(claim.base.value) * 100 / Decimal(below[0])
            yield say(
                f"正文写“占{shown(claim.figure.value)}%”，{shown(claim.base.value)}件占总计{shown(below[0])}件是"
                f"{shown(round(right, 1))}%。请重新计算百分比。",
                where=claim.where,
            )


@rule("N-09", "正文写的政府信息公开行政复议、行政诉讼件数与第四表一致")
def remedies_agree(facts: Facts, say: Rule) -> Iterator[Finding]:
    """Only figures that the sentence ties to OGI; the bureau's own reconsideration caseload is left alone."""
    yield from _compare(facts, say, ("remedy",))


@rule("N-13", "正文写的规章、规范性文件件数与第二表一致", _DUTY)
def documents_agree(facts: Facts, say: Rule) -> Iterator[Finding]:
    """制发 agrees with made, 废止 with repealed, 有效 with valid; 公开 with made or valid."""
    yield from _compare(facts, say, ("document",))


@rule("N-14", "正文写的许可、处罚、强制决定数量与第二表一致", _DUTY)
def decisions_agree(facts: Facts, say: Rule) -> Iterator[Finding]:
    """Decisions made, not items published: 公示11条 is left alone."""
    yield from _compare(facts, say, ("decision",))


@rule("N-15", "正文写的行政事业性收费金额与第二表一致", _DUTY)
def charges_agree(facts: Facts, say: Rule) -> Iterator[Finding]:
    """元 and 万元 are converted; rounding in the prose is accepted."""
    for claim in facts.claims:
        stated, table = claim.figure.value, claim.readings[0].value if claim.readings else None
        if claim.notion != "fee" or claim.figure.about or table is None or claim.part:
            continue
        amount = Decimal(stated) if claim.figure.unit == "万元" else Decimal(stated) / 10_000
        slack = Decimal(1).scaleb(_exponent(Decimal(stated)))
        slack = slack if claim.figure.unit == "万元" else slack / 10_000
        if abs(amount - Decimal(table)) > max(slack, Decimal("0.005")):
            yield say(
                f"正文写“{claim.quote}”，第二表行政事业性收费是{shown(table)}万元。请核对金额和单位（万元、元）。",
                claim.readings[0].cells,
                claim.where,
            )


@rule("N-16", "正文写的自然人、法人申请件数与第三表一致")
def requesters_agree(facts: Facts, say: Rule) -> Iterator[Finding]:
    """自然人 and 法人或其他组织 agree with their columns in new, new plus carried in, or （七）总计."""
    yield from _compare(facts, say, ("requester",))


def _compare(facts: Facts, say: Rule, notions: Iterable[str]) -> Iterator[Finding]:
    """One finding for each figure that no reading of the tables agrees with; one note for those not judged."""
    unclear: list[Claim] = []
    for claim in facts.claims:
        if claim.notion not in notions or claim.figure.about or _nothing_there(facts, claim):
            continue
        known = [r for r in claim.readings if r.value is not None]
        value = claim.figure.value
        values = [r.value for r in known if r.value is not None]
        if not known:
            unclear.append(claim)
        elif claim.part:
            if value > max(values):
                yield say(_part_words(claim, known), _cells(known), claim.where)
        elif value not in values and len(known) == len(claim.readings):
            yield say(_words(claim, known), _cells(known), claim.where)
        elif value not in values:
            unclear.append(claim)
    if unclear:
        told = "、".join(f"“{c.quote}”" for c in unclear[:3])
        yield say.note(f"正文{told}对应的表格数字看不清，未核对。", where=unclear[0].where)


def _nothing_there(facts: Facts, claim: Claim) -> bool:
    """True when none of the cells is in the report: F-04 or F-05 says so."""
    return not any(cell in facts.report.cells for r in claim.readings for cell in r.cells)


def _cells(readings: list[Reading]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(cell for r in readings for cell in r.cells))


def _words(claim: Claim, known: list[Reading]) -> str:
    told = "、".join(f"{r.label}{shown(r.value or 0)}" for r in known)
    more = "都对不上" if len(known) > 1 else ""
    return f"正文写“{claim.quote}”，与表中{told}{more or '不一致'}。{_ADVICE}"


def _part_words(claim: Claim, known: list[Reading]) -> str:
    most = max(known, key=lambda r: r.value or 0)
    return f"正文写“{claim.quote}”，只是一部分，却多于表中{most.label}{shown(most.value or 0)}。{_ADVICE}"


def _by_passage(facts: Facts) -> Iterator[list[Claim]]:
    """Claims by passage: a sentence and those that follow it before the next passage opens."""
    starts = [at for at, sentence in enumerate(facts.prose) if sentence.first] + [len(facts.prose)]
    for _, claims in groupby(facts.claims, key=lambda claim: bisect_right(starts, claim.sentence)):
        yield list(claims)


def _is_share(percent: Number, part: Number, whole: Number) -> bool:
    """True when the percentage is that share, rounded or cut at the digits it has."""
    unit = Decimal(1).scaleb(_exponent(Decimal(percent)))
    return abs(Decimal(part) * 100 / Decimal(whole) - Decimal(percent)) < unit


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0
