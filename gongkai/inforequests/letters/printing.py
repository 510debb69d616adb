"""The print of a day: all letters in one PDF, each from an odd page on; the list of what goes out; the envelopes."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.resources import files
from typing import Any

import pikepdf

from gongkai.agencies.models import Agency
from gongkai.files.queries import content_of
from gongkai.statute.days import in_words
from gongkai.statute.report.writers.glyphs import printable
from gongkai.statute.report.writers.pdf import compiled

from ..despatch import Outgoing
from ..models import CasePaper


@dataclass(frozen=True, slots=True)
class Size:
    """An envelope by its name, millimetres."""

    slug: str
    label: str
    width: int
    height: int


SIZES: dict[str, Size] = {
    size.slug: size
    for size in (
        Size("zl", "ZL 信封（230×120 毫米）", 230, 120),
        Size("dl", "DL 信封（220×110 毫米）", 220, 110),
        Size("c5", "C5 信封（229×162 毫米）", 229, 162),
    )
}
"""The usual sizes; the first is offered first."""


def envelopes(agency: Agency, rows: Sequence[Outgoing], size: Size, on: date) -> bytes:
    """An envelope for each addressee, the size of the page that of the envelope; letters of one case to one
    addressee go in one."""
    found: dict[tuple[str, str, int], list[Outgoing]] = {}
    for row in rows:
        found.setdefault((row.to.name, row.to.address, row.letter.request_id), []).append(row)
    data = {
        "width": size.width,
        "height": size.height,
        "sender": {
            "name": printable(agency.name),
            "address": printable(agency.address),
            "postcode": agency.postcode,
        },
        "envelopes": [_envelope(together) for together in found.values()],
    }
    return _compiled("envelope.typ", data, on)


def _envelope(together: list[Outgoing]) -> dict[str, str]:
    to = together[0].to
    code = "".join(c for c in to.postcode if c.isdigit())[:6]
    return {
        "name": printable(to.name),
        "address": printable(to.address or "（没有登记地址）"),
        "postcode": code.ljust(6),
        # The number alone: what the letter says is nobody's business on the way.
        "mark": printable("内件：" + "、".join(row.letter.number for row in together)),
    }


def day_print(agency: Agency, rows: Sequence[Outgoing], on: date) -> bytes:
    """The list and behind it every letter and what is enclosed with it as PDF, each padded to a whole sheet, so that
    printed on both sides no two share one; what cannot be printed here stands in the list by its name. Raises
    `Sealed` where a letter cannot be opened."""
    with pikepdf.new() as out:
        papers: list[bytes] = []
        counts, notes = [], []
        for row in rows:
            letter = b"".join(content_of(row.letter.pdf))
            counts.append(_pages(letter))
            enclosed = [(one.title, one.file.ending, _printable(one)) for one in row.enclosed]
            papers += [letter, *(pdf for _, _, pdf in enclosed if pdf)]
            notes.append(_note(row, enclosed))
        for paper in (_register(agency, rows, counts, notes, on), *papers):
            with pikepdf.open(io.BytesIO(paper)) as one:
                out.pages.extend(one.pages)
                if len(one.pages) % 2:
                    box = one.pages[-1].mediabox
                    out.add_blank_page(page_size=(float(box[2]), float(box[3])))
        whole = io.BytesIO()
        out.save(whole, deterministic_id=True)
    return whole.getvalue()


def _pages(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as one:
        return len(one.pages)


def _printable(paper: CasePaper) -> bytes:
    """The content of a PDF that opens; nothing for another file, which is printed with its own program."""
    if paper.file.ending.lower().lstrip(".") != "pdf":
        return b""
    content = b"".join(content_of(paper.file))
    with suppress(pikepdf.PdfError):
        _pages(content)
        return content
    return b""


def _note(row: Outgoing, enclosed: Sequence[tuple[str, str, bytes]]) -> str:
    """What the list says beside a letter: that it came back, what goes into the envelope with it."""
    said = ["退回后再寄"] if row.came_back else []
    for title, ending, pdf in enclosed:
        how = f"已一并打印，{_pages(pdf)}页" if pdf else f"{ending.upper().lstrip('.')}，请另行打印"
        said.append(f"附件：{title}（{how}）")
    return "；".join(said)


def _register(
    agency: Agency, rows: Sequence[Outgoing], counts: Sequence[int], notes: Sequence[str], on: date
) -> bytes:
    data = {
        "title": "政府信息公开文书寄发登记表",
        "agency": printable(agency.name),
        "day": in_words(on),
        "rows": [
            [
                printable(cell)
                for cell in (
                    str(n),
                    row.letter.number,
                    row.kind.title,
                    row.to.name,
                    row.to.address,
                    str(pages),
                    "",
                    "",
                    note,
                )
            ]
            for n, (row, pages, note) in enumerate(zip(rows, counts, notes, strict=True), start=1)
        ],
    }
    return _compiled("register.typ", data, on)


def _compiled(name: str, data: dict[str, Any], on: date) -> bytes:
    source = files("gongkai.inforequests.letters").joinpath(name).read_bytes()
    stamp = datetime(on.year, on.month, on.day, tzinfo=UTC)
    return compiled(source, {"data": json.dumps(data, ensure_ascii=False)}, stamp)
