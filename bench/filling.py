"""Fill the scratch site that bench/requests.py measures: `python -m bench.filling COUNT`, in the environment of the site."""

from __future__ import annotations

import json
import os
import random
import sys
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

BATCH = 2_000
"""Requests made row by row; the others are their copies, made by the database."""
AGENCY = "xtxsfj"
WORDS = ("项目批复", "征地公告", "预算执行", "会议纪要", "验收报告", "招标文件", "处罚决定", "规划许可")
CLOSED = ("answered", "archived", "lapsed", "withdrawn")
OPEN = (
    "unconfirmed",
    "handling",
    "consulting",
    "in_review",
    "awaiting_signature",
    "signed",
    "awaiting_payment",
)


def main() -> None:
    """The requests with their numbers, requesters, first events and places in the search; the busiest one last."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
    import django

    django.setup()
    from django.db import transaction

    count, draw = int(sys.argv[1]), random.Random(1)
    with transaction.atomic():
        _fill(draw)
        _copy(count // BATCH - 1)
        told = _busy()
    print(json.dumps(told, ensure_ascii=False))


def _fill(draw: random.Random) -> None:
    """The newest requests, row by row."""
    from gongkai.agencies.models import Agency
    from gongkai.inforequests.models import InfoRequest, Register, RegisterNumber, Requester, RequestEvent
    from gongkai.search.models import Entry, Part
    from gongkai.search.tokens import parts_of

    agency = Agency.objects.get(slug=AGENCY)
    made = InfoRequest.objects.bulk_create(
        [InfoRequest(**_request(agency.pk, n, draw)) for n in range(1, BATCH + 1)]
    )
    register = Register.objects.create(agency=agency, year=1, last=BATCH)
    RegisterNumber.objects.bulk_create(
        RegisterNumber(register=register, serial=one.pk, number=one.number, request=one) for one in made
    )
    Requester.objects.bulk_create(
        Requester(request=one, identity_number=f"43030019900101{one.pk:04d}", phone="13800000000")
        for one in made
    )
    RequestEvent.objects.bulk_create(_events(made))
    entries = Entry.objects.bulk_create(
        Entry(
            kind="request", object_id=str(one.pk), agency_id=agency.pk, act="requests.view",
            title=f"申请 {one.number}", url=f"/desk/{AGENCY}/requests/{one.pk}/", day=one.received_on, text=one.content,
        )
        for one in made
    )  # fmt: skip
    Part.objects.bulk_create(
        Part(entry=entry, number=number, words=words)
        for entry in entries
        for number, words in [
            *((0, part) for part in parts_of(entry.title)), *enumerate(parts_of(entry.text), start=1)
        ]
    )  # fmt: skip


_EARLIER = "date({0}, '-' || (k * 73) || ' days')"
_CLOSED = {
    "number": "number || '之' || k",
    "tracking_code": "substr(tracking_code, 1, 6) || printf('%06d', id + k * {step})",
    "submitted_on": _EARLIER.format("submitted_on"),
    "arrived_on": _EARLIER.format("submitted_on"),
    "received_on": _EARLIER.format("submitted_on"),
    "due_on": _EARLIER.format("due_on"),
    "closed_on": _EARLIER.format("submitted_on"),
    "state": "'answered'",
    "outcome": "'granted'",
}
_COPIED: dict[str, dict[str, str]] = {
    "inforequests_inforequest": _CLOSED,
    "inforequests_registernumber": {
        "serial": "serial + k * {step}", "number": "number || '之' || k", "request_id": "request_id + k * {step}",
    },
    "inforequests_requester": {"request_id": "request_id + k * {step}"},
    "inforequests_requestevent": {"request_id": "request_id + k * {step}"},
    "search_entry": {"object_id": "CAST(object_id AS INTEGER) + k * {step}", "day": _EARLIER.format("day")},
    "search_part": {"entry_id": "entry_id + k * {entries}"},
}  # fmt: skip
"""The tables, and what is another in each copy; `k` is its number."""


def _copy(times: int) -> None:
    """So many copies of everything, each seventy-three days older and all closed."""
    from django.db import connection

    def top(table: str) -> int:
        cursor.execute(f"SELECT max(id) FROM {table}")  # noqa: S608 - names of our own
        return int(cursor.fetchone()[0])

    with connection.cursor() as cursor:
        step, entries = top("inforequests_inforequest"), top("search_entry")
        for table, other in _COPIED.items():
            names = [f'"{c.name}"' for c in connection.introspection.get_table_description(cursor, table)]
            own = {f'"{name}"': value for name, value in {"id": f"id + k * {top(table)}", **other}.items()}
            values = ", ".join(own.get(name, name) for name in names).format(step=step, entries=entries)
            cursor.execute(
                f"WITH RECURSIVE copies(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM copies WHERE k < {times})"  # noqa: S608
                f" INSERT INTO {table} ({', '.join(names)}) SELECT {values} FROM {table} CROSS JOIN copies"
            )
        cursor.execute("ANALYZE")


def _request(agency: int, n: int, draw: random.Random) -> dict[str, Any]:
    """The n-th, spread over the seventy days before today, half of them open: far more than any office has."""
    from django.utils import timezone

    came = timezone.localdate() - timedelta(days=(BATCH - n) * 70 // BATCH)
    is_open = draw.random() < 0.5
    state = draw.choice(OPEN if is_open else CLOSED)
    received = None if state == "unconfirmed" else came
    return {
        "agency_id": agency,
        "number": f"测信公开〔{came.year}〕第{n}号",
        "tracking_code": f"A{n:011d}",
        "requester_kind": draw.choice(("natural", "commercial", "public_interest")),
        "applicant": f"甲某{n % 500}",
        "channel": draw.choice(("in_person", "online", "ordinary_mail")),
        "submitted_on": came,
        "arrived_on": came,
        "received_on": received,
        "content": f"申请公开{draw.choice(WORDS)}、{draw.choice(WORDS)}的材料，第{n % 977}号地块",
        "state": state,
        "due_on": received + timedelta(days=28) if received else None,
        "closed_on": None if is_open else came + timedelta(days=draw.randrange(28)),
        "outcome": "" if is_open else draw.choice(("granted", "partial", "other_other")),
    }


def _events(made: list[Any]) -> Iterator[Any]:
    from django.utils import timezone

    from gongkai.inforequests.models import RequestEvent

    now = timezone.now()
    for one in made:
        arrived = one.received_on is None
        yield RequestEvent(
            request=one, serial=1, act="register_arrival" if arrived else "register_received", from_state="unregistered",
            to_state="unconfirmed" if arrived else "handling", on=one.submitted_on, at=now, by="甲某",
        )  # fmt: skip
        if one.closed_on:
            yield RequestEvent(
                request=one, serial=2, act="serve", from_state="signed", to_state="answered", on=one.closed_on, at=now,
                by="甲某", data={"how": "邮寄"},
            )  # fmt: skip


def _busy() -> dict[str, Any]:
    """A case that has gone on for long: sixty events, twelve consultations; its number, code and address."""
    from django.utils import timezone

    from gongkai.inforequests.models import Consultation, InfoRequest, RequestEvent

    case = InfoRequest.objects.filter(state="handling").latest("pk")
    day, now = case.received_on, timezone.now()
    assert day
    RequestEvent.objects.bulk_create(
        RequestEvent(
            request=case, serial=n, act="end_one_consultation", from_state="consulting", to_state="consulting", on=day,
            at=now, by="甲某",
        )
        for n in range(2, 62)
    )  # fmt: skip
    Consultation.objects.bulk_create(
        Consultation(
            request=case,
            whom="agency",
            name=f"第{n}局",
            about="材料",
            sent_on=day,
            ended_on=day,
            opinion="agrees",
        )
        for n in range(12)
    )
    return {"pk": case.pk, "number": case.number, "code": case.tracking_code, "plain": BATCH * 3}


main()
