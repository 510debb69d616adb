"""Writers: the report as an official document and as data, in five formats."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..model import AnnualReport
from .flow import Signature
from .html import to_fragment, to_html
from .json import to_json

if TYPE_CHECKING:
    from .docx import to_docx
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


def __getattr__(name: str) -> Any:
    """to_docx, to_pdf, to_xlsx, loaded when first asked for: their libraries are large and most runs need none."""
    if name in ("to_docx", "to_pdf", "to_xlsx"):
        return getattr(import_module(f".{name.removeprefix('to_')}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def _writer(form: str) -> Callable[[AnnualReport], bytes] | None:
    if form not in FORMATS:
        return None
    writer: Callable[[AnnualReport], bytes] = getattr(import_module(f".{form}", __name__), f"to_{form}")
    return writer


class UnknownFormat(ValueError):
    """A file name whose suffix no writer serves; the message is one Chinese sentence that says what to do."""


def to_bytes(report: AnnualReport, form: str) -> bytes:
    """The report in one of `FORMATS`; `UnknownFormat` for any other."""
    writer = _writer(form.lower().lstrip("."))
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
