"""What the desk asks of the index."""

from __future__ import annotations

from .finding import Reach, find, marked, snippet
from .tokens import runs_of

__all__ = ["Reach", "find", "marked", "runs_of", "snippet"]
