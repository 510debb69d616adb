"""Files made by a process of their own are those the writers make, and a failure says what went wrong."""

from __future__ import annotations

import subprocess
import sys

import pytest

from gongkai.reports.composition import compose
from gongkai.reports.exports import FORMATS, CannotMake, made_apart
from gongkai.statute.report.readers.json import from_dict
from gongkai.statute.report.writers import to_bytes
from gongkai.statute.report.writers.json import to_dict
from tests.cast import Cast


@pytest.mark.parametrize("ending", ["docx", "pdf", "xlsx"])
def test_the_same_bytes_as_made_here(cast: Cast, ending: str) -> None:
    report = compose(cast.work).report
    assert FORMATS[ending].write(report) == to_bytes(from_dict(to_dict(report)), ending)


def test_a_format_that_is_none(cast: Cast) -> None:
    with pytest.raises(CannotMake, match="不能写成"):
        made_apart("exe", compose(cast.work).report)


def test_the_maker_refuses_what_is_no_report() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "gongkai.reports.maker", "docx"],
        input=b"\x00\x01",
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1
    assert not done.stdout
    assert "Traceback" not in done.stderr.decode()
