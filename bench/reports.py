"""A report on a year with a million requests, beside a bare GROUP BY over the same rows: seconds, and peak memory.

`BENCH_REPORT_REQUESTS` sets another number, `BENCH_DATABASE_URL` an empty PostgreSQL database instead of SQLite.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from bench.measure import Line, peak_mib, seconds

COUNT = int(os.environ.get("BENCH_REPORT_REQUESTS", "1000000"))
BATCH, YEAR, LIMIT = 2_000, 2024, 3.0
"""`BATCH` requests are made row by row; the others are their copies, made by the database."""


def run() -> Iterator[Line]:
    """Composing alone, composing with all checks, and the bare count, in one process; each one's memory in its own."""
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder:
        own = {k: v for k, v in os.environ.items() if not k.startswith("GONGKAI_")}
        os.environ.clear()
        os.environ.update(own, GONGKAI_DATA_DIR=folder, DJANGO_SETTINGS_MODULE="gongkai.config.settings")
        if url := os.environ.get("BENCH_DATABASE_URL"):
            os.environ["GONGKAI_DATABASE_URL"] = url
        here = [sys.executable, "-m", "bench.reports"]
        subprocess.run([*here, "fill"], check=True)
        done = subprocess.run([*here, "measure"], check=True, stdout=subprocess.PIPE, text=True)
        bare_name, bare = f"bare_group_by_{COUNT}_requests", 0.0
        for name, spent in json.loads(done.stdout).items():
            bare = bare or spent
            ratio = round(spent / bare, 2)
            over = " OVER THE LIMIT" if ratio > LIMIT else ""
            print(f"{name}: {spent:.3f} s, {ratio} of the bare{over}", file=sys.stderr, flush=True)
            yield Line(f"{name}_{COUNT}_requests", round(spent, 3), "s", bare_name, ratio)
        floor = peak_mib([*here, "bare_group_by"])
        yield Line(f"{bare_name}_memory", round(floor, 1), "MiB")
        for name in ("compose_report", "compose_and_check_report"):
            peak = peak_mib([*here, name])
            own_name = f"{name}_{COUNT}_requests_memory"
            yield Line(own_name, round(peak, 1), "MiB", f"{bare_name}_memory", round(peak / floor, 2))


def _fill() -> None:
    from django.core.management import call_command
    from django.db import transaction

    call_command("migrate", verbosity=0)
    from gongkai.agencies.models import Agency
    from gongkai.inforequests.models import InfoRequest, RequestEvent
    from gongkai.reports.models import ReportYear

    agency = Agency.objects.create(slug="bench", name="测试局", code="BENCH")
    ReportYear.objects.create(agency=agency, year=YEAR)
    draw = random.Random(1)
    _in_memory()
    with transaction.atomic():
        made = InfoRequest.objects.bulk_create(
            InfoRequest(**_request(agency.pk, n, draw)) for n in range(BATCH)
        )
        RequestEvent.objects.bulk_create(
            RequestEvent(request=one, serial=serial, at="2024-01-01T00:00Z", by="甲某", **event)
            for n, one in enumerate(made)
            for serial, event in enumerate(_events(one, n), start=1)
        )
        _copy(COUNT // BATCH - 1)
    _look_over()


def _in_memory() -> None:
    """A scratch file need not survive a power cut, and its indexes are built in memory."""
    from django.db import connection

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")
            cursor.execute("PRAGMA cache_size=-800000")


def _request(agency: int, n: int, draw: random.Random) -> dict[str, Any]:
    """Received in the year, one in twelve in the two months before; three of a hundred still open."""
    from gongkai.statute.outcomes import OUTCOMES
    from gongkai.statute.requesters import KINDS

    received = date(YEAR, 1, 1) + timedelta(days=draw.randrange(-30, 366))
    is_open = draw.random() < 0.03
    closed = max(received + timedelta(days=draw.randrange(60)), date(YEAR, 1, 2))
    return {
        "agency_id": agency, "number": f"测信公开〔{YEAR}〕第{n}号", "requester_kind": draw.choice(KINDS).slug,
        "applicant": f"甲某{n % 500}", "channel": "in_person", "submitted_on": received, "received_on": received,
        "content": f"申请公开第{n % 977}号地块的批复文件、征收公告和补偿方案", "state": "handling" if is_open else "answered",
        "closed_on": None if is_open else closed, "outcome": "" if is_open else draw.choice(OUTCOMES).slug,
    }  # fmt: skip


def _events(one: Any, n: int) -> Iterator[dict[str, Any]]:
    """As many as any case has; one in a thousand was reopened in the year after, one in a thousand was charged."""
    yield {
        "act": "register_received",
        "from_state": "unregistered",
        "to_state": "handling",
        "on": one.received_on,
    }
    if n % 1000 == 500:
        yield {
            "act": "give_fee_notice", "from_state": "handling", "to_state": "awaiting_payment", "on": one.received_on,
            "data": {"yuan": 300, "until": one.received_on.isoformat()},
        }  # fmt: skip
    if one.closed_on:
        yield {"act": "serve", "from_state": "signed", "to_state": "answered", "on": one.closed_on}
    if one.closed_on and n % 1000 == 1:
        yield {
            "act": "reopen", "from_state": "answered", "to_state": "handling", "on": date(one.closed_on.year + 1, 2, 3),
            "data": {"closed_before": one.closed_on.isoformat(), "outcome_before": one.outcome},
        }  # fmt: skip


_COPIED = {
    "inforequests_inforequest": {"number": "number || '之' || k"},
    "inforequests_requestevent": {"request_id": "request_id + k * {step}"},
}


def _copy(times: int) -> None:
    """So many copies of everything."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM inforequests_inforequest")
        step = int(cursor.fetchone()[0])
        for table, other in _COPIED.items():
            cursor.execute(f"SELECT max(id) FROM {table}")  # noqa: S608 - names of our own
            values = {"id": f"id + k * {int(cursor.fetchone()[0])}", **other}
            names = [c.name for c in connection.introspection.get_table_description(cursor, table)]
            columns = ", ".join(f'"{name}"' for name in names)
            taken = ", ".join(values.get(name, f'"{name}"') for name in names).format(step=step)
            cursor.execute(
                f"WITH RECURSIVE copies(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM copies WHERE k < {times})"  # noqa: S608
                f" INSERT INTO {table} ({columns}) SELECT {taken} FROM {table} CROSS JOIN copies"
            )


def _look_over() -> None:
    """As the database does by itself in the hours after."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _works() -> dict[str, Any]:
    """What is measured, the floor first. The floor counts the same rows by requester and outcome and knows no year."""
    from django.db.models import Count

    from gongkai.agencies.models import Agency
    from gongkai.inforequests.models import InfoRequest
    from gongkai.reports.composition import compose
    from gongkai.reports.queries import report_of, state_of

    agency = Agency.objects.get(slug="bench")
    work = report_of(agency, YEAR)
    bare = InfoRequest.objects.filter(agency=agency).order_by().values_list("requester_kind", "outcome")
    return {
        "bare_group_by": lambda: list(bare.annotate(n=Count("*"))),
        "compose_report": lambda: compose(work),
        "compose_and_check_report": lambda: state_of(work),
    }


def _agree() -> None:
    """The report says what looking at every request by itself says."""
    from gongkai.agencies.models import Agency
    from gongkai.inforequests.records import records_for
    from gongkai.reports.composition import compose
    from gongkai.reports.queries import report_of

    agency, count = Agency.objects.get(slug="bench"), Counter[str]()
    for record in records_for(agency, YEAR):
        if record.received_on and record.received_on.year == YEAR:
            count["new"] += 1
        if record.closed_on and record.closed_on.year == YEAR:
            count[record.outcome or ""] += 1
    cells = compose(report_of(agency, YEAR)).report.cells
    for row, many in count.items():
        if cells[f"t3.{row}.total"].value != many:
            raise SystemExit(f"{row}: {cells[f't3.{row}.total'].value} and one by one {many}")


def _measure() -> None:
    _agree()
    print(json.dumps({name: seconds(work) for name, work in _works().items()}))


if __name__ == "__main__":
    import django

    django.setup()
    match sys.argv[1]:
        case "fill":
            _fill()
        case "measure":
            _measure()
        case name:
            _works()[name]()
