"""A letter as it will read, before it is made: from the very template that will be used."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date
from typing import Any

from docx import Document

from gongkai.agencies.models import Agency
from gongkai.files.queries import content_of

from ..models import Decision, InfoRequest, LetterTemplate
from .blocks import text_of
from .catalogue import LetterKind, kind_of_reply
from .fields import case_fields, decision_fields
from .rendering import fill
from .template import own_template


def template_of(agency: Agency, kind: LetterKind) -> tuple[LetterTemplate | None, bytes]:
    """The template in use for a kind of letter: the office's own with its row, or the platform's."""
    row = LetterTemplate.objects.filter(agency=agency, kind=kind.slug, in_use=True).first()
    return row, b"".join(content_of(row.file)) if row else own_template(kind)


def words_of(request: InfoRequest, kind: LetterKind, on: date, fields: Mapping[str, Any]) -> list[str]:
    """The paragraphs of the letter as it would be made, without empty ones.

    Raises `MissingFields` naming what is still empty, ValueError while the agency's remedy organs are not entered.
    """
    given = case_fields(request, kind, on, fields) | dict(fields)
    made = fill(template_of(request.agency, kind)[1], kind, given)
    return [line for line in text_of(Document(io.BytesIO(made))).split("\n") if line.strip()]


def reply_words(decision: Decision, on: date) -> list[str]:
    """The answer's letter with the words of this draft. Raises as `words_of` does."""
    return words_of(decision.request, kind_of_reply(decision.reply), on, decision_fields(decision))
