"""Fill the scratch site that bench/search.py measures: `python -m bench.search_filling COUNT`, in its environment.

The items stand there as published; the review behind each is left out, for which the gate's triggers step aside. The
index is then made by the command that makes it in earnest.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bench.putting import Mould

AGENCY, EACH, LOT = "xtxsfj", 60, 1000
_KEPT, _SPAN = 5_000, 480_000
"""Eleven minutes apart, over ten years; beyond that they share their minutes."""
_NUMBER, _DAY = 10**15, date(1900, 1, 1)


def main() -> None:
    """The items and the index; then the answers compared with a scan of every text."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
    import django

    django.setup()
    if sys.argv[1] == "put":
        told = [*map(int, sys.argv[2:])]
        _put(told[:3], *told[3:])
        return
    count = int(sys.argv[1])
    texts = _publish(count)
    start = time.perf_counter()
    from gongkai.search.shown import rebuild_shown

    rebuild_shown(
        lambda kind, done: done % 10_000 or print(f"{kind} {done}", file=sys.stderr, flush=True),
        at_once=True,
        processes=2,
    )
    seconds = time.perf_counter() - start
    _analyze()
    megabytes = _megabytes()
    from bench.search_texts import queries

    asked = queries(texts, EACH)
    print(
        json.dumps(
            {
                "seconds": seconds,
                "megabytes": megabytes,
                "queries": asked,
                **_compared(asked),
                "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            },
            ensure_ascii=False,
        )
    )


def _publish(count: int) -> list[str]:
    """Put so many in, by several processes; some thousands of the texts, evenly taken, for the queries to be cut from."""
    from django.db import connection

    from bench.search_texts import documents
    from gongkai.disclosure import guard

    with connection.cursor() as cursor:
        for statement in guard.take_down(connection.vendor):
            cursor.execute(statement)
        moulds = _moulds()
        free = [mould.first_free() for mould in moulds]
        at_once = 2 if connection.vendor == "postgresql" and count > 20_000 else 1
        share = -(-count // at_once // LOT) * LOT
        parts = [(start, min(start + share, count)) for start in range(0, count, share)]
        command = [sys.executable, "-m", "bench.search_filling", "put", *map(str, free)]
        children = [subprocess.Popen([*command, str(first), str(after)]) for first, after in parts]
        ended = [child.wait() for child in children]
        if any(ended):
            raise SystemExit("the items could not be put in")
        for mould in moulds:
            mould.finish()
        for statement in guard.put_up(connection.vendor):
            cursor.execute(statement)
    texts, every = [], max(1, count // _KEPT // LOT)
    for start in range(0, count, every * LOT):
        kept = documents(start, min(start + LOT, count))
        texts += [f"{title}\n{text}" for title, text in kept]
    return texts + _of_the_sample()


def _put(free: list[int], first: int, after: int) -> None:
    from django.db import transaction

    from bench.search_texts import documents

    told, press = documents(first, after), _press(free)
    for start in range(first, after, LOT):
        with transaction.atomic():
            press([(n, *next(told)) for n in range(start, min(start + LOT, after))])


def _of_the_sample() -> list[str]:
    """Those of the sample as well: the scan looks at all there is."""
    from gongkai.disclosure.clean import plain_text
    from gongkai.disclosure.models import Publication

    return [
        f"{row.title}\n{row.index_number}\n{plain_text(row.html)}\n{row.summary}"
        for row in Publication.objects.exclude(index_number__startswith="测")
    ]


def _moulds() -> tuple[Mould, Mould, Mould]:
    """An item, its sheet and its publication as the acts make them, with marks where each has its own words."""
    from django.utils import timezone

    from bench.putting import Mould
    from gongkai.agencies.models import Agency
    from gongkai.disclosure.actions.publishing import snapshot
    from gongkai.disclosure.content import canonical
    from gongkai.disclosure.gate import Passage
    from gongkai.disclosure.models import Item, Publication, ReviewSheet

    agency, now = Agency.objects.get(slug=AGENCY), timezone.now()
    item = Item(
        id=_NUMBER, agency=agency, column=agency.columns.all()[0], title="〈题〉", text="<p>〈文〉</p>", state="published",
        index_number="〈索〉", document_number="〈号〉", formed_on=_DAY,
    )  # fmt: skip
    content = canonical(item, [], [])
    sheet = ReviewSheet(
        item=item, serial=1, version=1, content=content, digest="", route="测", paper=True, reason="测", result="passed",
        submitted_at=now, closed_at=now,
    )  # fmt: skip
    public = Publication(**snapshot(item, Passage(sheet, content), now, "甲某", first=now))
    words = ("column_id", "title", "index_number", "document_number", "formed_on")
    return (
        Mould(item, (*words, "text")),
        Mould(sheet, ("item_id", "content", "digest")),
        Mould(public, (*words, "item_id", "sheet_id", "content", "digest", "first_at")),
    )


def _press(free: list[int]) -> Callable[[list[tuple[int, str, str]]], None]:
    """What puts a lot in, numbered from the first free numbers on."""
    from django.utils import timezone

    from gongkai.agencies.models import Agency
    from gongkai.disclosure.content import digest_of

    columns, now = list(Agency.objects.get(slug=AGENCY).columns.all()), timezone.now()
    moulds = _moulds()
    content = moulds[1].first["content"]

    def put(lot: list[tuple[int, str, str]]) -> None:
        rows: tuple[list[Any], list[Any], list[Any]] = ([], [], [])
        for n, title, text in lot:
            formed = date(2015, 1, 1) + timedelta(days=n % 4000)
            index, number = f"测/{n}", f"测发〔{2015 + n % 10}〕{n}号" if n % 10 == 0 else ""
            item, sheet, public = (first + n for first in free)
            marks = {
                str(_NUMBER): item,
                "〈题〉": title,
                "〈文〉": text,
                "〈索〉": index,
                "〈号〉": number,
                str(_DAY): formed,
            }
            told = content
            for mark, word in marks.items():
                told = told.replace(mark, str(word))
            own = (columns[n % len(columns)].pk, title, index, number, formed)
            digest, first = digest_of(told), now - timedelta(minutes=11 * (n % _SPAN))
            rows[0].append((item, *own, f"<p>{text}</p>"))
            rows[1].append((sheet, item, told, digest))
            rows[2].append((public, *own, item, sheet, told, digest, first))
        for mould, made in zip(moulds, rows, strict=True):
            mould.put(made)

    return put


def _analyze() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _megabytes() -> float:
    """What the index with its texts takes on the disk."""
    from django.db import connection

    sizes = {
        "postgresql": "SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relkind = 'r' AND relname LIKE %s",
        "sqlite": "SELECT sum(pgsize) FROM dbstat WHERE name LIKE %s",
    }
    with connection.cursor() as cursor:
        cursor.execute(sizes[connection.vendor], ["search_public%"])
        return float(cursor.fetchone()[0] or 0) / 2**20


def _compared(asked: dict[str, list[str]]) -> dict[str, Any]:
    """Of each length the share of the answers that are there (recall) and the answers that should not be there; and
    whether the first that are told with the limits as they are, are those a scan would tell first."""
    from django.utils import timezone

    from bench.search_scan import scanned
    from gongkai.agencies.models import Agency
    from gongkai.search import answers, on_postgresql
    from gongkai.search import asked as asking

    agencies, now = frozenset(Agency.objects.values_list("pk", flat=True)), timezone.now()

    def told(query: str, most: int) -> list[int]:
        return answers.answer(asking.Asked(query, agencies, now, now.date()), 1, most).ids

    first = {query: told(query, asking.MOST) for queries in asked.values() for query in queries}
    for module in (answers, asking):
        module.MOST = 10**8  # type: ignore[misc]
    on_postgresql.FEW = 10**8
    truth = scanned([query for queries in asked.values() for query in dict.fromkeys(queries)])
    recall, wrong, misplaced = {}, 0, 0
    for name, queries in asked.items():
        there = found = 0
        for query in queries:
            true, places = truth.hits[query], [truth.place(key) for key in told(query, 10**8)]
            right = sum(place >= 0 and true.has(place) for place in places)
            many, first_told = true.count(), [truth.place(key) for key in first[query]]
            there, found, wrong = there + many, found + right, wrong + len(places) - right
            misplaced += first_told != true.first(len(first_told))
            misplaced += len(first_told) != min(many, 1000)
        recall[name] = found / there
        print(f"compared {name}: {found} of {there}", file=sys.stderr, flush=True)
    return {"recall": recall, "wrong": wrong, "misplaced": misplaced}


if __name__ == "__main__":
    main()
