"""Open a year's report, enter its figures, write its prose."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Agency
from gongkai.agencies.rights import acting
from gongkai.disclosure.registers.counting import year_of_registers
from gongkai.statute.report.editions import edition_for_year

from ..composition import PROCESSING_FEE
from ..models import EnteredFigure, ProseBlock, ReportYear
from ..searching import index_report
from .base import CannotPrepare, be_open

__all__ = ["CannotPrepare", "enter_figure", "open_year", "write_prose"]


def open_year(agency: Agency, year: int, *, by: Actor) -> ReportYear:
    """The work on this year's report, begun if it was not; years before 2019 have no form, and
    an agency that has ended owes none for a later year. Raises `CannotPrepare`, `NotAllowed`."""
    if edition_for_year(year) is None:
        raise CannotPrepare(f"{year}年没有法定的年度报告格式（2019年起才有）。")
    if agency.ended_on is not None and year > agency.ended_on.year:
        raise CannotPrepare(f"{agency.name}已在{agency.ended_on.year}年撤销，没有{year}年的年报。")
    with acting(by, "report.prepare", ReportYear(agency=agency, year=year), year=year) as doing:
        work, _ = ReportYear.objects.get_or_create(agency=agency, year=year)
        index_report(work)
        doing.target = work
    return work


def enter_figure(
    work: ReportYear,
    *,
    cell: str,
    value: int | Decimal,
    source: str,
    by: Actor,
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
    if not reason.strip() and cell in year_of_registers(work.agency, work.year).cells:
        raise CannotPrepare(
            "这一格按台账统计。要用填报的数，请写明与台账不同的理由；台账有错的，请在台账里更正。"
        )
    with acting(by, "report.prepare", work, cell=cell, value=str(value), source=source.strip()):
        be_open(work)
        row, _ = EnteredFigure.objects.update_or_create(
            report=work,
            cell=cell,
            defaults={
                "value": Decimal(value),
                "source": source.strip(),
                "reason": reason.strip(),
                "entered_by": by.somebody,
                "entered_at": at,
            },
        )
    return row


def write_prose(work: ReportYear, section: str, blocks: list[dict[str, str]], *, by: Actor) -> None:
    """Set the paragraphs of one part; a block has subheading, text or composer. What stood there is replaced."""
    with acting(by, "report.prepare", work, section=section):
        be_open(work)
        work.prose.filter(section=section).delete()
        ProseBlock.objects.bulk_create(
            ProseBlock(report=work, section=section, order=n, **block)
            for n, block in enumerate(blocks, start=1)
        )
