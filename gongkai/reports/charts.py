"""Charts of reports as accessible SVG: bars with their figures beside them, told apart by pattern and by words.

Lengths are percentages and sizes of letters are pixels, so that the words stay readable on a phone; no colour carries a
meaning, and what is drawn stands in a table behind it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from gongkai.statute.report.checks.enumerations import enumerations
from gongkai.statute.report.checks.prose import read_prose
from gongkai.statute.report.figures import number_text
from gongkai.statute.report.model import AnnualReport, Number

from .sentences_requests import GROUPS

_WIDEST = 78
"""Percent of the width that the longest bar takes: its figure stands behind it."""
_LINE, _BAR, _GAP = 22, 18, 10
_PATTERNS = ("solid", "lines")


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: its key, its title, what each series counts, and its rows: a label with a figure for each series."""

    key: str
    title: str
    unit: str
    series: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Number, ...]], ...]

    @property
    def described(self) -> str:
        """The whole in a sentence, for who does not see it."""
        told = []
        for label, values in self.rows:
            parts = [
                f"{name if len(self.series) > 1 else ''}{number_text(v)}{self.unit}"
                for name, v in zip(self.series, values, strict=True)
            ]
            told.append(f"{label}：{'，'.join(parts)}")
        return f"{'；'.join(told)}。"

    @property
    def svg(self) -> SafeString:
        """The drawing."""
        most = max(value for _, values in self.rows for value in values)
        y, drawn = 4, []
        for label, values in self.rows:
            y += _LINE
            drawn.append(format_html('<text x="0" y="{}">{}</text>', y - 6, label))
            for n, value in enumerate(values):
                drawn.append(self._bar(n, value, most, y))
                y += _BAR + 4
            y += _GAP
        return format_html(
            '<svg class="chart" role="img" aria-labelledby="{0}-title {0}-desc" width="100%" height="{1}">'
            '<title id="{0}-title">{2}</title><desc id="{0}-desc">{3}</desc>{4}{5}</svg>',
            f"chart-{self.key}", y, self.title, self.described, self._patterns(), mark_safe("".join(drawn)),  # noqa: S308 - each part is escaped above
        )  # fmt: skip

    def _bar(self, n: int, value: Number, most: Number, y: int) -> SafeString:
        wide = f"{float(value) * _WIDEST / float(most):.2f}" if most else "0"
        return format_html(
            '<rect x="0" y="{}" width="{}%" height="{}" class="bar bar-{}" fill="url(#chart-{}-{})"/>'
            '<text x="{}%" y="{}" dx="8" class="value">{}</text>',
            y, wide, _BAR, _PATTERNS[n], self.key, _PATTERNS[n], wide, y + _BAR - 4, number_text(value),
        )  # fmt: skip

    def _patterns(self) -> SafeString:
        made = (
            '<pattern id="chart-{0}-solid" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="8" height="8" class="ink"/></pattern>'
            '<pattern id="chart-{0}-lines" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="8" height="8" class="blank"/><path d="M-2 2 2-2M0 8 8 0M6 10 10 6" class="stroke"/></pattern>'
        )
        return format_html("<defs>{}</defs>", mark_safe(made.format(escape(self.key))))  # noqa: S308 - our own key

    @property
    def legend(self) -> SafeString:
        """Which pattern is which series; nothing for one series."""
        if len(self.series) < 2:
            return SafeString("")
        rows = [(self.key, _PATTERNS[n], _PATTERNS[n], name) for n, name in enumerate(self.series)]
        return format_html(
            '<p class="chart-legend">{}</p>',
            format_html_join(
                "",
                '<span><svg width="18" height="18" aria-hidden="true"><rect width="18" height="18" class="bar bar-{1}" fill="url(#chart-{0}-{2})"/></svg> {3}</span>',
                rows,
            ),
        )


def charts_of(report: AnnualReport, before: Sequence[AnnualReport] = ()) -> list[Chart]:
    """The charts of a report: requests by outcome, up to five years side by side, items by column. Made of the report
    alone and of those before it, so that they show what was published; a chart of nothing but zeros is left out."""
    found = [_outcomes(report), _years([*before, report]), _columns(report)]
    return [chart for chart in found if chart is not None]


def _total(report: AnnualReport, *rows: str) -> Number | None:
    values = [report.value(f"t3.{row}.total") for row in rows]
    return None if None in values else sum(value for value in values if value is not None)


def _outcomes(report: AnnualReport) -> Chart | None:
    rows = []
    for words, leaves in GROUPS.values():
        value = _total(report, *leaves)
        if value is None:
            return None
        rows.append((words, (value,)))
    if not any(values[0] for _, values in rows):
        return None
    return Chart("outcomes", f"{report.year}年办结的申请，按办理结果", "件", ("件数",), tuple(rows))


def _years(reports: Sequence[AnnualReport]) -> Chart | None:
    rows = []
    for report in sorted(reports, key=lambda r: r.year or 0)[-5:]:
        new, closed = _total(report, "new"), _total(report, "result_total")
        if new is not None and closed is not None:
            rows.append((f"{report.year}年", (new, closed)))
    if len(rows) < 2 or not any(any(values) for _, values in rows):
        return None
    return Chart("years", "各年新收和办结的申请", "件", ("新收", "办结"), tuple(rows))


def _columns(report: AnnualReport) -> Chart | None:
    """From the sentence that enumerates them, where its parts make up its whole."""
    prose = [sentence for sentence in read_prose(report) if sentence.key == "overview"]
    for found in enumerations(prose):
        if found.whole.unit != "条" or found.added != found.whole.value or "申请" in found.sentence.text:
            continue
        text, at, rows = found.sentence.text, found.whole.end, []
        for part in found.parts:
            label = text[at : part.start].removeprefix("，").removeprefix("其中").strip("，、：和及")
            rows.append((label or "其他", (part.value,)))
            at = part.end
        return Chart("columns", f"{report.year}年主动公开的信息，按栏目", "条", ("条数",), tuple(rows))
    return None
