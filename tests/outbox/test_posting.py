"""A message is posted in the transaction of its act, once a key, whoever posts it and how many at once."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from gongkai.outbox.models import Message
from gongkai.outbox.posting import one_line, post
from gongkai.outbox.queries import masked


def put(key: str, **more: Any) -> bool:
    return post(**{"key": key, "channel": "mail", "to": "a@example.cn", "subject": "s", "body": "b", **more})


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_it_is_refused() -> None:
    with pytest.raises(RuntimeError):
        put("a")
    assert not Message.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_was_never_posted() -> None:
    with transaction.atomic():
        put("a")
        transaction.set_rollback(True)
    assert not Message.objects.exists()


@pytest.mark.django_db
def test_a_key_is_posted_once_in_one_query(queries: Any) -> None:
    assert queries(lambda: put("a")) == 1
    assert put("a", subject="other") is False
    assert put("b")
    first = Message.objects.get(key="a")
    assert (first.subject, first.state, first.tries, first.sent_at) == ("s", "waiting", 0, None)
    assert Message.objects.count() == 2


@pytest.mark.django_db
def test_a_desk_notice_is_sent_by_being_written() -> None:
    put("a", channel="desk", person_id=1, to="")
    notice = Message.objects.get()
    assert notice.state == "sent"
    assert notice.sent_at == notice.made_at


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_posts_and_none_fails() -> None:
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("a database in memory has one connection")
    made: list[bool] = []
    gate = threading.Barrier(8)

    def work() -> None:
        gate.wait()
        try:
            for n in range(10):
                with transaction.atomic():
                    made.append(put(f"key-{n}"))
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 80
    assert sum(made) == 10
    assert Message.objects.count() == 10


@given(st.text())
def test_nothing_in_a_title_begins_a_line(text: str) -> None:
    line = one_line(text)
    assert line.splitlines() in ([], [line])
    assert not any(ord(c) < 32 for c in line)


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("zhang.san@example.gov.cn", "z***@example.gov.cn"),
        ("13812345678", "138****5678"),
        ("12345", "****"),
        ("", "****"),
    ],
)
def test_addresses_are_masked(address: str, shown: str) -> None:
    assert masked(address) == shown
