"""Every check passes its good report and fails its bad one, with its own code, level, reference and words."""

from __future__ import annotations

import importlib
import inspect
import pkgutil

import pytest

import gongkai.statute.report.checks as package
from gongkai.statute.report.checks import all_checks, registry
from gongkai.statute.report.checks.rule import rule
from gongkai.statute.report.findings import Level
from tests.checks.cases import CASES


@pytest.mark.parametrize("code", sorted(CASES))
def test_the_good_report_passes(code: str) -> None:
    found = [f for f in CASES[code][0]().findings() if f.code == code]
    assert found == []


@pytest.mark.parametrize("code", sorted(CASES))
def test_the_bad_report_fails(code: str) -> None:
    found = [f for f in CASES[code][1]().findings() if f.code == code]
    assert found, f"{code} says nothing"
    assert {f.level for f in found} == {registry[code].level}
    for finding in found:
        assert finding.ref
        assert finding.message.endswith(("。", "）"))
        assert not any(latin in finding.message for latin in ("None", "t2.", "t3.", "t4.", "Decimal"))


def test_good_reports_have_no_error_at_all() -> None:
    for code, (good, _) in CASES.items():
        assert [f for f in good().findings() if f.level is Level.ERROR] == [], code


def test_every_function_that_looks_like_a_check_is_registered() -> None:
    registered = {check.function for check in all_checks()}
    for info in pkgutil.iter_modules(package.__path__):
        module = importlib.import_module(f"{package.__name__}.{info.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            own = function.__module__ == module.__name__ and not name.startswith("_")
            if own and list(inspect.signature(function).parameters) == ["facts", "say"]:
                assert function in registered, f"{info.name}.{name}"


def test_a_code_is_given_once() -> None:
    with pytest.raises(ValueError, match="taken"):
        rule("T3-01", "again")(all_checks()[0].function)
