"""移交档案馆、图书馆: the list of a year's publications, and what was handed over (条例第二十五条)."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import may
from gongkai.design.fields import DayField
from gongkai.disclosure.actions.base import CannotDo
from gongkai.disclosure.actions.transferring import hand_over, newest_handed
from gongkai.disclosure.transfers import (
    FORMS,
    MOST_IN_WORD,
    Transfer,
    handed_over,
    heading,
    list_of,
    pieces,
    to_hand_over,
)

from ..frame import actor_of, of_agency, page

ROWS = 30
YEARS = 10


class HandOverForm(forms.Form):
    """To whom and when."""

    use_required_attribute = False
    to = forms.ChoiceField(
        label="移交给",
        choices=Transfer.To.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择移交给谁。", "invalid_choice": "请选择移交给谁。"},
    )
    receiver = forms.CharField(
        label="接收单位和接收人",
        max_length=100,
        help_text="例如：县档案馆 甲某。",
        error_messages={"required": "请写明接收单位和接收人。", "max_length": "最多 100 个字，请写短一些。"},
    )
    handed_on = DayField(label="移交日期")
    whole = forms.BooleanField(
        label="这次移交的是全年的，以前移交过的也在内",
        required=False,
        help_text="一般不用勾选：移交过的不再列。",
    )


def _years(today_year: int) -> list[int]:
    return list(range(today_year, today_year - YEARS, -1))


def _year(request: HttpRequest, today_year: int) -> int:
    asked = request.GET.get("year", "")
    return int(asked) if asked in map(str, _years(today_year)) else today_year


def _left(agency: Agency, year: int) -> list[tuple[str, str, int]]:
    """For each receiver: how many publications of the year it does not have yet."""
    return [
        (to, label, to_hand_over(agency, year, newest_handed(agency, year, to)).count())
        for to, label in Transfer.To.choices
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@of_agency("disclosure.transfer")
def transfers(request: HttpRequest, agency: Agency) -> HttpResponse:
    """The list to download, the hand-over to write down, the hand-overs there were."""
    actor = actor_of(request)
    year = _year(request, actor.day.year)
    form = HandOverForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        given: dict[str, Any] = form.cleaned_data
        try:
            made = hand_over(agency, year, by=actor, **given)
        except CannotDo as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"已登记：{made}，{made.count} 条。")
            return redirect(f"{reverse('desk:transfers', args=[agency.slug])}?year={year}")
    return page(
        request,
        agency,
        "registers/transfers",
        "items",
        form=form,
        year=year,
        years=_years(actor.day.year),
        count=to_hand_over(agency, year).count(),
        left=_left(agency, year),
        most_in_word=MOST_IN_WORD,
        page=Paginator(handed_over(agency), ROWS).get_page(request.GET.get("page")),
        reads=bool(may(actor, "file.read", agency)),
    )


@require_safe
@of_agency("disclosure.transfer")
def transfer_list(request: HttpRequest, agency: Agency, year: int, ending: str) -> HttpResponse:
    """The list as a file: of the whole year, or of what one receiver does not have yet (`to`)."""
    if ending not in FORMS or year not in _years(actor_of(request).day.year):
        raise Http404
    to = request.GET.get("to", "")
    after = newest_handed(agency, year, to) if to in Transfer.To.values else 0
    if ending == "docx" and to_hand_over(agency, year, after).count() > MOST_IN_WORD:
        messages.error(request, f"超过 {MOST_IN_WORD} 条的清单请下载 .xlsx。")
        return redirect(f"{reverse('desk:transfers', args=[agency.slug])}?year={year}")
    name = content_disposition_header(True, f"{heading(agency, year)}.{ending}") or "attachment"
    headers = {"Content-Disposition": name, "Cache-Control": "private, no-store"}
    content = pieces(list_of(agency, year, ending, after))
    return cast(HttpResponse, StreamingHttpResponse(content, content_type=FORMS[ending], headers=headers))


PATTERNS = [
    path("<slug:agency>/registers/transfers/", transfers, name="transfers"),
    path("<slug:agency>/registers/transfers/<int:year>/<slug:ending>/", transfer_list, name="transfer-list"),
]
