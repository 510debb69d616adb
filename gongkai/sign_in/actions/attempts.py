"""Trying a password: counted before it is looked at, so that no number of tries at once gets past the limit."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import authenticate
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Person
from gongkai.agencies.rights import acting

from ..asking import address_of
from ..models import Counter, Failure
from ..noting import UNKNOWN, note
from ..queries import locked_until
from ..sealing import digest

KNOWN_FOR = timedelta(days=30)
"""An address from which the person signed in within this time is not shut out by failures at other addresses."""


class CannotSignIn(Exception):
    """The user name or the password is wrong; `left` more tries before the lock."""

    def __init__(self, left: int = 0) -> None:
        super().__init__("用户名或者密码不对")
        self.left = left


class Locked(CannotSignIn):
    """Too many failures; to be tried again after `until`, or once the security administrator has unlocked it."""

    def __init__(self, until: datetime) -> None:
        super().__init__()
        self.until = until


def try_password(request: HttpRequest, username: str, password: str) -> Person:
    """The person, if name and password fit and nothing is locked. Raises `Locked` or `CannotSignIn`.

    Failures are counted by name and address together, by name (unless the address is known to be the person's), and
    by address. A name that does not exist is treated the same in every way, in time as well.
    """
    now, address = timezone.now(), address_of(request)
    known = Person.objects.filter(username=username).first()
    with transaction.atomic():
        counters = _counters(username, address, known, now)
        _be_sure_open(counters, now)
        for counter in counters:
            _count(counter, now)
    person = authenticate(request, username=username, password=password)
    with transaction.atomic():
        counters = _counters(username, address, known, now)
        if isinstance(person, Person):
            _forgive(counters, now)
            return person
        Failure.objects.create(at=now, person=known, address=address, what="用户名或者密码不对")
        until = _shut(counters, now)
        if until:
            note("sign_in.locked", known, address, "failed", minutes=settings.LOCK_MINUTES)
        else:
            note("sign_in.failed", known, address, "failed")
    if until:
        raise Locked(until)
    raise CannotSignIn(max(settings.LOCK_FAILURES - counters[0].failures, 0))


def _counters(username: str, address: str, person: Person | None, now: datetime) -> list[Counter]:
    """The three counters, made if new, locked until the transaction ends: pair, name, address."""
    name = username.casefold()
    wanted = (
        (Counter.Scope.PAIR, f"{name}\n{address}", person, address),
        (Counter.Scope.NAME, name, person, ""),
        (Counter.Scope.ADDRESS, address, None, address),
    )
    found = []
    for scope, key, whose, where in wanted:
        counter, _ = Counter.objects.select_for_update(no_key=True).get_or_create(
            scope=scope,
            key=digest(key, f"counter.{scope}"),
            defaults={"person": whose, "address": where[:60], "last_at": now},
        )
        found.append(counter)
    return found


def _be_sure_open(counters: list[Counter], now: datetime) -> None:
    until = _shut(counters, now)
    if until:
        raise Locked(until)


def _shut(counters: list[Counter], now: datetime) -> datetime | None:
    """Until when this name at this address is locked; None when it is not."""
    pair = counters[0]
    known = pair.succeeded_at is not None and pair.succeeded_at > now - KNOWN_FOR
    asked = [pair, counters[2]] if known else counters
    return max((until for counter in asked if (until := locked_until(counter, now))), default=None)


def _count(counter: Counter, now: datetime) -> None:
    fresh = counter.last_at < now - timedelta(minutes=settings.LOCK_MINUTES)
    counter.failures = 1 if fresh else counter.failures + 1
    counter.last_at = now
    counter.save(update_fields=["failures", "last_at"])


def _forgive(counters: list[Counter], now: datetime) -> None:
    """After a success the pair starts anew; the others only forget this try."""
    pair, *others = counters
    pair.failures, pair.succeeded_at = 0, now
    pair.save(update_fields=["failures", "succeeded_at"])
    for counter in others:
        counter.failures = max(counter.failures - 1, 0)
        counter.save(update_fields=["failures"])


def unlock(counter: Counter, *, by: Actor) -> None:
    """Let a person, or an address, try again at once. For the security administrator; all locks of the same person
    go together."""
    with acting(by, "person.secure", counter.person or counter.address or UNKNOWN, what="解除登录锁定"):
        same = Counter.objects.filter(pk=counter.pk)
        if counter.person_id:
            same = Counter.objects.filter(person_id=counter.person_id)
        same.update(failures=0)
