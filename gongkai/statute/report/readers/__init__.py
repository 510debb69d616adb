"""Any published annual report file → AnnualReport. The content chooses the reader, never the file name alone."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from json import loads
from pathlib import Path

from ..blocks import Block, Unreadable
from ..model import AnnualReport
from . import refusals
from .assemble import assemble
from .encodings import decode

__all__ = ["Unreadable", "read", "read_bytes"]

# `loads` by name: once the reader `readers.json` is imported, `json` here would be that reader.

# Loaded when first needed: a format library is slow to import and most runs need one.
_READERS = {
    "html": ("html", "blocks_from_html"),
    "text": ("text", "blocks_from_text"),
    "docx": ("docx", "blocks_from_docx"),
    "xlsx": ("xlsx", "blocks_from_xlsx"),
    "pdf": ("pdf", "blocks_from_pdf"),
}


def read(path: str | Path) -> AnnualReport:
    """The report in this file. Files above 50 MB are refused unread.

    Raises `Unreadable` with one sentence that says what to do.
    """
    file = Path(path)
    try:
        if file.is_dir():
            raise Unreadable("这是一个文件夹，请选择其中的年度报告文件。")
        if file.stat().st_size > refusals.MAX_BYTES:
            raise Unreadable(refusals.TOO_BIG)
        data = file.read_bytes()
    except FileNotFoundError as error:
        raise Unreadable(f"找不到文件“{file.name}”，请检查路径和文件名。") from error
    except OSError as error:
        raise Unreadable(f"文件“{file.name}”打不开，请检查是否有读取权限。") from error
    return read_bytes(data, file.name)


def read_bytes(data: bytes, name: str = "") -> AnnualReport:
    """The report in these bytes; `name` is kept as the source and never chooses the reader.

    Raises `Unreadable` with one sentence that says what to do.
    """
    kind = refusals.sniff(data, name)
    try:
        if kind == "json":
            report = _from_json(data)
            if report is not None:
                report.source, report.source_format = name, "json"
                return report
            kind = "text"
        return assemble(_blocks(kind, data), name, kind)
    except RecursionError as error:
        raise Unreadable(refusals.DAMAGED) from error


def _blocks(kind: str, data: bytes) -> list[Block]:
    module, function = _READERS[kind]
    reader: Callable[..., list[Block]] = getattr(import_module(f".{module}", __name__), function)
    return reader(decode(data) if kind in ("html", "text") else data)


def _from_json(data: bytes) -> AnnualReport | None:
    """The report in our own JSON; None for text that only begins like JSON."""
    try:
        parsed = loads(decode(data))
    except (ValueError, RecursionError):
        return None
    if not isinstance(parsed, dict):
        return None
    from_dict: Callable[[object], AnnualReport] = import_module(".json", __name__).from_dict
    return from_dict(parsed)
