"""复议和诉讼: the register, and table four of a year as it counts today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import may
from gongkai.remedies import queries
from gongkai.remedies.reminding import paper_of

from ..frame import actor_of, of_agency, page

ROWS = 30
CLASSES = (*(label for _, label in queries.RESULTS), "尚未审结", "总计")
STATES = (("", "全部"), (queries.PENDING, "尚未审结"), ("decided", "已经审结"))


class ListForm(forms.Form):
    """What may be asked of the register; what cannot be understood is not asked."""

    use_required_attribute = False

    year = forms.TypedChoiceField(label="年报年度", required=False, coerce=int, empty_value=None)
    track = forms.ChoiceField(label="类别", required=False, choices=[("", "全部"), *queries.TRACKS])
    state = forms.ChoiceField(label="审结没有", required=False, choices=STATES)

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "全部"), *((year, f"{year}年") for year in years)]
        self.fields["year"].choices = choices  # type: ignore[attr-defined]

    def asked(self) -> queries.Asked:
        """What is asked."""
        self.is_valid()
        given = self.cleaned_data
        return queries.Asked(given.get("year"), given.get("track") or "", given.get("state") or "")


@dataclass(frozen=True, slots=True)
class Row:
    """A case as the register shows it; `mark` is the kind of mark of its `state`, `owed` our own paper's last day."""

    case: queries.Remedy
    state: str
    mark: str
    owed: str


def row_of(case: queries.Remedy, year: int | None, day: date) -> Row:
    """The row as of the end of `year`, or as it stands today."""
    if case.cancelled:
        return Row(case, "作废", "plain", "")
    open_then = year is not None and case.decided_on is not None and case.decided_on > date(year, 12, 31)
    if case.decided_on is None or open_then:
        late = case.answer_by is not None and case.answered_on is None and case.answer_by < day
        owed = "" if case.decided_on or case.answered_on or case.answer_by is None else paper_of(case)
        return Row(case, "尚未审结", "late" if late and owed else "doing", owed)
    return Row(case, case.get_result_display(), "done", "")


@require_safe
@of_agency("remedy.view")
def remedies(request: HttpRequest, agency: Agency) -> HttpResponse:
    """The cases, thirty a page, the newest accepted first; with a year its table four above them."""
    actor = actor_of(request)
    form = ListForm(request.GET, years=queries.years_of(agency, actor.day))
    asked = form.asked()
    found = Paginator(queries.listed(agency, asked), ROWS).get_page(request.GET.get("page"))
    year = asked.year or actor.day.year
    return page(
        request,
        agency,
        "remedies/list",
        "remedies",
        form=form,
        asked=asked,
        page=found,
        rows=[row_of(case, asked.year, actor.day) for case in found],
        year=year,
        over=year < actor.day.year,
        classes=CLASSES,
        table=[(label, list(zip(CLASSES, n, strict=True))) for label, n in queries.table_four(agency, year)],
        anything=bool(found.paginator.count) or queries.remedies_of(agency).exists(),
        edits=bool(may(actor, "remedy.edit", agency)),
    )


PATTERNS = [path("<slug:agency>/remedies/", remedies, name="remedies")]
