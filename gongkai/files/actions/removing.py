"""Remove a file."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.agencies.rights import acting

from .. import store
from ..models import StoredFile

Hold = Callable[[StoredFile], str]
_HOLDS: dict[str, Hold] = {}


class StillNeeded(ValueError):
    """The file stays; the message says in Chinese for what it is needed, and what to do first."""


def register_hold(name: str, ask: Hold) -> None:
    """Ask this before a file is removed: it says for what the file is needed, or nothing. Naming it again replaces it."""
    _HOLDS[name] = ask


def remove_file(file: StoredFile, *, by: Actor, reason: str = "") -> None:
    """Destroy the content for good; the row stays and tells what there was. For the clerk, the heads of section and
    OGI office. Asks `file.remove`; a file that is removed already is left alone. The content goes when the
    transaction is through, and `tidy` sees to it should the process die in between. Raises `StillNeeded` for one that
    is public, for instance."""
    with acting(by, "file.remove", file, reason=reason):
        if why := next((why for ask in _HOLDS.values() if (why := ask(file))), ""):
            raise StillNeeded(why)
        StoredFile.objects.filter(pk=file.pk, removed_at__isnull=True).update(removed_at=timezone.now())
        transaction.on_commit(lambda: store.wipe(file.pk), robust=True)
    file.refresh_from_db()
