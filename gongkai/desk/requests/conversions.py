"""转为主动公开: proposed from a case, listed, taken over by a published item or declined (art. 44)."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import may, require
from gongkai.disclosure.converted import items_from
from gongkai.inforequests.actions.conversion import decline, propose, take_over
from gongkai.inforequests.alike import LIKE, alike
from gongkai.inforequests.conversions import STATES, conversion_at, conversion_of, conversions

from ..frame import actor_of, of_agency, page
from .acts import REFUSALS, bound, case_at

ROWS = 30


class ProposeForm(forms.Form):
    """What, and why."""

    use_required_attribute = False
    laws: ClassVar = {"reason": "ogi 44"}
    what = forms.CharField(
        label="公开什么信息",
        max_length=200,
        help_text="写信息的名称，不要写申请人是谁。",
        error_messages={"required": "请写明公开什么信息。", "max_length": "最多 200 个字，请写短一些。"},
    )
    reason = forms.CharField(
        label="为什么",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text="例如：今年有 3 个申请人都申请这份信息，内容可以公开。",
        error_messages={"required": "请写明为什么要转为主动公开。"},
    )
    asked_by_requester = forms.BooleanField(label="是申请人建议的", required=False)


class DecideForm(forms.Form):
    """Where it stands now, or why it is not published."""

    use_required_attribute = False
    item = forms.CharField(
        label="公开在哪里", required=False, max_length=200, help_text="栏目和标题。内容要先审查、后公开。"
    )
    url = forms.CharField(label="地址", required=False, max_length=300, help_text="可以不填。")
    why_not = forms.CharField(
        label="不转的理由", required=False, widget=forms.Textarea(attrs={"rows": 2}), max_length=2000
    )


@require_safe
@of_agency("requests.view")
def listing(request: HttpRequest, agency: Agency) -> HttpResponse:
    """The proposals, the newest first, thirty a page."""
    state = request.GET.get("state", "")
    found = Paginator(conversions(agency, state), ROWS).get_page(request.GET.get("page"))
    return page(request, agency, "requests/conversions", "requests", page=found, states=STATES, state=state)


@require_http_methods(["GET", "POST"])
@of_agency("requests.handle")
def new(request: HttpRequest, agency: Agency, pk: int) -> HttpResponse:
    """提出: from a case; how many ask the same is said already."""
    case = case_at(agency, pk)
    if (standing := conversion_of(case)) is not None:
        return redirect("desk:request-conversion", agency.slug, standing.pk)
    same = [one for one in alike(case) if one.likeness >= LIKE and not one.same_requester]
    first = {"what": case.content[:200]}
    if same:
        numbers = "、".join(one.request.number for one in same)
        first["reason"] = f"另有 {len(same)} 件申请内容相同或者相近：{numbers}。"
    form = ProposeForm(bound(request), initial=first)
    if form.is_bound and form.is_valid():
        try:
            propose(case, by=actor_of(request), **form.cleaned_data)
        except REFUSALS as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "已提出转为主动公开。")
            return redirect("desk:request", agency.slug, case.pk)
    return page(
        request, agency, "requests/paper_new", "requests", case=case, form=form, label="转为主动公开",
        lead="《条例》第四十四条：多个申请人申请同一信息、可以公开的，可以纳入主动公开；申请人也可以建议。",
        button="提出",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@of_agency("requests.view")
def one(request: HttpRequest, agency: Agency, number: int) -> HttpResponse:
    """One proposal: what became of it; written down by the clerk or the OGI head."""
    found = conversion_at(agency, number)
    if found is None:
        raise Http404
    actor = actor_of(request)
    form = DecideForm(bound(request))
    if request.method == "POST":
        require(actor, "requests.convert", found)
        if form.is_valid():
            given = form.cleaned_data
            try:
                if "decline" in request.POST:
                    decline(found, by=actor, why_not=given["why_not"])
                else:
                    take_over(found, by=actor, item=given["item"], url=given["url"])
            except REFUSALS as error:
                form.add_error("why_not" if "decline" in request.POST else "item", str(error))
            else:
                messages.success(request, f"已登记：{found.get_state_display()}。")
                return redirect("desk:request-conversions", agency.slug)
    decides = found.state == "proposed" and bool(may(actor, "requests.convert", found))
    item = items_from(agency, [found.request_id]).get(found.request_id)
    return page(
        request, agency, "requests/conversion", "requests", one=found, form=form, decides=decides, item=item
    )


PATTERNS = [
    path("<slug:agency>/requests/conversions/", listing, name="request-conversions"),
    path("<slug:agency>/requests/conversions/<int:number>/", one, name="request-conversion"),
    path("<slug:agency>/requests/<int:pk>/convert/", new, name="request-convert"),
]
