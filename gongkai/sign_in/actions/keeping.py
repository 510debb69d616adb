"""Keeping a form that was sent too late, and handing it back."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from gongkai.agencies.models import Person

from ..models import KeptForm
from ..queries import kept_forms
from ..sealing import CannotOpen, seal, unseal

LARGEST = 400_000
"""Characters of one form; a larger one is not kept."""
MOST = 10
"""Forms kept of one person; the oldest go first."""
PATH_FIELD, PAGE_FIELD = "kept-path", "kept-page"
"""The fields in which the script says where the form would have gone, and where it stands."""
_SECRET = re.compile(r"csrf|passw|密码|token|secret|otp|^one_time_code$|recovery", re.IGNORECASE)
_NOT_CONTENT = {PATH_FIELD, PAGE_FIELD, "next"}


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed: the row, where it was going, the fields in their order, how many files came with it."""

    pk: int
    path: str
    fields: tuple[tuple[str, str], ...]
    files: int


def keep(request: HttpRequest, person: Person) -> str:
    """Keep the form that this request sends for this person alone, and return the page on which it stands; empty
    when there is nothing to keep. Passwords, tokens and files are left out."""
    path, page = _places(request)
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if not _SECRET.search(name) and name not in _NOT_CONTENT
    ]
    text = json.dumps(fields, ensure_ascii=False)
    typed_something = any(value.strip() for _, value in fields)
    if not typed_something or len(text) > LARGEST or len(path) > 300 or len(page) > 300:
        return ""
    with transaction.atomic():
        KeptForm.objects.update_or_create(
            person=person,
            path=path,
            page=page,
            defaults={
                "sealed": seal(text.encode(), _about(person)),
                "files": min(len(request.FILES), 99),
                "kept_at": timezone.now(),
            },
        )
        newest = KeptForm.objects.filter(person=person).values_list("pk", flat=True)[:MOST]
        KeptForm.objects.filter(person=person).exclude(pk__in=list(newest)).delete()
    return page


def _places(request: HttpRequest) -> tuple[str, str]:
    """Where the form goes, and the page it stands on: as the script says, or the page this request came from."""
    path, page = request.POST.get(PATH_FIELD, ""), request.POST.get(PAGE_FIELD, "")
    if _is_ours(path) and _is_ours(page):
        return urlsplit(path).path, page
    came_from = urlsplit(request.headers.get("Referer", ""))
    same = came_from.netloc == request.get_host() and _is_ours(came_from.path)
    return request.path, came_from._replace(
        scheme="", netloc="", fragment=""
    ).geturl() if same else request.path


def _is_ours(path: str) -> bool:
    return path.startswith("/") and not path.startswith(("//", "/\\"))


def typed_on(person: Person, page: str) -> list[Typed]:
    """What the person had typed on this page, as far as it can still be opened."""
    found = []
    for kept in kept_forms(person, timezone.now()).filter(page=page):
        try:
            fields = json.loads(unseal(kept.sealed, _about(person)))
        except CannotOpen:
            continue
        found.append(Typed(kept.pk, kept.path, tuple((name, value) for name, value in fields), kept.files))
    return found


def _about(person: Person) -> str:
    return f"form of {person.pk}"


def anything_kept(person: Person) -> bool:
    """True while something of the person's is kept."""
    return kept_forms(person, timezone.now()).exists()


def drop_sent(person: Person, path: str) -> None:
    """What was kept for this address is not needed any more: the person has sent the form again."""
    KeptForm.objects.filter(person=person, path=path).delete()


def drop(person: Person, pk: int) -> None:
    """Throw one's own kept form away."""
    KeptForm.objects.filter(person=person, pk=pk).delete()
