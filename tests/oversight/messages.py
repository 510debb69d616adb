"""Messages as they come in: from a person who can be recognised, so that a test can look for that person everywhere."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.oversight.actions.messages import Told, register
from gongkai.oversight.models import Message
from tests.cast import Cast

SENDER = {"name": "留言人壬", "phone": "13900001234", "email": "ren@example.com", "address": "某路88号"}


def come_in(cast: Cast, kind: str = "enquiry", *, on: date | None = None, **more: Any) -> Message:
    """A message that came in through the bureau's site; a complaint is about the bureau and lies at the county's."""
    told: dict[str, Any] = {
        "subject": "补贴怎样申领",
        "text": "请问法律援助补贴怎样申领？",
        "channel": "online",
        "sender": SENDER,
        **more,
    }
    today = timezone.localdate()
    by = Actor.system(today, "网上留言")
    return register(cast.agency, Told(kind=kind, received_on=on or today, **told), by=by)
