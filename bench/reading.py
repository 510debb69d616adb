"""Reports read and checked per second on one core, beside what the format's own library takes to open the file."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import docx
import openpyxl
import pdfplumber
from selectolax.lexbor import LexborHTMLParser

from bench import sample
from bench.measure import Line, per_second
from gongkai.statute.report.checks import check
from gongkai.statute.report.readers import read_bytes

_BARE: dict[str, Callable[[bytes], object]] = {
    "text": lambda data: data.decode().splitlines(),
    "html": lambda data: LexborHTMLParser(data.decode()).text(),
    "docx": lambda data: docx.Document(io.BytesIO(data)),
    "xlsx": lambda data: openpyxl.load_workbook(io.BytesIO(data)),
    "pdf": lambda data: [page.extract_text() for page in pdfplumber.open(io.BytesIO(data)).pages],
}


def run() -> Iterator[Line]:
    """Two lines a format: read and checked, and the bare opening of the same file."""
    made = sample.report(7)
    for kind, data in sample.files(made).items():
        read = read_bytes(data, f"report.{kind}")
        wrong = [c for c in made.cells if read.value(c) != made.value(c)]
        if wrong:
            raise SystemExit(f"{kind}: what was read is not what was written: {wrong[:5]}")

        def work(data: bytes = data, kind: str = kind) -> object:
            return check(read_bytes(data, f"report.{kind}"))

        def bare(data: bytes = data, kind: str = kind) -> object:
            return _BARE[kind](data)

        yield from per_second(f"read_and_check_{kind}", work, f"bare_open_{kind}", bare, "reports/s")
