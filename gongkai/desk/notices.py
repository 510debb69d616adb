"""消息: what the person has been told. Tasks and the outbox stand beside it and share its list of addresses."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from gongkai.agencies.queries import Agency
from gongkai.outbox.queries import NoMessage, notice_of, notices_of, unread_count
from gongkai.outbox.reading import mark_all_read, mark_read

from . import outbox, tasks
from .frame import actor_of, of_agency, page

ROWS = 30


@require_safe
@of_agency("desk.view")
def notices(request: HttpRequest, agency: Agency) -> HttpResponse:
    """消息: the person's own notices, unread first."""
    actor = actor_of(request)
    found = Paginator(notices_of(actor, agency), ROWS).get_page(request.GET.get("page"))
    return page(request, agency, "notices/list", "notices", page=found, unread=unread_count(actor, agency))


@require_safe
@of_agency("desk.view")
def notice(request: HttpRequest, agency: Agency, pk: int) -> HttpResponse:
    """One notice; opening it marks it as read."""
    try:
        found = notice_of(actor_of(request), agency, pk)
    except NoMessage as error:
        raise Http404 from error
    mark_read(found, timezone.now())
    return page(request, agency, "notices/one", "notices", notice=found)


@require_POST
@of_agency("desk.view")
def read_all(request: HttpRequest, agency: Agency) -> HttpResponse:
    """全部标为已读."""
    changed = mark_all_read(actor_of(request), agency, timezone.now())
    messages.success(request, f"已把 {changed} 条消息标为已读。" if changed else "没有未读的消息。")
    return redirect("desk:notices", agency.slug)


PATTERNS = [
    path("<slug:agency>/notices/", notices, name="notices"),
    path("<slug:agency>/notices/read/", read_all, name="notices-read"),
    path("<slug:agency>/notices/<int:pk>/", notice, name="notice"),
    *tasks.PATTERNS,
    *outbox.PATTERNS,
]
