"""What was read once in a request is not read again in it; outside a request nothing is kept."""

from __future__ import annotations

from collections.abc import Callable
from threading import local
from typing import Any, TypeVar

from django.core.signals import request_finished, request_started

T = TypeVar("T")
_here = local()


def keep_by_request() -> None:
    """Begin afresh with every request, and keep nothing past its end."""
    request_started.connect(_begin, dispatch_uid="dictionaries.once.begin")
    request_finished.connect(_end, dispatch_uid="dictionaries.once.end")


def once(key: str, read: Callable[[], T]) -> T:
    """What `read` gives; within one request it is asked only the first time."""
    kept: dict[str, Any] | None = getattr(_here, "kept", None)
    if kept is None:
        return read()
    if key not in kept:
        kept[key] = read()
    found: T = kept[key]
    return found


def read_again() -> None:
    """Something was written: forget what this request has read."""
    kept: dict[str, Any] | None = getattr(_here, "kept", None)
    if kept is not None:
        kept.clear()


def _begin(**_: Any) -> None:
    _here.kept = {}


def _end(**_: Any) -> None:
    _here.kept = None
