"""今日寄发: everything that has to go out on one page, its print, its envelopes, its numbers entered at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.agencies.actor import Actor
from gongkai.agencies.queries import Agency
from gongkai.inforequests.actions.service import send_out
from gongkai.inforequests.despatch import MOST, Outgoing, number_used, outgoing, waiting_count
from gongkai.inforequests.letters.printing import SIZES, day_print, envelopes
from gongkai.inforequests.reach import lacks
from gongkai.statute.service import BY_SLUG

from ..frame import actor_of, look_at_personal, of_agency, page
from .acts import REFUSALS, bound
from .sending_forms import DayForm, RowForm, Rows
from .service import wish_of

RIGHT = "requests.handle"


@require_http_methods(["GET", "POST"])
@of_agency(RIGHT)
def day(request: HttpRequest, agency: Agency) -> HttpResponse:
    """今日寄发: the letters waiting; what was posted is entered for all of them in one form."""
    actor = actor_of(request)
    rows = outgoing(agency)
    look_at_personal(request, "requests.personal", agency, page=request.path, letters=len(rows))
    form = DayForm(bound(request), initial={"on": actor.day})
    formset = Rows(bound(request), prefix="rows", initial=[_initial(row) for row in rows])
    saved: list[str] = []
    if request.method == "POST" and form.is_valid() & formset.is_valid():
        saved = _saved(formset.forms, rows, form, actor)
        wrong = sum(bool(one.errors) for one in formset.forms)
        if saved:
            messages.success(request, f"已登记寄发 {len(saved)} 件：{'、'.join(saved)}。")
        if not saved and not wrong:
            form.add_error(None, "还没有填写任何一件。请在寄出的那几件后面填写邮件号码或者签收人，再保存。")
        elif not wrong:
            return redirect("desk:outgoing", agency.slug)
    left = [row for row in rows if row.letter.number not in saved]
    return page(
        request, agency, "requests/outgoing", "requests",
        form=form, formset=formset, lines=_lines(formset.forms, left), sizes=SIZES.values(),
        saved=saved, count=waiting_count(agency) if len(rows) == MOST else len(left), most=MOST,
    )  # fmt: skip


def _initial(row: Outgoing) -> dict[str, Any]:
    way = wish_of(row.wish).get("how", "ems")
    return {"letter": row.letter.pk, "way": way}


def _lines(forms: Sequence[RowForm], rows: Sequence[Outgoing]) -> list[tuple[int, Outgoing, RowForm]]:
    """Each letter with its line of the form, typed or new, and the line's number, which messages name."""
    by_letter = {str(form["letter"].value()): (n, form) for n, form in enumerate(forms, start=1)}
    found = [(row, by_letter.get(str(row.letter.pk))) for row in rows]
    return [(own[0], row, own[1]) for row, own in found if own]


def _saved(forms: Sequence[RowForm], rows: Sequence[Outgoing], day_form: DayForm, actor: Actor) -> list[str]:
    """Write down each row that was filled in, every one by itself: a wrong one keeps what was typed and holds up no
    other. The numbers of the letters that are saved."""
    waiting = {row.letter.pk: row for row in rows}
    saved: list[str] = []
    numbers: dict[str, int] = {}
    for form in forms:
        row = waiting.get(form.cleaned_data.get("letter") or 0)
        proof, way = form.cleaned_data.get("proof", ""), BY_SLUG.get(form.cleaned_data.get("way", ""))
        if row is None or not proof:
            continue
        if way is None:
            form.add_error("way", "请选择寄发方式。")
            continue
        if row.kind.to == "requester" and (lacking := lacks(row.letter.request, way.slug)):
            form.add_error("proof", f"没有登记{lacking}，请点开这件文书单独登记，写明寄到哪里。")
            continue
        case = row.letter.request_id
        by_mail = way.needs[0] == "mail_number"
        if by_mail and (numbers.setdefault(proof, case) != case or number_used(row.letter, proof)):
            form.add_error("proof", f"邮件号码{proof}已经用在别的申请上，请核对。")
            continue
        try:
            send_out(row.letter, form.sending(day_form.cleaned_data["on"]), by=actor)
        except REFUSALS as error:
            form.add_error("proof", str(error))
        else:
            saved.append(row.letter.number)
    return saved


def _chosen(request: HttpRequest, agency: Agency) -> list[Outgoing]:
    rows = outgoing(agency)
    if not rows:
        raise Http404
    numbers = [row.letter.number for row in rows]
    look_at_personal(request, "requests.personal", agency, page=request.path, letters=numbers)
    return rows


@require_safe
@of_agency(RIGHT)
def print_day(request: HttpRequest, agency: Agency) -> HttpResponse:
    """The list and all letters in one PDF, for printing on both sides."""
    rows, on = _chosen(request, agency), actor_of(request).day
    return _pdf(day_print(agency, rows, on), f"今日寄发{on:%Y%m%d}.pdf")


@require_safe
@of_agency(RIGHT)
def print_envelopes(request: HttpRequest, agency: Agency, size: str) -> HttpResponse:
    """The envelopes, of one size."""
    if size not in SIZES:
        raise Http404
    rows, on = _chosen(request, agency), actor_of(request).day
    return _pdf(envelopes(agency, rows, SIZES[size], on), f"信封{on:%Y%m%d}.pdf")


def _pdf(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


_OWN = "<slug:agency>/outgoing/"
PATTERNS = [
    path(_OWN, day, name="outgoing"),
    path(f"{_OWN}print/", print_day, name="outgoing-print"),
    path(f"{_OWN}envelopes/<slug:size>/", print_envelopes, name="outgoing-envelopes"),
]
