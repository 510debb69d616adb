"""Verifying the trail, beside the bare SM3 digests of the same lines."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from bench.measure import Line, seconds

ENTRIES = 100_000


def run() -> Iterator[Line]:
    """Seconds for 100,000 entries verified from the database, and for their digests alone."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["GONGKAI_DATA_DIR"] = folder
        os.environ["GONGKAI_DATABASE_URL"] = ""
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", "audit", verbosity=0)
        texts = _fill()
        from gongkai.audit.chain import sm3
        from gongkai.audit.verifying import verify

        assert verify().count == ENTRIES
        ours = seconds(verify, least=0.1, rounds=2)
        bare = seconds(lambda: [sm3(text) for text in texts], least=0.1, rounds=2)
        whole, part = _pages()
        connection.close()
    yield Line("trail_verify_100000", round(ours, 2), "s", "bare_sm3_100000", round(ours / bare, 2))
    yield Line("bare_sm3_100000", round(bare, 2), "s")
    yield Line(
        "trail_page_by_act_and_day",
        round(part * 1000, 2),
        "ms",
        "trail_page_unfiltered",
        round(part / whole, 2),
    )
    yield Line("trail_page_unfiltered", round(whole * 1000, 2), "ms")


def _pages() -> tuple[float, float]:
    """Seconds for the latest page of all entries, and for one searched by act and day."""
    from gongkai.audit.queries import Wanted, look

    day = date(2025, 1, 2)
    wanted = Wanted(act="requests.personal", since=day, until=day)
    return seconds(lambda: look(Wanted()), least=0.1), seconds(lambda: look(wanted), least=0.1)


def _fill() -> list[bytes]:
    """The entries, in one transaction; the lines whose digests they carry."""
    from django.db import transaction

    from gongkai.audit.chain import FIRST, sm3, text_of
    from gongkai.audit.models import Entry

    previous, texts, made = FIRST, [], []
    for n in range(1, ENTRIES + 1):
        entry = Entry(
            number=n,
            at=datetime(2025, 1, 2, tzinfo=UTC) + timedelta(seconds=n),
            person_id=n % 300,
            person_name=f"人员{n % 300}",
            seat="某局·经办员",
            agency_id=n % 40,
            act="requests.personal",
            label="查看申请人资料",
            object_kind="inforequests.inforequest",
            object_id=str(n),
            object_name=f"〔2025〕{n}号",
            result="done",
            address="192.0.2.7",
            detail='{"page": "/desk/"}',
            previous=previous,
        )
        texts.append(text_of(entry))
        previous = entry.digest = sm3(texts[-1])
        made.append(entry)
    with transaction.atomic():
        Entry.objects.bulk_create(made, batch_size=2000)
    return texts
