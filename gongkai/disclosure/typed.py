"""A text as it is typed in the editor, a line a paragraph with few marks, made into HTML. `retyped.py` is the way back.

    # 一级标题   ## 二级   ### 三级      - 列表      1. 编号列表      > 引用      ---
    {中}居中   {右}居右   {表题}表的名称
    | 甲 | 乙 |   a row of a table; |---| under its head; << joins to the cell at the left, ^^ to the one above
    **加粗**   [文字](网址)   ![图的说明](files/…)   and <br> <sub> <sup> <u> <s> <em> as they are

A backslash takes the meaning of the mark behind it away. What comes out is cleaned as any other text is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

LOOKS = {"中": "center", "右": "right"}
RAW = ("br", "sub", "sup", "u", "s", "em")
_HEAD = re.compile(r"(#{1,3}) +(.*)")
_LIST = re.compile(r"( *)(?:(-)|(\d{1,3})\.) +(.*)")
_LOOK = re.compile(r"\{([中右])\}(.*)")
_RULE = re.compile(r"\|?\s*:?-{3,}:?\s*(?:\|\s*:?-{3,}:?\s*)*\|?\Z")
_INLINE = re.compile(
    r"\\(?P<bare>[\\*\[\]!|#>{<\-\d])"
    r"|\*\*(?P<bold>(?:\\.|[^*\\]|\*(?!\*))+?)\*\*"
    r"|!\[(?P<alt>[^\]]*)\]\((?P<src>[^)\s]+)\)"
    r"|\[(?P<words>(?:\\.|[^\]\\])+)\]\((?P<href>[^)\s]+)\)"
    rf"|(?P<raw></?(?:{'|'.join(RAW)})>)",
    re.S,
)


def to_html(typed: str) -> str:
    """The HTML of a typed text; not yet cleaned."""
    lines = [line.rstrip() for line in typed.replace("\r\n", "\n").split("\n")]
    out: list[str] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        end = at + 1
        if line.startswith(("|", "{表题}")):
            while end < len(lines) and lines[end].startswith("|"):
                end += 1
            out.append(_table(lines[at:end]))
        elif _LIST.match(line):
            while end < len(lines) and _LIST.match(lines[end]):
                end += 1
            out.append(_list(lines[at:end]))
        elif line.strip():
            out.append(_block(line.strip()))
        at = end
    return "".join(out)


def _block(line: str) -> str:
    if re.fullmatch(r"-{3,}", line):
        return "<hr>"
    if line.startswith("> "):
        return f"<blockquote><p>{inline(line[2:])}</p></blockquote>"
    tag = "p"
    if head := _HEAD.match(line):
        tag, line = f"h{len(head[1]) + 1}", head[2]
    look, words = _looked(line)
    return f"<{tag}{look}>{inline(words)}</{tag}>"


def _looked(line: str) -> tuple[str, str]:
    if found := _LOOK.match(line):
        return f' class="{LOOKS[found[1]]}"', found[2].strip()
    return "", line


def inline(words: str) -> str:
    """One line's marks: bold, links, pictures, raw tags; everything else is text."""
    out, at = [], 0
    for found in _INLINE.finditer(words):
        out.append(escape(words[at : found.start()], quote=False))
        at = found.end()
        if found["bare"]:
            out.append(escape(found["bare"], quote=False))
        elif found["bold"]:
            out.append(f"<strong>{inline(found['bold'])}</strong>")
        elif found["src"]:
            out.append(f'<img src="{escape(found["src"])}" alt="{escape(found["alt"])}">')
        elif found["href"]:
            out.append(f'<a href="{escape(found["href"])}">{inline(found["words"])}</a>')
        else:
            out.append(found["raw"])
    out.append(escape(words[at:], quote=False))
    return "".join(out)


def _list(lines: list[str]) -> str:
    """Items by their depth; two blanks more are one level deeper."""
    out: list[str] = []
    open_now: list[tuple[int, str]] = []
    for found in filter(None, map(_LIST.match, lines)):
        depth, tag = len(found[1]), "ul" if found[2] else "ol"
        while open_now and (depth < open_now[-1][0] or (depth == open_now[-1][0] and tag != open_now[-1][1])):
            out.append(f"</li></{open_now.pop()[1]}>")
        if open_now and depth == open_now[-1][0]:
            out.append("</li>")
        else:
            start = f' start="{found[3]}"' if found[3] and found[3] != "1" else ""
            out.append(f"<{tag}{start}>")
            open_now.append((depth, tag))
        out.append(f"<li>{inline(found[4])}")
    out += [f"</li></{tag}>" for _, tag in reversed(open_now)]
    return "".join(out)


@dataclass(slots=True)
class _Cell:
    words: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1


def _table(lines: list[str]) -> str:
    caption = ""
    if lines[0].startswith("{表题}"):
        caption = f"<caption>{inline(lines.pop(0).removeprefix('{表题}').strip())}</caption>"
    if not lines:
        return f"<p>{caption.removeprefix('<caption>').removesuffix('</caption>')}</p>"
    heads = next((n for n, line in enumerate(lines) if _RULE.match(line)), 0)
    rows = [_cells(line) for line in lines if not _RULE.match(line)]
    grid = _grid(rows)
    head = "".join(_row(grid, n, "th") for n in range(heads))
    body = "".join(_row(grid, n, "td") for n in range(heads, len(grid)))
    return f"<table>{caption}{f'<thead>{head}</thead>' if head else ''}<tbody>{body}</tbody></table>"


def _cells(line: str) -> list[str]:
    inner = line.strip().removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", inner)]


def _grid(rows: list[list[str]]) -> list[list[_Cell]]:
    grid: list[list[_Cell]] = []
    for r, row in enumerate(rows):
        grid.append([])
        for c, words in enumerate(row):
            owner = None
            if words == "<<" and c:
                owner = grid[r][c - 1]
                owner.columns = max(owner.columns, c - owner.column + 1)
            elif words == "^^" and r and c < len(grid[r - 1]):
                owner = grid[r - 1][c]
                owner.rows = max(owner.rows, r - owner.row + 1)
            grid[r].append(owner or _Cell(words, r, c))
    return grid


def _row(grid: list[list[_Cell]], number: int, tag: str) -> str:
    out = []
    for column, cell in enumerate(grid[number]):
        if (cell.row, cell.column) != (number, column):
            continue
        spans = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
        spans += f' colspan="{cell.columns}"' if cell.columns > 1 else ""
        look, words = _looked(cell.words)
        out.append(f"<{tag}{spans}{look}>{inline(words)}</{tag}>")
    return f"<tr>{''.join(out)}</tr>"
