"""Write the sample year's report and ledger as files."""

from __future__ import annotations

from pathlib import Path

from gongkai.reports.exports import FORMATS, file_name
from gongkai.reports.ledgers import ledger_name, ledger_xlsx
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
    path = folder / ledger_name(work, public=False)
    path.write_bytes(ledger_xlsx(work, state.made.requests, public=False))
    return [*written, path]
