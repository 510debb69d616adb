"""Sending what waits. At least once, and with a state that anybody can read.

A sender first claims a message in a short transaction, then hands it over, then writes down how that ended: no
transaction is open while a server is talked to. Two senders never claim the same message: on PostgreSQL the row is
locked and others skip it, on SQLite writers go one after another. A sender that dies in between leaves a claim that
runs out, and the message is sent again; a mail then carries the same Message-ID, a short message the same id.
"""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from .mail import Mail, is_mail_on
from .models import Message
from .sms import Sms, is_sms_on
from .ways import SendFailed, Way

PASS = 20.0
"""Seconds after which a pass takes up no further message, so that the worker's other duties come round."""
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Sent:
    """What one pass did."""

    sent: int = 0
    failed: int = 0
    open: dict[str, Way] = field(default_factory=dict)


def ways() -> dict[str, Callable[[], Way]]:
    """The ways out that are set up here; messages for the others wait."""
    found: dict[str, Callable[[], Way]] = {}
    if is_mail_on():
        found[Message.Channel.MAIL] = Mail
    if is_sms_on():
        found[Message.Channel.SMS] = Sms
    return found


def claim_time() -> timedelta:
    """How long a sender may take over one message before another takes it up: longer than its time-outs allow.

    A message is cut off after two time-outs; before that a connection may be tried at several addresses, and after
    it leave is taken. Five minutes at least: a machine may stand still for a while.
    """
    longest = max(settings.EMAIL_TIMEOUT, settings.SMS_TIMEOUT)
    return max(timedelta(minutes=5), timedelta(seconds=8 * longest + 60))


def send_due(
    *,
    now: Callable[[], datetime] = timezone.now,
    stop: Callable[[], bool] = lambda: False,
    claim_for: timedelta | None = None,
    seconds: float = PASS,
) -> Sent:
    """Send what is due, one message after the other, until nothing is left, `stop` says so or the time is up.

    The channels share the time, and each takes up one message at least. One that cannot be reached is left for this
    pass: its other messages wait, and that is no try of theirs.
    """
    usable, done = ways(), Sent()
    sender, began = secrets.token_hex(16), time.monotonic()
    try:
        for place, channel in enumerate(usable, start=1):
            end = began + seconds * place / len(usable)
            first, up = True, True
            while up and (first or time.monotonic() < end) and not stop():
                message = _claim(sender, channel, now(), claim_for or claim_time())
                if message is None:
                    break
                first, up = False, _deliver(message, usable, done, now)
    finally:
        for way in done.open.values():
            way.close()
    return done


def _due(channel: str, now: datetime) -> Q:
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lt=now)
    return Q(state=Message.State.WAITING, channel=channel, not_before__lte=now) & free


def _claim(sender: str, channel: str, now: datetime, claim_for: timedelta) -> Message | None:
    due = Message.objects.filter(_due(channel, now)).order_by("not_before", "id")
    if not due.exists():
        return None
    with transaction.atomic():
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(no_key=True, skip_locked=True)
        message = due.first()
        if message is None:
            return None
        message.claim, message.claimed_until = sender, now + claim_for
        message.tries += 1
        message.save(update_fields=["claim", "claimed_until", "tries"])
    return message


def _deliver(
    message: Message, usable: dict[str, Callable[[], Way]], done: Sent, now: Callable[[], datetime]
) -> bool:
    """Hand one message over and write down how that ended; False when the channel cannot be reached now."""
    if message.channel not in done.open:
        done.open[message.channel] = usable[message.channel]()
    try:
        done.open[message.channel].send(message)
    except SendFailed as failed:
        done.failed += 1
        _log.warning("message %s was not sent: %s", message.pk, failed.why)
        _mark(message, **_after_failure(message, failed, now()))
        return not failed.down
    done.sent += 1
    _mark(message, state=Message.State.SENT, sent_at=now(), error="")
    return True


def _after_failure(message: Message, failed: SendFailed, now: datetime) -> dict[str, object]:
    pauses = settings.SEND_PAUSES
    error = failed.why[:300]
    if failed.for_good or message.tries > len(pauses):
        return {"state": Message.State.GIVEN_UP, "error": error}
    return {"not_before": now + timedelta(minutes=pauses[message.tries - 1]), "error": error}


def _mark(message: Message, **how: object) -> None:
    # Whoever took the message over after our claim ran out writes down how it ended, not we.
    Message.objects.filter(pk=message.pk, claim=message.claim, state=Message.State.WAITING).update(
        **how, claim="", claimed_until=None
    )
