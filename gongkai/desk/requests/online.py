"""申请人网上提交的: what came by the citizen's own pages for one case, the papers and the answers to what was asked."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.agencies.queries import Agency
from gongkai.design.fields import DayField
from gongkai.inforequests.actions.online import corrected, set_message_aside, take_message
from gongkai.inforequests.messages import RequesterMessage, messages_of, waiting_with
from gongkai.inforequests.papers import papers_from_requester
from gongkai.inforequests.queries import InfoRequest

from ..frame import actor_of, look_at_personal, of_agency, page
from .acts import REFUSALS, after, bound, case_at


class TakeForm(forms.Form):
    """Confirmed with the requester on this day, or put aside with the reason."""

    use_required_attribute = False
    laws: ClassVar = {"on": "ogi 31"}
    on = DayField(
        label="与申请人确认的日期", required=False, help_text="网上提交的，双方确认的那一天算收到。"
    )
    content = forms.CharField(
        label="补正后的申请内容",
        required=False,
        help_text="照申请人补正的写完整；案卷里保留原来的内容。",
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    why = forms.CharField(
        label="不采用的原因",
        required=False,
        max_length=200,
        help_text="只在不采用时填，申请人在查询页能看到，例如：没有查到缴费，已电话告知。",
    )

    def __init__(self, *args: Any, message: RequesterMessage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if message.kind != RequesterMessage.Kind.CLARIFICATION:
            del self.fields["content"]

    def clean(self) -> dict[str, Any]:
        """What the button that was pressed needs."""
        data = super().clean() or {}
        aside = "aside" in self.data
        if aside and not data.get("why"):
            self.add_error("why", "请写明不采用的原因。")
        if not aside and "on" not in self.errors and not data.get("on"):
            self.add_error("on", "请填写与申请人确认的日期。")
        return data


@require_safe
@of_agency("requests.personal")
def online(request: HttpRequest, agency: Agency, pk: int) -> HttpResponse:
    """What the requester uploaded and wrote; every look is written down."""
    case = case_at(agency, pk)
    look_at_personal(request, "requests.personal", case, page=request.path)
    return page(
        request,
        agency,
        "requests/online",
        "requests",
        case=case,
        papers=papers_from_requester(case),
        told=messages_of(case),
    )


@require_http_methods(["GET", "POST"])
@of_agency("requests.handle")
def take(request: HttpRequest, agency: Agency, pk: int, number: int) -> HttpResponse:
    """与申请人确认: the act that follows from what the requester sent is written down, or it is put aside."""
    case = case_at(agency, pk)
    look_at_personal(request, "requests.personal", case, page=request.path)
    message = _message(case, number)
    waiting = waiting_with(message)
    first = {
        "on": actor_of(request).day,
        "content": corrected(case, waiting),
        "seen": max(one.pk for one in waiting),
    }
    form = TakeForm(bound(request), message=message, initial=first)
    if form.is_bound and form.is_valid() and _done(request, form, message):
        case.refresh_from_db()
        after(request, case, message.get_kind_display())
        return redirect("desk:request", agency.slug, case.pk)
    return page(
        request, agency, "requests/online_take", "requests", case=case, one=message, told=waiting, form=form
    )


def _done(request: HttpRequest, form: TakeForm, message: RequesterMessage) -> bool:
    by, given = actor_of(request), form.cleaned_data
    try:
        if "aside" in request.POST:
            set_message_aside(message, by=by, why=given["why"])
        else:
            take_message(
                message, by=by, on=given["on"], content=given.get("content", ""), seen=given.get("seen")
            )
    except REFUSALS as error:
        form.add_error(None, str(error))
        return False
    return True


def _message(case: InfoRequest, number: int) -> RequesterMessage:
    found = messages_of(case).filter(pk=number, taken_on__isnull=True).first()
    if found is None:
        raise Http404
    return found


_CASE = "<slug:agency>/requests/<int:pk>/"
PATTERNS = [
    path(f"{_CASE}online/", online, name="request-online"),
    path(f"{_CASE}online/<int:number>/", take, name="request-online-take"),
]
