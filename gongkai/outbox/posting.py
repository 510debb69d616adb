"""Putting a message into the outbox, in the transaction of the act that it tells of."""

from __future__ import annotations

import re
from datetime import datetime

from django.db import connection
from django.utils import timezone

from .models import Message

_BREAKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")


def one_line(text: str) -> str:
    """The text without line breaks and control characters: nothing in it can begin a header of its own."""
    return _BREAKS.sub(" ", text).strip()


def post(
    *,
    key: str,
    channel: str,
    subject: str,
    body: str,
    person_id: int | None = None,
    to: str = "",
    agency_id: int | None = None,
    url: str = "",
    not_before: datetime | None = None,
) -> bool:
    """Write a message to be sent; False when one with this key is there already, so that a reminder goes once.

    A desk notice is delivered by being written. The database decides about the key (ON CONFLICT DO NOTHING), so two
    processes that post the same at once end with one message and neither fails.
    Raises RuntimeError outside a transaction: a message about something that did not happen must not go.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a message is written in the transaction of its act")
    now = timezone.now()
    is_notice = channel == Message.Channel.DESK
    return _insert(
        Message(
            key=key,
            channel=channel,
            state=Message.State.SENT if is_notice else Message.State.WAITING,
            sent_at=now if is_notice else None,
            subject=one_line(subject)[:200],
            body=body,
            person_id=person_id,
            to=one_line(to),
            agency_id=agency_id,
            url=url,
            made_at=now,
            not_before=not_before or now,
        )
    )


def _insert(row: Message) -> bool:
    fields = [field for field in Message._meta.local_concrete_fields if not field.primary_key]
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {quote(Message._meta.db_table)} ({names}) VALUES ({places})"  # noqa: S608 - our own names
            f" ON CONFLICT ({quote('key')}) DO NOTHING",
            values,
        )
        return bool(cursor.rowcount == 1)
