"""核对无误: somebody compared the contact data of the 指南 with how things are."""

from __future__ import annotations

from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Agency
from gongkai.agencies.rights import acting

from ..models import GuideCheck


def guide_is_right(agency: Agency, *, by: Actor) -> GuideCheck:
    """Write down that the guide's address, hours and numbers are right (条例第十二条). For the clerk and the head of the
    office."""
    with acting(by, "inspection.guide", agency):
        return GuideCheck.objects.create(agency=agency, on=by.day, by=by.name[:60], at=timezone.now())
