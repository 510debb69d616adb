"""Pass a file on to the thing it belongs to from now on."""

from __future__ import annotations

from typing import Any

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Agency, Section
from gongkai.agencies.rights import acting

from ..models import StoredFile
from ..queries import files_of_owner, owner_key


def pass_on(file: StoredFile, owner: Any, *, by: Actor) -> None:
    """Give a file of a form that is now a case to the case; for whoever may add files there. Raises `NotAllowed`."""
    with acting(by, "file.add", file, passed_on=True):
        file.owner_kind, file.owner_id = owner_key(owner)
        file.save(update_fields=["owner_kind", "owner_id"])


def move_files(owner: Any, section: Section | None) -> int:
    """Have the files of a thing belong to another section, inside the act that hands the thing over; how many."""
    return files_of_owner(owner).update(section=section)


def pass_on_to(file: StoredFile, section: Section | None) -> None:
    """Have one file belong to another section, inside the act that brought it."""
    file.section = section
    file.save(update_fields=["section"])


def hand_to(file: StoredFile, owner: Any, agency: Agency) -> None:
    """Have a file belong to a thing of an agency, perhaps of another one, inside the act that hands the thing over: who
    had it before cannot read it any more."""
    file.owner_kind, file.owner_id = owner_key(owner)
    file.agency, file.section = agency, None
    file.save(update_fields=["owner_kind", "owner_id", "agency", "section"])
