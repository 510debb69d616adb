"""The words of a report set against last year's and against what sibling agencies published: public reports only."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, Subquery

from gongkai.statute.report.likeness import Likeness, most_alike, shingles
from gongkai.statute.report.model import AnnualReport

from .last_prose import last_report
from .models import ReportVersion, ReportYear
from .prose_state import ProseState

MOST = 80
"""Reports of siblings that are looked at."""
SHOWN_FROM = 0.3
"""From this share on a paragraph is told of: below, it is a phrase or two."""
_PROSE = ("overview", "problems", "other")


def sources_of(work: ReportYear) -> dict[str, frozenset[str]]:
    """The runs of each report to compare with, by its name in words. Two queries and one for last year's report."""
    found: dict[str, frozenset[str]] = {}
    last = last_report(work)
    if last is not None:
        found[f"上年（{work.year - 1}年）年报"] = shingles(_text(last))
    for name, year, sections in _siblings(work):
        text = "\n".join(p["text"] for s in sections if s["key"] in _PROSE for p in s["paragraphs"])
        found[f"{name}{year}年年报"] = shingles(text)
    return found


def _text(report: AnnualReport) -> str:
    return "\n".join(section.text for section in report.sections if section.key in _PROSE)


def _siblings(work: ReportYear) -> list[tuple[str, int, list[dict[str, Any]]]]:
    """The newest public versions of this year and the last, of agencies under the same office."""
    office = work.agency.supervisor_id
    if office is None:
        return []
    newest = ReportVersion.objects.filter(report=OuterRef("report")).order_by("-number").values("pk")[:1]
    rows = (
        ReportVersion.objects.filter(
            pk=Subquery(newest),
            report__agency__supervisor=office,
            report__year__in=(work.year, work.year - 1),
        )
        .exclude(report__agency=work.agency_id)
        .order_by("-report__year", "report__agency")
    )
    return list(rows.values_list("snapshot__agency", "report__year", "snapshot__sections")[:MOST])


def set_against(work: ReportYear, state: ProseState) -> Likeness | None:
    """Say of each paragraph somebody wrote what it is most alike to, from `SHOWN_FROM` on; returns the likeness of all
    that was written. What is composed from figures is alike every year, and counts for nothing here."""
    sources = sources_of(work)
    written = [b for b in state.blocks if b.kind in ("written", "answer", "edited") and b.laid.printed]
    for block in written:
        found = most_alike(block.laid.printed, sources)
        block.alike = found if found is not None and found.share >= SHOWN_FROM else None
    whole = "\n".join(block.laid.printed for block in written)
    return most_alike(whole, sources)
