"""内容雷同: prose copied from last year's report. Shingles, linear in the length of the text."""

from __future__ import annotations

from collections.abc import Iterator

from ...refs import Ref
from ..findings import Finding
from ..model import AnnualReport
from .facts import Facts
from .prose import clean
from .rule import Rule, rule

_SHINGLE = 12
"""Characters: shorter runs are the set phrases every report shares."""
_SHORTEST = 200
_ALIKE = 0.7
_PROSE = ("overview", "problems")


@rule("S-01", "报告内容不得与上一年度雷同", Ref("ogi", 47))
def not_last_years_prose(facts: Facts, say: Rule) -> Iterator[Finding]:
    """Parts one and five share less than seven tenths of their wording with last year's report."""
    if facts.previous is None or not facts.follows:
        return
    now, then = _shingles(facts.report), _shingles(facts.previous)
    if len(now) < _SHORTEST or len(then) < _SHORTEST:
        return
    share = len(now & then) / len(now)
    if share >= _ALIKE:
        yield say(
            f"第一、第五部分约有{round(share * 100)}%的文字与上一年度报告相同。请写今年的工作、问题和改进，去年的问题写明整改结果。"
        )


def _shingles(report: AnnualReport) -> set[str]:
    text = "".join(clean(s.text) for s in report.sections if s.key in _PROSE)
    text = text.translate({ord(c): None for c in "0123456789年月日"})
    return {text[n : n + _SHINGLE] for n in range(len(text) - _SHINGLE + 1)}
