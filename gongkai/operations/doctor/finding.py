"""What a check found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """`subject` in a few words, how it stands, and what to do; nothing to do means that it is well."""

    subject: str
    state: str
    todo: str = ""

    @property
    def well(self) -> bool:
        """True when there is nothing to do."""
        return not self.todo


Check = Callable[[], Finding]
