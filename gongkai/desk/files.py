"""文件: handing out private files."""

from __future__ import annotations

import logging
from typing import cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import URLPattern, path
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import may
from gongkai.files.queries import NoFile, Sealed, StoredFile, content_of, file_of
from gongkai.sign_in.asking import actor_of

from .frame import look_at_personal, of_agency, page

log = logging.getLogger(__name__)
OWN_WAY = ("oversight.message", "oversight.assessmentresult")
"""Things whose files are handed out on their own pages, to fewer people."""
_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"


@require_safe
@of_agency("desk.view")
def hand_out(request: HttpRequest, agency: Agency, number: UUID) -> HttpResponse:
    """The file as it came, to be saved; every time is written down, before the first byte goes."""
    file = _file_or_404(request, agency, number)
    look_at_personal(request, "file.read", file, size=file.size)
    try:
        content = content_of(file)
    except Sealed as error:
        log.error("file %s cannot be opened: %s", file.pk, error)
        answer = page(request, agency, "file_unreadable", "", file=file)
        answer.status_code = 500
        return answer
    stream = StreamingHttpResponse(
        content,
        content_type=file.content_type,
        headers={
            "Content-Length": str(file.size),
            "Content-Disposition": content_disposition_header(True, file.name) or "attachment",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": _POLICY,
            "Cache-Control": "private, no-store",
        },
    )
    return cast(HttpResponse, stream)


def _file_or_404(request: HttpRequest, agency: Agency, number: UUID) -> StoredFile:
    """The agency's own file, or one of an agency merged into it that the person may read."""
    try:
        file = file_of(number)
    except NoFile as error:
        raise Http404 from error
    if file.owner_kind in OWN_WAY:
        raise Http404
    if file.agency_id != agency.pk and not may(actor_of(request), "file.read", file):
        raise Http404
    return file


PATTERNS: list[URLPattern] = [
    path("<slug:agency>/files/<uuid:number>/", hand_out, name="file"),
]
