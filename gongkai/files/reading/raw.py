"""Letters within a part that nobody here can read by its form: drawings of Windows, settings of a printer, the unknown."""

from __future__ import annotations

import re
from collections.abc import Iterator

_MOST = 20 * 1024 * 1024
_ONE = re.compile(rb"[\x20-\x7e\x81-\xfe]{4,}")
_WIDE = re.compile(r"[\x20-\x7e\u3000-\u303f\u4e00-\u9fff\uff00-\uff5e]{4,}")


def letters_in(data: bytes) -> Iterator[str]:
    """Runs of letters, whether written in one byte (UTF-8, GBK) or in two, in either order and at either place."""
    data = data[:_MOST]
    for run in _ONE.findall(data):
        try:
            yield run.decode()
        except UnicodeDecodeError:
            yield run.decode("gb18030", "replace")
    for code in ("utf-16-le", "utf-16-be"):
        for start in (0, 1):
            yield from _WIDE.findall(data[start:].decode(code, "replace"))
