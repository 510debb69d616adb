"""Closing what is over and throwing away what has served its time. For the platform's own jobs."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q

from ..models import Counter, Failure, KeptForm, Stay
from ..noting import note
from ..queries import KEPT_FOR, is_over
from .attempts import KNOWN_FOR

FAILURES_FOR = timedelta(days=180)
"""How long failed sign-ins are listed for the security administrator; the trail keeps them longer."""
STAYS_FOR = timedelta(days=30)
"""How long a stay is remembered after it was last seen; no session lasts as long."""


def close_over(now: datetime) -> int:
    """Close the stays that ran out, and those of accounts that were closed, so that an account opened again does not
    bring them back; each is told in the trail. How many they were."""
    over = (
        Q(last_seen__lt=now - timedelta(minutes=settings.IDLE_MINUTES))
        | Q(since__lt=now - timedelta(hours=settings.SESSION_HOURS))
        | Q(person__is_active=False)
    )
    closed = 0
    for stay in Stay.objects.filter(over, ended_at=None).select_related("person"):
        why = is_over(stay, now) or Stay.End.CLOSED
        with transaction.atomic():
            if Stay.objects.filter(pk=stay.pk, ended_at=None, last_seen=stay.last_seen).update(
                ended_at=now, end=why
            ):
                closed += 1
                note("sign_in.over", stay.person, stay.address, why=Stay.End(why).label)
    return closed


def tidy(now: datetime) -> int:
    """Delete kept forms after a day, stays after a month, failures after half a year, counters that count nothing
    any more, sessions of browsers that ran out; how many rows went."""
    old_counters = Q(last_at__lt=now - KNOWN_FOR) & (
        Q(succeeded_at=None) | Q(succeeded_at__lt=now - KNOWN_FOR)
    )
    gone = (
        KeptForm.objects.filter(kept_at__lte=now - KEPT_FOR).delete(),
        Stay.objects.filter(last_seen__lt=now - STAYS_FOR).delete(),
        Failure.objects.filter(at__lt=now - FAILURES_FOR).delete(),
        Counter.objects.filter(old_counters | Q(person=None, last_at__lt=now - timedelta(days=1))).delete(),
        Session.objects.filter(expire_date__lt=now).delete(),
    )
    return sum(count for count, _ in gone)
