"""收尾登记: what stands open, what each needs before 31 December; confirmed once the year is over."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import may, require
from gongkai.reports import closing
from gongkai.reports.actions.base import CannotPrepare
from gongkai.reports.actions.steps import confirm
from gongkai.reports.queries import marks_of

from ..frame import actor_of, of_agency, page
from ..reports import work_or_404

A_PAGE = 50
STEP = "registers"


class ConfirmForm(forms.Form):
    """The confirmation, of what the page showed."""

    use_required_attribute = False
    words = forms.CharField(
        label="说明",
        required=False,
        max_length=500,
        help_text="例如：结转的 2 件都在征求意见。可以不写。",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": "说明最多 500 个字，请缩短。"},
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)


@require_http_methods(["GET", "HEAD", "POST"])
@of_agency("report.view")
def registers(request: HttpRequest, agency: Agency, year: int) -> HttpResponse:
    """What is open, the requests a page at a time; the button confirms that it was looked through."""
    work, actor, now = work_or_404(agency, year), actor_of(request), timezone.now()
    day = timezone.localdate(now)
    found = closing.registers_of(agency, year)
    form = ConfirmForm(request.POST or None, initial={"seen": found.seen})
    if request.method == "POST":
        require(actor, "report.prepare", work)
        if form.is_valid():
            given = form.cleaned_data
            try:
                confirm(
                    work, STEP, seen=given["seen"], now=found.seen, words=given["words"], by=actor, at=now
                )
            except CannotPrepare as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, "已确认收尾登记。以后登记有变化，这一步会提示再看一遍。")
                return redirect("desk:report", agency.slug, year)
    open_page = Paginator(closing.open_of_year(agency, year), A_PAGE).get_page(request.GET.get("page"))
    mark = marks_of(work).get(STEP)
    return page(
        request,
        agency,
        "yearly/registers",
        "reports",
        work=work,
        form=form,
        found=found,
        open_page=open_page,
        open_rows=closing.in_need(list(open_page), timezone.localdate()),
        unconfirmed=closing.in_need(
            list(closing.unconfirmed_of_year(agency, year)[:A_PAGE]), timezone.localdate()
        ),
        remedies=list(closing.pending_of_year(agency, year)[:A_PAGE]),
        documents=closing.lapsed_documents(agency, year)[:A_PAGE],
        columns=closing.still_columns(agency, day)[:A_PAGE],
        over=day.year > year,
        mark=mark,
        fresh=mark is not None and mark.seen == found.seen,
        may_prepare=bool(may(actor, "report.prepare", work)) and work.archived_at is None,
    )
