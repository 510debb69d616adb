"""The way back in: a secret key that was changed, an administrator who forgot the password; and that nobody comes
into another administrator's place by it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from click.testing import CliRunner
from django.urls import reverse

from gongkai.agencies.actions.deputies import deputise
from gongkai.agencies.actions.handover import hand_over
from gongkai.agencies.actions.persons import renew_password
from gongkai.agencies.actions.seats import give_seat
from gongkai.agencies.fitness import NotPossible
from gongkai.agencies.models import Seat
from gongkai.agencies.rights import NotAllowed
from gongkai.audit.models import Entry
from gongkai.cli import cli
from gongkai.outbox.models import Message
from gongkai.sign_in.actions.factors import take_away
from gongkai.sign_in.actions.rescue import rescue
from gongkai.sign_in.models import Factor, RecoveryCode, Stay
from tests.cast import SYSTEM, Cast
from tests.sign_in.door import code_of, come_in, said, try_door
from tests.sign_in.test_factors import SET_UP, VERIFY, enrol

ANOTHER = "another key of at least thirty-two characters"
THIRD = "a third key, which has thirty-two characters too"


def told(subject: str) -> set[tuple[int | None, str]]:
    return set(Message.objects.filter(subject__startswith=subject).values_list("person_id", "channel"))


def test_with_the_former_key_named_codes_still_open_the_door(cast: Cast, settings: Any) -> None:
    secret, codes = enrol(come_in(cast.auditor))
    # What was proved is forgotten, so that the code of this half minute is good again.
    Factor.objects.update(last_step=0)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], ANOTHER
    client, _ = try_door("auditor")
    assert client.post(VERIFY, {"one_time_code": codes[2]}).status_code == 302
    other, _ = try_door("auditor")
    assert other.post(VERIFY, {"one_time_code": codes[2]}).status_code == 200
    assert other.post(VERIFY, {"one_time_code": code_of(secret)}).status_code == 302
    # A code proved seals the secret anew: then the former key can go.
    Factor.objects.update(last_step=0)
    settings.SECRET_KEY_FALLBACKS = []
    again, _ = try_door("auditor")
    assert again.post(VERIFY, {"one_time_code": codes[3]}).status_code == 200
    assert again.post(VERIFY, {"one_time_code": code_of(secret)}).status_code == 302
    settings.SECRET_KEY = THIRD
    Factor.objects.update(last_step=0)
    last, _ = try_door("auditor")
    assert last.post(VERIFY, {"one_time_code": code_of(secret)}).status_code == 200


@pytest.mark.parametrize("who", ["sysadmin", "secadmin", "auditor"])
def test_all_locked_out_and_back_in_from_the_server(cast: Cast, settings: Any, who: str) -> None:
    client = come_in(cast.people[who])
    enrol(client)
    settings.SECRET_KEY = ANOTHER
    type(cast.secadmin).objects.filter(username=who).update(is_sample=False)
    asked = CliRunner().invoke(cli, ["secure", who], input="n\n")
    assert asked.exit_code == 1
    assert Factor.objects.filter(person__username=who).exists()
    done = CliRunner().invoke(cli, ["secure", who, "--yes"])
    assert done.exit_code == 0, done.output
    found = re.search(rf"  {who}  (\S+)\n", done.output)
    assert found
    assert not RecoveryCode.objects.filter(person__username=who).exists()
    assert not Stay.objects.filter(person__username=who, ended_at=None).exists()
    again, answer = try_door(who, found.group(1))
    assert answer.status_code == 302
    assert again.get("/desk/site/")["Location"].startswith("/desk/account/password/")
    entry = Entry.objects.get(act="person.rescue")
    assert (entry.person_name, entry.address, entry.object_name) == (
        "系统",
        "gongkai secure",
        str(cast.people[who]),
    )
    assert found.group(1) not in "".join(Entry.objects.values_list("detail", flat=True))
    assert told("登录已经重置") == {(cast.people[a].pk, "desk") for a in ("sysadmin", "secadmin", "auditor")}


def test_a_lock_is_taken_off_with_it(cast: Cast) -> None:
    come_in(cast.clerk)
    for _ in range(6):
        try_door("clerk", "wrong-Password-7", address="198.51.100.99")
    password = rescue("CLERK", by=SYSTEM)
    assert try_door("clerk", password, address="198.51.100.99")[1].status_code == 302


def test_from_the_server_alone_and_for_an_open_account(cast: Cast) -> None:
    for who in ("sysadmin", "secadmin", "auditor", "head", "nobody"):
        with pytest.raises(NotAllowed):
            rescue("clerk", by=cast.actor(who))
    wrong = CliRunner().invoke(cli, ["secure", "no-such", "--yes"])
    assert wrong.exit_code == 2
    assert "没有用户名" in wrong.output
    type(cast.clerk).objects.filter(username="clerk").update(is_active=False)
    with pytest.raises(NotPossible, match="停用"):
        rescue("clerk", by=SYSTEM)


@pytest.mark.parametrize("whose", ["auditor", "sysadmin"])
def test_the_security_administrator_cannot_come_into_anothers_place(cast: Cast, whose: str) -> None:
    owner, by = cast.people[whose], cast.actor("secadmin")
    before = owner.password
    desk, page = cast.browse("secadmin"), reverse("desk:site-person-password", args=[owner.pk])
    for order in (("password", "factor"), ("factor", "password")):
        enrol(come_in(owner)) if not Factor.objects.filter(person=owner).exists() else None
        before = type(owner).objects.get(pk=owner.pk).password
        for step in order:
            if step == "factor":
                take_away(owner, by=by)
            else:
                with pytest.raises(NotPossible, match=f"gongkai secure {whose}"):
                    renew_password(owner, by=by)
                assert "gongkai secure" in said(desk.post(page, {"sure": "1"}))
        assert type(owner).objects.get(pk=owner.pk).password == before
    answer = desk.get(reverse("desk:site-person", args=[owner.pk]))
    assert f"gongkai secure {whose}" in said(answer)
    assert page not in answer.content.decode()


def test_who_stands_in_for_an_administrator_is_one(cast: Cast) -> None:
    by = cast.actor("secadmin")
    renew_password(cast.nobody, by=by)
    seat = Seat.objects.get(person=cast.auditor)
    deputise(seat, person=cast.nobody, since=by.day, until=by.day, by=by)
    with pytest.raises(NotPossible, match="管理员"):
        renew_password(cast.nobody, by=by)


def test_the_owner_and_all_administrators_hear_of_a_factor_taken_away(cast: Cast, settings: Any) -> None:
    settings.EMAIL_HOST = "mail.example.gov.cn"
    cast.auditor.email = "auditor@example.gov.cn"
    enrol(come_in(cast.auditor))
    take_away(cast.auditor, by=cast.actor("secadmin"))
    everybody = {(cast.people[who].pk, "desk") for who in ("sysadmin", "secadmin", "auditor")}
    assert told("第二因素已经解除") == everybody | {(cast.auditor.pk, "mail")}
    assert "解除管理员的第二因素" in Entry.objects.filter(act="person.secure").latest("number").detail
    enrol(come_in(cast.clerk))
    take_away(cast.clerk, by=cast.actor("secadmin"))
    assert len(told("第二因素已经解除")) == 4


def test_all_administrators_hear_of_a_seat_of_theirs_that_moves(cast: Cast) -> None:
    by, admins = cast.actor("secadmin"), {cast.people[who].pk for who in ("sysadmin", "secadmin", "auditor")}
    deputise(Seat.objects.get(person=cast.auditor), person=cast.drafter, since=by.day, until=by.day, by=by)
    assert {pk for pk, _ in told("管理员代班")} == admins | {cast.drafter.pk}
    Message.objects.all().delete()
    give_seat(by=by, person=cast.nobody, kind="audit_admin")
    assert {pk for pk, _ in told("管理员变动")} >= admins | {cast.nobody.pk}
    Message.objects.all().delete()
    hand_over(Seat.objects.get(person=cast.auditor), to=cast.clerk, by=by)
    assert {pk for pk, _ in told("管理员变动")} >= {cast.sysadmin.pk, cast.secadmin.pk, cast.clerk.pk}


def test_an_empty_form_takes_nothing_away(cast: Cast) -> None:
    enrol(come_in(cast.auditor))
    desk = cast.browse("secadmin")
    desk.post(reverse("desk:site-factor-remove", args=[cast.auditor.pk]))
    assert Factor.objects.filter(person=cast.auditor).exists()
    before = cast.clerk.password
    desk.post(reverse("desk:site-person-password", args=[cast.clerk.pk]))
    assert type(cast.clerk).objects.get(pk=cast.clerk.pk).password == before
    assert SET_UP != VERIFY
