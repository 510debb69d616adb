"""What was typed and is not finished yet stays on the server for who typed it, enciphered, until it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone

from gongkai.agencies.queries import Agency
from gongkai.sign_in.actions import keeping
from gongkai.sign_in.actions.stays import KEPT_KEY
from gongkai.sign_in.queries import kept_forms

from .account import me

NAMES = {
    "request-new": "登记申请",
    "request-draft": "写告知书",
    "request-amend": "更正登记",
    "request-split": "拆分申请",
    "item-new": "写要公开的信息",
    "item": "写要公开的信息",
}
"""What a page's form is, by the name of its address."""


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A form half filled in: what it is, where it goes on, when it was typed last."""

    what: str
    url: str
    at: datetime


def unfinished(request: HttpRequest, agency: Agency) -> list[Unfinished]:
    """What the reader began at this agency's desk and did not send; asks the database only where something is kept."""
    if KEPT_KEY not in request.session:
        return []
    home = reverse("desk:today", args=[agency.slug])
    rows = kept_forms(me(request), timezone.now()).filter(page__startswith=home).order_by("-kept_at")
    return [Unfinished(_name(page), page, at) for page, at in rows.values_list("page", "kept_at")]


def _name(page: str) -> str:
    try:
        found = resolve(urlsplit(page).path)
    except Resolver404:
        return "写没有写完的内容"
    return NAMES.get(found.url_name or "", "写没有写完的内容")


def keep_typed(request: HttpRequest) -> None:
    """Keep the form that was sent: its page is filled in again whenever its writer opens it, for a day."""
    if request.method == "POST" and keeping.keep(request, me(request)):
        request.session[KEPT_KEY] = True
