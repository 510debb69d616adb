"""What is asked of the outbox: a person's notices, and what has been sent."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet

from .models import Message

if TYPE_CHECKING:
    from gongkai.agencies.actor import Actor
    from gongkai.agencies.models import Agency

NoMessage = Message.DoesNotExist
"""There is no such message, or not for this person."""
STATES: dict[str, str] = dict(Message.State.choices)
"""The states with their words: waiting, sent, given_up."""


def notices_of(actor: Actor, agency: Agency | None = None) -> QuerySet[Message]:
    """The actor's desk notices, unread first, then the newest; of this agency and of none, or all for None."""
    if actor.person is None:
        return Message.objects.none()
    found = Message.objects.filter(person_id=actor.person.pk, channel=Message.Channel.DESK)
    if agency is not None:
        found = found.filter(Q(agency_id=agency.pk) | Q(agency_id__isnull=True))
    is_read = ExpressionWrapper(Q(read_at__isnull=False), output_field=BooleanField())
    return found.order_by(is_read, "-id")


def notice_of(actor: Actor, agency: Agency | None, pk: int) -> Message:
    """One of the actor's own notices; raises `NoMessage`."""
    return notices_of(actor, agency).get(pk=pk)


def unread_count(actor: Actor, agency: Agency | None = None) -> int:
    """How many notices the actor has not opened: of this agency and of none, or all for None. One query."""
    return notices_of(actor, agency).filter(read_at__isnull=True).order_by().count()


def known_keys(keys: Iterable[str]) -> set[str]:
    """Which of these keys have been posted already."""
    return set(Message.objects.filter(key__in=list(keys)).values_list("key", flat=True))


def sent_out(state: str = "") -> QuerySet[Message]:
    """Mails and short messages, newest first; of one state when it is named. Desk notices go nowhere."""
    found = Message.objects.exclude(channel=Message.Channel.DESK)
    return found.filter(state=state) if state in STATES else found


def counts_by_state() -> dict[str, int]:
    """How many mails and short messages stand in each state, those without any included."""
    rows = sent_out().order_by().values("state").annotate(n=Count("id")).values_list("state", "n")
    return dict.fromkeys(STATES, 0) | dict(rows)


def message(pk: int) -> Message:
    """A mail or short message; raises `NoMessage`."""
    return sent_out().get(pk=pk)


def masked(address: str) -> str:
    """An address that can be recognised but not used: z***@example.gov.cn, 138****1234."""
    name, at, host = address.partition("@")
    if at:
        return f"{name[:1]}***@{host}"
    digits = re.sub(r"\D", "", address)
    return f"{digits[:3]}****{digits[-4:]}" if len(digits) >= 8 else "****"
