"""What the reader saw in the file and could not take: said as findings, so that nobody takes silence for sound."""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding
from .facts import Facts
from .rule import Rule, rule

_UNTAKEN = (
    "没有读入",
    "没有计入",
    "没有读懂",
    "没有保存",
    "对不上",
    "两次",
    "两张",
    "两份",
    "单位",
    "缺少",
    "没有这",
    "没有统一格式",
)


@rule("F-12", "文件里印着的数字都读得懂、归得进三张表")
def everything_printed_was_taken(facts: Facts, say: Rule) -> Iterator[Finding]:
    """A note of the reader about figures it left out is a warning; notes on how a label was matched are not."""
    for note in facts.report.notes:
        if any(word in note for word in _UNTAKEN):
            yield say(f"{note.rstrip('。')}。请对照原文核对这一处。")
