"""Choosing a password: the first sign-in, the history, the age."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import time_machine
from django.utils import timezone

from gongkai.agencies.actions.seats import create_person
from gongkai.audit.models import Entry
from gongkai.sign_in.models import OldPassword
from tests.cast import SYSTEM, Cast
from tests.sign_in.door import GOOD, come_in, give_password, said, try_door

PAGE = "/desk/account/password/"
WORDS = ["Vn4t-Kq9sLd", "Bw7m-Xj2pRf", "Gt5c-Hz8vNk", "Mq3r-Ys6dWb", "Pk9f-Lc4xTj", "Zd2h-Vb7nQs"]


def change(client: Any, current: str, new: str, again: str = "") -> Any:
    return client.post(PAGE, {"current": current, "new": new, "again": again or new})


def test_at_the_first_sign_in_nothing_but_a_new_password(cast: Cast) -> None:
    person, password = create_person(by=SYSTEM, username="newcomer", name="新来的")
    client, answer = try_door("newcomer", password, to="/desk/xtxsfj/reports/")
    assert answer.status_code == 302
    for path in (
        "/desk/",
        "/desk/xtxsfj/",
        "/desk/account/",
        "/desk/account/sessions/",
        "/desk/account/factor/",
    ):
        assert client.get(path)["Location"].startswith(PAGE), path
    page = client.get(f"{PAGE}?next=/desk/account/")
    assert "请先设定新密码" in said(page)
    answer = client.post(
        PAGE, {"current": password, "new": WORDS[0], "again": WORDS[0], "next": "/desk/account/"}, follow=True
    )
    assert answer.redirect_chain == [("/desk/account/", 302)]
    person.refresh_from_db()
    assert not person.must_change_password
    assert try_door("newcomer", WORDS[0])[1].status_code == 302
    assert Entry.objects.filter(act="sign_in.password").get().person_id == person.pk


def test_signing_out_is_possible_before(cast: Cast) -> None:
    _, password = create_person(by=SYSTEM, username="newcomer", name="新来的")
    client, _ = try_door("newcomer", password)
    assert client.post("/desk/sign-out/")["Location"] == "/desk/sign-in/"


def test_none_of_the_last_five(cast: Cast) -> None:
    client = come_in(cast.clerk)
    assert "不能再用" in said(change(client, GOOD, GOOD))
    now = GOOD
    for word in WORDS[:5]:
        assert change(client, now, word).status_code == 302
        now = word
    for word in WORDS[:5]:
        assert "最近用过的 5 个密码不能再用" in said(change(client, now, word)), word
    assert change(client, now, WORDS[5]).status_code == 302
    assert change(client, WORDS[5], WORDS[0]).status_code == 302
    assert OldPassword.objects.filter(person=cast.clerk).count() == 5


def test_the_rule_is_told_and_nothing_is_changed(cast: Cast) -> None:
    client = come_in(cast.clerk)
    answer = change(client, GOOD, "clerk2024")
    words = said(answer)
    for part in ("密码太短：现在是 9 个字符", "常见的词", "密码里不要有“clerk”"):
        assert part in words
    assert "两次输入的新密码不一样" in said(change(client, GOOD, WORDS[0], WORDS[1]))
    assert "现在的密码不对" in said(change(client, "not this one", WORDS[0]))
    for secret in (GOOD, WORDS[0], "clerk2024"):
        assert f'value="{secret}"' not in answer.content.decode()
    assert try_door("clerk", GOOD)[1].status_code == 302


def test_the_agencys_name_is_no_password(cast: Cast) -> None:
    client = come_in(cast.clerk)
    assert "密码里不要有“xtxsfj”" in said(change(client, GOOD, "Xtxsfj-Wq7-pv"))


def test_guessing_the_present_password_is_locked_too(cast: Cast) -> None:
    client = come_in(cast.clerk)
    for _ in range(5):
        answer = change(client, "not this one", WORDS[0])
    assert "暂时锁定" in said(answer)
    assert "暂时锁定" in said(change(client, GOOD, WORDS[0]))


def test_ninety_days_where_the_site_wants_it(cast: Cast, settings: Any) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        give_password(cast.clerk)
        clock.shift(timedelta(days=91))
        client, _ = try_door("clerk")
        assert client.get("/desk/xtxsfj/").status_code == 200
        settings.PASSWORD_MAX_DAYS = 90
        assert client.get("/desk/xtxsfj/")["Location"].startswith(PAGE)
        assert change(client, GOOD, WORDS[0]).status_code == 302
        assert client.get("/desk/xtxsfj/").status_code == 200


def test_argon2id_is_what_is_kept() -> None:
    """Asked of the settings as the site has them: the tests themselves hash faster."""
    import os
    import subprocess
    import sys

    code = (
        "import django; django.setup()\n"
        "from django.contrib.auth.hashers import make_password; print(make_password('x'))"
    )
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "gongkai.config.settings"}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("argon2$argon2id$")
