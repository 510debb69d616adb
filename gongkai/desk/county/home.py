"""监督: what needs the office today, in sentences; then every agency below it, in figures."""

from __future__ import annotations

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import may
from gongkai.oversight.board.asked import NARROWED, ORDERS, Asked, chosen, is_quiet, said_first
from gongkai.oversight.board.counting import lines_of, report_year
from gongkai.oversight.board.lines import Line

from ..frame import actor_of, of_agency, page

ROWS = 30
REPORT_MARKS = {
    **{"none": "plain", "draft": "plain", "signing": "doing", "published": "due", "elsewhere": "done"},
    **{"handed_in": "done", "returned": "late", "cleared": "done"},
}
"""The kind of mark of each state of a report."""


class BoardForm(forms.Form):
    """What may be asked of the table; what cannot be understood is not asked."""

    use_required_attribute = False
    state = forms.ChoiceField(
        label="哪些机关",
        required=False,
        choices=[("", "全部"), *((slug, word) for slug, (word, _) in NARROWED.items())],
    )
    order = forms.ChoiceField(
        label="怎样排", required=False, choices=[(slug, word) for slug, (word, _) in ORDERS.items()]
    )
    q = forms.CharField(
        label="名称里的字",
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )

    def asked(self) -> Asked:
        """What is asked."""
        self.is_valid()
        given = self.cleaned_data
        words = str(given.get("q") or "").strip()
        return Asked(given.get("state") or "", words, given.get("order") or "urgent")


@require_safe
@of_agency("board.view")
def home(request: HttpRequest, agency: Agency) -> HttpResponse:
    """The board: a fixed number of queries, however many agencies there are."""
    actor = actor_of(request)
    day = actor.day
    form = BoardForm(request.GET)
    asked = form.asked()
    lines = lines_of(agency, day)
    year = report_year(day)
    found = Paginator(chosen(lines, asked, day), ROWS).get_page(request.GET.get("page"))
    return page(
        request,
        agency,
        "county/home",
        "county",
        day=day,
        year=year,
        form=form,
        asked=asked,
        anything=bool(lines),
        count=len(lines),
        said=said_first(lines, year, day),
        page=found,
        rows=[(one, REPORT_MARKS.get(one.report, "plain"), is_quiet(one, day)) for one in found],
        overdue=sum(one.overdue > 0 for one in lines),
        reminds=any(may(actor, "order.issue", one) for one in _nearest(lines, agency)),
    )


def _nearest(lines: list[Line], office: Agency) -> list[Agency]:
    """One agency directly below the office: what may be done there may be done to all."""
    return [one.agency for one in lines if one.agency.supervisor_id == office.pk][:1]


PATTERNS = [path("<slug:agency>/county/", home, name="county")]
