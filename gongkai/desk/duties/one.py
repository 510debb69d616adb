"""One duty of a year: what is to be done by when and why, who is in charge, done or not; ticking it by hand."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import may
from gongkai.oversight.actions.duties import CannotArrange, tick, untick
from gongkai.oversight.duties.year import Due, due_of

from ..frame import actor_of, of_agency, page
from .home import MARKS


class TickForm(forms.Form):
    """How it was done, in a sentence."""

    use_required_attribute = False
    note = forms.CharField(
        label="办理情况",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写明哪一天、怎样办的，例如：3月20日移交县档案馆，收件人甲某。",
        error_messages={"required": "请用一句话写明办理情况。", "max_length": "最多 200 个字，请写短一些。"},
    )


def due_at(agency: Agency, year: int, key: str, part: int) -> Due:
    """The duty, or not there."""
    due = due_of(agency, key, year, part) if 2019 <= year <= 2199 else None
    if due is None:
        raise Http404
    return due


def may_tick(request: HttpRequest, due: Due) -> bool:
    """Whether the reader may tick it: by the seat's right, or as who is in charge."""
    actor = actor_of(request)
    return bool(may(actor, "duty.tick", due.agency) or may(actor, "duty.tick", due.seat))


@require_http_methods(["GET", "HEAD", "POST"])
@of_agency("duty.view")
def duty(request: HttpRequest, agency: Agency, year: int, key: str, part: int) -> HttpResponse:
    """The duty; its form where it is not done."""
    actor, due = actor_of(request), due_at(agency, year, key, part)
    able = may_tick(request, due)
    form = TickForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            tick(due, by=actor, note=form.cleaned_data["note"])
        except CannotArrange as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"已登记：{due.title}。")
            return redirect("desk:duties", agency.slug)
    return page(
        request,
        agency,
        "duties/one",
        "oversight",
        due=due,
        mark=MARKS[due.state(actor.day)],
        form=form if able and due.known is None else None,
        unticks=able and due.known is not None and due.known.by_hand,
        edits=bool(may(actor, "duty.edit", agency)),
        ends=due.local is not None and bool(may(actor, "duty.edit", due.local)),
    )


@require_POST
@of_agency("duty.view")
def duty_untick(request: HttpRequest, agency: Agency, year: int, key: str, part: int) -> HttpResponse:
    """Take the tick back."""
    if untick(due_at(agency, year, key, part), by=actor_of(request)):
        messages.success(request, "已取消登记。")
    return redirect("desk:duty", agency.slug, year, key, part)


_ONE = "<slug:agency>/oversight/duties/<int:year>/<slug:key>/<int:part>/"
PATTERNS = [
    path(_ONE, duty, name="duty"),
    path(f"{_ONE}untick/", duty_untick, name="duty-untick"),
]
