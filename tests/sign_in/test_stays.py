"""How long one stays signed in, what ends it, and what every page asks first."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from gongkai.agencies.actions.persons import reactivate
from gongkai.audit.models import Entry
from gongkai.sign_in.actions.tidying import close_over, tidy
from gongkai.sign_in.models import KeptForm, Stay
from tests.cast import SYSTEM, Cast
from tests.sign_in.door import GOOD, SIGN_IN, come_in, give_password, said, try_door

DESK = "/desk/xtxsfj/"
NEW = "Vn4t-Kq9sLd"


def to_sign_in(answer: Any) -> bool:
    return bool(answer.status_code == 302 and answer["Location"].startswith(SIGN_IN))


def test_idle_and_longest_time(cast: Cast, settings: Any) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client = come_in(cast.clerk)
        clock.shift(timedelta(minutes=20))
        assert client.get(DESK).status_code == 200
        clock.shift(timedelta(minutes=20, seconds=1))
        answer = client.get(DESK, follow=True)
        assert "您有一段时间没有操作，已经自动退出" in said(answer)
        assert answer.redirect_chain[0][0] == f"{SIGN_IN}?next=%2Fdesk%2Fxtxsfj%2F"
        assert to_sign_in(client.get(DESK))

        client = come_in(cast.clerk)
        for _ in range(32):
            clock.shift(timedelta(minutes=15))
            assert client.get(DESK).status_code == 200
        clock.shift(timedelta(seconds=1))
        assert "到了最长时间" in said(client.get(DESK, follow=True))
    assert list(Stay.objects.order_by("pk").values_list("end", flat=True)) == ["idle", "long"]
    assert Entry.objects.filter(act="sign_in.over").count() == 2


def test_being_there_is_written_once_a_minute(cast: Cast) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client = come_in(cast.clerk)
        began = Stay.objects.get().last_seen
        clock.shift(timedelta(seconds=59))
        client.get(DESK)
        assert Stay.objects.get().last_seen == began
        clock.shift(timedelta(seconds=1))
        client.get(DESK)
        assert Stay.objects.get().last_seen == began + timedelta(minutes=1)


def test_asking_how_long_is_left_does_not_prolong(cast: Cast) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client = come_in(cast.clerk)
        clock.shift(timedelta(minutes=18))
        assert client.get("/desk/account/session/").json() == {"left": 120}
        assert client.post("/desk/account/session/stay/").json() == {"left": 1200}
        clock.shift(timedelta(minutes=21))
        answer = client.get("/desk/account/session/", HTTP_ACCEPT="application/json")
        assert (answer.status_code, answer.json()) == (401, {"left": 0})


def test_ended_from_another_browser(cast: Cast) -> None:
    here, there = come_in(cast.clerk), try_door("clerk", address="203.0.113.4")[0]
    page = here.get("/desk/account/sessions/")
    assert "Windows电脑上的火狐" in said(page)
    assert "203.0.113.4" in said(page)
    for client in (here, there):
        assert client.session.session_key not in page.content.decode()
    other = Stay.objects.get(address="203.0.113.4")
    assert here.post(f"/desk/account/sessions/{other.pk}/end/").status_code == 302
    assert to_sign_in(there.get(DESK))
    assert here.get(DESK).status_code == 200
    third = try_door("clerk", address="203.0.113.5")[0]
    assert here.post("/desk/account/sessions/end-others/").status_code == 302
    assert to_sign_in(third.get(DESK))
    assert Entry.objects.filter(act="sign_in.ended").count() == 2


def test_nobody_ends_another_persons(cast: Cast) -> None:
    come_in(cast.clerk)
    theirs = Stay.objects.get(person=cast.clerk)
    assert cast.browse("head").post(f"/desk/account/sessions/{theirs.pk}/end/").status_code == 404
    assert Stay.objects.get(pk=theirs.pk).ended_at is None


def test_a_new_password_ends_the_others_and_not_this_one(cast: Cast) -> None:
    here, there = come_in(cast.clerk), try_door("clerk", address="203.0.113.4")[0]
    before = here.session.session_key
    answer = here.post("/desk/account/password/", {"current": GOOD, "new": NEW, "again": NEW}, follow=True)
    assert "其他 1 处登录已经结束" in said(answer)
    assert here.session.session_key != before
    assert to_sign_in(there.get(DESK))
    assert Stay.objects.get(address="203.0.113.4").end == "password"


def test_a_closed_account_is_out_at_once_and_comes_back_to_nothing(cast: Cast) -> None:
    client, other = come_in(cast.clerk), try_door("clerk", address="203.0.113.4")[0]
    type(cast.clerk).objects.filter(pk=cast.clerk.pk).update(is_active=False)
    assert to_sign_in(client.get(DESK))
    assert Stay.objects.get(address="198.51.100.7").end == "closed"
    assert close_over(timezone.now()) == 1
    reactivate(cast.clerk, by=SYSTEM)
    assert to_sign_in(client.get(DESK))
    assert to_sign_in(other.get(DESK))


def test_the_tick_closes_what_ran_out_and_tidies(cast: Cast) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        come_in(cast.clerk)
        assert close_over(timezone.now()) == 0
        clock.shift(timedelta(minutes=21))
        assert (close_over(timezone.now()), close_over(timezone.now())) == (1, 0)
        KeptForm.objects.create(
            person=cast.clerk, path="/a/", page="/a/", sealed="x", kept_at=timezone.now() - timedelta(days=1)
        )
        assert tidy(timezone.now()) == 1
        clock.shift(timedelta(days=31))
        assert tidy(timezone.now()) >= 1
        assert not Stay.objects.exists()


def test_a_session_gets_a_new_key_at_the_door(cast: Cast) -> None:
    give_password(cast.clerk)
    client = Client()
    client.get(SIGN_IN)
    session = client.session
    session["planted"] = "yes"
    session.save()
    planted = client.session.session_key
    try_door("clerk", client=client)
    assert client.session.session_key != planted
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


@pytest.mark.parametrize(
    "to",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "http:///evil.example",
    ],
)
def test_next_leads_nowhere_else(cast: Cast, to: str) -> None:
    give_password(cast.clerk)
    _, answer = try_door("clerk", to=to)
    assert answer["Location"] == "/desk/"
    client = come_in(cast.head)
    answer = client.post("/desk/account/password/", {"current": GOOD, "new": NEW, "again": NEW, "next": to})
    assert answer["Location"] == "/desk/"


def test_next_leads_on(cast: Cast) -> None:
    give_password(cast.clerk)
    assert try_door("clerk", to="/desk/xtxsfj/reports/")[1]["Location"] == "/desk/xtxsfj/reports/"


def test_the_form_of_the_door_needs_its_token(cast: Cast) -> None:
    give_password(cast.clerk)
    client = Client(enforce_csrf_checks=True)
    assert client.post(SIGN_IN, {"username": "clerk", "password": GOOD}).status_code == 403


def test_signing_out_is_in_the_trail(cast: Cast) -> None:
    client = come_in(cast.clerk)
    assert "已退出" in said(client.post("/desk/sign-out/", follow=True))
    assert list(
        Entry.objects.filter(act__startswith="sign_in").order_by("number").values_list("act", "person_name")
    ) == [("sign_in.in", cast.clerk.name), ("sign_in.out", cast.clerk.name)]


def test_the_address_behind_a_proxy(cast: Cast, settings: Any) -> None:
    give_password(cast.clerk)

    def address_with(header: str) -> str:
        Client(REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=header).post(
            SIGN_IN, {"username": "clerk", "password": GOOD}
        )
        return Stay.objects.latest("pk").address

    assert address_with("203.0.113.9") == "10.0.0.1"
    settings.BEHIND_PROXY = True
    assert address_with("203.0.113.9") == "203.0.113.9"
    assert address_with("6.6.6.6, 203.0.113.9") == "203.0.113.9"
    assert address_with("nonsense") == "10.0.0.1"
    assert address_with("2001:db8::1") == "2001:db8::1"
    assert Entry.objects.filter(act="sign_in.in").latest("number").address == "2001:db8::1"


def test_sessions_that_ran_out_are_thrown_away(cast: Cast) -> None:
    from django.contrib.sessions.models import Session

    with time_machine.travel(timezone.now(), tick=False) as clock:
        come_in(cast.clerk)
        clock.shift(timedelta(hours=20))
        come_in(cast.head)
        assert Session.objects.count() == 2
        clock.shift(timedelta(hours=20))
        tidy(timezone.now())
        assert Session.objects.count() == 1
        assert come_in(cast.nobody).get("/desk/account/").status_code == 200
