"""docs/checks.md lists every check and is up to date."""

from __future__ import annotations

from pathlib import Path

from gongkai.statute.report.checks import all_checks
from gongkai.statute.report.checks.catalogue import catalogue

PAGE = Path(__file__).resolve().parents[2] / "docs" / "checks.md"


def test_the_page_is_what_the_checks_say() -> None:
    assert PAGE.read_text("utf-8") == catalogue(), "run python -m gongkai.statute.report.checks.catalogue"


def test_every_check_is_on_the_page_once() -> None:
    page = catalogue()
    for check in all_checks():
        assert page.count(f"| {check.code} |") == 1
