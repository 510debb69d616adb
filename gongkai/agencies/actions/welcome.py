"""The first week of a new agency: its list is put away when it has served."""

from __future__ import annotations

from ..actor import Actor
from ..models import Agency
from ..rights import acting


def put_away_first_week(agency: Agency, *, by: Actor) -> None:
    """Show the list of the first week no more. For the clerk and the OGI head; raises `NotAllowed`."""
    with acting(by, "agency.welcome", agency):
        agency.welcomed_on = by.day
        agency.save(update_fields=["welcomed_on"])
