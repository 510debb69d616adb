"""Writers: the report as an official document and as data, in five formats."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ..model import AnnualReport
from .docx import to_docx
from .flow import Signature
from .html import to_fragment, to_html
from .json import to_json
from .pdf import to_pdf
from .xlsx import to_xlsx

FORMATS: tuple[str, ...] = ("docx", "pdf", "html", "xlsx", "json")
"""The formats, as the suffix of a file without its dot."""

__all__ = [
    "FORMATS",
    "Signature",
    "UnknownFormat",
    "to_bytes",
    "to_docx",
    "to_fragment",
    "to_html",
    "to_json",
    "to_pdf",
    "to_xlsx",
    "write",
]

_WRITERS: dict[str, Callable[[AnnualReport], bytes]] = {
    "docx": to_docx,
    "pdf": to_pdf,
    "html": to_html,
    "xlsx": to_xlsx,
    "json": to_json,
}


class UnknownFormat(ValueError):
    """A file name whose suffix no writer serves; the message is one Chinese sentence that says what to do."""


def to_bytes(report: AnnualReport, form: str) -> bytes:
    """The report in one of `FORMATS`; `UnknownFormat` for any other."""
    writer = _WRITERS.get(form.lower().lstrip("."))
    if writer is None:
        known = "、".join("." + name for name in FORMATS)
        shown = f"“.{form.lstrip('.')}”" if form else "没有扩展名的文件"
        raise UnknownFormat(f"不能写成{shown}，请把文件名改为以 {known} 之一结尾。")
    return writer(report)


def write(report: AnnualReport, path: Path | str) -> None:
    """Writes the report in the format of the file's suffix. `UnknownFormat` for others; `OSError` when the place
    cannot be written. Nothing is written unless the whole document could be made."""
    target = Path(path)
    target.write_bytes(to_bytes(report, target.suffix.lstrip(".")))
