"""What a check says: a finding, with its level, its code, the cells it concerns and where they were read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Level(StrEnum):
    """How serious a finding is."""

    ERROR = "error"
    """A statutory sum is broken or a statutory part is missing: must be mended before signature."""
    WARNING = "warning"
    """Prose, cross-year and plausibility: to be looked at and explained or mended."""
    NOTE = "note"
    """A rule that could not be judged, and why."""


LEVEL_WORDS = {Level.ERROR: "错误", Level.WARNING: "提醒", Level.NOTE: "无法判断"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: `cells` are cell ids (t3.new.natural), `message` says in plain Chinese what is wrong and
    what to do, `ref` names the rule, `where` the place in the file read."""

    level: Level
    code: str
    message: str
    cells: tuple[str, ...] = ()
    ref: str = ""
    where: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The finding as plain data: {level, code, cells, message, ref, where}."""
        return {
            "level": self.level.value,
            "code": self.code,
            "cells": list(self.cells),
            "message": self.message,
            "ref": self.ref,
            "where": self.where,
        }
