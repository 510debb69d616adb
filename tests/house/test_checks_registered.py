"""Every check is registered, has a reference that resolves, and a case it passes and a case it fails."""

from __future__ import annotations

from gongkai.statute.refs import Ref
from gongkai.statute.report.checks import all_checks
from tests.checks.cases import CASES


def test_every_check_has_a_passing_and_a_failing_case() -> None:
    codes = {c.code for c in all_checks()}
    assert len(codes) > 20
    assert codes == set(CASES), codes ^ set(CASES)


def test_every_check_has_a_reference_that_resolves_and_says_what_it_is() -> None:
    for check in all_checks():
        assert isinstance(check.ref, Ref), check.code
        assert check.ref.says, check.code
        assert check.title, check.code
        assert check.function.__doc__, check.code
