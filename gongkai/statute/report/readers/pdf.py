"""PDF with a text layer → blocks: ruled tables as grids, the lines between them joined into paragraphs."""

from __future__ import annotations

import io
import itertools
import logging
import re
import statistics
from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

import pdfplumber

from ..blocks import Block, Grid, GridCell, TextBlock, Unreadable
from . import refusals
from .chrome import is_page_number
from .labels import squeeze
from .pdf_letters import Char, cell_words, chunks, line_text, rows_of_chars
from .pdf_unruled import Word, find_rows, used_lines
from .radicals import repair
from .text import blocks_from_text

MAX_PAGES = 300
MAX_CHARS = 20_000
MAX_SHAPES = 8_000
_RULES: dict[str, Any] = {"vertical_strategy": "lines", "horizontal_strategy": "lines", "snap_tolerance": 3}
_STATUTORY = re.compile(r"本年制发件数|本年新制作数量|行政许可|自然人|结果维持|申请人情况")
_NUMBERED = re.compile(r"[（(]?[一二三四五六七八九]+[、）)]")
_CID = re.compile(r"\(cid:\d+\)")

for _name in ("pdfminer", "pdfplumber"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)

Box = tuple[float, float, float, float]


@dataclass(slots=True)
class _TextLine:
    text: str
    x0: float
    x1: float
    top: float
    size: float
    page: int
    words: list[Word] = field(default_factory=list)


def blocks_from_pdf(data: bytes) -> list[Block]:
    """The document's paragraphs and ruled tables in reading order, page by page.

    Without ruled statutory tables the lines go to the text reader. Raises `Unreadable` for scans, passwords,
    damaged files, files with more than 300 pages, and pages crowded beyond measure.
    """
    refusals.check_pdf_streams(data)
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            pages = pdf.pages
            if len(pages) > MAX_PAGES:
                raise Unreadable("PDF 超过 300 页，请只保留年度报告正文的页再试。")
            return _blocks(pages)
    except Unreadable:
        raise
    except RecursionError as error:
        raise Unreadable(refusals.DAMAGED) from error
    except Exception as error:
        # pdfminer meets damaged files with exceptions of every kind.
        raise Unreadable(refusals.ENCRYPTED if _locked(error, data) else refusals.DAMAGED) from error


def _locked(error: Exception, data: bytes) -> bool:
    names = {type(e).__name__ for e in (error, error.__cause__, error.__context__, *error.args)}
    return b"/Encrypt" in data and any("Password" in n or "Encrypt" in n or "Crypt" in n for n in names)


def _blocks(pages: list[Any]) -> list[Block]:
    parts: list[_TextLine | Grid] = []
    letters = garbled = tables = 0
    for page in pages:
        chars = page.chars
        if (
            len(chars) > MAX_CHARS
            or len(page.objects.get("line", ())) + len(page.rects) + len(page.curves) > MAX_SHAPES
        ):
            raise Unreadable("PDF 里有一页的文字或图形多得不正常，请重新导出，或换成 Word 文件再试。")
        letters += sum(1 for c in chars if c["text"].strip())
        garbled += sum(1 for c in chars if _CID.match(c["text"]) or "\ue000" <= c["text"][:1] <= "\uf8ff")
        found = _page_parts(page, chars)
        tables += sum(isinstance(p, Grid) for p in found)
        parts += found
        page.close()
    if letters < 20 * max(1, min(len(pages), 3)):
        raise Unreadable(refusals.SCAN)
    if garbled > letters // 3:
        raise Unreadable(
            "PDF 的字体没有对应的文字（复制出来是乱码），请先做文字识别（OCR），或索取可编辑的文件。"
        )
    _number_tables(parts)
    if any(isinstance(p, Grid) and _is_statutory(p) for p in parts):
        return _join(parts)
    bare = _unruled(parts)
    if any(isinstance(p, Grid) and len(p.rows[0]) == 8 for p in bare):
        return _join(bare)
    return blocks_from_text("\n".join(p.text if isinstance(p, _TextLine) else _as_text(p) for p in parts))


def _unruled(parts: list[_TextLine | Grid]) -> list[_TextLine | Grid]:
    """The lines with rows of figures turned into grids of one row, page by page."""
    out: list[_TextLine | Grid] = []
    for page in sorted({p.page for p in parts if isinstance(p, _TextLine)}):
        lines = [p for p in parts if isinstance(p, _TextLine) and p.page == page]
        words = [line.words for line in lines]
        found = find_rows(words, page)
        spent = used_lines(words, found)
        out += [found.get(n, line) for n, line in enumerate(lines) if n not in spent]
    return out


def _is_statutory(grid: Grid) -> bool:
    words = squeeze("".join(c.text for row in grid.rows for c in row if not c.merged))
    return bool(_STATUTORY.search(words)) and any(c.text.strip().isdigit() for row in grid.rows for c in row)


def _as_text(grid: Grid) -> str:
    return "\n".join("\t".join(c.text.replace("\n", "") for c in row if not c.merged) for row in grid.rows)


def _page_parts(page: Any, chars: list[Char]) -> list[_TextLine | Grid]:
    ruled = _ruled(page)
    rules = {**_RULES, "explicit_horizontal_lines": _open_ends(ruled.edges)}
    tables = [t for t in ruled.find_tables(rules) if _real(t)]
    boxes = [t.bbox for t in tables]
    number = page.page_number
    inner: list[list[list[Char]]] = [[] for _ in boxes]
    gone: set[int] = set()
    for chunk in chunks(chars):
        home = next((n for n, box in enumerate(boxes) if _inside(chunk, box)), None)
        if home is not None:
            inner[home].append(chunk)
            gone |= {id(c) for c in chunk}
    outside = [c for c in chars if id(c) not in gone and not any(_inside([c], box) for box in boxes)]
    placed: list[tuple[float, _TextLine | Grid]] = [(line.top, line) for line in _text_lines(outside, number)]
    for n, table in enumerate(tables):
        placed.append((table.bbox[1], _grid(table, inner[n], f"第{number}页第{n + 1}个表格")))
    placed.sort(key=lambda p: p[0])
    return [part for _, part in placed]


def _ruled(page: Any) -> Any:
    """The page without filled areas: paragraph backgrounds are no tables, but thin rectangles are lines."""

    def keep(item: dict[str, Any]) -> bool:
        if item.get("object_type") != "rect":
            return True
        thin = item["width"] < 3 or item["height"] < 3
        return bool(thin or (item.get("stroke") and not item.get("fill")))

    return page.filter(keep)


def _open_ends(edges: list[dict[str, Any]]) -> list[float]:
    """Heights at which the uprights of a table end without a rule across: a table cut by the end of the page."""
    ends: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for edge in edges:
        if edge["orientation"] == "v" and edge["bottom"] - edge["top"] > 8:
            ends[round(edge["top"] / 3)].append(edge)
            ends[round(edge["bottom"] / 3)].append(edge)
    level = [e for e in edges if e["orientation"] == "h"]
    found = []
    for key, uprights in ends.items():
        if len({round(e["x0"]) for e in uprights}) < 3:
            continue
        height = statistics.median(
            min((e["top"], e["bottom"]), key=lambda y: abs(y - key * 3)) for e in uprights
        )
        width = max(e["x0"] for e in uprights) - min(e["x0"] for e in uprights)
        ruled = sum(e["x1"] - e["x0"] for e in level if abs(e["top"] - height) < 3.5)
        if ruled < 0.6 * width:
            found.append(float(height))
    return found


def _real(table: Any) -> bool:
    return len(table.cells) >= 4 and len({round(c[0]) for c in table.cells}) >= 2


def _inside(chunk: list[Char], box: Box) -> bool:
    x, y = _middle(chunk)
    return bool(box[0] - 1 <= x <= box[2] + 1 and box[1] - 1 <= y <= box[3] + 1)


def _middle(chunk: list[Char]) -> tuple[float, float]:
    return (chunk[0]["x0"] + chunk[-1]["x1"]) / 2, (chunk[0]["top"] + chunk[0]["bottom"]) / 2


def _edges(values: list[float]) -> list[float]:
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > 2.5:
            out.append(value)
    return out


def _grid(table: Any, drawn: list[list[Char]], name: str) -> Grid:
    """The table as a rectangle, spans from the cells' boxes. Text in a place without closed rules is kept."""
    cells: list[Box] = list(table.cells)
    xs, ys = _edges([c[0] for c in cells]), _edges([c[1] for c in cells])
    cover: dict[tuple[int, int], int] = {}
    for k, (x0, top, x1, bottom) in enumerate(cells):
        for r in (i for i, y in enumerate(ys) if top - 2 <= y < bottom - 2):
            for c in (i for i, x in enumerate(xs) if x0 - 2 <= x < x1 - 2):
                cover.setdefault((r, c), k)
    held: dict[tuple[int, int], list[Char]] = defaultdict(list)
    for word in drawn:
        x, y = _middle(word)
        place = (max(0, bisect_right(ys, y) - 1), max(0, bisect_right(xs, x) - 1))
        key = (cover[place], -1) if place in cover else (-1 - place[0], place[1])
        held[key] += word
    return Grid(
        [[_grid_cell(r, c, cover, held, name) for c in range(len(xs))] for r in range(len(ys))],
        name,
    )


def _grid_cell(
    r: int, c: int, cover: dict[tuple[int, int], int], held: dict[tuple[int, int], list[Char]], name: str
) -> GridCell:
    k = cover.get((r, c))
    if k is None:
        text = cell_words(held.get((-1 - r, c), []))
        return GridCell(text, f"{name}第{r + 1}行第{c + 1}列", merged=not text)
    first_row, first_col = min(place for place, owner in cover.items() if owner == k)
    where = f"{name}第{first_row + 1}行第{first_col + 1}列"
    return GridCell(cell_words(held.get((k, -1), [])), where, merged=(r, c) != (first_row, first_col))


def _text_lines(chars: list[Char], page: int) -> list[_TextLine]:
    lines = []
    for row in rows_of_chars(chars):
        text = line_text(row)
        inked = [c for c in row if c["text"].strip()]
        if text and not is_page_number(text):
            size = statistics.median(c["size"] for c in inked)
            box = (inked[0]["x0"], inked[-1]["x1"], inked[0]["top"])
            lines.append(_TextLine(text, *box, size, page, _words_of(inked)))
    return lines


def _words_of(row: list[Char]) -> list[Word]:
    words: list[list[Char]] = []
    for char in row:
        if words and char["x0"] - words[-1][-1]["x1"] < 0.33 * char["size"]:
            words[-1].append(char)
        else:
            words.append([char])
    return [
        Word(repair("".join(c["text"] for c in w)), w[0]["x0"], w[-1]["x1"], w[0]["top"], w[0]["bottom"])
        for w in words
    ]


def _number_tables(parts: list[_TextLine | Grid]) -> None:
    """A bare number at the foot or head of most pages is a page number."""
    last: dict[int, int] = {}
    for n, part in enumerate(parts):
        if isinstance(part, _TextLine):
            last[part.page] = n
    for n in sorted(last.values(), reverse=True):
        part = parts[n]
        if (
            isinstance(part, _TextLine)
            and part.text.isdigit()
            and len(part.text) <= 3
            and int(part.text) <= part.page + 5
        ):
            del parts[n]


def _join(parts: list[_TextLine | Grid]) -> list[Block]:
    """Lines into paragraphs: a new one begins at an indent, after a short line, and at a heading."""
    lines = [p for p in parts if isinstance(p, _TextLine)]
    right = max((line.x1 for line in lines), default=0.0)
    left = _margin(lines, right)
    numbered = [line.x0 > left + 1.2 * line.size for line in lines if _NUMBERED.match(line.text)]
    # Where numbers stand indented, one at the margin behind a full line is the middle of a paragraph.
    at_margin = sum(numbered) * 2 <= len(numbered)
    out: list[Block] = []
    text, where, before = "", "", None
    for part in parts:
        if isinstance(part, Grid):
            if text:
                out.append(TextBlock(text, where))
            out.append(part)
            text, before = "", None
            continue
        if before is not None and text and not _begins(part, before, left, right, at_margin):
            text = _glue(text, part.text)
        else:
            if text:
                out.append(TextBlock(text, where))
            text, where = part.text, f"第{part.page}页"
        before = part
    if text:
        out.append(TextBlock(text, where))
    return out


def _margin(lines: list[_TextLine], right: float) -> float:
    """The left margin: where most lines begin, or an indent's width further left where a line goes on behind a
    full one, since a page of one-line paragraphs begins mostly at the indent."""
    counts = Counter(round(line.x0) for line in lines)
    if not counts:
        return 0.0
    most = max(counts.values())
    usual = min(x for x, count in counts.items() if count == most)
    going_on = [
        line.x0
        for before, line in itertools.pairwise(lines)
        if 15 <= usual - line.x0 <= 45 and before.x1 >= right - 2.2 * before.size
    ]
    return min(going_on, default=float(usual))


def _begins(line: _TextLine, before: _TextLine, left: float, right: float, at_margin: bool) -> bool:
    if before.x1 < right - 2.2 * before.size:
        return True
    if abs(line.size - before.size) > 1.5 or (at_margin and _NUMBERED.match(line.text)):
        return True
    return line.x0 > left + 1.2 * line.size


def _glue(text: str, more: str) -> str:
    latin = text[-1:].isascii() and more[:1].isascii() and text[-1:].isalpha() and more[:1].isalpha()
    return f"{text} {more}" if latin else text + more
