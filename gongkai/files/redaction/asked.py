"""What may be asked about a file: what is in it, how a page looks, where a text stands, a clean copy."""

from __future__ import annotations

from typing import Any

import pypdfium2

from gongkai.statute.leaks import Listed, Severity, What

from ..content.refusals import NotTaken
from ..reading.everything import read
from ..reading.finding import Placed, placed
from ..reading.pdf import flat_page
from ..reading.pieces import Reading
from .clean import clean, occurrences, spots_of
from .marks import Marks, Refused
from .pages import boxes_of, preview, render, shows

MOST_FINDS = 3000
_AROUND = 16
_PAGES_LOOKED_AT = 60


def answer(asked: dict[str, Any], content: bytes) -> tuple[dict[str, Any], bytes]:
    """The answer as data and bytes; a refusal is an answer too."""
    words = [Listed(w, i, Severity(s), why) for w, i, s, why in asked.get("words", [])]
    marks = Marks.of(asked.get("marks", {}))
    try:
        match asked["do"]:
            case "look":
                return look(content, asked["name"], marks, words), b""
            case "page":
                return {}, _page(content, asked, marks, words)
            case "words":
                return {}, _words(content, asked["name"], int(asked["most"])).encode("utf-8", "replace")
            case "where":
                return {"spots": _where(content, asked)}, b""
            case _:
                return _clean(content, asked["name"], marks, words)
    except (Refused, NotTaken) as refused:
        return {"refused": str(refused)}, b""
    except IndexError:
        return {"refused": "没有这一页。"}, b""


def _clean(content: bytes, name: str, marks: Marks, words: list[Listed]) -> tuple[dict[str, Any], bytes]:
    made = clean(content, name, marks, words)
    return {"name": made.name, "places": made.places, "stays": len(made.stays)}, made.content


def look(content: bytes, name: str, marks: Marks, words: list[Listed]) -> dict[str, Any]:
    """Kind, finds, gaps, number of pages, and the texts a person marked."""
    reading = read(content, name)
    found = placed(reading, words)
    unseen = _unseen(content, found) if reading.kind == "pdf" else set()
    by_unit = {p.unit: p for p in reading.pieces if p.unit}
    return {
        "kind": reading.kind,
        "pages": _pages(content, reading),
        "more": max(0, len(found) - MOST_FINDS),
        "found": [_said(p, p.key in unseen) for p in found[:MOST_FINDS]],
        "gaps": [{"where": g.where, "why": g.why, "blocks": g.blocks} for g in reading.gaps[:100]],
        "hidden": _hidden_places(reading),
        "marked": [
            {"where": by_unit[s.unit].where, "text": by_unit[s.unit].text[s.start : s.end], "number": n}
            for n, s in enumerate(marks.spots)
            if s.unit in by_unit
        ],
    }


def _said(found: Placed, unseen: bool) -> dict[str, Any]:
    finding, text = found.finding, found.piece.text
    page = found.piece.unit[1:] if found.piece.unit[:1] == "p" else ""
    return {
        "key": found.key,
        "what": finding.what.value,
        "label": finding.label,
        "where": found.piece.where,
        "hidden": found.piece.hidden or unseen,
        "unseen": unseen,
        "before": (found.piece.before + "：" if found.piece.before and finding.start < _AROUND else "")
        + text[max(0, finding.start - _AROUND) : finding.start],
        "text": finding.text[:120],
        "after": text[finding.end : finding.end + _AROUND],
        "blocks": finding.blocks,
        "why": finding.why,
        "instead": finding.instead,
        "word": finding.what is What.WORD,
        "page": int(page) if page.isdigit() else None,
    }


def _unseen(content: bytes, found: list[Placed]) -> set[str]:
    """The finds on pages that cannot be seen there: white letters, letters under a black box, a layer switched off."""
    by_page: dict[int, list[Placed]] = {}
    for one in found:
        if one.piece.unit[:1] == "p":
            by_page.setdefault(int(one.piece.unit[1:]), []).append(one)
    unseen: set[str] = set()
    with pypdfium2.PdfDocument(content) as document:
        for number in sorted(by_page)[:_PAGES_LOOKED_AT]:
            page = flat_page(document, number)
            picture = render(page, 100)
            for one in by_page[number]:
                boxes = boxes_of(page, number, [(one.finding.start, one.finding.end)])
                if boxes and not any(shows(picture, box) for box in boxes):
                    unseen.add(one.key)
            page.close()
    return unseen


def _pages(content: bytes, reading: Reading) -> int:
    if reading.kind == "pdf":
        with pypdfium2.PdfDocument(content) as document:
            return len(document)
    return 1 if reading.kind == "picture" else 0


def _hidden_places(reading: Reading) -> list[str]:
    """Where text stands that does not show, without the places that every file has."""
    common = ("文件内部数据", "文件属性", "链接地址", "工作簿", "文档设置", "图形", "文件名")
    seen = dict.fromkeys(p.where for p in reading.pieces if p.hidden and not p.where.startswith(common))
    return list(seen)[:40]


def _page(content: bytes, asked: dict[str, Any], marks: Marks, words: list[Listed]) -> bytes:
    reading = read(content, asked["name"])
    return preview(content, reading.kind, int(asked["page"]), spots_of(reading, marks, words), marks.boxes)


def _words(content: bytes, name: str, most: int) -> str:
    """What people who open the file see in it."""
    pieces = read(content, name).pieces
    return "\n".join(p.text for p in pieces if not p.hidden and p.unit != "name")[:most].replace("\0", "")


def _where(content: bytes, asked: dict[str, Any]) -> list[list[Any]]:
    reading = read(content, asked["name"])
    return [[s.unit, s.start, s.end] for s in occurrences(reading, set(asked["texts"]))]
