"""What is asked about an office's own templates."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.agencies.models import Agency

from .letters.catalogue import KINDS, LetterKind
from .models import LetterTemplate


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """A kind of letter with the version in use (None: the platform's) and how many the office has."""

    kind: LetterKind
    in_use: LetterTemplate | None
    count: int


def template_lines(agency: Agency) -> list[TemplateLine]:
    """Every kind of letter, in the order of the catalogue; one query."""
    rows = list(LetterTemplate.objects.filter(agency=agency))
    return [
        TemplateLine(
            kind,
            next((row for row in rows if row.kind == kind.slug and row.in_use), None),
            sum(row.kind == kind.slug for row in rows),
        )
        for kind in KINDS
    ]


def versions_of(agency: Agency, kind: LetterKind) -> list[LetterTemplate]:
    """The office's versions of a kind, the newest first."""
    found = LetterTemplate.objects.filter(agency=agency, kind=kind.slug)
    return list(found.select_related("file", "agency").order_by("-version"))


def version_of(agency: Agency, kind: LetterKind, number: int) -> LetterTemplate | None:
    """One version; None where there is none such."""
    found = LetterTemplate.objects.select_related("file", "agency")
    return found.filter(agency=agency, kind=kind.slug, version=number).first()
