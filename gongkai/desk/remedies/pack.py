"""证据材料卷: one click to all that a case holds, as one PDF or as a .zip with the original files."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_safe

from gongkai.agencies.queries import Agency
from gongkai.inforequests.queries import NoRequest, request_of
from gongkai.remedies.evidence.making import TYPES, TooMuch, name_of, pack

from ..frame import actor_of, look_at_personal, of_agency


@require_safe
@of_agency("desk.view")
def evidence(request: HttpRequest, agency: Agency, pk: int, ending: str) -> HttpResponse:
    """The pack, made now and not kept; every time is written down, before the first byte goes."""
    if ending not in TYPES:
        raise Http404
    try:
        case = request_of(agency, pk)
    except NoRequest as error:
        raise Http404 from error
    look_at_personal(request, "requests.pack", case, ending=ending)
    try:
        made = pack(case, ending, actor_of(request).day)
    except TooMuch as error:
        messages.error(request, str(error))
        return redirect("desk:request", agency.slug, case.pk)
    answer = FileResponse(
        made,
        as_attachment=True,
        filename=name_of(case, ending),
        content_type=TYPES[ending],
    )
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return cast(HttpResponse, answer)


PATTERNS = [
    path("<slug:agency>/requests/<int:pk>/evidence/<slug:ending>/", evidence, name="request-evidence"),
]
