"""制作文书: letters from templates, the office's own where it has one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.agencies.rights import acting
from gongkai.files.actions.made import keep_made

from ..letters.catalogue import KIND_BY_SLUG, LetterKind
from ..letters.fields import case_fields
from ..letters.preview import template_of
from ..letters.rendering import fill, to_pdf
from ..models import Consultation, Decision, Dispatch, InfoRequest, Letter, LetterTemplate


def make_letter(
    request: InfoRequest,
    kind_slug: str,
    *,
    by: Actor,
    on: date,
    fields: Mapping[str, Any] | None = None,
    right: str = "requests.draft",
    decision: Decision | None = None,
    consultation: Consultation | None = None,
) -> Letter:
    """Make a letter of the case, dated `on`, as .docx and PDF; the next version where one was made before.

    The case's own fields are filled in, `fields` are those of the act it belongs to; `decision` is the draft an
    answer tells of, `consultation` who is written to, found by the name where it is not given. For who handles the
    case, or whoever has `right`: the signer's letter is made with the signature.
    Raises `MissingFields` naming what is still empty, ValueError while the agency's remedy organs are not entered.
    """
    kind = KIND_BY_SLUG[kind_slug]
    given = case_fields(request, kind, on, fields) | dict(fields or {})
    plain, addressee = given["文号"], str(given["收件人"])
    numeral = _numeral(request, kind, addressee)
    # Filled in before the case is locked, as that takes a while; anew where its number was taken meanwhile.
    paper = _filled(request, kind, on, given | {"文号": plain + numeral})
    if kind.to != "requester" and consultation is None:
        consultation = request.consultations.filter(name=addressee).order_by("-id").first()
    with acting(by, right, request, letter=kind.slug) as doing:
        InfoRequest.objects.select_for_update(no_key=True).get(pk=request.pk)
        if (now := _numeral(request, kind, addressee)) != numeral:
            paper = _filled(request, kind, on, given | {"文号": plain + now})
        before = Letter.objects.filter(request=request, kind=kind.slug, number=paper.number).count()
        name = f"{kind.title}（{request.number}）"
        letter = Letter(
            request=request,
            kind=kind.slug,
            number=paper.number,
            version=before + 1,
            fields={name: value for name, value in paper.given.items() if name in kind.fields},
            template=paper.template,
            dated=on,
            decision=decision,
            consultation=consultation,
            made_by=by.name,
            made_at=timezone.now(),
        )
        letter.word = keep_made(
            by=by, agency=request.agency, name=f"{name}.docx", content=paper.word, owner=request
        )
        letter.pdf = keep_made(
            by=by, agency=request.agency, name=f"{name}.pdf", content=paper.pdf, owner=request
        )
        letter.save()
        doing.target = request
        doing.detail["version"] = letter.version
    return letter


@dataclass(frozen=True, slots=True)
class _Paper:
    """A letter filled in, not kept yet."""

    given: Mapping[str, Any]
    template: LetterTemplate | None
    word: bytes
    pdf: bytes

    @property
    def number(self) -> str:
        return str(self.given["文号"])


def _filled(request: InfoRequest, kind: LetterKind, on: date, given: Mapping[str, Any]) -> _Paper:
    template, source = template_of(request.agency, kind)
    word = fill(source, kind, given)
    return _Paper(given, template, word, to_pdf(word, on))


def _numeral(request: InfoRequest, kind: LetterKind, addressee: str) -> str:
    """Behind the number of a further letter: to somebody else, of another kind with the same suffix, or after the one
    before went out; nothing behind the first, and behind one that only replaces what was not sent yet."""
    plain = f"{request.number}-{kind.suffix}"
    earlier = [
        one
        for one in Letter.objects.filter(request=request, number__startswith=plain)
        .annotate(out=Exists(Dispatch.objects.filter(letter=OuterRef("pk"))))
        .order_by("-id")
        # 征 begins 征告 too.
        if (rest := one.number.removeprefix(plain)) == "" or rest.isdigit()
    ]
    for one in earlier:
        if one.kind == kind.slug and one.fields.get("收件人") == addressee:
            if not one.out:
                return one.number.removeprefix(plain)
            break
    taken = len({one.number for one in earlier})
    return str(taken + 1) if taken else ""
