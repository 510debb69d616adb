"""The figures of messages: against a naive second count, in the report, in the file, and how many queries a list asks."""

from __future__ import annotations

import io
from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from gongkai.dictionaries.queries import calendar
from gongkai.oversight.message_counts import counts_of, facts
from gongkai.oversight.models import Message
from gongkai.reports.fact_sources import facts_from, source_of
from tests.cast import Cast
from tests.oversight.messages import SENDER, come_in

pytestmark = pytest.mark.django_db
DAY = timezone.localdate
ENDS = st.sampled_from(["open", "answered", "closed", "refused", "passed", "guided"])
ROW = st.tuples(
    st.sampled_from(["complaint", "advice", "enquiry"]), ENDS, st.integers(0, 364), st.integers(0, 60)
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(ROW, max_size=12))
def test_the_figures_are_those_of_a_naive_second_count(
    cast: Cast, rows: list[tuple[str, str, int, int]]
) -> None:
    results = {"complaint": "partly", "advice": "adopted", "enquiry": "explained"}
    with transaction.atomic():
        Message.objects.all().delete()
        for n, (kind, end, day, took) in enumerate(rows):
            received = date(2025, 1, 1) + timedelta(days=day)
            answered = received + timedelta(days=took) if end in ("answered", "closed") else None
            Message.objects.create(
                agency=cast.county,
                through=cast.agency,
                about=cast.agency if kind == "complaint" else None,
                year=2025,
                serial=n,
                number=str(n),
                tracking_code=f"{n:012}",
                kind=kind,
                channel="online",
                state="handling" if end == "open" else end,
                subject="题",
                text="文",
                received_on=received,
                accept_by=received,
                due_on=received + timedelta(days=20),
                answered_on=answered,
                answer="答" if answered else "",
                ended_on=None if end in ("open", "answered") else received + timedelta(days=61),
                result=results[kind] if end == "closed" else "",
            )
        got = counts_of(cast.county, 2025)
        assert got.received == len(rows)
        for month in range(1, 13):
            for kind in results:
                naive = sum(
                    1
                    for k, _, d, _ in rows
                    if k == kind and (date(2025, 1, 1) + timedelta(days=d)).month == month
                )
                assert got.months.get((month, kind), 0) == naive
        by_end = Counter(results[k] if e == "closed" else e for k, e, _, _ in rows)
        assert {end: got.ended(end) for end in by_end} == dict(by_end)
        spans = []
        for _, e, d, took in rows:
            if e in ("answered", "closed"):
                start = date(2025, 1, 1) + timedelta(days=d)
                spans.append(
                    sum(calendar().is_workday(start + timedelta(days=i)) for i in range(1, took + 1))
                )
        assert got.average() == (round(sum(spans) / len(spans), 1) if spans else None)
        late = sum(1 for _, e, _, took in rows if e in ("answered", "closed") and took > 20)
        assert (got.answered, got.late, got.in_time) == (len(spans), late, len(spans) - late)
        told = {fact.key: fact.value for fact in facts(cast.county, 2025)}
        assert told.get("messages.received", 0) == len(rows)
        transaction.set_rollback(True)


def test_the_report_may_name_them_where_any_were_kept(cast: Cast) -> None:
    assert source_of("messages.received") is not None
    assert list(facts_from(["messages"], cast.agency, DAY().year)) == []
    come_in(cast)
    told = {fact.key: fact.value for fact in facts_from(["messages"], cast.agency, DAY().year)}
    assert (told["messages.received"], told["messages.enquiry"], told["messages.answered"]) == (1, 1, 0)


def test_the_figures_as_a_file_name_nobody(cast: Cast) -> None:
    come_in(cast)
    come_in(cast, "complaint")
    url = reverse("desk:message-counts-file", args=["county-office", DAY().year])
    answer = cast.browse("supervisor").get(url)
    book = load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["按月", "按结果", "下级机关"]
    cells = [str(c.value) for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None]
    assert not any(word in cell for cell in cells for word in (*SENDER.values(), "补贴怎样申领"))
    rows = [[c.value for c in row] for row in book["下级机关"].iter_rows(min_row=3)]
    assert [cast.agency.name, 1, 0, 0, 0, 1, "—"] in rows
    assert [c.value for c in list(book["按月"].iter_rows())[-1]] == ["合计", 1, 0, 0, 1]
