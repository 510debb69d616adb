"""统计: a year by month, kind and result; agencies below in one table; as .xlsx."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import may
from gongkai.oversight import message_counts as counting
from gongkai.oversight.message_files import XLSX, counts_file, rows_by_end, rows_by_month, shown, title_of

from ..frame import actor_of, of_agency, page

FIRST = 2019
Below = list[tuple[Agency, counting.Counts]]


def _known(request: HttpRequest, year: int) -> None:
    if not FIRST <= year <= actor_of(request).day.year:
        raise Http404


def _below(request: HttpRequest, agency: Agency, year: int) -> Below:
    """The agencies directly below whose figures this person may see."""
    actor = actor_of(request)
    own = [one for one in counting.supervised(agency) if may(actor, "message.count", one)]
    return counting.counts_by_agency(own, year) if own else []


@require_safe
@of_agency("message.count")
def newest(request: HttpRequest, agency: Agency) -> HttpResponse:
    """To the figures of this year."""
    return redirect("desk:message-counts", agency.slug, actor_of(request).day.year)


@require_safe
@of_agency("message.count")
def counts(request: HttpRequest, agency: Agency, year: int) -> HttpResponse:
    """The figures of a year."""
    _known(request, year)
    found = counting.counts_of(agency, year)
    below = [
        (one, c.received, c.answered, c.in_time, c.late, c.ended("open"), shown(c.average()))
        for one, c in _below(request, agency, year)
    ]
    return page(
        request,
        agency,
        "messages/counts",
        "messages",
        year=year,
        years=counting.years_of(agency, actor_of(request).day),
        counts=found,
        average=shown(found.average()),
        open=found.ended("open"),
        kinds=[counting.LABELS[kind] for kind in counting.KINDS],
        months=rows_by_month(found),
        ends=rows_by_end(found),
        below=below,
    )


@require_safe
@of_agency("message.count")
def counts_as_file(request: HttpRequest, agency: Agency, year: int) -> HttpResponse:
    """The figures as a file."""
    _known(request, year)
    content = counts_file(agency, counting.counts_of(agency, year), _below(request, agency, year))
    name = content_disposition_header(True, f"{title_of(agency, year)}.xlsx") or "attachment"
    headers = {"Content-Disposition": name, "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=XLSX, headers=headers)


_ALL = "<slug:agency>/messages/counts/"
PATTERNS = [
    path(_ALL, newest, name="message-counts-newest"),
    path(f"{_ALL}<int:year>/", counts, name="message-counts"),
    path(f"{_ALL}<int:year>/xlsx/", counts_as_file, name="message-counts-file"),
]
