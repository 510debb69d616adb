"""Exported and imported again: equal rows, in both forms."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.inforequests.models import InfoRequest
from gongkai.ledger.queries import Wanted, asked_for, records
from gongkai.ledger.sheets import sheet_of
from gongkai.statute.channels import CHANNELS
from gongkai.statute.ledger.rows import LedgerRow, numbered
from gongkai.statute.outcomes import OUTCOMES
from gongkai.statute.requesters import KINDS
from tests.cast import Cast
from tests.desk.old_ledgers import (
    brought_in,
)

pytestmark = pytest.mark.django_db
WORDS = st.text("申请公开信息=+-@'\"，, 1a某", max_size=14).map(lambda t: " ".join(t.split()))
STATES = st.sampled_from(["handling", "unconfirmed", "answered", "lapsed", "withdrawn", "archived"])
ROWS = st.fixed_dictionaries(
    {
        "requester_kind": st.sampled_from([k.slug for k in KINDS]),
        "applicant": st.sampled_from([k.label for k in KINDS]),
        "channel": st.sampled_from([c.slug for c in CHANNELS]),
        "submitted_on": st.dates(date(2019, 6, 1), date(2023, 12, 1)),
        "content": WORDS.filter(lambda t: any(c.isalnum() for c in t)),
        "obtain": WORDS,
        "publication": WORDS,
        "state": STATES,
        "days": st.integers(0, 40),
        "outcome": st.sampled_from([o.slug for o in OUTCOMES]),
        "mark": WORDS,
    }
)


def _made(cast: Cast, rows: list[dict[str, Any]]) -> None:
    for n, row in enumerate(rows):
        row = dict(row)
        days, outcome, mark = row.pop("days"), row.pop("outcome"), row.pop("mark")
        closed = row["state"] not in ("handling", "unconfirmed")
        InfoRequest.objects.create(
            agency=cast.agency,
            number=f"{mark}{n}号",
            received_on=None if row["state"] == "unconfirmed" else row["submitted_on"],
            closed_on=row["submitted_on"] + timedelta(days=days) if closed else None,
            outcome=outcome if closed else "",
            **row,
        )


def _ledger(cast: Cast) -> list[LedgerRow]:
    return list(numbered(records(cast.agency, Wanted())))


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_exported_and_imported_again_gives_equal_rows(cast: Cast, ending: str) -> None:
    """Received on the day they were sent: the twelve columns hold no other day to order by."""

    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(ROWS, min_size=1, max_size=6))
    def there_and_back(rows: list[dict[str, Any]]) -> None:
        with transaction.atomic():
            _made(cast, rows)
            before = _ledger(cast)
            content = b"".join(sheet_of(cast.agency, Wanted(), "own", ending).pieces)
            InfoRequest.objects.all().delete()
            ledger = brought_in(cast, content, name=f"台账.{ending}")
            assert [line.problems for line in ledger.lines.filter(wrong=True)] == []
            assert _ledger(cast) == before
            assert asked_for(cast.agency, Wanted()).count() == len(rows)
            transaction.set_rollback(True)

    there_and_back()
