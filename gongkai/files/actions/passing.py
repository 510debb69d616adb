"""Pass a file on to the thing it belongs to from now on."""

from __future__ import annotations

from typing import Any

from gongkai.agencies.actor import Actor
from gongkai.agencies.rights import acting

from ..models import StoredFile
from ..queries import owner_key


def pass_on(file: StoredFile, owner: Any, *, by: Actor) -> None:
    """Give a file of a form that is now a case to the case; for whoever may add files there. Raises `NotAllowed`."""
    with acting(by, "file.add", file, passed_on=True):
        file.owner_kind, file.owner_id = owner_key(owner)
        file.save(update_fields=["owner_kind", "owner_id"])
