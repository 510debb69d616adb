"""What the checks find of a report, the checks of this room among them, and what was said to each warning."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gongkai.statute.leaks import Listed
from gongkai.statute.report.checks import check
from gongkai.statute.report.editions import row_label
from gongkai.statute.report.figures import number_text
from gongkai.statute.report.findings import Finding, Level
from gongkai.statute.report.model import AnnualReport

from .composition import Composition
from .models import FindingAnswer, ReportYear
from .prose_findings import prose_findings
from .prose_leaks import prose_leaks

OVERRIDDEN, MISSING = "W-01", "W-02"
_RANK = {Level.ERROR: 0, Level.WARNING: 1, Level.NOTE: 2}
_TABLES = {"t2": "第二部分的表", "t3": "第三部分的表", "t4": "第四部分的表"}


def found_in(made: Composition, previous: AnnualReport | None, words: Sequence[Listed] = ()) -> list[Finding]:
    """Everything found: by the law's checks and by this room's own, the gravest first. `words` is the list of what
    must not stand in what the agency publishes."""
    own = [*prose_findings(made), *prose_leaks(made, words)]
    found = [*own, *check(made.report, previous, records=made.requests), *_own(made)]
    return sorted(found, key=lambda one: (_RANK[one.level], one.code))


def _own(made: Composition) -> Iterator[Finding]:
    for key, name in _TABLES.items():
        missing = sorted(cell for cell in made.missing if cell.startswith(f"{key}."))
        if missing:
            yield Finding(
                Level.ERROR,
                MISSING,
                f"{name}还有{len(missing)}格没有数。请到“各表数字”填报，写明来源；确实没有的填 0。",
                tuple(missing),
                "《条例》第五十条",
            )
    for one in made.tally.overridden:
        label = row_label(made.report.edition, one.cell)
        yield Finding(
            Level.WARNING,
            OVERRIDDEN,
            f"{label}按记录统计为{number_text(one.counted)}，改用填报数{number_text(one.entered.value)}"
            f"（{one.entered.by}，来源：{one.entered.source}）。理由：{one.entered.reason}",
            (one.cell,),
        )


def key_of(finding: Finding) -> str:
    """What an answer is bound to: all that the finding says. Another figure in it is another finding."""
    said = "\n".join((finding.code, finding.message, *finding.cells))
    return hashlib.sha256(said.encode("utf-8", "backslashreplace")).hexdigest()


@dataclass(frozen=True, slots=True)
class Answered:
    """A finding with what was said to it; `lapsed` is what was said to an earlier form of it, which no longer counts."""

    finding: Finding
    key: str
    answer: FindingAnswer | None = None
    lapsed: FindingAnswer | None = None

    @property
    def words(self) -> str:
        """What stands as the explanation: a figure set against the count has its reason in it already."""
        if self.answer is not None:
            return self.answer.words
        return "理由已写在填报数里。" if self.finding.code == OVERRIDDEN else ""

    @property
    def owed(self) -> bool:
        """Whether a sentence is still wanted before the report is handed in."""
        return self.finding.level is Level.WARNING and not self.words


def answered(work: ReportYear, findings: Sequence[Finding]) -> list[Answered]:
    """Every finding with its answer; one query."""
    rows = list(work.answers.select_related("by"))
    by_key = {row.key: row for row in rows}
    now = {key_of(one) for one in findings}
    lapsed: Mapping[str, FindingAnswer] = {row.code: row for row in rows if row.key not in now}
    return [
        Answered(
            one,
            key_of(one),
            by_key.get(key_of(one)),
            None if key_of(one) in by_key else lapsed.get(one.code),
        )
        for one in findings
    ]


def answers_as_data(found: Sequence[Answered]) -> list[dict[str, str]]:
    """What is frozen with the report: each warning with what was said to it."""
    return [
        {
            "code": one.finding.code,
            "message": one.finding.message,
            "words": one.words,
            "by": one.answer.by.name if one.answer else "",
        }
        for one in found
        if one.finding.level is Level.WARNING
    ]
