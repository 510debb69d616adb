"""The checks: each one function with its number and its reference, run on our own and on anyone's report."""

from . import (
    arithmetic,
    carry,
    fees,
    form,
    ledger,
    likeness,
    narrative,
    narrative_lists,
    narrative_words,
    reading,
    remedies,
    tabletwo,
    timing,
    types,
)
from .rule import Rule, all_checks, check, check_ledger, registry

__all__ = [
    "Rule",
    "all_checks",
    "arithmetic",
    "carry",
    "check",
    "check_ledger",
    "fees",
    "form",
    "ledger",
    "likeness",
    "narrative",
    "narrative_lists",
    "narrative_words",
    "reading",
    "registry",
    "remedies",
    "tabletwo",
    "timing",
    "types",
]
