"""Figures that count requests: received, answered, carried over, their outcomes, who asked, and shares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import notions as n
from .spots import Claim, Reading, Spot, claim, is_part, named_in, row_reading

if TYPE_CHECKING:
    from .facts import Facts


def _received_readings(facts: Facts) -> list[Reading]:
    return [
        row_reading(facts, "本年新收", "new"),
        row_reading(facts, "本年新收加上年结转", "new", "carried_in"),
        row_reading(facts, "办理结果总计", "result_total"),
    ]


def _about_requests(spot: Spot) -> bool:
    clause = spot.clause
    if "申请" not in clause or spot.figure.unit not in n.REQUEST_UNITS:
        return False
    if not n.NAMES_REQUESTS(clause) and (not spot.sentence.on_request or "申请人" in clause):
        return False
    return not n.NAMES_SOMETHING_ELSE(clause)


def request(facts: Facts, spot: Spot) -> Claim | None:
    """收到、受理、办理 or 答复、办结 of requests; None when the clause counts something else."""
    if not _about_requests(spot):
        follows = spot.sentence.on_request and spot.figure.unit in "件份宗起例" and not spot.after
        if not follows:
            return None
        verb = spot.before.removeprefix("、").lstrip("已共全部均按期时依法及并")
        if verb not in _BARE_VERBS:
            return _under_the_heading(facts, spot)
    received, answered = n.SAYS_RECEIVED(spot.clause), n.SAYS_ANSWERED(spot.clause)
    readings = _received_readings(facts)
    if answered and not received:
        others = row_reading(facts, "办理结果总计减其他处理", *_rows_but(facts, "other"))
        return claim(spot, "answered", [readings[2], readings[1], others], is_part(facts, spot))
    return claim(spot, "received", readings, is_part(facts, spot))


_BARE_VERBS = ("答复", "办结", "收到", "受理", "办理", "办理答复", "受理并答复")


def _under_the_heading(facts: Facts, spot: Spot) -> Claim | None:
    """今年新收5件, 全年共收到5件 under 依申请公开方面: the sub-heading says what is counted, unless the sentence
    named something else before."""
    opening = n.WHOLE_YEAR.match(spot.before)
    verb = spot.before[opening.end() :] if opening else spot.before
    if n.NAMES_SOMETHING_ELSE(spot.sentence.text[: spot.figure.start]):
        return None
    readings = _received_readings(facts)
    if verb in ("新收", "新收到"):
        return claim(spot, "received", readings[:1], is_part(facts, spot))
    return claim(spot, "received", readings, is_part(facts, spot)) if verb in ("收到", "受理") else None


def carried(facts: Facts, spot: Spot) -> Claim | None:
    """上年结转 or 结转下年度; None when the clause speaks of neither, or names no side."""
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
            return claim(spot, "carried_in", [row_reading(facts, "上年结转", "carried_in")], False)
        return None
    if out:
        if facts.year and f"{facts.year}年" in spot.before[out.start() :] and "结转" in out.group(0):
            return claim(spot, "carried_in", [row_reading(facts, "上年结转", "carried_in")], False)
        return claim(spot, "carried_out", [row_reading(facts, "结转下年度继续办理", "carried_out")], False)
    return None


def _group_rows(facts: Facts, group: str) -> tuple[str, ...]:
    if group == "other" and "other_all" in facts.layout.leaves:
        return ("other_all",)
    return n.GROUPS[group]


def _rows_but(facts: Facts, left_out: str) -> list[str]:
    return [row for group in n.GROUPS if group != left_out for row in _group_rows(facts, group)]


def outcome(facts: Facts, spot: Spot) -> Claim | None:
    """A kind of outcome or one of its rows, by the word nearest to the figure."""
    sentence = spot.sentence
    if spot.figure.unit not in n.REQUEST_UNITS or not (sentence.on_request or "申请" in sentence.text):
        return None
    if not n.NAMES_OUTCOME(spot.before) and not n.NAMES_OUTCOME(spot.after):
        return None
    text = spot.before
    groups, leaves = named_in(text, n.GROUP_WORDS), named_in(text, n.LEAF_WORDS)
    if not groups and not leaves:
        text = spot.after[:16]
        groups, leaves = named_in(text, n.GROUP_WORDS), named_in(text, n.LEAF_WORDS)
    if not (groups or leaves) or "主动" in text or "规范性文件" in text or "复议" in text:
        return None
    leaves = [(at, leaf) for at, leaf in leaves if leaf in facts.layout.leaves]
    part = is_part(facts, spot, outcome=True)
    readings = []
    if groups and (not leaves or groups[-1][0] > leaves[-1][0]):
        names = tuple(dict.fromkeys(slug for _, slug in groups))
        rows = [row for group in names for row in _group_rows(facts, group)]
        readings.append(row_reading(facts, "、".join(n.GROUP_NAMES[g] for g in names), *rows))
        if leaves and "等" not in text:
            readings.append(row_reading(facts, "该项", *dict.fromkeys(leaf for _, leaf in leaves)))
        return claim(spot, "outcome", readings, part, names)
    if not leaves:
        return None
    return claim(
        spot, "outcome", [row_reading(facts, "该项", *dict.fromkeys(leaf for _, leaf in leaves))], part
    )


def requester(facts: Facts, spot: Spot) -> Claim | None:
    """Requests by natural persons, or by legal persons and other organisations."""
    words = (
        ("自然人", "natural"),
        ("公民个人", "natural"),
        ("法人", "organisation"),
        ("商业企业", "commercial"),
    )
    if not n.NAMES_REQUESTER(spot.before):
        return None
    found = named_in(spot.before, words)
    sentence = spot.sentence
    if len(found) != 1 or not sentence.on_request or spot.figure.unit not in n.REQUEST_UNITS:
        return None
    if "申请" not in sentence.text or n.NAMES_SOMETHING_ELSE(spot.clause):
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
    return claim(spot, "requester", readings, is_part(facts, spot, outcome=True))


def share(facts: Facts, spot: Spot, before: list[Claim]) -> Claim | None:
    """占…% right behind a kind of outcome or the answers."""
    base = before[-1] if before and before[-1].notion in ("outcome", "share", "answered") else None
    if (
        base is None
        or base.notion == "share"
        or not spot.before.strip("，约").startswith("占")
        or spot.figure.about
    ):
        return None
    return claim(spot, "share", list(base.readings), base.part)._replace(base=base.figure)
