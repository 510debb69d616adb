"""查询留言: with number and tracking code, where a message stands, its answer; and turning it into a request."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.agencies.queries import Agency
from gongkai.inforequests.actions.drafts import begin, draft_of, keep_step
from gongkai.inforequests.actions.limits import TooOften as TooManyRequests
from gongkai.inforequests.actions.limits import count_draft as count_request_draft
from gongkai.oversight.actions.message_base import CannotDo
from gongkai.oversight.actions.message_limits import TooOften, be_sure_may_ask, count_failure
from gongkai.oversight.message_clock import clock_of
from gongkai.oversight.message_queries import (
    LOCAL,
    Message,
    case_of,
    find_message,
    newest_of,
    said_to_sender,
)
from gongkai.sign_in.asking import address_of

from .frame import agency_here
from .messages import TRACKING, WRITING, message_page
from .messages_cookies import opened, put_opened, token_of
from .messages_forms import REQUEST, kind_of
from .requests_cookies import put_token as put_request_token
from .requests_forms import StepForm, line

_WRONG = "编号和查询码对不上，请对照提交后的页面核对，再试一次。"


class TrackForm(StepForm):
    """Number and code; nothing else tells whose a message is."""

    mark_optional = False
    number = line("编号", "在提交后的页面上，例如：留〔2026〕1号。", most=60, required=True)
    code = line("查询码", "12 位字母和数字，大小写都可以，中间的横线可以不写。", most=40, required=True)


@require_http_methods(["GET", "POST"])
@login_not_required
@never_cache
def track(request: HttpRequest, agency: str) -> HttpResponse:
    """The question for number and code. The same answer whichever of them is wrong."""
    found, now, address = agency_here(agency), timezone.now(), address_of(request)
    form = TrackForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            be_sure_may_ask(address, now)
            message = find_message(found, form.cleaned_data["number"], form.cleaned_data["code"])
            if message is None:
                count_failure(found, address, now)
                raise CannotDo(_WRONG)
        except (TooOften, CannotDo) as error:
            form.add_error(None, str(error))
        else:
            answer = redirect("portal:message-case", agency)
            put_opened(answer, found, message.pk)
            return answer
    return message_page(request, found, "track", TRACKING, form=form)


def of_message(
    view: Callable[[HttpRequest, Agency, Message], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Only for who opened the message by its code in this browser; others are asked for it."""

    @login_not_required
    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, agency: str) -> HttpResponse:
        found = agency_here(agency)
        pk = opened(request, found)
        message = case_of(found, pk) if pk is not None else None
        if message is None:
            return redirect("portal:message-track", agency)
        answer = view(request, found, message)
        put_opened(answer, found, message.pk)
        return answer

    return guarded


@require_safe
@of_message
def case_page(request: HttpRequest, agency: Agency, message: Message) -> HttpResponse:
    """Where it stands, what happened, the answer."""
    now = newest_of(message)
    return message_page(
        request,
        agency,
        "case",
        TRACKING,
        message=message,
        now=now,
        answer=now.answer if now.state in ("answered", "closed") else "",
        clock=clock_of(now, timezone.localdate()),
        course=said_to_sender(message),
        guided=now.state == "guided",
        local=LOCAL,
    )


@require_http_methods(["GET", "POST"])
@of_message
def case_request(request: HttpRequest, agency: Agency, message: Message) -> HttpResponse:
    """转为信息公开申请: begins the request form with the content filled in; nothing is sent before its end."""
    now = newest_of(message)
    if now.state != "guided":
        return redirect("portal:message-case", agency.slug)
    if request.method == "POST":
        to = now.agency if now.agency.portal_open else agency
        return _begin_request(request, to, now.text)
    return message_page(request, agency, "request", TRACKING, text=now.text, back="portal:message-case")


@require_http_methods(["GET", "POST"])
@login_not_required
@never_cache
def draft_request(request: HttpRequest, agency: str) -> HttpResponse:
    """其实是要信息: explained; with the person's word the request form begins with what was typed so far."""
    found, now = agency_here(agency), timezone.now()
    draft = draft_of(found, token_of(request), now)
    if draft is None:
        return redirect("portal:message-start", agency)
    text = str(draft.steps.get("what", {}).get("text", ""))
    if kind_of(draft) != REQUEST:
        return redirect("portal:message-step", agency, "kind")
    if request.method == "POST":
        return _begin_request(request, found, text)
    return message_page(request, found, "request", WRITING, text=text, back="")


def _begin_request(request: HttpRequest, agency: Agency, text: str) -> HttpResponse:
    now = timezone.now()
    try:
        count_request_draft(agency, address_of(request), now)
    except TooManyRequests as error:
        messages.error(request, str(error))
        return redirect("portal:request-start", agency.slug)
    token = begin(agency, now)
    draft = draft_of(agency, token, now)
    if draft is not None and text:
        what = {"content": text, "document_name": "", "document_number": "", "period": ""}
        keep_step(draft, "what", what)
    answer = redirect("portal:request-step", agency.slug, "kind")
    put_request_token(answer, agency, token)
    return answer


_HERE = "zfxxgk/<slug:agency>/messages/"
PATTERNS = [
    path(f"{_HERE}write-request/", draft_request, name="message-request"),
    path(f"{_HERE}track/", track, name="message-track"),
    path(f"{_HERE}track/case/", case_page, name="message-case"),
    path(f"{_HERE}track/case/request/", case_request, name="message-case-request"),
]
