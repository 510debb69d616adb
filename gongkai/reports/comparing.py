"""What is different: from the version before, from last year, and of the records since they were signed."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.statute.report.diff import Difference, diff
from gongkai.statute.report.model import AnnualReport
from gongkai.statute.report.readers.json import from_dict

from .composition import compose
from .models import ReportSheet, ReportVersion, ReportYear
from .queries import before_of, thaw, thaw_sheet


@dataclass(frozen=True, slots=True)
class Against:
    """A report against another one: which one in words, and all that differs; None where there is none to compare."""

    key: str
    name: str
    difference: Difference | None

    @property
    def same(self) -> bool:
        """Whether there is something to compare and nothing differs."""
        return self.difference is not None and not self.difference


def compare_sheet(sheet: ReportSheet) -> list[Against]:
    """What a signer is shown: against the public version, or what was handed in before it; against last year; and, of
    what was signed, against the records as they are now."""
    report, work = thaw_sheet(sheet), sheet.report
    found = [_before(sheet, report), _last_year(work, report)]
    if sheet.result in (ReportSheet.Result.OPEN, ReportSheet.Result.SIGNED):
        words = "签批" if sheet.result == ReportSheet.Result.SIGNED else "送签"
        found.append(Against("records", f"{words}后记录有变化", diff(report, compose(work).report)))
    return found


def _before(sheet: ReportSheet, report: AnnualReport) -> Against:
    version = (
        ReportVersion.objects.filter(report=sheet.report, published_at__lte=sheet.submitted_at)
        .exclude(sheet=sheet)
        .order_by("-number")
        .first()
    )
    if version is not None:
        return Against("version", f"与已发布的第{version.number}版不同", diff(thaw(version), report))
    earlier = (
        ReportSheet.objects.filter(report=sheet.report, serial__lt=sheet.serial).order_by("-serial").first()
    )
    if earlier is not None:
        before = from_dict(earlier.snapshot)
        return Against("version", f"与第{earlier.serial}次送签不同", diff(before, report))
    return Against("version", "与上一版不同", None)


def _last_year(work: ReportYear, report: AnnualReport) -> Against:
    before = before_of(work)
    if before is None:
        return Against("last", "与上年不同", None)
    return Against("last", f"与上年不同（{before.said}）", diff(before.report, report))


def changed_since(version: ReportVersion, work: ReportYear) -> Difference:
    """What the records would give now against what is public."""
    return diff(thaw(version), compose(work).report)
