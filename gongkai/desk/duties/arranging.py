"""安排年度工作: a duty of the office's own, an earlier day, who is in charge, the end of a local duty."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.agencies.queries import Agency
from gongkai.agencies.staff import seats_in
from gongkai.oversight.actions.duties import (
    KINDS,
    MOST_AHEAD,
    CannotArrange,
    Wanted,
    add_local,
    end_local,
    put_in_charge,
    set_ahead,
)

from ..frame import actor_of, of_agency, page
from .one import due_at

_MONTHS = [(n, f"{n}月") for n in range(1, 13)]
_DAYS = [(n, f"{n}日") for n in range(1, 32)]


class LocalForm(forms.Form):
    """A duty of the office's own."""

    use_required_attribute = False
    title = forms.CharField(
        label="要做的事",
        max_length=60,
        help_text="例如：报送上半年政务公开工作总结。",
        error_messages={"required": "请写明要做的事。", "max_length": "最多 60 个字，请写短一些。"},
    )
    does = forms.CharField(
        label="怎样做", max_length=200, required=False, help_text="一句话，给办理的人看。可以不填。"
    )
    month = forms.TypedChoiceField(label="哪一月", choices=_MONTHS, coerce=int)
    day = forms.TypedChoiceField(
        label="哪一日", choices=_DAYS, coerce=int, help_text="不上班的，提前到前一个工作日。"
    )
    every = forms.ChoiceField(
        label="每年都做吗",
        choices=[("yes", "每年都做"), ("once", "只做今年这一次"), ("next", "只做明年这一次")],
        widget=forms.RadioSelect,
        initial="yes",
        error_messages=dict.fromkeys(("required", "invalid_choice"), "请选择是不是每年都做。"),
    )
    kind = forms.ChoiceField(label="由谁办理", choices=KINDS, initial="clerk")
    basis = forms.CharField(
        label="依据",
        max_length=200,
        help_text="例如：县政府办公室2026年政务公开工作要点。",
        error_messages={"required": "请写明依据。", "max_length": "最多 200 个字，请写短一些。"},
    )
    below = forms.BooleanField(label="下级机关也要做", required=False)

    def wanted(self, year: int) -> Wanted:
        """What is asked for."""
        given = dict(self.cleaned_data)
        every = given.pop("every")
        return Wanted(**given, year={"yes": None, "once": year, "next": year + 1}[every])


@require_http_methods(["GET", "HEAD", "POST"])
@of_agency("duty.edit")
def duty_new(request: HttpRequest, agency: Agency) -> HttpResponse:
    """Add one."""
    actor = actor_of(request)
    form = LocalForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            add_local(agency, form.wanted(actor.day.year), by=actor)
        except CannotArrange as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"已加进年度工作：{form.cleaned_data['title']}。")
            return redirect("desk:duties", agency.slug)
    return page(request, agency, "duties/new", "oversight", form=form)


class ArrangeForm(forms.Form):
    """An earlier day, and who is in charge."""

    use_required_attribute = False
    ahead = forms.IntegerField(
        label="提前几个工作日",
        min_value=0,
        max_value=MOST_AHEAD,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 6, "autocomplete": "off"}),
        help_text=f"0 到 {MOST_AHEAD}。只能提前，不能推后；对下级机关也有效。",
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), f"请填 0 到 {MOST_AHEAD} 之间的整数。"
        ),
    )
    reason = forms.CharField(
        label="为什么提前",
        max_length=200,
        required=False,
        help_text="例如：县政府办公室要求1月15日前报送。不提前的不用填。",
    )

    def __init__(self, *args: Any, seats: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        able = [(seat.pk, f"{seat.title}（{seat.person.name if seat.person else '空缺'}）") for seat in seats]
        self.fields["seat"] = forms.TypedChoiceField(
            label="由哪个岗位办理",
            choices=[("", "平台的安排"), *able],
            required=False,
            coerce=int,
            empty_value=None,
        )

    def clean(self) -> dict[str, Any]:
        """A reason is given for what is put forward."""
        given = super().clean() or {}
        if given.get("ahead") and not (given.get("reason") or "").strip():
            self.add_error("reason", "请写明为什么提前。")
        return given


@require_http_methods(["GET", "HEAD", "POST"])
@of_agency("duty.edit")
def duty_arrange(request: HttpRequest, agency: Agency, year: int, key: str, part: int) -> HttpResponse:
    """Arrange one."""
    actor, due = actor_of(request), due_at(agency, year, key, part)
    seats = seats_in(agency)
    form = ArrangeForm(
        request.POST if request.method == "POST" else None,
        seats=seats,
        initial={"ahead": due.ahead, "reason": due.earlier.partition("：")[2], "seat": due.named},
    )
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            if given["ahead"] != due.ahead:
                reason = given["reason"] or "恢复平台的日期"
                set_ahead(agency, key, by=actor, ahead=given["ahead"], reason=reason)
            if given["seat"] != due.named:
                seat = next((one for one in seats if one.pk == given["seat"]), None)
                put_in_charge(agency, key, seat, by=actor)
        except CannotArrange as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "已按您的安排改好。")
            return redirect("desk:duty", agency.slug, year, key, part)
    return page(request, agency, "duties/arrange", "oversight", due=due, form=form)


@require_POST
@of_agency("duty.edit")
def duty_end(request: HttpRequest, agency: Agency, year: int, key: str, part: int) -> HttpResponse:
    """A local duty is no more."""
    due = due_at(agency, year, key, part)
    if due.local is None:
        raise Http404
    try:
        end_local(due.local, by=actor_of(request))
    except CannotArrange as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"已取消：{due.title}。")
    return redirect("desk:duties", agency.slug)


_ONE = "<slug:agency>/oversight/duties/<int:year>/<slug:key>/<int:part>/"
PATTERNS = [
    path("<slug:agency>/oversight/duties/new/", duty_new, name="duty-new"),
    path(f"{_ONE}arrange/", duty_arrange, name="duty-arrange"),
    path(f"{_ONE}end/", duty_end, name="duty-end"),
]
