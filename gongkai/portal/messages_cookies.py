"""The two cookies of the message pages: the token of a form being filled in, and which message was opened by its code.
For this agency's message pages alone, out of reach of scripts."""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from gongkai.agencies.queries import Agency

from .requests_cookies import CASE_SECONDS, DRAFT_SECONDS

DRAFT, CASE = "gongkai-message-draft", "gongkai-message"
_SALT = "gongkai.portal.message"


def token_of(request: HttpRequest) -> str:
    """The token of the form being filled in; empty for none."""
    return request.COOKIES.get(DRAFT, "")[:100]


def put_token(answer: HttpResponse, agency: Agency, token: str) -> None:
    """Have the browser keep the token for a day."""
    _put(answer, agency, DRAFT, token, DRAFT_SECONDS)


def opened(request: HttpRequest, agency: Agency) -> int | None:
    """The message that was opened here by its code within the last half hour; None for none."""
    try:
        agency_id, pk = signing.loads(request.COOKIES.get(CASE, ""), salt=_SALT, max_age=CASE_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return int(pk) if agency_id == agency.pk else None


def put_opened(answer: HttpResponse, agency: Agency, pk: int) -> None:
    """Have the browser keep which message was opened; every look at it begins the half hour anew."""
    _put(answer, agency, CASE, signing.dumps([agency.pk, pk], salt=_SALT), CASE_SECONDS)


def forget(answer: HttpResponse, agency: Agency, *names: str) -> None:
    """Have the browser forget."""
    for name in names:
        answer.delete_cookie(name, path=reverse("portal:messages", args=[agency.slug]), samesite="Lax")


def _put(answer: HttpResponse, agency: Agency, name: str, value: str, seconds: int) -> None:
    answer.set_cookie(
        name,
        value,
        max_age=seconds,
        path=reverse("portal:messages", args=[agency.slug]),
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
