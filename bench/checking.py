"""The checks alone, and the peak memory of checking many files."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench import sample
from bench.measure import Line, peak_mib, seconds
from gongkai.statute.report.checks import check
from gongkai.statute.report.writers import html

FEW, MANY = 1_000, 10_000


def run() -> Iterator[Line]:
    """Checks per second on one core; MiB at 1,000 and at 10,000 files (flat when the ratio is near 1)."""
    made = [sample.report(n) for n in range(20)]
    rate = 20 / seconds(lambda: [check(report) for report in made])
    yield Line("checks_alone", round(rate, 1), "reports/s")
    with tempfile.TemporaryDirectory() as folder:
        few, many = Path(folder, "few"), Path(folder, "many")
        pages = [html.to_html(report) for report in made]
        for place, count in ((few, FEW), (many, MANY)):
            place.mkdir()
            for n in range(count):
                Path(place, f"{n:05}.html").write_bytes(pages[n % len(pages)])
        command = [sys.executable, "-m", "gongkai", "report", "check", "--json"]
        small, large = peak_mib([*command, str(few)]), peak_mib([*command, str(many)])
    yield Line("check_1000_files_peak", round(small, 1), "MiB")
    yield Line(
        "check_10000_files_peak", round(large, 1), "MiB", "check_1000_files_peak", round(large / small, 3)
    )
