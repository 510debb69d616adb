"""What every answer says about itself, and the log of requests: how long each took, and nothing about anybody."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

_log = logging.getLogger("gongkai.requests")
_OUTSIDE = "（未识别的地址）"
HEADERS = {
    # A desk for reading and writing: nothing in it asks for the browser's devices.
    "Permissions-Policy": "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
    "magnetometer=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Resource-Policy": "same-origin",
    # Nobody is told which server this is, nor its version.
    "Server": "gongkai",
}


class Watch:
    """Puts the headers on every answer, static files included, and writes the log of requests.

    A line has method, the pattern of the address (never the address: it may name a case, a search its words),
    status and milliseconds. INFO for all when GONGKAI_LOG_REQUESTS asks for it; WARNING for what took longer than
    GONGKAI_SLOW_SECONDS, always.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, with its headers, told in the log."""
        start = time.perf_counter()
        answer = self._next(request)
        for name, value in HEADERS.items():
            answer.headers.setdefault(name, value)
        spent = time.perf_counter() - start
        slow = spent >= settings.SLOW_SECONDS
        if slow or settings.LOG_REQUESTS:
            found = request.resolver_match
            route = f"/{found.route}" if found else _OUTSIDE
            level = logging.WARNING if slow else logging.INFO
            _log.log(level, "%s %s %d %d ms", request.method, route, answer.status_code, round(spent * 1000))
        return answer


class OneLine(logging.Formatter):
    """Every record on one line, a traceback included, so that a line of the log is a record."""

    def format(self, record: logging.LogRecord) -> str:
        """The record with its line ends written as ⏎."""
        return " ⏎ ".join(super().format(record).splitlines())
