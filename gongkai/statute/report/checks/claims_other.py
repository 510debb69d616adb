"""Figures that count reconsideration and suits over OGI, documents, decisions, and charges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import notions as n
from .spots import Claim, Reading, Spot, claim, is_part

if TYPE_CHECKING:
    from .facts import Facts


def tie_of(text: str) -> int:
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


def remedy(facts: Facts, spot: Spot, tie: int) -> Claim | None:
    """Reconsideration or suits, only where the sentence ties them to OGI (see `tie_of`)."""
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
    return claim(
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


def document(facts: Facts, spot: Spot) -> Claim | None:
    """Government rules and normative documents made, repealed, valid or published."""
    clause = spot.clause
    slug = "normative_documents" if "规范性文件" in clause else "regulations" if "规章" in clause else ""
    if not slug or spot.figure.unit not in "件份部个项" or n.SAYS_NOT_MADE(clause):
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
    return claim(spot, "document", readings, only_part or is_part(facts, spot)) if readings else None


_COLUMN2 = {
    "made": "本年制发",
    "repealed": "本年废止",
    "valid": "现行有效",
    "new_made": "本年新制作",
    "newly_public": "本年新公开",
    "public_total": "对外公开总数",
}


def decision(facts: Facts, spot: Spot) -> Claim | None:
    """Licences, penalties and coercive measures decided; items published about them are not decisions."""
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
    return claim(spot, "decision", [Reading("处理决定数量", value, cells)], is_part(facts, spot))


def fee(facts: Facts, spot: Spot) -> Claim | None:
    """行政事业性收费 in 元 or 万元."""
    cell = "t2.fees_10k_yuan"
    if (
        "行政事业性收费" not in spot.clause
        or spot.figure.unit not in ("元", "万元")
        or cell not in facts.report.cells
    ):
        return None
    return claim(
        spot, "fee", [Reading("行政事业性收费（万元）", facts.figure(cell), (cell,))], is_part(facts, spot)
    )
