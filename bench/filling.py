"""Fill the scratch site that bench/requests.py measures: `python -m bench.filling COUNT`, in the environment of the site."""

from __future__ import annotations

import json
import os
import random
import sys
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
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
OPEN_SHARE = 0.02
"""Two thousand of a hundred thousand: far more than any office has open."""


def main() -> None:
    """The requests with their numbers, requesters, first events and places in the search; the busiest one last."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
    import django

    django.setup()
    from django.db import transaction

    count, draw = int(sys.argv[1]), random.Random(1)
    with transaction.atomic():
        _fill(count, draw)
        told = _busy(count)
    print(json.dumps(told, ensure_ascii=False))


def _fill(count: int, draw: random.Random) -> None:
    from gongkai.agencies.models import Agency
    from gongkai.inforequests.models import InfoRequest, Register, RegisterNumber, Requester, RequestEvent
    from gongkai.search.models import Entry, Part
    from gongkai.search.tokens import parts_of

    agency = Agency.objects.get(slug=AGENCY)
    rows = (_request(agency.pk, n, count, draw) for n in range(1, count + 1))
    while batch := list(islice(rows, BATCH)):
        made = InfoRequest.objects.bulk_create([InfoRequest(**row) for row in batch])
        registers = {
            year: Register.objects.get_or_create(agency=agency, year=year, defaults={"last": 0})[0]
            for year in {one.submitted_on.year for one in made if one.submitted_on}
        }
        RegisterNumber.objects.bulk_create(
            RegisterNumber(
                register=registers[one.submitted_on.year], serial=one.pk, number=one.number, request=one
            )
            for one in made
            if one.submitted_on
        )
        Requester.objects.bulk_create(
            Requester(request=one, identity_number=f"43030019900101{one.pk % 10000:04d}", phone="13800000000")
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


def _request(agency: int, n: int, count: int, draw: random.Random) -> dict[str, Any]:
    """The n-th, spread over the ten years to today; open ones among the newest."""
    from django.utils import timezone

    came = timezone.localdate() - timedelta(days=(count - n) * 3650 // count)
    is_open = n > count * (1 - OPEN_SHARE * 2) and draw.random() < 0.5
    state = draw.choice(OPEN if is_open else CLOSED)
    received = None if state == "unconfirmed" else came
    return {
        "agency_id": agency,
        "number": f"测信公开〔{came.year}〕第{n}号",
        "tracking_code": f"A{n:011d}",
        "requester_kind": draw.choice(("natural", "company", "public_interest")),
        "applicant": f"甲某{n % 5000}",
        "channel": draw.choice(("in_person", "online", "letter")),
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


def _busy(count: int) -> dict[str, Any]:
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
    return {"pk": case.pk, "number": case.number, "code": case.tracking_code, "plain": count // 2}


main()
