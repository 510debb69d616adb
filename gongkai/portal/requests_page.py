"""依申请公开: how to ask, the form on paper, answers to what people ask; and what its pages have in common."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from gongkai.agencies.queries import Agency

from .frame import agency_here, column_page
from .keeping import public_page
from .requests_paper import paper_form

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def request_page(request: HttpRequest, agency: Agency, name: str, place: str, **more: Any) -> HttpResponse:
    """One of the pages below 依申请公开, which nobody but its visitor keeps or finds."""
    crumbs = [("依申请公开", reverse("portal:requests", args=[agency.slug])), (place, "")]
    answer = column_page(request, agency, "requests", crumbs, f"request/{name}", **more)
    return private(answer)


def private(answer: HttpResponse) -> HttpResponse:
    """Not to be kept by anybody on the way, nor found by a search engine."""
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer


@public_page()
def requests(request: HttpRequest, agency: str) -> HttpResponse:
    """依申请公开: every way of asking (art. 29), what it costs, and what happens then."""
    found = agency_here(agency)
    return column_page(request, found, "requests", [("依申请公开", "")])


@public_page()
def help_page(request: HttpRequest, agency: str) -> HttpResponse:
    """申请帮助: what people ask about asking."""
    found = agency_here(agency)
    crumbs = [("依申请公开", reverse("portal:requests", args=[agency])), ("申请帮助", "")]
    words: dict[str, Any] = {"most": settings.VISITOR_FILE_MAX_MB}
    return column_page(request, found, "requests", crumbs, "request/help", **words)


@require_safe
@login_not_required
def paper(request: HttpRequest, agency: str) -> HttpResponse:
    """The form on paper, as a file to print."""
    found = agency_here(agency)
    name = content_disposition_header(True, f"{found.name}政府信息公开申请表.docx") or "attachment"
    return HttpResponse(paper_form(found), content_type=_DOCX, headers={"Content-Disposition": name})


_HERE = "zfxxgk/<slug:agency>/requests/"
PATTERNS = [
    path(_HERE, requests, name="requests"),
    path(f"{_HERE}help/", help_page, name="request-help"),
    path(f"{_HERE}form.docx", paper, name="request-paper"),
]
