"""Accounts: make one, put its data right, close and reopen it, give it a new password.

The system administrator looks after accounts, the security administrator after passwords and seats.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from ..actor import Actor
from ..administrators import is_administrator
from ..fitness import NotPossible, locked_people, locked_seats, must_not_be_last, must_stand
from ..models import Deputy, Person, Seat
from ..models.person import is_user_name
from ..rights import acting
from ..searching import index_seats
from .deputies import call_off
from .handover import empty, hand_over

__all__ = [
    "NotPossible",
    "create_person",
    "deactivate",
    "edit_person",
    "fresh_password",
    "reactivate",
    "renew_password",
]
_LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def fresh_password(length: int = 16) -> str:
    """A random password in letters and digits that cannot be mistaken for one another; three classes of
    characters at least, so that it passes the rule it will be judged by."""
    while True:
        made = "".join(secrets.choice(_LETTERS) for _ in range(length))
        if (
            any(c.islower() for c in made)
            and any(c.isupper() for c in made)
            and any(c.isdigit() for c in made)
        ):
            return made


def create_person(
    *, by: Actor, username: str, name: str, phone: str = "", email: str = "", sample: bool = False
) -> tuple[Person, str]:
    """Make an account and return it with its first password, which is shown once, kept nowhere, and has to be
    changed at the first sign-in (sample people keep theirs).

    For the system administrator. Raises `NotPossible` for a user name that is none or is taken (capital letters
    make no difference), and for an empty name.
    """
    username, name = Person.normalize_username(username.strip()), name.strip()
    password = fresh_password()
    with acting(by, "person.create") as doing:
        try:
            is_user_name(username)
        except ValidationError as error:
            raise NotPossible(error.messages[0]) from error
        if not name:
            raise NotPossible("请写姓名。")
        if Person.objects.filter(username__iexact=username).exists():
            raise NotPossible(f"用户名“{username}”已经有人用了，请换一个。")
        person = Person(username=username, name=name, phone=phone, email=email, is_sample=sample)
        _set(person, password)
        person.save()
        doing.target = person
    return person, password


def edit_person(person: Person, *, by: Actor, name: str, phone: str = "", email: str = "") -> list[str]:
    """Put name, mobile and e-mail right; the names of the fields that changed, which is all the trail keeps of it.

    For the system administrator. The user name stays: the trail and others know the person by it.
    """
    new = {"name": name.strip(), "phone": phone.strip(), "email": email.strip()}
    if not new["name"]:
        raise NotPossible("请写姓名。")
    with acting(by, "person.edit", person, what="修改资料") as doing:
        (person,) = locked_people(person)
        changed = [field for field, value in new.items() if getattr(person, field) != value]
        for field in changed:
            setattr(person, field, new[field])
        person.save(update_fields=changed)
        if "name" in changed:
            index_seats(Seat.objects.filter(person=person))
        doing.detail["fields"] = changed
    return changed


def deactivate(
    person: Person,
    *,
    by: Actor,
    vacate: Collection[int] = (),
    successors: Mapping[int, Person] | None = None,
    reason: str = "",
) -> None:
    """Close the account: no sign-in any more, and no seat from this moment.

    For the system administrator. Each seat held must be named: in `vacate` to leave it vacant, or in `successors`
    with who takes over (which is a hand-over and needs that right). Where the person stands in for others, that
    ends. Raises `NotPossible` for one's own account, for seats that were not named, and for the last one in an
    administrator's place; then nothing is changed.
    """
    taking = dict(successors or {})
    with acting(by, "person.edit", person, what="停用账号", reason=reason) as doing:
        person, *_ = locked_people(person, *taking.values())
        _must_be_closable(person, by)
        seats = _locked_seats_of(person, by)
        unnamed = [str(seat) for seat in seats if seat.pk not in vacate and seat.pk not in taking]
        if unnamed:
            raise NotPossible(
                f"{person.name}还有岗位没有安排：{'、'.join(unnamed)}。请逐个选择接任的人，或者选择空缺。"
            )
        for seat in seats:
            if seat.pk in taking:
                hand_over(seat, to=taking[seat.pk], by=by, note=reason)
        for seat in seats:
            if seat.pk not in taking:
                must_not_be_last(seat)
                empty(seat, by=by, note=reason)
        for deputy in Deputy.objects.filter(person=person, cancelled_on__isnull=True, until__gte=by.day):
            call_off(deputy.seat, by=by, person=person)
        Person.objects.filter(pk=person.pk).update(is_active=False)
        doing.detail["seats"] = {
            str(seat): taking[seat.pk].name if seat.pk in taking else "空缺" for seat in seats
        }


def _locked_seats_of(person: Person, by: Actor) -> list[Seat]:
    """Those held, locked together with those stood in for: both change."""
    held = {seat.pk for seat in seats_held(person)}
    covers = Deputy.objects.filter(person=person, cancelled_on__isnull=True, until__gte=by.day)
    both = Seat.objects.filter(Q(pk__in=held) | Q(deputies__in=covers)).distinct().order_by("pk")
    seats = [seat for seat in locked_seats(*both) if seat.pk in held]
    for seat in seats:
        must_stand(seat)
    return seats


def seats_held(person: Person) -> list[Seat]:
    """The seats the person holds that have not ended, in the order in which they are locked."""
    return list(Seat.objects.filter(person=person, ended_on__isnull=True).order_by("pk"))


def _must_be_closable(person: Person, by: Actor) -> None:
    if by.person is not None and by.person.pk == person.pk:
        raise NotPossible("不能停用自己的账号。")
    if not person.is_active:
        raise NotPossible(f"{person.name}的账号已经停用。")


def reactivate(person: Person, *, by: Actor) -> None:
    """Open a closed account again, without a seat. For the system administrator; the password stays as it was."""
    with acting(by, "person.edit", person, what="启用账号"):
        (person,) = locked_people(person)
        if person.is_active:
            raise NotPossible(f"{person.name}的账号没有停用。")
        Person.objects.filter(pk=person.pk).update(is_active=True)


def renew_password(person: Person, *, by: Actor) -> str:
    """Set a fresh random password and return it; earlier sign-ins of the person end.

    For the security administrator, and the person is told. Raises `NotPossible` for one's own: that is changed with
    the old one at hand; and for an administrator's: with the password and without the factor, which can be taken
    away, the security administrator would come into the audit administrator's place. That is done on the server
    (`gongkai secure`).
    """
    password = fresh_password()
    with acting(by, "person.secure", person, what="重置密码"):
        if by.person is not None and by.person.pk == person.pk:
            raise NotPossible("自己的密码请在“我的账号”里修改。")
        if by.person is not None and is_administrator(person, by.day):
            raise NotPossible(
                f"{person.name}是管理员，密码不能在网站上重置。请管理服务器的人执行：gongkai secure {person.username}"
            )
        _set(person, password)
        person.save(update_fields=["password", "password_set_at", "must_change_password"])
    return password


def _set(person: Person, password: str) -> None:
    person.set_password(password)
    person.password_set_at = timezone.now()
    person.must_change_password = not person.is_sample
