"""Composing: records, items, entered figures and prose of one year → the annual report, every figure traceable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import prefetch_related_objects

from gongkai.agencies.names import name_in_year
from gongkai.disclosure import figures
from gongkai.disclosure.registers.counting import YearOfRegisters, year_of_registers
from gongkai.inforequests.charges import FeeYear, fee_year
from gongkai.inforequests.counting import groups_for
from gongkai.remedies.queries import keeps_register
from gongkai.remedies.records import remedy_records_for
from gongkai.statute.records import Entered, RemedyRecord, RequestGroup
from gongkai.statute.refs import chinese_number
from gongkai.statute.report.editions import Edition, edition, row_label
from gongkai.statute.report.model import AnnualReport, Cell, CellKind, Paragraph, Section
from gongkai.statute.report.tally import Tally, tally

from .composers import COMPOSERS
from .fact_sources import fact_sources, facts_from, source_of
from .models import EnteredFigure, ProseBlock, ReportYear
from .prose import Fact, Piece, YearFacts, filled, keys_in, plain
from .sentences_requests import GROUPS

PROCESSING_FEE = "processing_fee"
"""Key of the entered processing fee (元): told in part six, in no cell of the tables."""


@dataclass(slots=True)
class LaidBlock:
    """A paragraph as it stands now: its row, its text with marks, that text in pieces, what its composer writes now."""

    row: ProseBlock
    text: str
    pieces: list[Piece]
    composed: str

    @property
    def printed(self) -> str:
        """The paragraph as the report prints it; empty where nothing is printed."""
        return plain(self.pieces)


@dataclass(slots=True)
class Composition:
    """A report as it stands now, with what made it.

    `blocks` are its paragraphs in order, also those of which nothing is printed; `prose` holds, for each part, its paragraphs in pieces; `missing` the cells nobody counted or entered;
    `entered_rows` the figures entered, by key; `registers` what was counted from registers, `set_aside` the figures
    entered for their cells without a reason, which do not stand against them; `requests` the year's requests in the
    groups that counting tells apart, `cases` the reconsiderations and lawsuits.
    """

    report: AnnualReport
    tally: Tally
    requests: list[RequestGroup]
    cases: list[RemedyRecord]
    facts: dict[str, Fact] = field(default_factory=dict)
    blocks: list[LaidBlock] = field(default_factory=list)
    prose: dict[str, list[list[Piece]]] = field(default_factory=dict)
    entered_rows: dict[str, EnteredFigure] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)
    registers: YearOfRegisters = field(default_factory=YearOfRegisters)
    set_aside: dict[str, EnteredFigure] = field(default_factory=dict)
    kept: bool = False
    """Whether a register of remedies is kept here, so that none found means that there was none."""

    @property
    def considered(self) -> int:
        """How many registered requests the count looked at."""
        return sum(group.count for group in self.requests)


def compose(work: ReportYear) -> Composition:
    """The report of this year from the records as they are now. Reads, never writes.

    Raises `CannotCount` for a record or figure that fits no cell.
    """
    prefetch_related_objects([work.agency], "names")
    entered = {row.cell: row for row in work.entered.select_related("entered_by")}
    registers = year_of_registers(work.agency, work.year)
    cases = list(remedy_records_for(work.agency, work.year))
    # A zero of table four that nobody entered and no register shows would be an invention.
    kept = bool(cases) or keeps_register(work.agency)
    # A register kept whole is the better source; a person's figure stands against it with a reason only.
    counted_here = registers.cells | ({c for c in entered if c.startswith("t4.")} if kept else set())
    set_aside = {c: row for c, row in entered.items() if c in counted_here and not row.reason}
    entered = {c: row for c, row in entered.items() if c not in set_aside}
    requests = list(groups_for(work.agency, work.year))
    set_aside |= _overtaken(entered, requests, work.year)
    entered = {c: row for c, row in entered.items() if c not in set_aside}
    figures_given = {c: _entered(r) for c, r in entered.items() if c != PROCESSING_FEE}
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
        report,
        counted,
        requests,
        cases,
        entered_rows=entered,
        registers=registers,
        set_aside=set_aside,
        kept=kept,
    )
    _lay_cells(made, form)
    blocks = list(work.prose.all())
    known = _facts(made, work, blocks)
    report.preface = [Paragraph(_preface(work.year, form))]
    _lay_prose(made, known, form, blocks)
    return made


def _overtaken(
    entered: dict[str, EnteredFigure], requests: list[RequestGroup], year: int
) -> dict[str, EnteredFigure]:
    """Figures of table three entered without a reason, because they were what was counted then, and no longer are."""
    plain = {c: row for c, row in entered.items() if c.startswith("t3.") and not row.reason}
    if not plain:
        return {}
    reasoned = {c: _entered(row) for c, row in entered.items() if c.startswith("t3.") and row.reason}
    cells = tally(requests, year, reasoned).cells
    return {c: row for c, row in plain.items() if c not in cells or cells[c].value != row.number}


def _entered(row: EnteredFigure) -> Entered:
    return Entered(row.number, row.source, row.entered_by.name, row.entered_at.date(), row.reason)


def _lay_cells(made: Composition, form: Edition) -> None:
    for cell_id in form.cell_ids:
        cell = made.tally.cells.get(cell_id)
        if cell is None:
            made.missing.add(cell_id)
            cell = Cell(None, kind=CellKind.BLANK, note="未填报")
        made.report.cells[cell_id] = cell


def _sources_needed(blocks: Sequence[ProseBlock], marked: Sequence[str]) -> list[str]:
    """The sources of facts that the paragraphs ask: by their composers and by the marks in their texts."""
    needed = [slug for b in blocks if b.composer in COMPOSERS for slug in COMPOSERS[b.composer].needs]
    return needed + [source.slug for source in map(source_of, marked) if source]


def _idle_columns(made: Composition, work: ReportYear) -> dict[str, Fact]:
    """The columns in which nothing was published in the year: they may be told of as well."""
    named = figures.columns_named(work.agency)
    idle = {f"items.{c.slug}": Fact(f"items.{c.slug}", 0, c.name) for c in named}
    return {key: fact for key, fact in idle.items() if key not in made.facts}


def _facts(made: Composition, work: ReportYear, blocks: Sequence[ProseBlock]) -> YearFacts:
    marked = [key for block in blocks for key in keys_in(block.text)]
    counts = figures.counts_by_column(work.agency, work.year)
    made.facts["items"] = Fact("items", sum(c.items for c in counts), "主动公开政府信息")
    for count in counts:
        made.facts[f"items.{count.slug}"] = Fact(f"items.{count.slug}", count.items, count.name)
    if any(key.startswith("items.") and key not in made.facts for key in marked):
        made.facts |= _idle_columns(made, work)
    for cell_id, cell in made.report.cells.items():
        if cell.value is not None:
            made.facts[cell_id] = Fact(cell_id, cell.value, row_label(made.report.edition, cell_id))
    made.facts |= group_facts(made.facts)
    fee = made.entered_rows.get(PROCESSING_FEE)
    if fee is not None:
        made.facts[PROCESSING_FEE] = Fact(PROCESSING_FEE, fee.number, "信息处理费（元）")
    elif made.considered:
        # Who keeps requests here gives the notices here too: none given is a figure, not a gap.
        made.facts |= fee_facts(fee_year(work.agency, work.year))
    sources = _sources_needed(blocks, marked)
    made.facts |= {fact.key: fact for fact in facts_from(sources, work.agency, work.year)}
    return known_to(made, work)


def known_to(made: Composition, work: ReportYear) -> YearFacts:
    """What composers may know of this composition."""
    columns = tuple(key for key in made.facts if key.startswith("items.") and made.facts[key].value)
    return YearFacts(work.year, work.agency.self_name, columns, made.facts)


def all_facts(made: Composition, work: ReportYear) -> dict[str, Fact]:
    """The facts of the composition with those of every source, to choose from."""
    slugs = [source.slug for source in fact_sources()]
    found = {fact.key: fact for fact in facts_from(slugs, work.agency, work.year)}
    return made.facts | _idle_columns(made, work) | found


def group_facts(facts: Mapping[str, Fact]) -> dict[str, Fact]:
    """The kinds of outcome that the form has no row for: 不予公开 and the like, as the sum of their rows."""
    found = {}
    for group, (words, rows) in GROUPS.items():
        cells = [facts.get(f"t3.{row}.total") for row in rows]
        if len(rows) > 1 and None not in cells:
            key = f"group.{group}"
            found[key] = Fact(key, sum(cell.value for cell in cells if cell), f"{words}（各项合计）")
    return found


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
        own = [
            _laid(block, known) for block in sorted(by_section.get(heading.key, []), key=lambda b: b.order)
        ]
        made.blocks += own
        lines = _lines(own)
        made.prose[heading.key] = lines
        paragraphs = [Paragraph(plain(line)) for line in lines]
        made.report.sections.append(Section(heading.key, heading.title, heading.ordinal, paragraphs))


def _laid(block: ProseBlock, known: YearFacts) -> LaidBlock:
    """The paragraph as it stands: what the clerk wrote, else what 没有 means here, else what the facts give."""
    composer = COMPOSERS.get(block.composer)
    composed = composer.write(known) if composer else ""
    text = block.text or composed
    if not block.text and block.nothing:
        text = composer.question.none if composer and composer.question else ""
    return LaidBlock(block, text, filled(text, known.facts), composed)


def _lines(blocks: Sequence[LaidBlock]) -> list[list[Piece]]:
    """The printed lines: a sub-heading stands where something is printed under it, and those that stand are numbered."""
    lines: list[list[Piece]] = []
    waiting, numbered = "", 0
    for block in blocks:
        waiting = block.row.subheading or waiting
        if not block.pieces:
            continue
        if waiting:
            numbered += 1
            lines.append([Piece(f"（{chinese_number(numbered)}）{waiting}")])
            waiting = ""
        lines.append(block.pieces)
    return lines
