"""Composing: records, items, entered figures and prose of one year → the annual report, every figure traceable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import prefetch_related_objects

from gongkai.agencies.names import name_in_year
from gongkai.disclosure import figures
from gongkai.disclosure.registers.counting import YearOfRegisters, year_of_registers
from gongkai.inforequests.charges import FeeYear, fee_year
from gongkai.inforequests.records import records_for
from gongkai.remedies.queries import keeps_register
from gongkai.remedies.records import remedy_records_for
from gongkai.statute.records import Entered, RemedyRecord, RequestRecord
from gongkai.statute.refs import chinese_number
from gongkai.statute.report.editions import Edition, edition, row_label
from gongkai.statute.report.model import AnnualReport, Cell, CellKind, Paragraph, Section
from gongkai.statute.report.tally import Tally, tally

from .models import EnteredFigure, ProseBlock, ReportYear
from .prose import COMPOSERS, Fact, Piece, YearFacts, pieces

PROCESSING_FEE = "processing_fee"
"""Key of the entered processing fee (元): told in part six, in no cell of the tables."""


@dataclass(slots=True)
class Composition:
    """A report as it stands now, with what made it.

    `prose` holds, for each part, its paragraphs in pieces; `missing` the cells nobody counted or entered;
    `entered_rows` the figures entered, by key; `registers` what was counted from registers, `set_aside` the figures
    entered for their cells without a reason, which do not stand against them; `considered` how many requests were looked at, `cases` the reconsiderations and lawsuits.
    """

    report: AnnualReport
    tally: Tally
    requests: list[RequestRecord]
    cases: list[RemedyRecord]
    facts: dict[str, Fact] = field(default_factory=dict)
    prose: dict[str, list[list[Piece]]] = field(default_factory=dict)
    entered_rows: dict[str, EnteredFigure] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)
    registers: YearOfRegisters = field(default_factory=YearOfRegisters)
    set_aside: dict[str, EnteredFigure] = field(default_factory=dict)

    @property
    def considered(self) -> int:
        """How many registered requests the count looked at."""
        return len(self.requests)


def compose(work: ReportYear) -> Composition:
    """The report of this year from the records as they are now. Reads, never writes.

    Raises `CannotCount` for a record or figure that fits no cell and `UnknownFigure` for a mark in the prose
    that names no figure.
    """
    prefetch_related_objects([work.agency], "names")
    entered = {row.cell: row for row in work.entered.select_related("entered_by")}
    registers = year_of_registers(work.agency, work.year)
    # A register kept whole is the better source; a person's figure stands against it with a reason only.
    set_aside = {c: row for c, row in entered.items() if c in registers.cells and not row.reason}
    entered = {c: row for c, row in entered.items() if c not in set_aside}
    requests = list(records_for(work.agency, work.year))
    figures_given = {c: _entered(r) for c, r in entered.items() if c != PROCESSING_FEE}
    cases = list(remedy_records_for(work.agency, work.year))
    # A zero of table four that nobody entered and no register shows would be an invention.
    kept = bool(cases) or keeps_register(work.agency)
    counted = tally(
        requests,
        work.year,
        figures_given,
        remedies=cases if kept else None,
        documents=registers.documents,
        decisions=registers.decisions,
        charges=registers.charges,
        kinds=registers.kinds,
        unlisted=registers.unlisted,
    )
    form = edition(counted.edition)
    name = name_in_year(work.agency, work.year)
    report = AnnualReport(
        agency=name,
        year=work.year,
        edition=form.id,
        title=form.title.format(agency=name, year=work.year),
        period=(date(work.year, 1, 1), date(work.year, 12, 31)),
        tables={"t2", "t3", "t4"},
    )
    made = Composition(
        report, counted, requests, cases, entered_rows=entered, registers=registers, set_aside=set_aside
    )
    _lay_cells(made, form)
    known = _facts(made, work)
    report.preface = [Paragraph(_preface(work.year, form))]
    _lay_prose(made, known, form, list(work.prose.all()))
    return made


def _entered(row: EnteredFigure) -> Entered:
    return Entered(row.number, row.source, row.entered_by.name, row.entered_at.date(), row.reason)


def _lay_cells(made: Composition, form: Edition) -> None:
    for cell_id in form.cell_ids:
        cell = made.tally.cells.get(cell_id)
        if cell is None:
            made.missing.add(cell_id)
            cell = Cell(None, kind=CellKind.BLANK, note="未填报")
        made.report.cells[cell_id] = cell


def _facts(made: Composition, work: ReportYear) -> YearFacts:
    counts = figures.counts_by_column(work.agency, work.year)
    made.facts["items"] = Fact("items", sum(c.items for c in counts), "主动公开政府信息")
    for count in counts:
        key = f"items.{count.slug}"
        made.facts[key] = Fact(key, count.items, count.name)
    for cell_id, cell in made.report.cells.items():
        if cell.value is not None:
            made.facts[cell_id] = Fact(cell_id, cell.value, row_label(made.report.edition, cell_id))
    fee = made.entered_rows.get(PROCESSING_FEE)
    if fee is not None:
        made.facts[PROCESSING_FEE] = Fact(PROCESSING_FEE, fee.number, "信息处理费（元）")
    elif made.considered:
        # Who keeps requests here gives the notices here too: none given is a figure, not a gap.
        made.facts |= fee_facts(fee_year(work.agency, work.year))
    columns = tuple(f"items.{c.slug}" for c in counts)
    return YearFacts(work.year, work.agency.self_name, columns, made.facts)


def fee_facts(of_year: FeeYear) -> dict[str, Fact]:
    """The notices of the year as figures: how many, what they asked, what came in, how many lapsed."""
    counted = (
        (PROCESSING_FEE, of_year.paid_yuan, "实际收取的信息处理费（元）"),
        ("fee.notices", of_year.notices, "发出收费通知"),
        ("fee.asked", of_year.asked, "收费通知的金额（元）"),
        ("fee.lapsed", of_year.lapsed, "逾期未缴费不再处理"),
    )
    return {key: Fact(key, value, label) for key, value, label in counted}


def _preface(year: int, form: Edition) -> str:
    return (
        f"本报告依照《中华人民共和国政府信息公开条例》和政府信息公开工作年度报告格式（{form.ref.law.number}）编制，"
        f"数据统计期限为{year}年1月1日至{year}年12月31日。"
    )


def _lay_prose(made: Composition, known: YearFacts, form: Edition, blocks: Sequence[ProseBlock]) -> None:
    by_section: dict[str, list[ProseBlock]] = {}
    for block in blocks:
        by_section.setdefault(block.section, []).append(block)
    for heading in form.headings:
        lines: list[list[Piece]] = []
        numbered = 0
        for block in sorted(by_section.get(heading.key, []), key=lambda b: b.order):
            text = COMPOSERS[block.composer](known) if block.composer else block.text
            if block.subheading:
                numbered += 1
                lines.append([Piece(f"（{chinese_number(numbered)}）{block.subheading}")])
            if text:
                lines.append(pieces(text, made.facts))
        made.prose[heading.key] = lines
        paragraphs = [Paragraph("".join(piece.text for piece in line)) for line in lines]
        made.report.sections.append(Section(heading.key, heading.title, heading.ordinal, paragraphs))
