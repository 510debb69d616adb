"""What a view says about itself to the gate."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])
VERIFY, PASSWORD, FACTOR = "verify", "password", "factor"
"""What may have to come before anything else: a code of the second factor, a new password, setting up a factor."""


def open_during(*steps: str) -> Callable[[View], View]:
    """The view answers although one of these steps is due."""

    def mark(view: View) -> View:
        view.open_during = frozenset(steps)  # type: ignore[attr-defined]
        return view

    return mark


def leaves_idle(view: View) -> View:
    """Asking this view is not taken as a sign that somebody is there."""
    view.leaves_idle = True  # type: ignore[attr-defined]
    return view


def never_kept(view: View) -> View:
    """What is sent to this view is not kept over a time-out: it holds secrets, or nothing worth keeping."""
    view.never_kept = True  # type: ignore[attr-defined]
    return view
