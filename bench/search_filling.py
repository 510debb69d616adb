"""Fill the scratch site that bench/search.py measures: `python -m bench.search_filling COUNT`, in its environment.

The items stand there as published; the review behind each is left out, for which the gate's triggers step aside. The
index is then made by the command that makes it in earnest.
"""

from __future__ import annotations

import json
import os
import sys
import time
from datetime import date, timedelta
from typing import Any

AGENCY, EACH, LOT = "xtxsfj", 60, 1000


def main() -> None:
    """The items and the index; then the answers compared with a scan of every text."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
    import django

    django.setup()
    count = int(sys.argv[1])
    texts = _publish(count)
    start = time.perf_counter()
    from gongkai.search.shown import rebuild_shown

    rebuild_shown(lambda kind, done: done % 10_000 or print(f"{kind} {done}", file=sys.stderr, flush=True))
    seconds = time.perf_counter() - start
    _analyze()
    from bench.search_texts import queries

    asked = queries(texts, EACH)
    print(json.dumps({"seconds": seconds, "queries": asked, **_compared(asked)}, ensure_ascii=False))


def _publish(count: int) -> list[str]:
    from django.db import connection, transaction

    from bench.search_texts import documents
    from gongkai.agencies.models import Agency
    from gongkai.disclosure import guard
    from gongkai.disclosure.models import Publication

    agency = Agency.objects.get(slug=AGENCY)
    columns = list(agency.columns.all())
    texts, lot = [], []
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in guard.take_down(connection.vendor):
            cursor.execute(statement)
        for n, (title, text) in enumerate(documents(count)):
            texts.append(f"{title}\n{text}")
            lot.append((n, title, text))
            if len(lot) == LOT or n == count - 1:
                _put(agency, columns, lot)
                lot = []
        for statement in guard.put_up(connection.vendor):
            cursor.execute(statement)
    _texts_of_all(texts, Publication)
    return texts


def _texts_of_all(texts: list[str], publications: Any) -> None:
    """Those of the sample as well: the scan looks at all there is."""
    from gongkai.disclosure.clean import plain_text

    for row in publications.objects.exclude(index_number__startswith="测"):
        texts.append(f"{row.title}\n{row.index_number}\n{plain_text(row.html)}\n{row.summary}")


def _put(agency: Any, columns: list[Any], lot: list[tuple[int, str, str]]) -> None:
    from django.utils import timezone

    from gongkai.disclosure.actions.publishing import snapshot
    from gongkai.disclosure.content import canonical, digest_of
    from gongkai.disclosure.gate import Passage
    from gongkai.disclosure.models import Item, Publication, ReviewSheet

    now = timezone.now()
    items = Item.objects.bulk_create(
        Item(
            agency=agency, column=columns[n % len(columns)], title=title, text=f"<p>{text}</p>", state="published",
            index_number=f"测/{n}", formed_on=date(2015, 1, 1) + timedelta(days=n % 4000),
            document_number=f"测发〔{2015 + n % 10}〕{n}号" if n % 10 == 0 else "",
        )
        for n, title, text in lot
    )  # fmt: skip
    sheets = []
    for item in items:
        content = canonical(item, [], [])
        sheets.append(
            ReviewSheet(
                item=item, serial=1, version=1, content=content, digest=digest_of(content), route="测", paper=True, reason="测", result="passed",
                submitted_at=now, closed_at=now,
            )
        )  # fmt: skip
    sheets = ReviewSheet.objects.bulk_create(sheets)
    Publication.objects.bulk_create(
        Publication(
            **snapshot(s.item, Passage(s, s.content), now, "甲某", first=now - timedelta(minutes=11 * n))
        )
        for s, (n, _, _) in zip(sheets, lot, strict=True)
    )


def _analyze() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _compared(asked: dict[str, list[str]]) -> dict[str, Any]:
    """Of each length the share of the answers that are there (recall) and the answers that should not be there."""
    from django.utils import timezone

    from gongkai.agencies.models import Agency
    from gongkai.search import answers, on_postgresql
    from gongkai.search import asked as asking
    from gongkai.search.models import PublicEntry

    for module in (answers, asking):
        module.MOST = 10**8  # type: ignore[misc]
    on_postgresql.FEW = 10**8
    every = dict(PublicEntry.objects.values_list("pk", "title"))
    texts = {pk: f"{every[pk]}\n{number}\n{text}" for pk, number, text in _plain()}
    agencies, now = frozenset(Agency.objects.values_list("pk", flat=True)), timezone.now()
    recall, wrong = {}, 0
    for name, queries in asked.items():
        there = found = 0
        for query in queries:
            truth = {pk for pk, text in texts.items() if query in text}
            told = set(answers.answer(asking.Asked(query, agencies, now, now.date()), 1, 10**8).ids)
            there, found, wrong = there + len(truth), found + len(truth & told), wrong + len(told - truth)
        recall[name] = found / there
    return {"recall": recall, "wrong": wrong}


def _plain() -> Any:
    from gongkai.search.models import PublicEntry

    rows = PublicEntry.objects.values_list("pk", "document_number", "index_number", "text")
    return ((pk, f"{number}\n{index}", text) for pk, number, index, text in rows.iterator())


main()
