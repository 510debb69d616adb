"""The first three administrators of an installation."""

from __future__ import annotations

from collections.abc import Sequence

from ..actor import Actor
from ..fitness import NotPossible
from ..models import ADMINISTRATORS, Kind, Person, Seat
from ..rights import several
from .persons import create_person
from .seats import give_seat

__all__ = ["NotPossible", "set_up_administrators"]


@several()
def set_up_administrators(rows: Sequence[tuple[Kind, str, str]], *, by: Actor) -> list[tuple[Person, str]]:
    """Make the three accounts (kind, user name, name) with their seats; each with its first password.

    For the platform itself. Raises `NotPossible` when an administrator's seat is held already, or the three are not
    three people; then nothing is made.
    """
    if Seat.objects.filter(kind__in=ADMINISTRATORS, ended_on__isnull=True, person__isnull=False).exists():
        raise NotPossible("已经有管理员，不再新建。人员变动请在网站上由安全管理员移交岗位。")
    if {kind for kind, _, _ in rows} != ADMINISTRATORS or len({name.lower() for _, name, _ in rows}) != 3:
        raise NotPossible("系统管理员、安全管理员、审计管理员要用三个不同的账号。")
    made = []
    for kind, username, name in rows:
        person, password = create_person(by=by, username=username, name=name)
        give_seat(by=by, person=person, kind=kind)
        made.append((person, password))
    return made
