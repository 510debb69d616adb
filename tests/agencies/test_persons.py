"""Accounts, and the first three administrators."""

from __future__ import annotations

import pytest

from gongkai.agencies.actions.persons import create_person, deactivate, reactivate, renew_password
from gongkai.agencies.actions.setup import set_up_administrators
from gongkai.agencies.fitness import NotPossible
from gongkai.agencies.models import Kind, Person, Seat
from gongkai.agencies.rights import NotAllowed
from tests.cast import SYSTEM, Cast


@pytest.mark.parametrize("wrong", ["a", "zhang san", ".zhang", "zhang@x", "张三！", "a" * 31])
def test_what_is_no_user_name(cast: Cast, wrong: str) -> None:
    with pytest.raises(NotPossible, match="用户名"):
        create_person(by=cast.actor("sysadmin"), username=wrong, name="张三")


def test_accounts_and_passwords_are_two_administrators_work(cast: Cast) -> None:
    person, _ = create_person(by=cast.actor("sysadmin"), username="张.三", name="张三")
    assert person.must_change_password
    with pytest.raises(NotAllowed):
        create_person(by=cast.actor("secadmin"), username="li.si", name="李四")
    with pytest.raises(NotAllowed):
        renew_password(person, by=cast.actor("sysadmin"))
    with pytest.raises(NotPossible, match="有人用了"):
        create_person(by=cast.actor("sysadmin"), username="CLERK", name="另一人")


def test_closing_names_every_seat(cast: Cast) -> None:
    seat = Seat.objects.get(person=cast.clerk)
    by = cast.actor("sysadmin")
    with pytest.raises(NotPossible, match="没有安排"):
        deactivate(cast.clerk, by=by)
    with pytest.raises(NotAllowed):
        deactivate(cast.clerk, by=by, successors={seat.pk: cast.nobody})
    assert Person.objects.get(pk=cast.clerk.pk).is_active
    deactivate(cast.clerk, by=by, vacate=[seat.pk])
    assert not cast.actor("anonymous").seats
    seat.refresh_from_db()
    assert seat.person is None
    reactivate(cast.clerk, by=by)
    with pytest.raises(NotPossible, match="只剩"):
        deactivate(cast.auditor, by=by, vacate=[Seat.objects.get(person=cast.auditor).pk])


@pytest.mark.django_db
def test_three_administrators_once() -> None:
    rows = [
        (Kind.SYSTEM_ADMIN, "aa", "甲"),
        (Kind.SECURITY_ADMIN, "bb", "乙"),
        (Kind.AUDIT_ADMIN, "cc", "丙"),
    ]
    with pytest.raises(NotPossible, match="三个不同"):
        set_up_administrators([*rows[:2], (Kind.AUDIT_ADMIN, "AA", "丙")], by=SYSTEM)
    assert len({password for _, password in set_up_administrators(rows, by=SYSTEM)}) == 3
    with pytest.raises(NotPossible, match="已经有管理员"):
        set_up_administrators(rows, by=SYSTEM)
