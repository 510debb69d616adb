"""The way a sheet goes: which levels and checks, in which stages, signed in which seats.

Comes with the platform (routes.toml), and an agency may have its own. Whatever the way, all four checks and the final
level are on it, and whoever signs must also hold the right (agencies/rights.py): a way narrows it, never widens it.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from gongkai.agencies.models import Agency, Kind
from gongkai.agencies.rights import ACTS
from gongkai.statute.duties import CHECKS, STAGES

from .models import Item, ReviewRoute

CHECK_LABELS: dict[str, str] = {check.slug: check.label for check in CHECKS}
LEVEL_LABELS: dict[str, str] = {stage.slug: stage.label for stage in STAGES}
RIGHTS: dict[str, str] = {
    "first": "disclosure.review_section",
    "text": "disclosure.review_text",
    "policy": "disclosure.review_policy",
    "political": "disclosure.review_political",
    "secrecy": "disclosure.review_secrecy",
    "final": "disclosure.sign",
}
"""The right that signing a level or a check asks for."""


class BadRoute(ValueError):
    """A way that leaves something out or names a seat that may not sign; says what to change."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to be signed: `what` is a key of `RIGHTS`."""

    what: str
    stage: int
    kinds: tuple[str, ...]
    together: bool = False

    @property
    def level(self) -> str:
        """first, second or final."""
        return self.what if self.what in LEVEL_LABELS else "second"

    @property
    def check(self) -> str:
        """Which of the four checks, empty at the other levels."""
        return self.what if self.what in CHECK_LABELS else ""

    @property
    def label(self) -> str:
        """初审, 文字关 …, 终审."""
        return CHECK_LABELS.get(self.what) or LEVEL_LABELS[self.what]


@dataclass(frozen=True, slots=True)
class Route:
    """A way with its steps in order."""

    name: str
    steps: tuple[Step, ...]

    @property
    def stages(self) -> list[list[Step]]:
        """The steps by stage."""
        numbers = sorted({step.stage for step in self.steps})
        return [[step for step in self.steps if step.stage == n] for n in numbers]

    def without(self, stage: int) -> Route:
        """The way without one stage."""
        return Route(self.name, tuple(step for step in self.steps if step.stage != stage))


def seats_allowed(what: str) -> tuple[str, ...]:
    """The kinds of seats whose right it is to sign this, in the order of the list of seats."""
    return tuple(kind.value for kind in Kind if kind in ACTS[RIGHTS[what]].kinds)


def read(name: str, stages: list[dict[str, Any]]) -> Route:
    """The way these stages describe. Raises `BadRoute`.

    A stage names its `level` (first, second, final, or both for the checks with the final level), its `checks`, its
    `kinds` of seats (all that have the right when left out; `by_check` may name them for one check), and `together`.
    """
    steps = [step for n, stage in enumerate(stages, 1) for step in _steps(n, stage)]
    names = [step.what for step in steps]
    for what in [*CHECK_LABELS, "final"]:
        label = CHECK_LABELS.get(what) or LEVEL_LABELS[what]
        if names.count(what) != 1:
            raise BadRoute(f"审查流程里“{label}”要有，而且只有一次。")
    if names.count("first") > 1 or names[-1] != "final":
        raise BadRoute("初审最多一次，终审放在最后。")
    for step in steps:
        if not step.kinds:
            raise BadRoute(f"“{step.label}”要有能签字的岗位：{seats_in_words(seats_allowed(step.what))}。")
    return Route(name, tuple(steps))


def _steps(number: int, stage: dict[str, Any]) -> list[Step]:
    level = stage.get("level")
    if level not in (*LEVEL_LABELS, "both"):
        raise BadRoute("审查流程的层级只有初审、复审、终审。")
    whats = [level] if level in ("first", "final") else list(stage.get("checks", []))
    if level == "both":
        whats.append("final")
    if strange := [what for what in whats if what not in RIGHTS]:
        raise BadRoute(f"没有“{strange[0]}”这种审查。")
    by_check: dict[str, list[str]] = stage.get("by_check", {})
    together = bool(stage.get("together", level == "both"))
    return [
        Step(what, number, _kinds(what, by_check.get(what) or stage.get("kinds")), together) for what in whats
    ]


def _kinds(what: str, wanted: list[str] | None) -> tuple[str, ...]:
    allowed = seats_allowed(what)
    if strange := [kind for kind in wanted or [] if kind not in allowed]:
        label = CHECK_LABELS.get(what) or LEVEL_LABELS[what]
        named = Kind(strange[0]).label if strange[0] in Kind.values else strange[0]
        raise BadRoute(f"“{named}”不能签“{label}”。可以签的岗位：{seats_in_words(allowed)}。")
    return tuple(wanted) if wanted else allowed


def seats_in_words(kinds: tuple[str, ...]) -> str:
    return "、".join(Kind(kind).label for kind in kinds)


_DATA = tomllib.loads(files("gongkai.disclosure").joinpath("routes.toml").read_text(encoding="utf-8"))
PRESETS: dict[str, dict[str, Any]] = {row["slug"]: row for row in _DATA["route"]}
"""The ways that come with the platform: slug, name, hint, stage."""
USES: tuple[tuple[str, str], ...] = tuple((use.value, use.label) for use in ReviewRoute.Use)
"""For what an agency may have its own way: slug and words."""
_USUAL = {ReviewRoute.Use.STANDARD: "full", ReviewRoute.Use.ROUTINE: "short"}


def preset(slug: str) -> Route:
    """One of the ways that come with the platform."""
    return read(PRESETS[slug]["name"], PRESETS[slug]["stage"])


def route_of(agency: Agency, use: str) -> Route:
    """The agency's way for a use, its own or the usual one."""
    own = ReviewRoute.objects.filter(agency=agency, use=use).first()
    return read(own.name, own.stages) if own else preset(_USUAL[ReviewRoute.Use(use)])


def route_for(item: Item) -> Route:
    """The way this item's sheet would go as set: the short one in a column of routine information."""
    use = ReviewRoute.Use.ROUTINE if item.column.routine else ReviewRoute.Use.STANDARD
    return route_of(item.agency, use)
