"""Two who change the same at once: when the database has to turn one of them away, that one is asked to try again."""

from __future__ import annotations

from collections.abc import Callable

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

_CONFLICTS = frozenset({"40P01", "40001"})
"""Deadlock and serialisation failure (PostgreSQL, appendix A: error codes); nothing of the act was written."""


class TryAgain:
    """Answers 503 and says what to do; a form left by the browser's way back is still filled in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer of the page."""
        return self._next(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page that asks to try again; None for every other failure, which goes its way."""
        if not is_conflict(error):
            return None
        answer = render(request, "503.html", status=503)
        answer["Retry-After"] = "1"
        answer["Cache-Control"] = "no-store"
        return answer


def is_conflict(error: BaseException) -> bool:
    """True when the database refused because of what somebody else writes at the same time."""
    if not isinstance(error, OperationalError):
        return False
    if getattr(error.__cause__, "sqlstate", None) in _CONFLICTS:
        return True
    return "database is locked" in str(error) or "database table is locked" in str(error)
