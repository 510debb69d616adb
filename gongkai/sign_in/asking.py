"""Who asks: the actor of a web request."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone

from gongkai.agencies.actor import Actor


def actor_of(request: HttpRequest) -> Actor:
    """Who asks, with the seats of today and the address asked from; found once a request."""
    found: Actor | None = getattr(request, "_actor", None)
    if found is None:
        found = Actor.of(request.user, timezone.localdate(), address_of(request))
        request._actor = found  # type: ignore[attr-defined]
    return found


def address_of(request: HttpRequest) -> str:
    """The address asked from, as the ClientAddress middleware left it."""
    return str(request.META.get("REMOTE_ADDR", ""))
