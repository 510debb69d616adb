"""HTML → blocks: real tables as grids, everything else as paragraphs. Nothing is executed, nothing fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ..blocks import Block, Grid, GridCell, TextBlock, Unreadable
from ..figures import parse_figure
from ..model import CellKind

_SKIP_TAGS = (
    "script style iframe noscript template object embed svg head select option button textarea form-control "
    "audio video canvas map -comment noframes s strike del"
)
_BREAK_TAGS = (
    "p div br h1 h2 h3 h4 h5 h6 li ul ol section article header footer main aside nav dl dt dd pre blockquote "
    "center address figure figcaption fieldset form hr ucapcontent table tr caption"
)
_SKIP, _BREAKS = frozenset(_SKIP_TAGS.split()), frozenset(_BREAK_TAGS.split())
_TITLES = frozenset(("h1", "h2", "h3", "title"))
_HIDES = (
    "display:none",
    "display: none",
    "display :",
    "hidden",
    "mso-hide",
    "line-through",
    "align:super",
    "align: super",
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_STRUCK = re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through", re.IGNORECASE)
_RAISED = re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE)
# Around raised words while a cell is gathered: they are left out again where the cell turns out a figure.
_UP, _DOWN = "\x01", "\x02"
_MARKED = re.compile(f"{_UP}[^{_UP}{_DOWN}]*{_DOWN}")
_SPACE = re.compile(r"[ \t\r\n\f\u00a0\u3000\u200b\ufeff]+")
_NUMBERED = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[、.．）)]")
MAX_COLUMNS = 60
MAX_ROWS = 2000
MAX_TABLES = 400
MAX_NESTING = 3000
_MAX_DEPTH = 400
TOO_DEEP = "这个网页的标签嵌套得太深，无法读取，请另存为普通网页或换成 Word、PDF 文件再试。"
_TAG = re.compile(r"<(/?)([A-Za-z][\w:-]{0,30})")
_NO_END_TAG = (
    "br img input hr meta link col area base embed source wbr param track keygen "
    "p li td tr th option dt dd tbody thead tfoot colgroup"
)
_NO_END = frozenset(_NO_END_TAG.split())


def blocks_from_html(text: str) -> list[Block]:
    """The page's paragraphs and tables in reading order. Tables that only hold other tables, or that lay out a
    page, are walked through; spans are laid out with sane limits (60 columns, 2,000 rows)."""
    if text.count("<") > MAX_NESTING and _nesting(text) > MAX_NESTING:
        raise Unreadable(TOO_DEEP)
    tree = LexborHTMLParser(text)
    walker = _Walker(hides=_hides(text))
    title = tree.css_first("title")
    if title is not None and (words := _clean(title.text(deep=True))):
        walker.blocks.append(TextBlock(words, "网页标题", title=True))
    root = tree.body or tree.root
    if root is not None:
        walker.walk(root, 0)
        walker.flush()
    return walker.blocks


def _hides(text: str) -> bool:
    lower = text.lower()
    return any(word in lower for word in _HIDES)


def _nesting(text: str) -> int:
    """How deep the page's tags go. The parser needs time by the square of it, so it is counted beforehand."""
    depth = deepest = 0
    for match in _TAG.finditer(text):
        if match.group(2).lower() not in _NO_END:
            depth = max(0, depth - 1) if match.group(1) else depth + 1
            deepest = max(deepest, depth)
    return deepest


def _clean(text: str) -> str:
    if text.isalnum():
        return text
    return _SPACE.sub(" ", text).strip()


def _hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    if not attributes:
        return False
    style = attributes.get("style")
    if style and _HIDDEN.search(style):
        return True
    return "hidden" in attributes or attributes.get("type") == "hidden"


def _struck(node: LexborNode) -> bool:
    style = node.attributes.get("style")
    return bool(style and _STRUCK.search(style))


def _unseen(node: LexborNode) -> bool:
    """True for what a page hides and for what it strikes out."""
    return _hidden(node) or _struck(node)


def _raised(node: LexborNode) -> bool:
    style = node.attributes.get("style")
    return bool(style and _RAISED.search(style))


class _Walker:
    """Gathers text into paragraphs until a block begins, and tables into grids."""

    def __init__(self, hides: bool) -> None:
        # Looking at every node's attributes is the dearest step: spared where the page hides nothing.
        self.hides = hides
        self.blocks: list[Block] = []
        self.buffer: list[str] = []
        self.title = False
        self.paragraphs = 0
        self.tables = 0

    def flush(self) -> None:
        """Close the paragraph being gathered."""
        if self.buffer:
            words = _clean("".join(self.buffer))
            self.buffer.clear()
            if words:
                self.paragraphs += 1
                self.blocks.append(TextBlock(words, f"第{self.paragraphs}段", title=self.title))

    def walk(self, node: LexborNode, depth: int) -> None:
        """Everything below a node, in order."""
        if depth > _MAX_DEPTH:
            raise Unreadable(TOO_DEEP)
        child = node.child
        while child is not None:
            self._visit(child, depth)
            child = child.next

    def _visit(self, node: LexborNode, depth: int) -> None:
        tag = node.tag or ""
        if tag == "-text":
            self.buffer.append(node.text_content or "")
        elif tag in _SKIP or (self.hides and _unseen(node)):
            return
        elif tag == "table":
            self.flush()
            self._table(node, depth)
        elif tag in _BREAKS:
            self.flush()
            outer, self.title = self.title, self.title or tag in _TITLES
            self.walk(node, depth + 1)
            self.flush()
            self.title = outer
        else:
            self.walk(node, depth + 1)

    def _table(self, table: LexborNode, depth: int) -> None:
        if _wraps(table):
            self._unwrap(table, depth)
            return
        caption = table.css_first("caption")
        words = _clean(caption.text(deep=True)) if caption is not None else ""
        if _NUMBERED.match(words):
            # A caption names its table; only a numbered one is a heading of the report as well.
            self.blocks.append(TextBlock(words, f"第{self.tables + 1}个表格的标题"))
        self.tables += 1
        if self.tables > MAX_TABLES:
            raise Unreadable("这个网页里的表格太多，不像一份年度报告，请只保留年度报告的正文再试。")
        rows = list(_rows(table, self.hides))
        if rows:
            self.blocks.append(lay_out(rows, f"第{self.tables}个表格", self.hides))

    def _unwrap(self, table: LexborNode, depth: int) -> None:
        for cells in _rows(table, self.hides):
            for cell in cells:
                self.flush()
                if not (self.hides and _crossed(cell)):
                    self.walk(cell, depth + 1)
                self.flush()


def _wraps(table: LexborNode) -> bool:
    """True when a table inside this one is a table of its own, not a scrap inside one cell."""
    inner = [t for t in table.css("table") if t.mem_id != table.mem_id]
    return any(len(t.css("tr")) >= 2 for t in inner)


def _rows(table: LexborNode, hides: bool) -> Iterator[list[LexborNode]]:
    """The table's own rows (not those of tables inside it), hidden ones left out."""
    stack = [table.child]
    while stack:
        node = stack.pop()
        while node is not None:
            tag = node.tag
            if tag == "tr":
                if not (hides and _hidden(node)):
                    yield [c for c in node.iter() if c.tag in ("td", "th") and not (hides and _hidden(c))]
            elif tag in ("thead", "tbody", "tfoot"):
                stack.append(node.next)
                node = node.child
                continue
            node = node.next


def lay_out(rows: list[list[LexborNode]], name: str, hides: bool = True) -> Grid:
    """A rectangle of cells with spans undone; `where` reads 第2个表格第5行第4列."""
    grid: list[list[GridCell]] = []
    hanging: dict[int, tuple[int, GridCell]] = {}
    if len(rows) > MAX_ROWS:
        raise Unreadable("这个网页里的表格行数太多，不像一份年度报告，请只保留年度报告的正文再试。")
    for n, cells in enumerate(rows):
        line: list[GridCell] = []
        for cell in cells:
            _hang(line, hanging)
            attributes = cell.attributes
            width = _span(attributes.get("colspan"), MAX_COLUMNS)
            height = min(_span(attributes.get("rowspan"), MAX_ROWS), len(rows) - n)
            where = f"{name}第{n + 1}行第{len(line) + 1}列"
            words = "" if hides and _crossed(cell) else _cell_text(cell, hides)
            if len(line) >= MAX_COLUMNS:
                break
            line.append(GridCell(words, where))
            again = GridCell(words, where, True)
            for _ in range(1, min(width, MAX_COLUMNS - len(line) + 1)):
                line.append(again)
            if height > 1:
                for col in range(len(line) - min(width, MAX_COLUMNS), len(line)):
                    hanging[col] = (height, again)
        _hang(line, hanging)
        hanging = {c: (h - 1, cell) for c, (h, cell) in hanging.items() if h > 1}
        grid.append(line)
    width = max((len(line) for line in grid), default=0)
    for n, line in enumerate(grid):
        if len(line) < width:
            line.extend(GridCell("", f"{name}第{n + 1}行第{c + 1}列") for c in range(len(line), width))
    return Grid(grid, name)


def _hang(line: list[GridCell], hanging: dict[int, tuple[int, GridCell]]) -> None:
    while (found := hanging.get(len(line))) is not None and len(line) < MAX_COLUMNS:
        line.append(found[1])


def _crossed(cell: LexborNode) -> bool:
    """True for a cell struck out, alone or with its row: it keeps its place, without its words."""
    row = cell.parent
    return _struck(cell) or (row is not None and _struck(row))


def _typed(node: LexborNode) -> str:
    """What a form field shows: some sites print the tables as fields that cannot be changed."""
    kind = (node.attributes.get("type") or "text").lower()
    return node.attributes.get("value") or "" if kind in ("text", "number") and not _hidden(node) else ""


def _span(value: str | None, most: int) -> int:
    if not value:
        return 1
    digits = re.match(r"\s*(\d{1,7})", value)
    return max(1, min(int(digits.group(1)), most)) if digits else 1


def _cell_text(cell: LexborNode, hides: bool) -> str:
    """A cell's words; paragraphs and breaks inside it become line ends. Raised words beside a figure are the
    mark of a footnote and left out."""
    child = cell.child
    if child is None:
        return ""
    if child.tag == "-text" and child.next is None:
        return _clean(child.text_content or "")
    parts: list[str] = []
    _gather(cell, parts, 0, hides)
    words = "".join(parts)
    if _UP not in words:
        return _lines(words)
    bare = _lines(_MARKED.sub("", words))
    if parse_figure(bare, amount=True).kind is not CellKind.TEXT:
        return bare
    return _lines(words.replace(_UP, "").replace(_DOWN, ""))


def _lines(words: str) -> str:
    lines = (_clean(part) for part in words.split("\x00"))
    return "\n".join(line for line in lines if line)


def _gather(node: LexborNode, parts: list[str], depth: int, hides: bool) -> None:
    if depth > _MAX_DEPTH:
        return
    child = node.child
    while child is not None:
        tag = child.tag or ""
        if tag == "-text":
            parts.append(child.text_content or "")
        elif tag == "input":
            parts.append(_typed(child))
        elif tag not in _SKIP and not (hides and _unseen(child)):
            around = "\x00\x00" if tag in _BREAKS else ""
            if tag == "sup" or (hides and _raised(child)):
                around = _UP + _DOWN
            if around:
                parts.append(around[0])
                _gather(child, parts, depth + 1, hides)
                parts.append(around[1])
            elif child.child is not None:
                _gather(child, parts, depth + 1, hides)
        child = child.next
