"""What must not go out, searched in the words of a report before it is signed (先审查、后公开; 条例 14, 15, 17)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gongkai.statute.leaks import Listed, What, find_leaks
from gongkai.statute.refs import chinese_number
from gongkai.statute.report.editions import edition
from gongkai.statute.report.findings import Finding, Level

from .composition import Composition

LEAK, DOUBTFUL = "W-03", "W-04"
GRAVE = frozenset({What.MARK, What.INTERNAL, What.ID_NUMBER, What.PAPER, What.BANK_CARD, What.MINOR})
"""Nobody needs them in a report on a year's work: an error, which stops the signature. A name, a telephone or an address
may be an office's, a listed word may be quoted: there a sentence of the clerk is wanted, which the signers read."""


def prose_leaks(made: Composition, words: Iterable[Listed]) -> Iterator[Finding]:
    """A finding for each thing in the paragraphs that must not go out or has to be looked at."""
    ordinals = {heading.key: heading.ordinal for heading in edition(made.report.edition).headings}
    listed = tuple(words)
    for block in made.blocks:
        for found in find_leaks(block.printed, listed):
            grave = found.blocks and found.what in GRAVE
            part = chinese_number(ordinals[block.row.section])
            instead = f"应当写“{found.instead}”。" if found.instead else ""
            todo = (
                "请在“文字”里删去。"
                if grave
                else f"{instead}该改的请在“文字”里改；确实可以公开的，写一句为什么。"
            )
            yield Finding(
                Level.ERROR if grave else Level.WARNING,
                LEAK if grave else DOUBTFUL,
                f"第{part}部分的文字里有{found.label}“{_shown(found.text, grave=grave)}”：{found.why}。{todo}",
                ref=str(found.ref),
            )


def _shown(text: str, *, grave: bool) -> str:
    """Enough to find it by; a number is not written out once more."""
    return text[:4] + "……" if grave and len(text) > 6 else text[:30]
