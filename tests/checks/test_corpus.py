"""Published reports nobody here wrote: sound ones have no error, every listed anomaly is found and nothing else."""

from __future__ import annotations

import json
import re

import pytest

from gongkai.statute.report.checks import check
from gongkai.statute.report.findings import Finding, Level
from gongkai.statute.report.model import AnnualReport
from tests.checks.builders import CORPUS, codes, errors, from_expected

readers = pytest.importorskip("gongkai.statute.report.readers")
CASES = sorted(p.name for p in CORPUS.iterdir() if p.is_dir()) if CORPUS.is_dir() else []
pytestmark = [pytest.mark.corpus, pytest.mark.skipif(not CASES, reason="the corpus is not here")]
_ANOMALY = re.compile(r"(T3 results-sum|T3 balance|T3 column|T3 row[^\[]*|T4 sum) \[(\w+)\]")
_CODES = {"T3 results-sum": "T3-02", "T4 sum": "T4-01"}
_GROUPS = {"review": "reconsideration", "litigation_after_review": "litigation_after_reconsideration"}
NARRATIVE = {
    "shanghai-office-2019-html": {"N-04", "N-05", "N-06", "N-11"},
    "stcsm-2024-md": {"N-10", "N-12"},
    "mutant-3-t3-results-sum": {"N-04", "N-05", "N-06", "N-11"},
}
"""Where the prose contradicts the tables or itself (narrative_checks of the corpus; in stcsm also a list that adds
up to 2160 under a total of 2139)."""


def listed(case: str) -> set[tuple[str, str]]:
    """The anomalies of expected.json as (code, column, row or group)."""
    out = set()
    for text in json.loads((CORPUS / case / "expected.json").read_text("utf-8"))["anomalies"]:
        match = _ANOMALY.match(text)
        assert match, f"unknown kind of anomaly: {text}"
        code = _CODES.get(match[1], "T3-03" if "row" in match[1] else "T3-01")
        out.add((code, _GROUPS.get(match[2], match[2])))
    return out


def said(found: list[Finding]) -> set[tuple[str, str]]:
    """The error-level findings in the same terms."""
    out = set()
    for finding in errors(found):
        parts = finding.cells[0].split(".")
        out.add((finding.code, parts[1] if finding.code in ("T3-03", "T4-01") else parts[2]))
    return out


def load(case: str) -> AnnualReport:
    """The case through the reader."""
    (path,) = (CORPUS / case).glob("report.*")
    return readers.read(path)


@pytest.mark.parametrize("case", CASES)
def test_the_figures_read_by_hand_have_the_listed_anomalies_and_no_other_error(case: str) -> None:
    assert said(check(from_expected(case))) == listed(case)


@pytest.mark.parametrize("case", CASES)
def test_the_file_itself_has_the_listed_anomalies_and_no_other_error(case: str) -> None:
    assert said(check(load(case))) == listed(case)


@pytest.mark.parametrize("case", CASES)
def test_the_prose_agrees_or_contradicts_as_read_by_hand(case: str) -> None:
    found = {c for c in codes(check(load(case)), Level.WARNING) if c.startswith("N-")}
    assert found == NARRATIVE.get(case, set())


def test_the_founding_report_has_no_finding_but_the_missing_year_before() -> None:
    found = check(load("xiangtan-justice-2024-txt"))
    assert [f.code for f in found] == ["Y-01"]
    assert found[0].level is Level.NOTE


@pytest.mark.parametrize("figure", ["66", "9", "5", "2", "4", "17", "11", "18"])
@pytest.mark.parametrize("change", [1, -1])
def test_the_founding_report_with_one_figure_of_its_list_changed_has_a_warning(
    figure: str, change: int
) -> None:
    report = load("xiangtan-justice-2024-txt")
    (paragraph,) = [p for s in report.sections for p in s.paragraphs if "累计对外公开" in p.text]
    paragraph.text, changes = re.subn(rf"(?<!\d){figure}条", f"{int(figure) + change}条", paragraph.text)
    assert changes == 1
    assert "N-12" in codes(check(report), Level.WARNING)


def test_every_finding_on_a_file_says_where() -> None:
    for case in CASES:
        for finding in check(load(case)):
            if finding.cells and finding.code[0] in "TVN":
                assert finding.where, (case, finding)
