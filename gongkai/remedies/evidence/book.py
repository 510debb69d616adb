"""The PDF of a pack: typst sets cover, index and words and leaves a place for every page of every file; the pages are
then laid into their places. So the index knows each page from the setting itself, and nothing is counted twice."""

from __future__ import annotations

import json
from contextlib import ExitStack
from datetime import UTC, date, datetime
from importlib.resources import files
from io import BytesIO
from typing import Any, BinaryIO

import pikepdf

from gongkai.statute.report.writers.glyphs import printable
from gongkai.statute.report.writers.pdf import compiler

from .parts import Block, Facts, Material, Paper, Section, Steps, Table, Words
from .sheets import NoPages, Sheet, aside, sheets_of

TITLE = "政府信息公开申请案卷证据材料"
_MM = 72 / 25.4
_SIDE, _ENDS = 10 * _MM, 14 * _MM
"""The edge left free around a page that is laid in: for the name above it and the number below."""


def book(material: Material, on: date) -> tuple[BinaryIO, dict[int, int]]:
    """The pack as PDF in a nameless file, to be closed by whom it is given, and at which page each paper begins, by
    its place among `material.papers`. Pages are copied from disk to disk: memory holds one picture at most."""
    with ExitStack() as kept:
        shown: dict[int, list[Sheet]] = {}
        missing: dict[int, str] = {}
        for n, paper in enumerate(material.papers):
            try:
                if paper.shown:
                    shown[n] = sheets_of(paper.file, kept)
            except NoPages as error:
                missing[n] = str(error)
        frame, places = _set(_told(material, shown, missing), on)
        with pikepdf.open(BytesIO(frame)) as pdf:
            for n, k, at in places:
                _lay(pdf.pages[at - 1], shown[n][k])
            made = aside()
            pdf.save(made)
        made.seek(0)
    return made, {n: at for n, k, at in places if k == 0}


def _lay(place: pikepdf.Page, sheet: Sheet) -> None:
    box = place.mediabox
    room = pikepdf.Rectangle(_SIDE, _ENDS, float(box[2]) - _SIDE, float(box[3]) - _ENDS)
    place.add_overlay(sheet.form, room)


def _set(told: dict[str, Any], on: date) -> tuple[bytes, list[tuple[int, int, int]]]:
    source = files(__package__).joinpath("evidence.typ").read_bytes()
    inputs = {"pack": json.dumps(told, ensure_ascii=False)}
    # Two of them: one that has a source in memory gives it up with its first answer.
    found = json.loads(compiler(source, inputs).query("<place>", field="value"))
    made_at = datetime(on.year, on.month, on.day, tzinfo=UTC)
    pdf = compiler(source, inputs).compile(format="pdf", timestamp=made_at)
    if not isinstance(pdf, bytes):
        raise TypeError("typst returned no single document")
    return pdf, [(int(one["key"].removeprefix("paper-")), one["n"], one["page"]) for one in found]


def _told(material: Material, shown: dict[int, list[Sheet]], missing: dict[int, str]) -> dict[str, Any]:
    """What the typst source reads."""
    index: list[dict[str, Any]] = []
    parts: list[dict[str, Any]] = []
    n = 0
    for number, section in enumerate(material.sections, start=1):
        key = f"section-{number}"
        index.append(_line(str(number), section.title, key, section=True))
        blocks = [_block(block) for block in [*section.blocks, *_contents(section)]]
        parts.append({"kind": "section", "key": key, "title": f"{number}. {section.title}", "blocks": blocks})
        k = 0
        for paper in section.papers:
            if paper.shown:
                k += 1
                index.append(_line(f"{number}.{k}", paper.name, f"paper-{n}", missing.get(n, "")))
                parts.append(_places(paper, n, shown.get(n, [])))
            n += 1
    cover = [[plain(label), plain(value)] for label, value in material.cover]
    return {"title": TITLE, "cover": cover, "index": index, "parts": parts}


def plain(text: str) -> str:
    """The text as the fonts can print it, its lines kept."""
    return "\n".join(printable(line.replace("\t", " ")) for line in text.splitlines())


def _line(no: str, name: str, key: str, missing: str = "", *, section: bool = False) -> dict[str, Any]:
    return {"no": no, "name": plain(name), "key": key, "missing": missing, "section": section}


def _contents(section: Section) -> list[Block]:
    """The papers of a section by their names, on its own page."""
    names = [paper.name for paper in section.papers if paper.shown]
    return [Words("这一部分的材料", head=True), Steps(names)] if names else []


def _places(paper: Paper, n: int, sheets: list[Sheet]) -> dict[str, Any]:
    name = plain(paper.name)
    return {"kind": "paper", "key": f"paper-{n}", "name": name, "wide": [sheet.wide for sheet in sheets]}


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Table(head, rows):
            return {
                "kind": "table",
                "head": list(head),
                "rows": [[plain(c) for c in row] for row in rows],
            }
        case Facts(rows):
            return {"kind": "facts", "rows": [[label, plain(value)] for label, value in rows]}
        case Steps(lines):
            return {"kind": "steps", "lines": [plain(line) for line in lines]}
        case Words(text, head):
            return {"kind": "head" if head else "words", "text": plain(text)}
