"""The second factor: who must, setting up, proving, replay, recovery, loss; nothing of the administrators without."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.urls import URLPattern, get_resolver
from django.utils import timezone

from gongkai.audit.models import Entry
from gongkai.sign_in.models import Factor, RecoveryCode, Stay
from gongkai.sign_in.sealing import CannotOpen, seal, unseal
from tests.cast import SYSTEM, Cast
from tests.sign_in.door import code_of, come_in, key_on, said, try_door

SET_UP, VERIFY = "/desk/account/factor/set-up/", "/desk/account/factor/verify/"


def enrol(client: Any) -> tuple[str, list[str]]:
    """Set a factor up; the secret and the recovery codes."""
    import re

    secret = key_on(client.get(SET_UP))
    answer = client.post(SET_UP, {"one_time_code": code_of(secret)})
    codes = re.findall(r"<code>([A-Z0-9-]{14})</code>", answer.content.decode())
    assert len(set(codes)) == 10, said(answer)
    return secret, codes


def site_addresses() -> list[str]:
    """Every address of the administrators, with numbers in it where it needs some."""
    import re

    desk = next(r for r in get_resolver().url_patterns if getattr(r, "namespace", "") == "desk")
    patterns = [str(p.pattern) for p in desk.url_patterns if isinstance(p, URLPattern)]
    found = [re.sub(r"<int:\w+>", "1", p) for p in patterns if p.startswith("site/")]
    return [f"/desk/{re.sub(r'<(?:slug|str|path):[^>]+>', 'x', p)}" for p in found]


@pytest.mark.parametrize("who", ["sysadmin", "secadmin", "auditor"])
def test_administrators_get_nowhere_without(cast: Cast, who: str) -> None:
    client = come_in(cast.people[who])
    addresses = site_addresses()
    assert len(addresses) > 4
    for path in [*addresses, "/desk/", "/desk/account/", "/desk/account/sessions/"]:
        for answer in (client.get(path), client.post(path)):
            assert answer.status_code == 302, path
            assert answer["Location"].startswith(SET_UP), path
    secret, _ = enrol(client)
    assert client.get("/desk/site/").status_code == 200
    again, _ = try_door(who, address="198.51.100.8")
    for path in addresses:
        for answer in (again.get(path), again.post(path)):
            assert answer["Location"].startswith(VERIFY), path
    assert again.get(SET_UP)["Location"].startswith(VERIFY)
    assert secret not in again.get(VERIFY).content.decode()


def test_setting_up_and_coming_in(cast: Cast) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client = come_in(cast.auditor)
        secret, _ = enrol(client)
        clock.shift(timedelta(seconds=30))
        client, answer = try_door("auditor", to="/desk/account/")
        page = client.get("/desk/account/")
        assert page["Location"] == f"{VERIFY}?next=%2Fdesk%2Faccount%2F"
        answer = client.post(VERIFY, {"one_time_code": code_of(secret), "next": "/desk/account/"})
        assert answer["Location"] == "/desk/account/"
        assert client.get("/desk/site/").status_code == 200
        # Another browser proves nothing for this one, and a code is good once, over all browsers.
        other, _ = try_door("auditor")
        assert other.get("/desk/site/")["Location"].startswith(VERIFY)
        assert "已经用过" in said(other.post(VERIFY, {"one_time_code": code_of(secret)}))
        clock.shift(timedelta(seconds=30))
        assert other.post(VERIFY, {"one_time_code": code_of(secret)}).status_code == 302
    acts = (
        Entry.objects.filter(act__startswith="sign_in.factor")
        .order_by("number")
        .values_list("act", flat=True)
    )
    assert list(acts) == [
        "sign_in.factor_set",
        "sign_in.factor_passed",
        "sign_in.factor_failed",
        "sign_in.factor_passed",
    ]


def test_the_code_against_the_standard(cast: Cast) -> None:
    """RFC 6238, appendix B: the secret 12345678901234567890 shows 94287082 at 59 s, of which six digits are shown."""
    from datetime import UTC, datetime

    from gongkai.sign_in.actions.factors import prove
    from tests.cast import sit_down

    stay = sit_down(cast.browse("auditor"), cast.auditor)
    with time_machine.travel(datetime(1970, 1, 1, 0, 0, 59, tzinfo=UTC), tick=False):
        prove(stay, "287 082", "198.51.100.7")
    with time_machine.travel(datetime(2005, 3, 18, 1, 58, 29, tzinfo=UTC), tick=False):
        prove(stay, "081804", "198.51.100.7")


@pytest.mark.parametrize(("off", "fits"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_clock_may_be_half_a_minute_off(cast: Cast, off: int, fits: bool) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client = come_in(cast.auditor)
        secret, _ = enrol(client)
        clock.shift(timedelta(minutes=10))
        client, _ = try_door("auditor")
        code = code_of(secret, timezone.now() + timedelta(seconds=off))
        assert (client.post(VERIFY, {"one_time_code": code}).status_code == 302) == fits


def test_wrong_codes_are_locked(cast: Cast) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        secret, codes = enrol(come_in(cast.auditor))
        clock.shift(timedelta(minutes=1))
        client, _ = try_door("auditor")
        wrong = f"{(int(code_of(secret)) + 1) % 1_000_000:06d}"
        for _ in range(5):
            answer = client.post(VERIFY, {"one_time_code": wrong})
        assert "暂时锁定" in said(client.post(VERIFY, {"one_time_code": code_of(secret)}))
        again, _ = try_door("auditor")
        assert "暂时锁定" in said(again.post(VERIFY, {"one_time_code": codes[0]}))
        clock.shift(timedelta(minutes=15, seconds=1))
        assert again.post(VERIFY, {"one_time_code": code_of(secret)}).status_code == 302
    assert Entry.objects.filter(act="sign_in.locked").exists()
    assert answer.status_code == 200


def test_recovery_codes_once_each(cast: Cast) -> None:
    _, codes = enrol(come_in(cast.auditor))
    kept = " ".join(RecoveryCode.objects.values_list("digest", flat=True))
    assert not any(code in kept or code.replace("-", "") in kept for code in codes)
    client, _ = try_door("auditor")
    assert client.post(VERIFY, {"one_time_code": codes[3].lower().replace("-", " ")}).status_code == 302
    other, _ = try_door("auditor")
    assert other.post(VERIFY, {"one_time_code": codes[3]}).status_code == 200
    assert "还剩 9 个" in said(client.get("/desk/account/factor/"))


def test_new_recovery_codes_replace_the_old(cast: Cast) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client = come_in(cast.auditor)
        secret, old = enrol(client)
        clock.shift(timedelta(seconds=30))
        answer = client.post("/desk/account/factor/codes/", {"one_time_code": code_of(secret)})
        assert "以前的备用码已经作废" in said(answer)
        other, _ = try_door("auditor")
        assert other.post(VERIFY, {"one_time_code": old[0]}).status_code == 200


def test_a_clerk_may_and_may_stop(cast: Cast) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client = come_in(cast.clerk)
        elsewhere, _ = try_door("clerk", address="203.0.113.4")
        secret, _ = enrol(client)
        assert elsewhere.get("/desk/xtxsfj/")["Location"].startswith("/desk/sign-in/")
        clock.shift(timedelta(seconds=30))
        again, _ = try_door("clerk")
        assert again.get("/desk/xtxsfj/")["Location"].startswith(VERIFY)
        again.post(VERIFY, {"one_time_code": code_of(secret)})
        clock.shift(timedelta(seconds=30))
        assert (
            again.post("/desk/account/factor/give-up/", {"one_time_code": code_of(secret)}).status_code == 302
        )
        assert not Factor.objects.filter(person=cast.clerk).exists()
        assert try_door("clerk")[0].get("/desk/xtxsfj/").status_code == 200


def test_everybody_where_the_site_says_so(cast: Cast, settings: Any) -> None:
    client = come_in(cast.clerk)
    settings.SECOND_FACTOR_FOR_ALL = True
    assert client.get("/desk/xtxsfj/")["Location"].startswith(SET_UP)
    enrol(client)
    assert client.get("/desk/xtxsfj/").status_code == 200
    assert client.get("/desk/account/factor/give-up/").status_code == 404


def test_a_seat_given_in_the_middle_asks_for_it(cast: Cast) -> None:
    from gongkai.agencies.actions.seats import give_seat

    client = come_in(cast.nobody)
    give_seat(by=SYSTEM, person=cast.nobody, kind="audit_admin")
    assert client.get("/desk/site/")["Location"].startswith(SET_UP)


def test_a_lost_one_is_removed_by_the_security_administrator(cast: Cast) -> None:
    client = come_in(cast.auditor)
    enrol(client)
    desk = cast.browse("secadmin")
    assert "（auditor）" in said(desk.get("/desk/site/sign-in/factors/"))
    page = f"/desk/site/sign-in/factors/{cast.auditor.pk}/remove/"
    assert "马上结束" in said(desk.get(page))
    assert Factor.objects.filter(person=cast.auditor).exists()
    desk.post(page, {"sure": "1"})
    assert client.get("/desk/site/")["Location"].startswith("/desk/sign-in/")
    assert not RecoveryCode.objects.filter(person=cast.auditor).exists()
    assert Stay.objects.filter(person=cast.auditor).latest("pk").end == "secured"
    again, _ = try_door("auditor")
    assert again.get("/desk/site/")["Location"].startswith(SET_UP)
    for who in ("sysadmin", "auditor", "head"):
        assert cast.browse(who).post(page).status_code in (403, 404)


def test_the_secret_is_enciphered_and_belongs_to_one_row(cast: Cast, settings: Any) -> None:
    import base64

    client = come_in(cast.clerk)
    secret, _ = enrol(client)
    kept = Factor.objects.get(person=cast.clerk).sealed
    assert secret not in kept
    assert base64.b32decode(secret) not in base64.b64decode(kept)
    with pytest.raises(CannotOpen):
        unseal(kept, f"factor of {cast.head.pk}")
    old = settings.SECRET_KEY
    settings.SECRET_KEY = "another key of at least thirty-two characters"
    with pytest.raises(CannotOpen):
        unseal(kept, f"factor of {cast.clerk.pk}")
    settings.SECRET_KEY_FALLBACKS = [old]
    assert base64.b32encode(unseal(kept, f"factor of {cast.clerk.pk}")).decode() == secret
    assert seal(b"same", "x") != seal(b"same", "x")


def test_the_picture_is_there_until_it_is_in_force(cast: Cast) -> None:
    client = come_in(cast.auditor)
    picture = client.get("/desk/account/factor/qr.svg")
    assert picture["Content-Type"] == "image/svg+xml"
    assert "no-store" in picture["Cache-Control"]
    assert b"<svg" in picture.content
    assert b"<script" not in picture.content
    enrol(client)
    assert client.get("/desk/account/factor/qr.svg").status_code == 404


def test_a_sample_person_needs_no_telephone(cast: Cast) -> None:
    def ask(username: str) -> str:
        out = StringIO()
        call_command("sample_code", username, stdout=out)
        return out.getvalue()

    with pytest.raises(CommandError, match="先用密码登录"):
        ask("auditor")
    client = come_in(cast.auditor)
    assert "sample_code auditor" in said(client.get(SET_UP))
    assert client.post(SET_UP, {"one_time_code": ask("auditor")[:6]}).status_code == 200
    assert Factor.objects.get(person=cast.auditor).confirmed_at
    cast.auditor.is_sample = False
    cast.auditor.save()
    for username in ("auditor", "no-such"):
        with pytest.raises(CommandError, match="没有这个示例账号"):
            ask(username)


@pytest.mark.django_db(transaction=True)
def test_two_tabs_at_once_show_one_secret(static_files: None) -> None:
    """Opened eight times at the same moment: nobody gets an error, and all show the same secret."""
    import threading
    from concurrent.futures import ThreadPoolExecutor

    from django.db import connection, connections

    from gongkai.sign_in.actions.factors import new_factor
    from tests.cast import assemble

    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("needs a database that several threads can open")
    person, gate = assemble().auditor, threading.Barrier(8)

    def one(n: int) -> str:
        try:
            gate.wait()
            return new_factor(person)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(one, range(8)))) == 1
