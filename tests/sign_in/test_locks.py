"""Too many failures: who is shut out, who is not, for how long, and what the trail says."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection, connections
from django.test import Client
from django.utils import timezone

from gongkai.audit.models import Entry
from gongkai.sign_in.models import Counter, Failure
from tests.cast import Cast
from tests.sign_in.door import GOOD, SIGN_IN, come_in, give_password, said, try_door

WRONG = "wrong-Password-7"


def test_five_failures_lock_and_time_unlocks(cast: Cast) -> None:
    give_password(cast.clerk)
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        words = [said(try_door("clerk", WRONG)[1]) for _ in range(5)]
        assert "再输错 2 次就会暂时锁定" in words[2]
        assert "再输错 1 次" in words[3]
        assert "请过 15 分钟" in words[4]
        assert "安全管理员" in words[4]
        assert "暂时锁定" in said(try_door("clerk", GOOD)[1])
        clock.shift(timedelta(minutes=14, seconds=59))
        assert try_door("clerk", GOOD)[1].status_code == 200
        clock.shift(timedelta(seconds=2))
        assert try_door("clerk", GOOD)[1].status_code == 302
    acts = list(
        Entry.objects.filter(act__startswith="sign_in").order_by("number").values_list("act", "result")
    )
    assert acts == [*[("sign_in.failed", "failed")] * 4, ("sign_in.locked", "failed"), ("sign_in.in", "done")]
    assert Entry.objects.filter(act="sign_in.locked").get().address == "198.51.100.7"


def test_an_outsider_does_not_lock_the_clerk_out(cast: Cast) -> None:
    come_in(cast.clerk, address="198.51.100.7")
    for n in range(30):
        try_door("clerk", WRONG, address=f"203.0.113.{n // 4}")
    assert Counter.objects.get(scope="name", person=cast.clerk).failures >= 20
    assert try_door("clerk", GOOD, address="198.51.100.7")[1].status_code == 302
    assert "暂时锁定" in said(try_door("clerk", GOOD, address="198.51.100.99")[1])


def test_a_success_starts_the_count_anew(cast: Cast) -> None:
    give_password(cast.clerk)
    for _ in range(3):
        for _ in range(4):
            try_door("clerk", WRONG)
        assert try_door("clerk", GOOD)[1].status_code == 302


def test_one_address_trying_many_names_is_shut_out(cast: Cast, settings: Any) -> None:
    settings.LOCK_ADDRESS_FAILURES = 6
    give_password(cast.clerk)
    for n in range(6):
        try_door(f"name{n}", WRONG)
    assert "暂时锁定" in said(try_door("clerk", GOOD)[1])
    assert try_door("clerk", GOOD, address="198.51.100.8")[1].status_code == 302


def test_nobody_learns_which_names_exist(cast: Cast) -> None:
    give_password(cast.clerk)
    cast.head.is_active = False
    cast.head.save()
    give_password(cast.head)
    for n in range(6):
        answers = [
            said(try_door(name, password, address=f"198.51.100.{k}")[1])
            for k, (name, password) in enumerate([("clerk", WRONG), ("no-such", WRONG), ("head", GOOD)])
        ]
        words = {a.replace("no-such", "").replace("clerk", "").replace("head", "") for a in answers}
        assert len(words) == 1, n


def test_what_was_typed_as_a_name_is_kept_nowhere(cast: Cast) -> None:
    try_door("my-secret-typed-in-the-wrong-box", WRONG)
    assert not Entry.objects.filter(object_name__contains="secret").exists()
    assert "secret" not in " ".join(Entry.objects.values_list("detail", flat=True))
    assert Entry.objects.filter(act="sign_in.failed", object_name="没有这个用户名").exists()
    assert not any("secret" in str(row) for row in Counter.objects.values_list())
    assert not any("secret" in str(row) for row in Failure.objects.values_list())


def test_the_security_administrator_unlocks(cast: Cast) -> None:
    give_password(cast.clerk)
    for _ in range(5):
        try_door("clerk", WRONG)
    desk = cast.browse("secadmin")
    page = said(desk.get("/desk/site/sign-in/"))
    assert "（clerk）" in page
    assert "198.51.100.7" in page
    counter = Counter.objects.get(scope="pair")
    assert desk.post(f"/desk/site/sign-in/{counter.pk}/unlock/").status_code == 302
    assert "现在没有锁定的账号" in said(desk.get("/desk/site/sign-in/"))
    assert try_door("clerk", GOOD)[1].status_code == 302
    assert "解除登录锁定" in Entry.objects.filter(act="person.secure").latest("number").detail
    assert "（clerk）" in said(desk.get("/desk/site/sign-in/failures/"))


@pytest.mark.parametrize("who", ["clerk", "head", "sysadmin", "auditor"])
def test_nobody_else_unlocks(cast: Cast, who: str) -> None:
    for _ in range(5):
        try_door("clerk", WRONG)
    counter = Counter.objects.get(scope="pair")
    assert cast.browse(who).post(f"/desk/site/sign-in/{counter.pk}/unlock/").status_code in (403, 404)
    assert Counter.objects.get(scope="pair").failures == 5


def test_lists_ask_the_same_number_of_questions_however_long(cast: Cast, queries: Any) -> None:
    desk = cast.browse("secadmin")

    def add(first: int, last: int) -> None:
        for n in range(first, last):
            person = list(cast.people.values())[n % 10]
            address = f"203.0.113.{n}"
            now = timezone.now()
            Failure.objects.create(at=now, person=person, address=address, what="用户名或者密码不对")
            Counter.objects.create(
                scope="pair", key=f"{n:064d}", person=person, address=address, failures=9, last_at=now
            )

    add(0, 2)
    paths = ("/desk/site/sign-in/", "/desk/site/sign-in/failures/", "/desk/site/sign-in/factors/")
    before = [queries(lambda p=p: desk.get(p)) for p in paths]
    add(2, 60)
    for who in ("sysadmin", "auditor"):
        cast.browse(who)
    assert [queries(lambda p=p: desk.get(p)) for p in paths] == before
    assert 'rel="next"' in desk.get("/desk/site/sign-in/failures/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_no_more_tries(static_files: None) -> None:
    """Twenty tries at the same time: only five reach the password."""
    from tests.cast import assemble

    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("needs a database that several threads can open")
    cast = assemble()
    give_password(cast.clerk)

    def one(n: int) -> str:
        try:
            client = Client(REMOTE_ADDR="198.51.100.7")
            return said(client.post(SIGN_IN, {"username": "clerk", "password": WRONG}))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(one, range(20)))
    assert Failure.objects.count() == 5
    assert Entry.objects.filter(act__in=["sign_in.failed", "sign_in.locked"]).count() == 5
