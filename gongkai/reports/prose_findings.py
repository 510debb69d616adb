"""What is wrong with the prose that only its marks can tell; it stands with what the checks of the law find."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.statute.refs import chinese_number
from gongkai.statute.report.editions import edition
from gongkai.statute.report.findings import Finding, Level

from .composition import Composition

GONE = "W-05"


def prose_findings(made: Composition) -> Iterator[Finding]:
    """An error for each paragraph that refers to a figure which is not there any more."""
    ordinals = {heading.key: heading.ordinal for heading in edition(made.report.edition).headings}
    for block in made.blocks:
        gone = [piece.fact for piece in block.pieces if piece.missing]
        if gone:
            part = chinese_number(ordinals[block.row.section])
            yield Finding(
                Level.ERROR,
                GONE,
                f"第{part}部分有一段文字引用的数已经没有了（例如栏目删除了，或者还没有填报），印出来是“〔缺数〕”："
                f"“{block.printed[:40]}”。请在“文字”里改正这一段。",
                ref="《条例》第五十条",
            )
