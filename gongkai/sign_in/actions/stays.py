"""Coming in, staying, going out."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth import login, logout
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from gongkai.agencies.models import Person

from ..asking import address_of
from ..browsers import browser_words
from ..models import KeptForm, Stay
from ..noting import note
from ..queries import KEPT_FOR, kept_forms

SESSION_KEY = "stay"
"""Where the browser's session says which stay it is."""
KEPT_KEY = "kept"
"""Where it says that something was kept from a stay that ran out."""
SEEN_EVERY = timedelta(minutes=1)
"""How often at most it is written down that somebody is there."""


def enter(request: HttpRequest, person: Person) -> Stay:
    """Sign the person in: a session under a new key, a stay, an entry in the trail. What earlier stays left is
    looked for, and what is older than a day is thrown away."""
    now = timezone.now()
    with transaction.atomic():
        login(request, person)
        stay = begin(request, person, now)
        KeptForm.objects.filter(kept_at__lte=now - KEPT_FOR).delete()
        if kept_forms(person, now).exists():
            request.session[KEPT_KEY] = True
        note("sign_in.in", person, stay.address, browser=stay.browser)
    return stay


def begin(request: HttpRequest, person: Person, now: datetime) -> Stay:
    """A stay for the session that is there, not verified by a second factor."""
    stay = Stay.objects.create(
        person=person,
        since=now,
        last_seen=now,
        address=address_of(request)[:60],
        browser=browser_words(request.headers.get("User-Agent", "")),
    )
    request.session[SESSION_KEY] = stay.pk
    return stay


def seen(stay: Stay, now: datetime) -> None:
    """Somebody is there: written down once a minute, not at each request."""
    if now - stay.last_seen >= SEEN_EVERY:
        stay.last_seen = now
        stay.save(update_fields=["last_seen"])


def leave(request: HttpRequest, stay: Stay) -> None:
    """Sign out."""
    with transaction.atomic():
        if _close(Q(pk=stay.pk), Stay.End.OUT):
            note("sign_in.out", stay.person, address_of(request))
    logout(request)


def run_out(request: HttpRequest, stay: Stay, why: str) -> None:
    """End the stay because it is over, and the session with it."""
    with transaction.atomic():
        if _close(Q(pk=stay.pk), why):
            note("sign_in.over", stay.person, address_of(request), why=Stay.End(why).label)
    logout(request)


def forget(request: HttpRequest, pk: int) -> None:
    """End a stay whose account was closed or whose password was reset meanwhile, and the session with it."""
    with transaction.atomic():
        stay = Stay.objects.filter(pk=pk, ended_at=None).select_related("person").first()
        if stay and _close(Q(pk=pk), Stay.End.CLOSED):
            note("sign_in.over", stay.person, address_of(request), why=Stay.End.CLOSED.label)
    logout(request)


def end_stay(stay: Stay, *, by: Person, address: str) -> None:
    """End one's own stay in another browser: its next request is asked to sign in."""
    with transaction.atomic():
        if _close(Q(pk=stay.pk, person=by), Stay.End.ENDED):
            note("sign_in.ended", by, address, browser=stay.browser, from_address=stay.address)


def end_others(keep: Stay, *, address: str, why: str = Stay.End.ENDED) -> int:
    """End all stays of the person but this one; how many they were."""
    with transaction.atomic():
        ended = _close(Q(person=keep.person) & ~Q(pk=keep.pk), why)
        if ended:
            note("sign_in.ended", keep.person, address, count=ended, why=Stay.End(why).label)
    return ended


def close_all(person: Person, why: str) -> int:
    """End every stay of the person, inside the act that makes it necessary, which tells of it in the trail."""
    return _close(Q(person=person), why)


def _close(which: Q, why: str) -> int:
    return Stay.objects.filter(which, ended_at=None).update(ended_at=timezone.now(), end=why)
