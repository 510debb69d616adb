"""The scan that the search is measured against, compared with looking through the texts one by one."""

from __future__ import annotations

import random

import pytest

from bench.search_scan import scan

pytestmark = pytest.mark.once


def test_what_is_kept_of_a_scan_is_what_there_is() -> None:
    draw = random.Random(3)  # noqa: S311
    texts = [
        (
            9000 - n,
            *("".join(draw.choices("公开信息年报", k=size)) for size in (3, 2, 6)),
        )
        for n in range(4500)
    ]
    queries = ["公", "公开", "信息年", "年报公开", "没有的"]
    found = scan(iter(texts), queries, processes=1)
    assert [*found.keys] == [key for key, *_ in texts]
    assert [found.place(key) for key in (9000, 4501, 4500, 9001)] == [0, 4499, -1, -1]
    for query in queries:
        head = [n for n, (_, title, number, _) in enumerate(texts) if query in title or query in number]
        body = [n for n, (*_, text) in enumerate(texts) if query in text and n not in {*head}]
        hits = found.hits[query]
        assert hits.first(10**6) == head + body
        assert hits.first(7) == (head + body)[:7]
        assert hits.count() == len(head) + len(body)
        assert [n for n in range(len(texts)) if hits.has(n)] == sorted(head + body)
