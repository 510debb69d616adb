"""Requests leave their room as records; the database refuses what cannot be counted."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from gongkai.inforequests.records import records_for
from tests.cast import Cast, add_request


def test_which_requests_a_year_looks_at(cast: Cast) -> None:
    add_request(cast.agency, "open-from-2022", received_on=date(2022, 3, 1))
    add_request(
        cast.agency,
        "closed-in-2023",
        received_on=date(2023, 3, 1),
        closed_on=date(2023, 12, 31),
        outcome="granted",
    )
    add_request(
        cast.agency,
        "closed-in-2024",
        received_on=date(2023, 12, 31),
        closed_on=date(2024, 1, 1),
        outcome="granted",
    )
    add_request(cast.agency, "last-day", received_on=date(2024, 12, 31))
    add_request(cast.agency, "next-year", received_on=date(2025, 1, 1))
    add_request(cast.agency, "unconfirmed", received_on=None)
    add_request(cast.other, "of-the-neighbour")
    found = {record.number for record in records_for(cast.agency, 2024)}
    assert found == {"open-from-2022", "closed-in-2024", "last-day", "unconfirmed"}


def test_a_record_tells_what_the_ledger_needs(cast: Cast) -> None:
    add_request(cast.agency, "1", closed_on=date(2024, 7, 1), outcome="denied_internal", state="answered")
    (record,) = records_for(cast.agency, 2024)
    assert (record.requester, record.outcome, record.agency) == ("natural", "denied_internal", "湘潭县司法局")
    assert "内部事务" in record.result


@pytest.mark.parametrize(
    "half", [{"closed_on": date(2024, 7, 1), "outcome": ""}, {"closed_on": None, "outcome": "granted"}]
)
def test_closed_and_outcome_go_together(cast: Cast, half: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        add_request(cast.agency, "1", **half)


def test_a_number_stands_once_an_agency(cast: Cast) -> None:
    add_request(cast.agency, "1")
    add_request(cast.other, "1")
    with pytest.raises(IntegrityError), transaction.atomic():
        add_request(cast.agency, "1")
