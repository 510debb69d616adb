"""Plausibility of table two."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ..findings import Finding
from ..model import Number
from .facts import Facts
from .rule import Rule, rule
from .words import shown

_DOCUMENTS = (("regulations", "规章"), ("normative_documents", "行政规范性文件"))
_FEES = "t2.fees_10k_yuan"
_TOO_MUCH = 1_000_000
"""万元: ten billion yuan of administrative charges; more is likely a figure in 元."""
_TEN_THOUSAND = 10_000


@rule("T2-01", "行政事业性收费的单位是万元，不是元")
def fee_in_ten_thousand(facts: Facts, say: Rule) -> Iterator[Finding]:
    """The amount is in 万元. Suspected to be in 元: it says so, is beyond ten billion, or is ten thousand times
    last year's."""
    cell = facts.report.cells.get(_FEES)
    if cell is None or cell.value is None or cell.value <= 0:
        return
    printed = cell.raw.strip()
    reason = ""
    if printed.endswith("元") and not printed.endswith("万元"):
        reason = f"写的是“{printed[:20]}”"
    elif cell.value >= _TOO_MUCH:
        reason = f"写的是{shown(cell.value)}万元，超过一百亿元"
    elif facts.follows and facts.previous is not None and (then := facts.previous.value(_FEES)):
        if _near(cell.value, then * _TEN_THOUSAND):
            reason = f"写的是{shown(cell.value)}，约为上年{shown(then)}的一万倍"
        elif _near(cell.value * _TEN_THOUSAND, then):
            reason = f"写的是{shown(cell.value)}，约为上年{shown(then)}的万分之一"
    if reason:
        yield say(f"第二表行政事业性收费{reason}，可能把元当成了万元。请按万元核对填写。", (_FEES,))


@rule("T2-02", "现行有效件数不少于本年制发减本年废止")
def valid_not_below_made(facts: Facts, say: Rule) -> Iterator[Finding]:
    """Valid on 31 December = valid a year before + made − repealed, so it is never below made − repealed."""
    for slug, name in _DOCUMENTS:
        cells = tuple(f"t2.{slug}.{c}" for c in ("made", "repealed", "valid"))
        made, repealed, valid = (facts.figure(c) for c in cells)
        if made is not None and repealed is not None and valid is not None and valid < made - repealed:
            yield say(
                f"第二表{name}：本年制发{shown(made)}减本年废止{shown(repealed)}是{shown(made - repealed)}，"
                f"现行有效只有{shown(valid)}。请核对现行有效件数（年底仍有效的全部文件）。",
                cells,
            )


@rule("T2-03", "对外公开总数量不少于本年新公开数量")
def public_total_not_below_new(facts: Facts, say: Rule) -> Iterator[Finding]:
    """On the 2019 form the total made public includes what was made public this year."""
    for slug, name in _DOCUMENTS:
        cells = (f"t2.{slug}.newly_public", f"t2.{slug}.public_total")
        new, total = (facts.figure(c) for c in cells)
        if new is not None and total is not None and new > total:
            yield say(
                f"第二表{name}：本年新公开{shown(new)}，对外公开总数量只有{shown(total)}。请核对。", cells
            )


def _near(one: Number, other: Number) -> bool:
    """Within a factor of two."""
    return other > 0 and Decimal("0.5") <= Decimal(one) / Decimal(other) <= 2
