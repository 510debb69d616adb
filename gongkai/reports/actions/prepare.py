"""Open a year's report, enter its figures, write its prose."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from gongkai.agencies.models import Agency, Person
from gongkai.statute.report.editions import edition_for_year

from ..composition import PROCESSING_FEE
from ..models import EnteredFigure, ProseBlock, ReportYear


class CannotPrepare(ValueError):
    """A figure or paragraph that cannot be taken; the message says what to mend."""


def open_year(agency: Agency, year: int) -> ReportYear:
    """The work on this year's report, begun if it was not; years before 2019 have no form."""
    if edition_for_year(year) is None:
        raise CannotPrepare(f"{year}年没有法定的年度报告格式（2019年起才有）。")
    work, _ = ReportYear.objects.get_or_create(agency=agency, year=year)
    return work


def enter_figure(
    work: ReportYear,
    *,
    cell: str,
    value: int | Decimal,
    source: str,
    by: Person,
    at: datetime,
    reason: str = "",
) -> EnteredFigure:
    """Enter or replace a figure that no register keeps; it needs a source and may not be negative."""
    form = edition_for_year(work.year)
    if form is None or cell not in {*form.cell_ids, PROCESSING_FEE}:
        raise CannotPrepare(f"表中没有“{cell}”这一格，请核对填报项目。")
    if not source.strip():
        raise CannotPrepare("请写明这个数的来源，例如“行政执法台账”。")
    if value < 0:
        raise CannotPrepare("数值不能是负数。")
    row, _ = EnteredFigure.objects.update_or_create(
        report=work,
        cell=cell,
        defaults={
            "value": Decimal(value),
            "source": source.strip(),
            "reason": reason.strip(),
            "entered_by": by,
            "entered_at": at,
        },
    )
    return row


@transaction.atomic
def write_prose(work: ReportYear, section: str, blocks: list[dict[str, str]]) -> None:
    """Set the paragraphs of one part; a block has subheading, text or composer. What stood there is replaced."""
    work.prose.filter(section=section).delete()
    ProseBlock.objects.bulk_create(
        ProseBlock(report=work, section=section, order=n, **block) for n, block in enumerate(blocks, start=1)
    )
