"""Annual reports as text: prose in order, the three tables as grids, a ledger annex apart."""

from __future__ import annotations

from ..blocks import Block, Unreadable
from ..editions import Edition, edition
from .run_rows import RawRow
from .run_tables import Settled, settle_four, settle_three, settle_two
from .text_flat import row_four, rows_two
from .text_grids import grid_four, grid_three, grid_two
from .text_labels import Places, anchors3, table_places
from .text_ledger import ledger_blocks, ledger_start
from .text_lines import rows_in_stream
from .text_page import Page
from .text_pipes import row_lines, rows_by_line
from .text_prose import body_start, prose, with_title, wrap_width

_LONGEST = 1_000_000
_SHORTEST = 30


def _form(page: Page) -> Edition:
    """The edition a text shows: table two of 2019 has other columns (law.md 2.9)."""
    old = "本年新制作数量" in page.bare or ("政府集中采购" in page.bare and "本年制发件数" not in page.bare)
    return edition("2019" if old else "2021")


def _two(page: Page, form: Edition, low: int, high: int) -> tuple[list[Block], int]:
    rows, reach = rows_two(page, form, low, high)
    if not rows:
        return [], page.at(low)
    whole = Settled()
    for row, raw in rows:
        done = settle_two(raw, row.unit)
        whole.cells.update(done.cells)
        whole.runs.extend(done.runs)
    return [grid_two(form, rows, whole, page.where(page.at(low)))], reach


def _three(page: Page, form: Edition, low: int, high: int) -> tuple[list[Block], int]:
    start, end = page.at(low), page.at(high)
    lines = row_lines(page, start, end)
    rows: dict[str, RawRow] = {}
    reach = start
    if lines:
        rows = rows_by_line(page, lines, start, end, form.id)
        last = lines[-1].line
        reach = min(end, page.lines[last] if last < len(page.lines) else len(page.flat))
    if len(rows) < 3:
        anchors = anchors3(page, low, high)
        rows, reach = rows_in_stream(page, anchors, end)
    if not rows:
        return [], start
    return [grid_three(rows, settle_three(rows, form.leaves), page.where(start))], reach


def _four(page: Page, form: Edition, low: int, high: int) -> tuple[list[Block], int]:
    cells = tuple(cell for group in form.groups4 for cell in group.cells)
    row, reach = row_four(page, cells, low, high)
    return [grid_four(form, row, settle_four(row), page.where(page.at(low)))], reach


def blocks_from_text(text: str) -> list[Block]:
    """A report's text as blocks in reading order: paragraphs, and a grid for each of the three tables and for a
    ledger annex. Figures that ran together are cut where the sums of the form decide it and stay ambiguous where
    they do not (see `run_tables`); each grid lists its open runs.

    Places are 第N行, in very long lines 第N行第M字. Raises `Unreadable` for a text without words or far too long.
    """
    if len(text) > _LONGEST:
        raise Unreadable("文件太大，不像一份年度报告；请只提供报告本身的文字。")
    page = Page(text)
    if len(page.bare) < _SHORTEST:
        raise Unreadable("文件里几乎没有文字，读不出年度报告；请换一份有文字的文件。")
    return _blocks(page, table_places(page))


def _blocks(page: Page, places: Places) -> list[Block]:
    form = _form(page)
    width = wrap_width(page)
    at, title = body_start(page)
    out: list[Block] = [title] if title else []
    first = True
    starts = (places.two, places.three, places.four)
    for number, (reader, low) in enumerate(zip((_two, _three, _four), starts, strict=True)):
        if low is None or page.at(low) < at:
            continue
        high = next((p for p in starts[number + 1 :] if p is not None), places.end)
        blocks, reach = reader(page, form, low, high)
        if not blocks:
            continue
        before = prose(page, at, page.at(low), width)
        out.extend(with_title(before) if first and not title else before)
        out.extend(blocks)
        at, first = max(reach, at), False
    return [*out, *_tail(page, at, width, first and not title)]


def _tail(page: Page, at: int, width: int, first: bool) -> list[Block]:
    """What follows the last table: prose, and a ledger when there is one."""
    ledger = ledger_start(page, at)
    end = len(page.flat) if ledger is None else max(at, page.lines[ledger - 1])
    text = prose(page, at, end, width)
    out: list[Block] = list(with_title(text) if first else text)
    return out if ledger is None else [*out, *ledger_blocks(page, ledger)]
