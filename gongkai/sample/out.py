"""Write the sample year's report and ledger as files."""

from __future__ import annotations

from pathlib import Path

from gongkai.ledger.queries import Wanted
from gongkai.ledger.sheets import sheet_of
from gongkai.reports.exports import FORMATS, file_name
from gongkai.reports.models import ReportYear
from gongkai.reports.queries import ReportState


def write_out(work: ReportYear, state: ReportState, folder: Path) -> list[Path]:
    """The report in every format and its ledger, written into the folder; returns what was written."""
    folder.mkdir(parents=True, exist_ok=True)
    report = state.made.report
    written = []
    for ending, form in FORMATS.items():
        path = folder / file_name(report, ending)
        path.write_bytes(form.write(report))
        written.append(path)
    ledger = sheet_of(work.agency, Wanted(year=work.year), "own", "xlsx")
    path = folder / ledger.name
    path.write_bytes(b"".join(ledger.pieces))
    return [*written, path]
