"""A cleaned text as it is typed in the editor: the way back of `typed.py`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from .typed import LOOKS, RAW, to_html

_VOID = ("br", "hr", "img", "col")
_BLOCKS = ("p", "h2", "h3", "h4", "ul", "ol", "table", "blockquote", "figure", "figcaption", "hr")
_SIGNS = {look: "{" + sign + "}" for sign, look in LOOKS.items()}
_SAME = {"b": "strong", "i": "em"}


@dataclass(slots=True)
class _Node:
    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    inner: list[_Node | str] = field(default_factory=list)

    def nodes(self, *tags: str) -> Iterator[_Node]:
        """The nodes of these tags right inside."""
        return (one for one in self.inner if isinstance(one, _Node) and one.tag in tags)


class _Tree(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.path = [_Node("")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Go a step down."""
        node = _Node(tag, {name: value or "" for name, value in attrs})
        self.path[-1].inner.append(node)
        if tag not in _VOID:
            self.path.append(node)

    def handle_endtag(self, tag: str) -> None:
        """Come up to where this began."""
        depth = next((n for n in range(len(self.path) - 1, 0, -1) if self.path[n].tag == tag), 0)
        if depth:
            del self.path[depth:]

    def handle_data(self, data: str) -> None:
        """Words."""
        self.path[-1].inner.append(data)


def to_typed(html: str) -> str:
    """The text as it is typed."""
    tree = _Tree()
    tree.feed(html)
    tree.close()
    return "\n".join(_lines(tree.path[0].inner))


def keeps_all(html: str, typed: str) -> bool:
    """Whether what was typed is the text unchanged, so that nothing the marks cannot say is lost by saving."""
    return typed.replace("\r\n", "\n").rstrip() == to_typed(html).rstrip()


def _lines(inner: list[_Node | str]) -> list[str]:
    """The lines of a run of blocks; words that stand between blocks are paragraphs."""
    out: list[str] = []
    loose: list[_Node | str] = []
    for one in [*inner, _Node("p")]:
        if isinstance(one, str) or one.tag not in _BLOCKS:
            loose.append(one)
            continue
        if words := _words(loose).strip():
            out.append(_bare(words))
        loose = []
        out += _block(one)
    return out


def _block(node: _Node) -> list[str]:
    words = _words(node.inner).strip() if node.tag[0] in "pf" or node.tag[0] == "h" else ""
    sign = _SIGNS.get(node.attributes.get("class", ""), "")
    if node.tag in ("h2", "h3", "h4"):
        return [f"{'#' * (int(node.tag[1]) - 1)} {sign}{words}"] if words else []
    if node.tag == "hr":
        return ["---"]
    if node.tag in ("ul", "ol"):
        return list(_items(node, 0))
    if node.tag == "table":
        return _table(node)
    if node.tag == "blockquote":
        return [f"> {line}" for line in _lines(node.inner)]
    if node.tag == "figure" or any(True for _ in node.nodes(*_BLOCKS)):
        return _lines(node.inner)
    return [sign + words if sign else _bare(words)] if words else []


def _bare(line: str) -> str:
    """A paragraph that looks like a mark gets a backslash."""
    return f"\\{line}" if re.match(r"#{1,3} |- |\d{1,3}\. |> |\||\{[中右]|---", line) else line


def _items(node: _Node, depth: int) -> Iterator[str]:
    number = int(node.attributes.get("start", "1") or 1)
    for item in node.nodes("li"):
        rest = [one for one in item.inner if isinstance(one, str) or one.tag not in ("ul", "ol")]
        sign = "-" if node.tag == "ul" else f"{number}."
        number += 1
        yield f"{'  ' * depth}{sign} {_flat(rest)}"
        for below in item.nodes("ul", "ol"):
            yield from _items(below, depth + 1)


def _flat(inner: list[_Node | str]) -> str:
    """Words and blocks on one line, blocks parted by <br>."""
    parts: list[str] = []
    loose: list[_Node | str] = []
    for one in [*inner, _Node("p")]:
        if isinstance(one, str) or one.tag not in _BLOCKS:
            loose.append(one)
            continue
        parts.append(_words(loose).strip())
        loose = []
        parts.append(_flat(one.inner) if one.inner else "")
    return "<br>".join(part for part in parts if part)


def _words(inner: list[_Node | str]) -> str:
    out = []
    for one in inner:
        if isinstance(one, str):
            out.append(_escaped(re.sub(r"\s+", " ", one.replace("\xa0", " "))))
            continue
        within, tag = _words(one.inner), _SAME.get(one.tag, one.tag)
        if tag == "br":
            out.append("<br>")
        elif tag == "img":
            out.append(f"![{one.attributes.get('alt', '')}]({one.attributes.get('src', '')})")
        elif tag == "strong" and within.strip():
            out.append(f"**{within.strip()}**")
        elif tag == "a" and within.strip():
            out.append(f"[{within.strip()}]({one.attributes.get('href', '')})")
        elif tag in RAW and within:
            out.append(f"<{tag}>{within}</{tag}>")
        else:
            out.append(within)
    return "".join(out)


def _escaped(words: str) -> str:
    words = words.replace("\\", "\\\\").replace("**", "\\*\\*")
    words = re.sub(r"\[(?=[^\]]*\]\()", r"\\[", words)
    return re.sub(rf"<(?=/?(?:{'|'.join(RAW)})>)", r"\\<", words)


def _table(node: _Node) -> list[str]:
    rows: list[tuple[_Node, bool]] = []
    for part in node.nodes("thead", "tbody", "tfoot", "tr"):
        here = [part] if part.tag == "tr" else list(part.nodes("tr"))
        rows += [(row, part.tag == "thead") for row in here]
    grid: dict[tuple[int, int], str] = {}
    for r, (row, _) in enumerate(rows):
        c = 0
        for cell in row.nodes("td", "th"):
            while (r, c) in grid:
                c += 1
            down, right = _span(cell, "rowspan"), _span(cell, "colspan")
            for y in range(r, min(r + down, len(rows))):
                for x in range(c, c + right):
                    grid[y, x] = "^^" if y > r else "<<"
            sign = _SIGNS.get(cell.attributes.get("class", ""), "")
            grid[r, c] = sign + _flat(cell.inner).replace("|", "\\|")
    width = max((c for _, c in grid), default=-1) + 1
    heads = sum(head for _, head in rows)
    out = ["{表题}" + _flat(one.inner) for one in node.nodes("caption")]
    for r in range(len(rows)):
        out.append("| " + " | ".join(grid.get((r, c), "") for c in range(width)) + " |")
        if r + 1 == heads:
            out.append("|" + "---|" * width)
    return out


def _span(cell: _Node, name: str) -> int:
    value = cell.attributes.get(name, "1")
    return min(int(value), 200) if value.isdigit() and int(value) else 1


__all__ = ["keeps_all", "to_html", "to_typed"]
