"""审查流程: an agency's own stages and seats, for all items or for routine ones."""

from __future__ import annotations

from typing import Any

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Agency
from gongkai.agencies.rights import acting

from ..models import ReviewRoute
from ..routes import PRESETS, BadRoute, read
from .base import CannotDo


def set_route(agency: Agency, use: str, *, name: str, stages: list[dict[str, Any]], by: Actor) -> None:
    """Set the way for a use (`ReviewRoute.Use`); sheets begun keep theirs. For the OGI head and the head.

    Raises `NotAllowed`; `CannotDo` for a way that leaves out a check or names a seat without the right.
    """
    with acting(by, "disclosure.route", agency, use=use, name=name, stages=stages):
        if use not in ReviewRoute.Use.values:
            raise CannotDo("请选择用于哪一类信息。")
        try:
            read(name, stages)
        except BadRoute as error:
            raise CannotDo(str(error)) from error
        ReviewRoute.objects.update_or_create(
            agency=agency, use=use, defaults={"name": name.strip() or "本机关审查流程", "stages": stages}
        )


def choose_route(agency: Agency, use: str, slug: str, *, by: Actor) -> None:
    """Take one of the ways that come with the platform (`routes.PRESETS`)."""
    if slug not in PRESETS:
        raise CannotDo("请选择一种审查流程。")
    set_route(agency, use, name=PRESETS[slug]["name"], stages=PRESETS[slug]["stage"], by=by)
