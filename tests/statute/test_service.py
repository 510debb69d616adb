"""Ways of service: which day is the day of the answer (国办公开办函〔2016〕235号, law.md 1.7)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gongkai.statute.service import ASKED_FOR, WAYS, ServiceError, answered_on

ON = date(2025, 3, 10)
NEXT = ON + timedelta(days=1)


@pytest.mark.parametrize(
    ("way", "signature", "counts"),
    [
        ("ems", None, ON),
        ("ems", NEXT, ON),
        ("registered", NEXT, ON),
        ("in_person", ON, ON),
        ("in_person", None, ON),
        ("through_agency", NEXT, NEXT),
        ("email", None, ON),
        ("online", None, ON),
    ],
)
def test_the_day_that_counts(way: str, signature: date | None, counts: date) -> None:
    assert answered_on(way, ON, signature) == counts


def test_days_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(ServiceError, match="早于"):
        answered_on("ems", NEXT, ON)
    with pytest.raises(ServiceError, match="签收"):
        answered_on("through_agency", ON)
    with pytest.raises(ServiceError, match="没有"):
        answered_on("pigeon", ON)


def test_every_way_says_its_rule_and_what_to_write_down() -> None:
    assert len({way.slug for way in WAYS}) == len({way.label for way in WAYS}) == len(WAYS)
    for way in WAYS:
        assert way.rule.endswith("答复之日") or "答复之日；" in way.rule
        assert set(way.needs) <= set(ASKED_FOR)
    by_post = [way for way in WAYS if way.needs == ("mail_number",)]
    assert {way.counts for way in by_post} == {"sent"}
    assert "邮政企业" in by_post[0].rule
