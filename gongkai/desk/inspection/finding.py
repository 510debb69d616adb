"""A finding: what, where, the rule, what to do; 复查、说明理由."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import may, require
from gongkai.design.fields import DayField
from gongkai.oversight import queries
from gongkai.oversight.actions.explain import CannotExplain, explain, take_back
from gongkai.oversight.actions.hand import CannotHand, hand
from gongkai.oversight.actions.run import recheck
from gongkai.tasks.queries import seats_to_give

from ..frame import actor_of, of_agency, page
from .home import mark_of

FIRST_DAYS = 90
"""For how long an explanation holds until another day is typed."""


def finding_at(agency: Agency, pk: int) -> queries.Finding:
    """The finding of the agency, or not there."""
    try:
        return queries.finding_of(agency, pk)
    except queries.NoFinding as error:
        raise Http404 from error


class ExplainForm(forms.Form):
    """Why it may stay as it is, and until when."""

    use_required_attribute = False
    reason = forms.CharField(
        label="理由",
        max_length=300,
        help_text="写明为什么可以这样、以后怎么办。例如：上级网站改版，链接地址等对方公布后再改。",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写明理由。", "max_length": "理由最多 300 个字，请写短一些。"},
    )
    until = DayField(label="有效到哪一天", help_text="最长一年；过了这一天还能查到，重新列为待整改。")


def _law(rule: Any) -> str:
    """The places the rule rests on, an article with what it says."""
    if rule is None:
        return ""
    return " ".join(f"{ref}：{ref.says}" if ref.article is not None else f"{ref}" for ref in rule.refs)


@require_safe
@of_agency("inspection.view")
def show(request: HttpRequest, agency: Agency, pk: int) -> HttpResponse:
    """One finding."""
    found = finding_at(agency, pk)
    actor = actor_of(request)
    mark, word = mark_of(found)
    return page(
        request,
        agency,
        "inspection/finding",
        "oversight",
        finding=found,
        rule=queries.rule_of(found),
        says=queries.says_of(found),
        law=_law(queries.rule_of(found)),
        mark=mark,
        word=word,
        late=found.state == "open" and found.due_on < actor.day,
        rechecks=bool(may(actor, "inspection.recheck", found)) and found.state != "closed",
        explains=bool(may(actor, "inspection.explain", found)) and found.state != "closed",
        hands=found.state == "open" and bool(may(actor, "inspection.hand", found)),
    )


@require_POST
@of_agency("inspection.recheck")
def check(request: HttpRequest, agency: Agency, pk: int) -> HttpResponse:
    """复查: looked at again now."""
    found = finding_at(agency, pk)
    if found.state == "closed":
        messages.success(request, "这个问题已经销号。")
    elif recheck(found, by=actor_of(request), at=timezone.now()).state == "closed":
        messages.success(request, "复查没有再发现这个问题，已经销号。")
    else:
        messages.error(request, "复查仍然查到这个问题。改好、发布以后再复查；刚发布的，过一分钟再试。")
    return redirect("desk:finding", agency.slug, pk)


@require_http_methods(["GET", "HEAD", "POST"])
@of_agency("inspection.explain")
def explaining(request: HttpRequest, agency: Agency, pk: int) -> HttpResponse:
    """说明理由: accepted until a day."""
    found = finding_at(agency, pk)
    actor = actor_of(request)
    form = ExplainForm(
        request.POST if request.method == "POST" else None,
        initial={"until": actor.day + timedelta(days=FIRST_DAYS)},
    )
    if form.is_bound and form.is_valid():
        given: dict[str, Any] = form.cleaned_data
        try:
            explain(found, by=actor, reason=given["reason"], until=given["until"])
        except CannotExplain as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "已说明理由，到期以前不再列为待整改。")
            return redirect("desk:finding", agency.slug, pk)
    return page(
        request,
        agency,
        "inspection/explain",
        "oversight",
        finding=found,
        rule=queries.rule_of(found),
        form=form,
    )


@require_POST
@of_agency("inspection.explain")
def back(request: HttpRequest, agency: Agency, pk: int) -> HttpResponse:
    """收回说明: open again."""
    try:
        take_back(finding_at(agency, pk), by=actor_of(request))
    except CannotExplain as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "已收回说明，重新列为待整改。")
    return redirect("desk:finding", agency.slug, pk)


class HandForm(forms.Form):
    """To which seat, and why."""

    use_required_attribute = False
    reason = forms.CharField(
        label="为什么转给对方",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="例如：这个栏目由对方股室更新。对方会看到。",
        error_messages={"required": "请写明为什么转给对方。", "max_length": "最多 300 个字，请写短一些。"},
    )
    field_order = ("seat", "reason")

    def __init__(self, seats: Any, data: Any = None) -> None:
        super().__init__(data)
        self.seats = {str(seat.pk): seat for seat in seats}
        self.fields["seat"] = forms.ChoiceField(
            label="转给谁",
            choices=[
                ("", "请选择"),
                *((pk, f"{seat.title}，{seat.person.name}") for pk, seat in self.seats.items()),
            ],
            error_messages={"required": "请选择转给谁。", "invalid_choice": "请从列表里选择转给谁。"},
        )
        self.order_fields(self.field_order)


@require_http_methods(["GET", "HEAD", "POST"])
@of_agency("desk.view")
def handing(request: HttpRequest, agency: Agency, pk: int) -> HttpResponse:
    """转给别的岗位: for who has it, the clerk and the head of the office."""
    found = finding_at(agency, pk)
    actor = actor_of(request)
    require(actor, "inspection.hand", found)
    seats = [seat for seat in seats_to_give(agency) if seat.pk != found.seat_id]
    form = HandForm(seats, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        seat = form.seats[form.cleaned_data["seat"]]
        try:
            hand(found, seat, form.cleaned_data["reason"], by=actor)
        except CannotHand as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"已转给{seat.title}，并已通知。整改期限不变。")
            return redirect("desk:finding", agency.slug, pk)
    return page(request, agency, "inspection/hand", "oversight", finding=found, form=form)


_ONE = "<slug:agency>/oversight/findings/<int:pk>/"
PATTERNS = [
    path(_ONE, show, name="finding"),
    path(f"{_ONE}recheck/", check, name="finding-recheck"),
    path(f"{_ONE}explain/", explaining, name="finding-explain"),
    path(f"{_ONE}hand/", handing, name="finding-hand"),
    path(f"{_ONE}take-back/", back, name="finding-take-back"),
]
