"""Blocks of any format → AnnualReport: what is title, heading, prose, table, ledger, and what is page furniture."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..blocks import Block, Grid, TextBlock, Unreadable
from ..editions import Edition, edition, edition_for_year
from ..figures import parse_figure
from ..model import AnnualReport, Cell, CellKind, Paragraph, Section
from .chrome import ends_report, is_chrome, is_date_line, is_page_number
from .headings import HeadingLine, heading_line, split_embedded
from .labels import core, is_scrap, meant_by, squeeze
from .placing import SECTION_OF, Placed, place, tables_of
from .radicals import repair
from .rows import TableRow, unfold
from .title import TitleLine, is_agency_name, period_in, publisher_in, title_at, year_in

_LEDGER = re.compile(r"(依申请公开|申请).{0,12}台账|台账$")
_LEADS = re.compile(r"本报告|编制|统计期限|根据.{0,4}《|统计周期")
_ASKS = re.compile(r"^(\([一1]\)|[一1][、.])?.{0,12}(主要问题|存在.{0,6}(问题|不足))")
_CAPTION = 60
"""Longer lines before a table are prose."""
_FORM_2021 = ("本年制发件数", "本年废止件数", "现行有效件数", "本年收费金额")
_FORM_2019 = (
    "本年新制作数量",
    "本年新公开数量",
    "对外公开总数量",
    "政府集中采购",
    "采购总金额",
    "其他对外管理服务事项",
)


@dataclass(slots=True)
class _Line:
    """One element in reading order: a line of text or a table row, with the part it was put into."""

    text: TextBlock | None = None
    row: TableRow | None = None
    heading: HeadingLine | None = None
    part: str = ""
    table: str = ""


@dataclass(slots=True)
class _Draft:
    lines: list[_Line]
    chosen: dict[int, HeadingLine] = field(default_factory=dict)
    title: TitleLine | None = None
    end: int = 0
    ledger_at: int | None = None


def assemble(blocks: Sequence[Block], source: str = "", source_format: str = "") -> AnnualReport:
    """The report these blocks are, every cell and paragraph with its place.

    Missing tables or headings are no reason to refuse: the checks speak of them. Raises `Unreadable` when neither
    a statutory table nor two of the six headings are found.
    """
    draft = _Draft(_lines(blocks))
    _find_tables(draft)
    _choose_headings(draft)
    draft.title = _find_title(draft)
    _bound(draft)
    report = AnnualReport(source=source, source_format=source_format)
    _prose(draft, report)
    form = _form(draft, report)
    report.edition = form.id
    placed = _place(draft, form, report)
    if not placed.cells and len(draft.chosen) < 2:
        raise Unreadable(
            "没有找到年度报告的标题、六个部分和三张表，请换成政府信息公开工作年度报告的正文文件。"
        )
    report.cells = {i: placed.cells[i] for i in _in_order(form, placed.cells)}
    report.tables = placed.tables
    report.notes += placed.notes
    report.notes += [note for block in blocks if isinstance(block, Grid) for note in block.notes]
    report.ambiguous = [run for block in blocks if isinstance(block, Grid) for run in block.runs]
    _infer_problems(report)
    return report


def _lines(blocks: Sequence[Block]) -> list[_Line]:
    """The blocks as lines and rows; paragraphs are cut at line ends and before headings inside them."""
    out: list[_Line] = []
    grids = 0
    for block in blocks:
        if isinstance(block, Grid):
            grids += 1
            for part in unfold(block, grids):
                out += _cut(part) if isinstance(part, TextBlock) else [_Line(row=part)]
        else:
            out += _cut(block)
    return out


def _cut(block: TextBlock) -> list[_Line]:
    found = []
    for line in repair(block.text).splitlines():
        for part in split_embedded(line.strip()):
            if part:
                found.append(
                    _Line(text=TextBlock(part, block.where, block.title), heading=heading_line(part))
                )
    return found


def _find_tables(draft: _Draft) -> None:
    rows = [line for line in draft.lines if line.row is not None]
    for line, table in zip(rows, tables_of([r.row for r in rows if r.row]), strict=True):
        line.table = table


def _choose_headings(draft: _Draft) -> None:
    """One line per heading: the surest wording, the one its table or its prose follows, the first among equals."""
    places = [n for n, line in enumerate(draft.lines) if line.heading]
    listed = _listed(places)
    best: dict[str, tuple[float, int]] = {}
    for n, after in zip(places, [*places[1:], len(draft.lines)], strict=False):
        heading = draft.lines[n].heading
        if heading is None:
            continue
        score = heading.score + (0.3 if heading.ordinal else 0.0) - (0.6 if n in listed else 0.0)
        table = next((t for t, key in SECTION_OF.items() if key == heading.key), None)
        span = draft.lines[n + 1 : after]
        if table and any(line.table == table for line in span):
            score += 1.0
        elif heading.rest or any(line.text or line.table for line in span):
            score += 0.25
        if heading.key not in best or score > best[heading.key][0] + 1e-9:
            best[heading.key] = (score, n)
    draft.chosen = {n: h for _, n in best.values() if (h := draft.lines[n].heading)}
    _drop_outliers(draft)


def _listed(places: list[int]) -> set[int]:
    """Heading lines that follow each other with nothing between, four or more: a table of contents."""
    found: set[int] = set()
    run: list[int] = []
    for n in [*places, -9]:
        if run and n != run[-1] + 1:
            found |= set(run) if len(run) >= 4 else set()
            run = []
        run.append(n)
    return found


def _drop_outliers(draft: _Draft) -> None:
    """Unnumbered lines before every table and far from the rest (a page menu) are no headings."""
    numbered = [n for n, h in draft.chosen.items() if h.ordinal]
    if len(numbered) >= 3:
        low = min(numbered)
        for n in [n for n, h in draft.chosen.items() if h.ordinal is None and n < low - 1]:
            if not draft.lines[n].heading or draft.chosen[n].key != "overview":
                del draft.chosen[n]


def _texts(draft: _Draft) -> list[tuple[int, TextBlock]]:
    return [(n, line.text) for n, line in enumerate(draft.lines) if line.text]


def _find_title(draft: _Draft) -> TitleLine | None:
    """The title line, by its agency, its year, how the file marks it, and how near it stands to the body."""
    texts = _texts(draft)
    start = min(draft.chosen, default=len(draft.lines))
    period = next((p for _, t in texts if (p := period_in(t.text))), None)
    pairs = [(t.text, t.title) for _, t in texts]
    best: tuple[float, TitleLine] | None = None
    for k, (n, text) in enumerate(texts):
        if len(text.text) > 400 and not text.text[:80].count("报告"):
            continue
        found = title_at(pairs, k)
        if found is None:
            continue
        score = 2.0 * bool(found.agency) + 2.0 * bool(found.year) + 0.5 * found.marked
        score += 1.5 if period and found.year == period[0].year else 0.0
        score += 1.0 + 0.001 * n if n <= start else -1.0
        if best is None or score > best[0]:
            place = TitleLine(
                texts[found.first][0],
                texts[found.last][0],
                found.text,
                found.agency,
                found.year,
                found.marked,
                found.rest,
            )
            best = (score, place)
    return best[1] if best else None


def _bound(draft: _Draft) -> None:
    """Where the report ends: at the ledger, or at the first line that only page furniture has."""
    last = max(draft.chosen, default=0)
    tables = [n for n, line in enumerate(draft.lines) if line.table in SECTION_OF]
    floor = max(last, max(tables, default=0))
    draft.end = len(draft.lines)
    for n in range(floor + 1, len(draft.lines)):
        line = draft.lines[n]
        text = line.text.text if line.text else _row_text(line.row)
        if line.table == "ledger" or (len(text) < 60 and _LEDGER.search(squeeze(text))):
            draft.ledger_at = n
        if draft.ledger_at is not None or (line.text and ends_report(text)):
            draft.end = min(draft.end, n)
            break
    if draft.ledger_at is None:
        found = [n for n in range(floor + 1, len(draft.lines)) if draft.lines[n].table == "ledger"]
        draft.ledger_at = found[0] if found else None


def _row_text(row: TableRow | None) -> str:
    return "".join(s.text for s in row.own) if row else ""


def _prose(draft: _Draft, report: AnnualReport) -> None:
    _title_fields(draft, report)
    start = min(draft.chosen, default=None)
    section: Section | None = None
    report.preface = _preface(draft, start)
    first = start if start is not None else (draft.title.last + 1 if draft.title else 0)
    inside = _inside_tables(draft, ("t3", "t4"))
    for n in range(first, draft.end):
        line = draft.lines[n]
        if n in draft.chosen:
            section = _open(draft.chosen[n], line, report)
        elif line.text is not None and section is not None and not _not_prose(line.text, n in inside):
            section.paragraphs.append(Paragraph(line.text.text, line.text.where))
        line.part = section.key if section else ""
    _sign(report)
    _ledger(draft, report)
    whole = " ".join(p.text for p in report.preface)
    everything = (t.text for _, t in _texts(draft))
    report.period = period_in(whole) or next((p for t in everything if (p := period_in(t))), None)
    if report.year is None and report.period:
        report.year = report.period[0].year


def _open(heading: HeadingLine, line: _Line, report: AnnualReport) -> Section:
    where = line.text.where if line.text else ""
    section = Section(heading.key, heading.title, heading.ordinal, [], where)
    if heading.rest:
        section.paragraphs.append(Paragraph(heading.rest, where))
    report.sections.append(section)
    return section


def _not_prose(text: TextBlock, inside: bool) -> bool:
    if is_chrome(text.text) or is_page_number(text.text) or meant_by(text.text):
        return True
    return inside and (is_scrap(text.text) or parse_figure(text.text).kind is not CellKind.TEXT)


def _inside_tables(draft: _Draft, tables: tuple[str, ...]) -> set[int]:
    """Places from a little before the first row of each of these tables to its last row."""
    found: set[int] = set()
    for table in tables:
        rows = [n for n, line in enumerate(draft.lines) if line.table == table]
        found |= set(range(max(0, rows[0] - 12), rows[-1])) if rows else set()
    return found


def _title_fields(draft: _Draft, report: AnnualReport) -> None:
    title = draft.title
    if title is not None:
        report.title, report.agency, report.year = title.text, title.agency, title.year
    if not report.agency:
        report.agency = _publisher(draft)


def _publisher(draft: _Draft) -> str:
    for line in draft.lines:
        if line.text and (name := publisher_in(line.text.text)):
            return name
        if line.row and not line.table:
            cells = [s.text.strip() for s in line.row.own]
            for label, value in itertools.pairwise(cells):
                if value and (name := publisher_in(f"{label.rstrip(':： ')}:{value}")):
                    return name
    return ""


def _preface(draft: _Draft, start: int | None) -> list[Paragraph]:
    title = draft.title
    stop = start if start is not None else 0
    first = title.last + 1 if title and title.last < stop else 0
    found = [Paragraph(title.rest, "")] if title and title.rest and title.last < stop else []
    texts = [(n, t) for n, t in _texts(draft) if first <= n < stop and not draft.lines[n].heading]
    lines = [t for _, t in texts if not is_chrome(t.text) and not _is_title(t) and not is_date_line(t.text)]
    lead = next((k for k, t in enumerate(lines) if _LEADS.search(t.text)), None)
    if lead is None and not (title and title.last < stop):
        return found
    prose = lines if lead is None else lines[_first_prose(lines, lead) :]
    return found + [Paragraph(t.text, t.where) for t in prose if lead is not None or len(t.text) >= 15]


def _first_prose(lines: list[TextBlock], lead: int) -> int:
    while lead > 0 and len(lines[lead - 1].text) >= 25 and re.search(r"[，。]", lines[lead - 1].text):
        lead -= 1
    return lead


def _is_title(text: TextBlock) -> bool:
    found = title_at([(text.text, text.title)], 0)
    return found is not None and not found.rest


def _sign(report: AnnualReport) -> None:
    """Take the signature (office, date) off the end of the last part; it names the agency when the title does
    not."""
    if not report.sections:
        return
    tail = report.sections[-1].paragraphs
    while len(tail) > 1 and (is_date_line(tail[-1].text) or is_agency_name(tail[-1].text)):
        gone = tail.pop()
        if not report.agency and is_agency_name(gone.text):
            report.agency = squeeze(gone.text)


def _ledger(draft: _Draft, report: AnnualReport) -> None:
    if draft.ledger_at is None:
        return
    rows = [line.row for line in draft.lines[draft.ledger_at :] if line.table == "ledger" and line.row]
    report.ledger = [[s.text.strip() for s in row.slots] for row in rows if len(row.slots) >= 5]


def _form(draft: _Draft, report: AnnualReport) -> Edition:
    """The edition by the words of table two, then by the year (law.md 2.9)."""
    words = "".join(
        core(s.text) for line in draft.lines if line.row for s in line.row.own if len(s.text) < 40
    )
    old, new = sum(w in words for w in _FORM_2019), sum(w in words for w in _FORM_2021)
    if old != new:
        return edition("2019" if old > new else "2021")
    if report.year is None:
        report.year = year_in(report.title) if report.title else None
    if report.year and report.year < 2019:
        report.notes.append("2019年以前的年度报告没有统一格式，只按现行格式试着读取，请逐项核对")
    return (edition_for_year(report.year) if report.year else None) or edition("2021")


def _place(draft: _Draft, form: Edition, report: AnnualReport) -> Placed:
    lines = [line for line in draft.lines[: draft.end] if line.row is not None]
    inside = _inside_tables(draft, ("t3",))
    strays = [_stray(t) for n, t in _texts(draft) if n in inside]
    rows = [line.row for line in lines if line.row]
    known = [s for s in strays if s is not None]
    return place(rows, [line.part for line in lines], form, known, _captions(draft), report.year)


def _captions(draft: _Draft) -> dict[int, str]:
    """By the number of a grid the short lines right before it, no further back than the last heading or table."""
    found: dict[int, str] = {}
    before: list[str] = []
    for n, line in enumerate(draft.lines):
        if line.text is not None:
            before = [] if n in draft.chosen else [*before, line.text.text][-2:]
        elif line.row is not None:
            found.setdefault(line.row.grid, " ".join(t for t in before if len(t) < _CAPTION))
            before = [] if line.row.numbers else before
    return found


def _stray(text: TextBlock) -> Cell | None:
    cell = parse_figure(text.text, text.where)
    return cell if cell.kind is CellKind.NUMBER else None


def _in_order(form: Edition, cells: dict[str, Cell]) -> list[str]:
    known = [i for i in form.cell_ids if i in cells]
    placed = frozenset(known)
    return known + [i for i in cells if i not in placed]


def _infer_problems(report: AnnualReport) -> None:
    """Where the heading of part five is lost, its prose behind table four still says what it is."""
    remedies = report.section("remedies")
    if report.section("problems") or remedies is None:
        return
    cut = next((k for k, p in enumerate(remedies.paragraphs) if _ASKS.match(squeeze(p.text))), None)
    if cut is None:
        return
    moved = remedies.paragraphs[cut:]
    del remedies.paragraphs[cut:]
    title = edition(report.edition).headings[4].title
    place_at = report.sections.index(remedies) + 1
    report.sections.insert(place_at, Section("problems", title, None, moved, moved[0].where))
    report.notes.append(
        f"没有读到“{title}”的标题，{moved[0].where or '第四部分的表'}之后的文字按内容归入这一部分"
    )
