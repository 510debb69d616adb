"""A generated report, read back from each of its formats as anyone's would be, gives no finding."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from gongkai.agencies.models import Agency
from gongkai.reports.composition import compose
from gongkai.reports.exports import FORMATS
from gongkai.reports.models import ReportYear
from gongkai.reports.queries import state_of
from gongkai.statute.report.checks import check
from gongkai.statute.report.findings import Level
from gongkai.statute.report.model import AnnualReport
from gongkai.statute.report.readers import read_bytes
from simulate.running import simulate
from tests.cast import Cast


def _figures(report: AnnualReport) -> dict[str, object]:
    return {name: cell.value for name, cell in report.cells.items()}


@pytest.mark.django_db
@pytest.mark.parametrize("ending", sorted(FORMATS))
def test_the_sample_report_reads_back_without_a_finding(cast: Cast, ending: str) -> None:
    report = state_of(cast.work).made.report
    found = read_bytes(FORMATS[ending].write(report))
    # That last year's report was not given along is the one thing said.
    assert [finding.code for finding in check(found)] == ["Y-01"]
    assert _figures(found) == _figures(report)


def _simulated() -> tuple[AnnualReport, AnnualReport]:
    """The reports of two years of an office with requests, registers and remedies."""
    agency = Agency.objects.create(slug="s", name="模拟局", code="SIM", document_code="模")
    simulate(agency, 24, seed=11)
    works = ReportYear.objects.filter(agency=agency, year__in=(2023, 2024)).order_by("year")
    before, report = (compose(work).report for work in works)
    assert (report.value("t3.new.total") or 0) > 3
    return before, report


@pytest.mark.once
@pytest.mark.django_db
def test_a_simulated_report_reads_back_without_a_finding_from_every_format() -> None:
    """Read beside last year's report from the same format."""
    before, report = _simulated()
    for ending, form in FORMATS.items():
        then, found = read_bytes(form.write(before)), read_bytes(form.write(report))
        said = [one for one in check(found, then) if one.level is not Level.NOTE]
        assert not said, (ending, said)
        assert _figures(found) == _figures(report), ending


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is not installed: no soffice on the path"
)
def test_a_docx_saved_again_by_libreoffice_reads_back_without_a_finding(tmp_path: Path) -> None:
    before, report = _simulated()
    source, out = tmp_path / "report.docx", tmp_path / "out"
    source.write_bytes(FORMATS["docx"].write(report))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "docx", "--outdir", str(out), str(source)]
    done = subprocess.run(command, capture_output=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    again = (out / "report.docx").read_bytes()
    assert again != source.read_bytes()
    found = read_bytes(again)
    said = [one for one in check(found, before) if one.level is not Level.NOTE]
    assert not said, said
    assert _figures(found) == _figures(report)
