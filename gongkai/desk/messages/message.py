"""A message on its page: what it says, the clock, what may be done now, what was done; its files."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import path
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import may
from gongkai.files.queries import Sealed, content_of
from gongkai.oversight import message_queries as queries
from gongkai.oversight.message_clock import LOCAL, clock_of

from ..frame import actor_of, look_at_personal, of_agency, page
from ..links import link
from .listing import mark_of

_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"
RIGHTS = {"approve": "message.review", "send_back": "message.review"}
"""The right of an act that is not simply handling."""


def message_at(agency: Agency, pk: int) -> queries.Message:
    """The message of the agency, or not there."""
    try:
        return queries.message_of(agency, pk)
    except queries.NoMessage as error:
        raise Http404 from error


@require_safe
@of_agency("message.open")
def show(request: HttpRequest, agency: Agency, pk: int) -> HttpResponse:
    """One message."""
    found, actor = message_at(agency, pk), actor_of(request)
    mark, word, _ = mark_of(found, actor.day)
    acts = [
        (slug, queries.MOVES[slug])
        for slug in queries.acts_now(found)
        if may(actor, RIGHTS.get(slug, "message.handle"), found)
    ]
    return page(
        request,
        agency,
        "messages/message",
        "messages",
        message=found,
        mark=mark,
        word=word,
        clock=clock_of(found, actor.day),
        local=LOCAL,
        sender=queries.sender_of(found),
        files=list(queries.files_with(found)),
        acts=acts,
        course=[(one, queries.label_of(one)) for one in queries.course_of(found)],
        inquiries=queries.asked_about(found) if found.about_id else [],
        item=link("item", agency.slug, found.item_id) if found.item_id else "",
        register=link("request-new", agency.slug)
        if found.state == "guided" and may(actor, "requests.register", agency)
        else "",
        code="-".join(found.tracking_code[at : at + 4] for at in (0, 4, 8)),
    )


@require_safe
@of_agency("message.view")
def file(request: HttpRequest, agency: Agency, pk: int, number: UUID) -> HttpResponse:
    """A file that came with it, to be saved; every time is written down, before the first byte goes."""
    found = message_at(agency, pk)
    one = queries.files_with(found).filter(pk=number).first()
    if one is None:
        raise Http404
    look_at_personal(request, "message.open", found, file=str(one.pk), size=one.size)
    try:
        content = content_of(one)
    except Sealed:
        answer = page(request, agency, "file_unreadable", "", file=one)
        answer.status_code = 500
        return answer
    stream: HttpResponse = StreamingHttpResponse(  # type: ignore[assignment]
        content,
        content_type=one.content_type,
        headers={
            "Content-Length": str(one.size),
            "Content-Disposition": content_disposition_header(True, one.name) or "attachment",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": _POLICY,
            "Cache-Control": "private, no-store",
        },
    )
    return stream


_ONE = "<slug:agency>/messages/<int:pk>/"
PATTERNS = [
    path(_ONE, show, name="message"),
    path(f"{_ONE}files/<uuid:number>/", file, name="message-file"),
]
