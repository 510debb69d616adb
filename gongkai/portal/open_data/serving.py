"""How open data is handed out: to everybody, from any page of any site, to be read and never written."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed

from ..keeping import public_page

View = Callable[..., HttpResponseBase]
_METHODS = ("GET", "HEAD", "OPTIONS")


def readable_by_all(view: View) -> View:
    """Programs in pages of other sites may read it too (CORS); nobody is asked who he is."""

    @login_not_required
    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response: HttpResponseBase
        if request.method == "OPTIONS":
            response = HttpResponse(status=204)
        elif request.method not in _METHODS:
            response = HttpResponseNotAllowed(
                _METHODS, '{"error": "只能读取。"}', content_type="application/json; charset=utf-8"
            )
        else:
            # The operations know GET; the server leaves the body of an answer to HEAD out.
            request.method = "GET"
            response = view(request, *args, **kwargs)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = "ETag, Last-Modified"
        if request.method == "OPTIONS":
            response.headers["Allow"] = ", ".join(_METHODS)
            response.headers["Access-Control-Allow-Methods"] = ", ".join(_METHODS)
            response.headers["Access-Control-Allow-Headers"] = "If-None-Match, If-Modified-Since"
            response.headers["Access-Control-Max-Age"] = "86400"
        return response

    shown.same_for_everybody = True  # type: ignore[attr-defined]
    shown.csrf_exempt = True  # type: ignore[attr-defined]
    return shown


def kept(view: View, *asked: str) -> View:
    """The same for an answer that is kept made until somebody does something, with ETag and Last-Modified."""
    return readable_by_all(public_page(*asked)(view))  # type: ignore[arg-type]
