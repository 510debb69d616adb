"""Fill the site that bench/board.py measures: `python -m bench.board_filling AGENCIES REQUESTS PAGE …`; tells the password of
its supervisor and the queries of each page."""

from __future__ import annotations

import json
import os
import sys
from datetime import timedelta

_REQUESTS = """
INSERT INTO inforequests_inforequest (agency_id, matter, number, tracking_code, requester_kind, applicant, channel,
  submitted_on, arrived_on, received_on, content, form_wanted, obtain, purpose, state, due_on, due_provisional,
  closed_on, outcome, reply, publication)
SELECT %(first)s + n %% %(agencies)s, 'disclosure', '测信公开第' || n || '号', lpad(n::text, 12, 'A'),
  (ARRAY['natural', 'commercial', 'public_interest'])[1 + n %% 3], '甲某' || n %% 5000,
  (ARRAY['in_person', 'online', 'ordinary_mail'])[1 + n %% 3], came, came, came,
  '申请公开第' || n %% 977 || '号地块的批复文件，请提供复印件。', '', '', '',
  CASE WHEN is_open THEN (ARRAY['handling', 'handling', 'in_review', 'awaiting_signature', 'consulting',
    'awaiting_clarification'])[1 + n %% 6] ELSE 'answered' END, came + 28, false,
  CASE WHEN is_open THEN NULL ELSE came + 20 END, CASE WHEN is_open THEN '' ELSE 'granted' END, '', ''
FROM (SELECT n, n / %(agencies)s %% 40 = 0 AS is_open, %(day)s::date - CASE WHEN n / %(agencies)s %% 40 = 0
  THEN ((n / %(agencies)s / 40 + n) %% 32)::int ELSE (21 + (n / %(agencies)s * 31 + n) %% 3600)::int END AS came
  FROM generate_series(1::bigint, %(requests)s) AS n) AS drawn
"""
"""Of each agency one in forty is open and came within 32 days, so that some are past their day; the rest lie over ten years."""
_FINDINGS = """
INSERT INTO oversight_finding (agency_id, rule, key, gravity, what, "where", url, state, found_at, seen_at, times,
  due_on, reason, explained_by, handed)
SELECT %(first)s + n %% %(agencies)s, CASE WHEN n %% 3 = 0 THEN 'column_stale' ELSE 'link_inside' END, 'bench:' || n,
  CASE WHEN n %% 97 = 0 THEN 1 ELSE 2 END, '栏目很久没有更新', '通知公告栏目', '', 'open', now(), now(), 1,
  %(day)s::date, '', '', ''
FROM generate_series(1, %(agencies)s * 20) AS n
"""


def main() -> None:
    """The office, its agencies, their requests, findings and reports."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
    import django

    django.setup()
    from django.contrib.auth.hashers import make_password
    from django.db import connection
    from django.utils import timezone

    from gongkai.agencies.actions.seats import seat_person
    from gongkai.agencies.actor import Actor
    from gongkai.agencies.models import Agency, Kind, Person
    from gongkai.reports.models import ReportYear

    agencies, requests = int(sys.argv[1]), int(sys.argv[2])
    day = timezone.localdate()
    office, new = Agency.objects.get_or_create(
        slug="bench-county",
        defaults={"name": "测量县人民政府", "code": "BENCH", "level": "government", "is_sample": True},
    )
    password = "bench-only-31415"  # noqa: S105 - of a site that is thrown away
    if new:
        seat_person(
            by=Actor.system(day, "测量"), username="bench-supervisor", name="测量", kind=Kind.SUPERVISOR,
            agency=office, sample=True,
        )  # fmt: skip
        made = Agency.objects.bulk_create(
            Agency(
                slug=f"bench-{n}", name=f"测量县第{n}局", code=f"BENCH{n}", supervisor=office, is_sample=True
            )
            for n in range(agencies)
        )
        ReportYear.objects.bulk_create(ReportYear(agency=one, year=day.year - 1) for one in made)
        told = {"first": made[0].pk, "agencies": agencies, "requests": requests, "day": day}
        with connection.cursor() as cursor:
            cursor.execute(_REQUESTS, told)
            cursor.execute(_FINDINGS, told)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    Person.objects.filter(username="bench-supervisor").update(password=make_password(password))
    print(json.dumps({"password": password, "queries": {page: _queries(page) for page in sys.argv[3:]}}))


def _queries(page: str) -> int:
    """How many queries a page takes, signing in left out."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from gongkai.agencies.models import Person
    from gongkai.sign_in.actions.stays import SESSION_KEY
    from gongkai.sign_in.models import Stay

    client, now = Client(HTTP_HOST="127.0.0.1"), timezone.now()
    person = Person.objects.get(username="bench-supervisor")
    client.force_login(person)
    stay = Stay.objects.create(
        person=person, since=now, last_seen=now + timedelta(seconds=1), verified_at=now, address="127.0.0.1", browser="测量"
    )  # fmt: skip
    session = client.session
    session[SESSION_KEY] = stay.pk
    session.save()
    client.get(page)
    with CaptureQueriesContext(connection) as caught:
        answer = client.get(page)
    assert answer.status_code == 200, (page, answer.status_code)
    if os.environ.get("BENCH_SHOW"):
        for one in caught.captured_queries:
            print(one["time"], one["sql"][:300], file=sys.stderr)
    return len(caught)


if __name__ == "__main__":
    main()
