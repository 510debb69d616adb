"""What must not go out: personal data, minors, secrecy marks, papers for the house only, words of a list."""

from .findings import LABELS, Finding, Severity, What
from .scan import find_leaks
from .words import Listed

__all__ = ["LABELS", "Finding", "Listed", "Severity", "What", "find_leaks"]
