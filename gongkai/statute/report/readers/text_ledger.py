"""The ledger of requests that agencies append to a report: read as rows, kept apart from the report."""

from __future__ import annotations

import re

from ..blocks import Block, Grid, GridCell, TextBlock
from .text_labels import bare
from .text_page import Page

HEADS = [
    "序号",
    "申请人",
    "申请渠道",
    "申请时间",
    "申请内容",
    "依申请公开编号",
    "申请单位",
    "答复时间",
    "处理状态",
    "信息获取方式",
    "发布状态",
    "办理结果",
]
_SIZE = len(HEADS)
_NEAR = 60
_TRIES = 200
_PARTED = re.compile(r"[\t|]")


def ledger_start(page: Page, start: int) -> int | None:
    """The number of the line with which a ledger's head begins, at or after a place on the page; else None."""
    at = page.flat.find("序号", start)
    for _ in range(_TRIES):
        if at < 0:
            break
        place = page.bare_at(at)
        ahead = page.bare[place : place + _NEAR * 3]
        if sum(word in ahead for word in HEADS[1:]) >= 5:
            return page.line(at)
        at = page.flat.find("序号", at + 1)
    return None


def _line(page: Page, number: int) -> str:
    end = page.lines[number] - 1 if number < len(page.lines) else len(page.flat)
    return page.text[page.lines[number - 1] : end]


def _wide_row(line: str, number: int) -> list[GridCell]:
    cells = [c.strip() for c in _PARTED.split(line.strip("|"))]
    while len(cells) > _SIZE and not cells[0]:
        cells.pop(0)
    return [GridCell(c, f"第{number}行") for c in cells] if len(cells) >= _SIZE - 2 else []


def ledger_blocks(page: Page, first: int) -> list[Block]:
    """The ledger from a line on as one grid with its head row, and the text behind it. A cell a line (an empty
    cell is a line of white space), or a row a line parted by tabs or pipes."""
    grid = Grid(where=f"第{first}行")
    grid.rows.append([GridCell(word, f"第{first}行") for word in HEADS])
    rest: list[Block] = []
    row: list[GridCell] = []
    for number in range(first, len(page.lines) + 1):
        line = _line(page, number)
        text = line.strip()
        wide = _wide_row(line, number) if text else []
        if wide:
            if "申请人" not in bare(text):
                grid.rows.append(wide)
        elif text == str(len(grid.rows)) and (not row or len(row) >= 2):
            row = [GridCell(text, f"第{number}行")]
            grid.rows.append(row)
        elif row and len(row) < _SIZE and (text or line):
            row.append(GridCell(text, f"第{number}行"))
        elif text and row:
            rest.append(TextBlock(text, f"第{number}行"))
    for cells in grid.rows:
        cells.extend(GridCell("", cells[-1].where) for _ in range(_SIZE - len(cells)))
    return [grid, *rest]
