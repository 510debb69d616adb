"""消息 of the administrators: the same notices as at an agency's desk, within the administrators' frame."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from gongkai.outbox.queries import NoMessage, notice_of, notices_of
from gongkai.outbox.reading import mark_all_read, mark_read

from .frame import actor_of, of_site, site_page

ROWS = 30
HERE = "site-home"


@require_safe
@of_site("site.view")
def notices(request: HttpRequest) -> HttpResponse:
    """消息: the person's own notices of all desks, unread first."""
    found = Paginator(notices_of(actor_of(request)), ROWS).get_page(request.GET.get("page"))
    return site_page(request, "notices", HERE, page=found)


@require_safe
@of_site("site.view")
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """One notice; opening it marks it as read."""
    try:
        found = notice_of(actor_of(request), None, pk)
    except NoMessage as error:
        raise Http404 from error
    mark_read(found, timezone.now())
    return site_page(request, "notice", HERE, notice=found)


@require_POST
@of_site("site.view")
def read_all(request: HttpRequest) -> HttpResponse:
    """全部标为已读."""
    changed = mark_all_read(actor_of(request), None, timezone.now())
    messages.success(request, f"已把 {changed} 条消息标为已读。" if changed else "没有未读的消息。")
    return redirect("desk:site-notices")


PATTERNS = [
    path("site/notices/", notices, name="site-notices"),
    path("site/notices/read/", read_all, name="site-notices-read"),
    path("site/notices/<int:pk>/", notice, name="site-notice"),
]
