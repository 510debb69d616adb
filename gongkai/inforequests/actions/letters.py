"""制作文书: letters from templates, the office's own where it has one."""

from __future__ import annotations

from collections.abc import Mapping
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
from ..models import Consultation, Decision, Dispatch, InfoRequest, Letter


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
    given["文号"] += _numeral(request, kind, str(given["收件人"]))
    template, source = template_of(request.agency, kind)
    word = fill(source, kind, given)
    pdf = to_pdf(word, on)
    if kind.to != "requester" and consultation is None:
        consultation = request.consultations.filter(name=given["收件人"]).order_by("-id").first()
    with acting(by, right, request, letter=kind.slug) as doing:
        InfoRequest.objects.select_for_update(no_key=True).get(pk=request.pk)
        before = Letter.objects.filter(request=request, kind=kind.slug, number=given["文号"]).count()
        name = f"{kind.title}（{request.number}）"
        letter = Letter(
            request=request,
            kind=kind.slug,
            number=given["文号"],
            version=before + 1,
            fields={name: value for name, value in given.items() if name in kind.fields},
            template=template,
            dated=on,
            decision=decision,
            consultation=consultation,
            made_by=by.name,
            made_at=timezone.now(),
        )
        letter.word = keep_made(
            by=by, agency=request.agency, name=f"{name}.docx", content=word, owner=request
        )
        letter.pdf = keep_made(by=by, agency=request.agency, name=f"{name}.pdf", content=pdf, owner=request)
        letter.save()
        doing.target = request
        doing.detail["version"] = letter.version
    return letter


def _numeral(request: InfoRequest, kind: LetterKind, addressee: str) -> str:
    """Behind the number of a further letter of a kind: to somebody else, or after the one before went out; nothing
    behind the first, and behind one that only replaces what was not sent yet."""
    plain = f"{request.number}-{kind.suffix}"
    earlier = list(
        Letter.objects.filter(request=request, number__startswith=plain, kind=kind.slug)
        .annotate(out=Exists(Dispatch.objects.filter(letter=OuterRef("pk"))))
        .order_by("-id")
    )
    for one in earlier:
        if one.fields.get("收件人") == addressee:
            if not one.out:
                return one.number.removeprefix(plain)
            break
    taken = len({one.number for one in earlier})
    return str(taken + 1) if taken else ""
