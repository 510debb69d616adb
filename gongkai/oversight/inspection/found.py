"""What the checks work with: the round (whose, when, by which limits and words), and what they find."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.dictionaries.queries import slips
from gongkai.statute.leaks import Listed

from ..limits import Limits, limits_for


@dataclass(frozen=True, slots=True)
class Found:
    """One thing against a rule. `key` tells it from all others of that rule and stays the same as long as it does."""

    rule: str
    key: str
    what: str
    where: str = ""
    url: str = ""
    item_id: int | None = None
    section_id: int | None = None

    @property
    def named(self) -> tuple[str, str]:
        """By what it is found again."""
        return self.rule, self.key


@dataclass
class Round:
    """One looking-through of one agency, as of one moment; what several checks ask is asked once."""

    agency: Agency
    now: datetime
    run_id: int | None = None
    left_out: list[str] = field(default_factory=list)

    @cached_property
    def day(self) -> date:
        """The day it is."""
        return timezone.localdate(self.now)

    @cached_property
    def limits(self) -> Limits:
        """The limits that hold for the agency."""
        return limits_for(self.agency)

    @cached_property
    def words(self) -> tuple[Listed, ...]:
        """The words that must not be public."""
        return tuple(slips(self.agency))
