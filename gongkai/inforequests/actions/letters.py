"""制作文书、上传模板: letters from templates, the office's own where it has one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Agency
from gongkai.agencies.rights import acting
from gongkai.files.actions.made import keep_made

from ..letters.catalogue import KIND_BY_SLUG
from ..letters.fields import case_fields
from ..letters.preview import template_of
from ..letters.rendering import fill, to_pdf
from ..letters.template import check_template
from ..models import InfoRequest, Letter, LetterTemplate


def make_letter(
    request: InfoRequest,
    kind_slug: str,
    *,
    by: Actor,
    on: date,
    fields: Mapping[str, Any] | None = None,
    right: str = "requests.draft",
) -> Letter:
    """Make a letter of the case, dated `on`, as .docx and PDF; the next version where one was made before.

    The case's own fields are filled in, `fields` are those of the act it belongs to. For who handles the case, or
    whoever has `right`: the signer's letter is made with the signature.
    Raises `MissingFields` naming what is still empty, ValueError while the agency's remedy organs are not entered.
    """
    kind = KIND_BY_SLUG[kind_slug]
    given = case_fields(request, kind, on) | dict(fields or {})
    template, source = template_of(request.agency, kind)
    word = fill(source, kind, given)
    pdf = to_pdf(word, on)
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


def use_template(agency: Agency, kind_slug: str, *, by: Actor, content: bytes) -> LetterTemplate:
    """Take an office's own template into use, after it was checked; the one before stays on file.

    For the clerk and the OGI head. Raises `BadTemplate` with everything there is to mend.
    """
    kind = KIND_BY_SLUG[kind_slug]
    check_template(content, kind)
    with acting(by, "requests.templates", agency, kind=kind.slug) as doing:
        Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)
        earlier = LetterTemplate.objects.filter(agency=agency, kind=kind.slug)
        version = earlier.count() + 1
        earlier.filter(in_use=True).update(in_use=False)
        file = keep_made(
            by=by, agency=agency, name=f"{kind.title}模板第{version}版.docx", content=content, owner=agency
        )
        made = LetterTemplate.objects.create(
            agency=agency,
            kind=kind.slug,
            version=version,
            file=file,
            added_by=by.name,
            added_at=timezone.now(),
        )
        doing.detail["version"] = version
    return made
