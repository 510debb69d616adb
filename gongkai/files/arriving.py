"""Files on their way in: stopped at the limits while they come, so that nobody fills the disk.

Visitors who are not signed in write nothing to the disk: what they send is small and stays in memory. Only the
uploads of people who are signed in go to the disk, and these too are limited, one file and all of a request. A view
that is there for visitors' files says so by `welcomes_files`; there one file of a visitor may come, with a limit of
its own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, TemporaryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve

_MB = 1024 * 1024
_View = TypeVar("_View", bound=Callable[..., Any])


class StopAtLimit(FileUploadHandler):
    """Lets no more of a file through than a little over the limit: enough for the check to see it is too big. And no
    more of all files together than a request may bring, whatever it said of its length."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._taken = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """The piece, or nothing once a limit was passed."""
        self._taken += len(raw_data)
        if self._taken > settings.UPLOAD_MAX_MB * _MB:
            return None
        return raw_data if start <= settings.FILE_MAX_MB * _MB else None

    def file_complete(self, file_size: int) -> Any:
        """Nothing: the handlers behind this one make the file."""
        return None


class LimitRequests:
    """Answers a request that is too large before it is read, and opens the way to the disk for who is signed in.

    It stands behind the sign-in and before anything looks at the form: the check of the form's token reads it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """413 in words, or the next in line. Of a request that names no length nothing is read at all."""
        length = _length(request)
        if length <= settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
            return self._next(request)
        known = request.user.is_authenticated
        welcome = known or _welcomes_files(request)
        most = settings.UPLOAD_MAX_MB * _MB if known else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if welcome and not known:
            most = (settings.VISITOR_FILE_MAX_MB + 1) * _MB
        if length > most:
            words = {"most": most // _MB, "known": welcome}
            return render(request, "413.html", words, status=413)
        if welcome and request.content_type == "multipart/form-data":
            request.upload_handlers = [*request.upload_handlers, TemporaryFileUploadHandler(request)]
        return self._next(request)


def welcomes_files(view: _View) -> _View:
    """Mark a view that takes a file from visitors who are not signed in."""
    view.welcomes_files = True  # type: ignore[attr-defined]
    return view


def _welcomes_files(request: HttpRequest) -> bool:
    try:
        return bool(getattr(resolve(request.path_info).func, "welcomes_files", False))
    except Resolver404:
        return False


def _length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
