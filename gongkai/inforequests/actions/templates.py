"""文书模板: an office's own Word templates, checked when they come in, put to use after a look, kept in versions."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Agency
from gongkai.agencies.rights import acting, require
from gongkai.files.actions.adding import examine
from gongkai.files.actions.made import keep_made

from ..letters.catalogue import KIND_BY_SLUG
from ..letters.checking import check_template
from ..letters.template import without_legend
from ..models import LetterTemplate

RIGHT = "requests.templates"


def add_template(
    agency: Agency, kind_slug: str, *, by: Actor, upload: UploadedFile[Any], confirmed: bool = False
) -> LetterTemplate:
    """Keep a template an office edited in Word, checked but not in use yet: first it is looked at.

    For the clerk and the OGI head. Raises `NotTaken` as every upload does (macros, viruses, secrecy marks), and
    `BadTemplate` with everything there is to mend.
    """
    require(by, RIGHT, agency)
    examine(by=by, agency=agency, upload=upload, confirmed=confirmed)
    upload.seek(0)
    return keep_template(agency, kind_slug, by=by, content=upload.read())


def keep_template(agency: Agency, kind_slug: str, *, by: Actor, content: bytes) -> LetterTemplate:
    """The examined template as the next version of its kind. Raises `BadTemplate`, `NotAllowed`."""
    kind = KIND_BY_SLUG[kind_slug]
    content = without_legend(content)
    notes = check_template(content, kind)
    with acting(by, RIGHT, agency, kind=kind.slug) as doing:
        Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)
        version = LetterTemplate.objects.filter(agency=agency, kind=kind.slug).count() + 1
        name = f"{kind.title}模板第{version}版.docx"
        made = LetterTemplate.objects.create(
            agency=agency,
            kind=kind.slug,
            version=version,
            note=" ".join(notes)[:300],
            file=keep_made(by=by, agency=agency, name=name, content=content, owner=agency),
            added_by=by.name,
            added_at=timezone.now(),
        )
        doing.detail |= {"version": version, "done": "上传"}
    return made


def put_to_use(template: LetterTemplate, *, by: Actor) -> None:
    """Make letters of its kind from this version from now on; letters already made stay as they are."""
    with acting(by, RIGHT, template.agency, kind=template.kind, version=template.version, done="启用"):
        Agency.objects.select_for_update(no_key=True).get(pk=template.agency_id)
        of_kind = LetterTemplate.objects.filter(agency=template.agency, kind=template.kind)
        of_kind.filter(in_use=True).exclude(pk=template.pk).update(in_use=False)
        of_kind.filter(pk=template.pk).update(in_use=True)
    template.refresh_from_db()


def use_default(agency: Agency, kind_slug: str, *, by: Actor) -> None:
    """Go back to the platform's own template of this kind; the office's versions stay."""
    with acting(by, RIGHT, agency, kind=KIND_BY_SLUG[kind_slug].slug, done="用回平台模板"):
        Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)
        LetterTemplate.objects.filter(agency=agency, kind=kind_slug, in_use=True).update(in_use=False)
