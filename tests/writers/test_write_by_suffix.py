"""`write` goes by the suffix, and says plainly what it cannot do."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.statute.report.writers import FORMATS, UnknownFormat, to_bytes, write
from tests.writers.writer_samples import quiet_report

MAGIC = {"docx": b"PK", "xlsx": b"PK", "pdf": b"%PDF-", "html": b"<!DOCTYPE html>", "json": b"{"}


@pytest.mark.parametrize("form", FORMATS)
def test_each_suffix(form: str, tmp_path: Path) -> None:
    target = tmp_path / f"年报.{form.upper()}"
    write(quiet_report(), target)
    assert target.read_bytes().startswith(MAGIC[form])
    assert target.read_bytes() == to_bytes(quiet_report(), form)


@pytest.mark.parametrize("name", ["年报.doc", "年报.wps", "年报", "年报.ofd"])
def test_any_other_suffix_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(UnknownFormat, match=r"请把文件名改为以 .+ 之一结尾"):
        write(quiet_report(), tmp_path / name)
    assert not list(tmp_path.iterdir())
