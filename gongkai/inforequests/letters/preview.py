"""A letter as it will read, before it is made: from the very template that will be used."""

from __future__ import annotations

import io
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from docx import Document

from gongkai.agencies.models import Agency
from gongkai.files.queries import content_of

from ..models import Decision, InfoRequest, LetterTemplate
from .about_fields import sample_of
from .blocks import text_of
from .catalogue import LetterKind, kind_of_reply
from .fields import case_fields, contact_of, decision_fields, plain_day, remedy_of
from .rendering import fill
from .template import own_template


def template_of(agency: Agency, kind: LetterKind) -> tuple[LetterTemplate | None, bytes]:
    """The template in use for a kind of letter: the office's own with its row, or the platform's."""
    row = LetterTemplate.objects.filter(agency=agency, kind=kind.slug, in_use=True).first()
    return row, content_of_template(row, kind)


def sample_for(agency: Agency, kind: LetterKind, on: date) -> dict[str, Any]:
    """A sample of a letter of this agency: nobody's case, its own name, address and remedy organs where they are
    entered."""
    found = sample_of(kind) | {"机关": agency.name, "成文日期": plain_day(on)}
    contact = contact_of(agency)
    found |= {"联系方式": contact} if contact else {}
    with suppress(ValueError):
        found["救济途径"] = remedy_of(agency, kind, on)
    return found


def sample_letter_of(agency: Agency, kind: LetterKind, content: bytes, on: date) -> bytes:
    """A template filled in with a sample, as .docx."""
    return fill(content, kind, sample_for(agency, kind, on))


def sample_words(agency: Agency, kind: LetterKind, content: bytes, on: date) -> list[str]:
    """The paragraphs of the sample, without empty ones."""
    return _lines(sample_letter_of(agency, kind, content, on))


def content_of_template(row: LetterTemplate | None, kind: LetterKind) -> bytes:
    """A version's content; the platform's own for none."""
    return b"".join(content_of(row.file)) if row else own_template(kind)


def words_of(request: InfoRequest, kind: LetterKind, on: date, fields: Mapping[str, Any]) -> list[str]:
    """The paragraphs of the letter as it would be made, without empty ones.

    Raises `MissingFields` naming what is still empty, ValueError while the agency's remedy organs are not entered.
    """
    given = case_fields(request, kind, on, fields) | dict(fields)
    made = fill(template_of(request.agency, kind)[1], kind, given)
    return _lines(made)


def reply_words(decision: Decision, on: date) -> list[str]:
    """The answer's letter with the words of this draft. Raises as `words_of` does."""
    return words_of(decision.request, kind_of_reply(decision.reply), on, decision_fields(decision))


def _lines(letter: bytes) -> list[str]:
    return [line for line in text_of(Document(io.BytesIO(letter))).split("\n") if line.strip()]
