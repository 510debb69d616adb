"""年度工作: what the year asks for, month by month, with who is in charge and what the records tell."""

from __future__ import annotations

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import may
from gongkai.dictionaries.queries import calendar
from gongkai.oversight.duties.year import Due, duties_of

from ..frame import actor_of, of_agency, page

MARKS = {
    "done": ("done", "已办"),
    "idle": ("plain", "不用办"),
    "late": ("late", "逾期"),
    "soon": ("due", "快到期"),
    "coming": ("plain", "还没到"),
}
"""The kind of mark and the word by state."""


def year_asked(request: HttpRequest) -> int:
    """The year in the address, this year otherwise; not there for years that the law does not know."""
    day = actor_of(request).day
    asked = request.GET.get("year", "")
    if not asked:
        return day.year
    if not (asked.isascii() and asked.isdigit() and len(asked) == 4 and 2019 <= int(asked) <= day.year + 1):
        raise Http404
    return int(asked)


@require_safe
@of_agency("duty.view")
def duties(request: HttpRequest, agency: Agency) -> HttpResponse:
    """The year by month; what is late or at hand first in figures."""
    actor, year = actor_of(request), year_asked(request)
    days = calendar()
    rows = [(due, due.state(actor.day, days)) for due in duties_of(agency, year)]
    mine = {seat.pk for seat in actor.at(agency)}
    told = [(due, MARKS[state], due.seat is not None and due.seat.pk in mine) for due, state in rows]
    months = [(month, list(group)) for month, group in groupby(told, key=lambda row: _month(row[0]))]
    return page(
        request,
        agency,
        "duties/home",
        "oversight",
        year=year,
        years=range(actor.day.year + 1, max(2019, actor.day.year - 4), -1),
        months=months,
        now=f"{actor.day.year}年{actor.day.month}月",
        late=sum(state == "late" for _, state in rows),
        soon=sum(state == "soon" for _, state in rows),
        done=sum(state in ("done", "idle") for _, state in rows),
        all=len(rows),
        edits=bool(may(actor, "duty.edit", agency)),
    )


def _month(due: Due) -> str:
    return f"{due.aim.year}年{due.aim.month}月"


PATTERNS = [path("<slug:agency>/oversight/duties/", duties, name="duties")]
