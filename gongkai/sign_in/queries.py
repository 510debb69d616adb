"""What is asked about signing in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from gongkai.agencies.models import Person

from .models import Counter, Factor, Failure, KeptForm, RecoveryCode, Stay

KEPT_FOR = timedelta(days=1)
"""How long a form that was not sent is kept."""
LIMITS = {
    Counter.Scope.PAIR: "LOCK_FAILURES",
    Counter.Scope.NAME: "LOCK_NAME_FAILURES",
    Counter.Scope.ADDRESS: "LOCK_ADDRESS_FAILURES",
}
"""The setting that says after how many failures each scope is locked."""
NoCounter, NoStay, NoKept = Counter.DoesNotExist, Stay.DoesNotExist, KeptForm.DoesNotExist


def locked_until(counter: Counter, now: datetime) -> datetime | None:
    """When the lock ends; None when there is none now."""
    if counter.failures < getattr(settings, LIMITS[Counter.Scope(counter.scope)]):
        return None
    until = counter.last_at + timedelta(minutes=settings.LOCK_MINUTES)
    return until if until > now else None


def locked_counters(now: datetime) -> QuerySet[Counter]:
    """What is locked now, the newest first."""
    over = Q()
    for scope, setting in LIMITS.items():
        over |= Q(scope=scope, failures__gte=getattr(settings, setting))
    since = now - timedelta(minutes=settings.LOCK_MINUTES)
    return Counter.objects.filter(over, last_at__gt=since).select_related("person")


def counter_at(pk: int) -> Counter:
    """One counter; raises `NoCounter`."""
    return Counter.objects.select_related("person").get(pk=pk)


def recent_failures() -> QuerySet[Failure]:
    """Sign-ins that failed, the newest first."""
    return Failure.objects.select_related("person")


def people_with_factor() -> QuerySet[Person]:
    """Everybody who signs in with a second factor, by user name, with `codes`, the recovery codes left."""
    left = Count("recovery_codes", filter=Q(recovery_codes__used_at=None))
    return (
        Person.objects.filter(factor__confirmed_at__isnull=False)
        .select_related("factor")
        .annotate(codes=left)
        .order_by("username")
    )


def stay_with_factor(pk: int) -> Stay | None:
    """A stay, with `has_factor`: whether its person has a second factor in force."""
    has = Exists(Factor.objects.filter(person=OuterRef("person"), confirmed_at__isnull=False))
    return Stay.objects.filter(pk=pk).annotate(has_factor=has).first()


def is_over(stay: Stay, now: datetime) -> str:
    """Why the stay is over, as one of its ends; empty while it lasts."""
    if stay.ended_at:
        return stay.end or Stay.End.ENDED
    if now - stay.last_seen > timedelta(minutes=settings.IDLE_MINUTES):
        return Stay.End.IDLE
    if now - stay.since > timedelta(hours=settings.SESSION_HOURS):
        return Stay.End.LONG
    return ""


def seconds_left(stay: Stay, now: datetime) -> int:
    """Seconds until the stay is over if nothing is done; 0 when it is."""
    if is_over(stay, now):
        return 0
    ends = min(
        stay.last_seen + timedelta(minutes=settings.IDLE_MINUTES),
        stay.since + timedelta(hours=settings.SESSION_HOURS),
    )
    return max(int((ends - now).total_seconds()), 0)


def open_stays(person: Person, now: datetime) -> QuerySet[Stay]:
    """Where the person is signed in now, the last seen first."""
    return Stay.objects.filter(
        person=person,
        ended_at=None,
        last_seen__gte=now - timedelta(minutes=settings.IDLE_MINUTES),
        since__gte=now - timedelta(hours=settings.SESSION_HOURS),
    )


def factor_of(person: Person) -> Factor | None:
    """The person's second factor in force."""
    return Factor.objects.filter(person=person, confirmed_at__isnull=False).first()


def codes_left(person: Person) -> int:
    """How many recovery codes the person has not used."""
    return RecoveryCode.objects.filter(person=person, used_at=None).count()


def password_due(person: Person) -> bool:
    """True when the person has to choose a new password before anything else."""
    if person.must_change_password:
        return True
    if not settings.PASSWORD_MAX_DAYS:
        return False
    oldest = timezone.now() - timedelta(days=settings.PASSWORD_MAX_DAYS)
    return person.password_set_at is None or person.password_set_at < oldest


def kept_forms(person: Person, now: datetime) -> QuerySet[KeptForm]:
    """What the person had typed when a stay ran out and has not sent since; nothing older than a day."""
    return KeptForm.objects.filter(person=person, kept_at__gt=now - KEPT_FOR)


@dataclass(frozen=True, slots=True)
class Held:
    """What a page of one's own account says at the head."""

    factor: Factor | None
    codes: int
    stays: int


def held_by(person: Person, now: datetime) -> Held:
    """The person's second factor, recovery codes and stays."""
    factor = factor_of(person)
    return Held(factor, codes_left(person) if factor else 0, open_stays(person, now).count())
