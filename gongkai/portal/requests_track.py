"""查询进度: with number and tracking code, where a request stands; and what its requester may do there."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ClassVar, cast

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.agencies.queries import Agency
from gongkai.files.actions.adding import NotTaken
from gongkai.files.arriving import welcomes_files
from gongkai.files.names import clean_name
from gongkai.files.queries import StoredFile, content_of
from gongkai.inforequests.actions.base import CannotDo, ImpossibleMove
from gongkai.inforequests.actions.limits import TooOften, be_sure_may_ask, count_failure
from gongkai.inforequests.actions.online import send_message, withdraw_online
from gongkai.inforequests.papers import disclosed_papers
from gongkai.inforequests.queries import InfoRequest
from gongkai.inforequests.requester_view import (
    case_of,
    find_case,
    letters_for_requester,
    requester_view,
    title_of,
)
from gongkai.sign_in.asking import address_of

from .frame import agency_here
from .requests_cookies import opened_case, put_case
from .requests_forms import StepForm, line
from .requests_page import request_page

HERE = "查询进度"
_WRONG = "编号和查询码对不上，请对照回执或者提交后的页面核对，再试一次。"
KEPT, KEPT_AT_MOST = "kept", 3000
"""The field that carries an answer over the question for number and code; signs at the most, as the answer's own."""
_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"


class TrackForm(StepForm):
    """Number and code; nothing else tells whose a request is."""

    mark_optional = False
    number = line(
        "申请编号", "在提交后的页面或者登记回执上，例如：某信公开〔2025〕第1号。", most=60, required=True
    )
    code = line("查询码", "12 位字母和数字，大小写都可以，中间的横线可以不写。", most=40, required=True)


class ReplyForm(StepForm):
    """The requester's answer, with a file if there is one."""

    text = forms.CharField(
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "请写明内容。", "max_length": "内容最多 3000 个字；更多的请放在附件里。"},
    )
    upload = forms.FileField(
        label="附件",
        required=False,
        error_messages={"empty": "文件是空的，请重新选择。"},
    )

    LABELS: ClassVar = {
        "clarification": ("补正的内容", "照上面的要求逐点写清楚。"),
        "reasons": ("申请的理由", "说明为什么需要这么多信息、为什么多次申请。"),
        "payment": ("缴费情况", "写明哪一天、用什么方式缴的；可以附上缴费凭证。"),
    }

    def about(self, kind: str) -> ReplyForm:
        """The form worded for what is asked."""
        self.fields["text"].label, self.fields["text"].help_text = self.LABELS[kind]
        most = settings.VISITOR_FILE_MAX_MB
        self.fields["upload"].help_text = f"最大 {most} MB。不要上传有国家秘密标志的文件。"
        return self

    def clean_upload(self) -> object:
        """Not above the visitors' limit."""
        upload = self.cleaned_data["upload"]
        if upload and upload.size > settings.VISITOR_FILE_MAX_MB * 1024 * 1024:
            raise forms.ValidationError(f"文件超过 {settings.VISITOR_FILE_MAX_MB} MB，请换小一些的文件。")
        return upload


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
            case = find_case(found, form.cleaned_data["number"], form.cleaned_data["code"])
            if case is None:
                count_failure(found, address, now)
                raise CannotDo(_WRONG)
        except (TooOften, CannotDo) as error:
            form.add_error(None, str(error))
        else:
            answer = _opened(request, found, case)
            put_case(answer, found, case.pk)
            return answer
    return request_page(request, found, "track", HERE, form=form, kept=_kept(request))


def _kept(request: HttpRequest) -> str:
    """What was typed as an answer when the visit ran out; it comes back once the case is opened again."""
    return str(request.POST.get(KEPT, ""))[:KEPT_AT_MOST]


def _opened(request: HttpRequest, agency: Agency, case: InfoRequest) -> HttpResponse:
    """The case; or the answer that was being typed, to be sent once more, a file to be chosen anew."""
    kept = _kept(request)
    view = requester_view(case, timezone.localdate()) if kept else None
    if view is None or view.ask is None:
        return redirect("portal:request-case", agency.slug)
    form = ReplyForm(initial={"text": kept}).about(view.ask.kind)
    return request_page(request, agency, "reply", HERE, case=case, ask=view.ask, form=form, came_back=True)


OfCase = Callable[..., HttpResponse]


def of_case(view: OfCase) -> OfCase:
    """Only for who opened the case by its code in this browser; others are asked for it."""

    @login_not_required
    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, agency: str, **more: int) -> HttpResponse:
        found = agency_here(agency)
        pk = opened_case(request, found)
        case = case_of(found, pk) if pk is not None else None
        if case is None:
            typed = request.POST.get("text", "")[:KEPT_AT_MOST] if request.method == "POST" else ""
            if typed:
                return request_page(request, found, "track", HERE, form=TrackForm(), kept=typed)
            return redirect("portal:request-track", agency)
        answer = view(request, found, case, **more)
        put_case(answer, found, case.pk)
        return answer

    return guarded


@require_safe
@of_case
def case_page(request: HttpRequest, agency: Agency, case: InfoRequest) -> HttpResponse:
    """Where it stands, what happened, when it is due, what to do, what there is to take home."""
    view = requester_view(case, timezone.localdate())
    letters = [(letter, title_of(letter)) for letter in view.letters]
    return request_page(request, agency, "case", HERE, case=case, view=view, letters=letters)


@require_http_methods(["GET", "POST"])
@of_case
def reply(request: HttpRequest, agency: Agency, case: InfoRequest) -> HttpResponse:
    """补正、说明理由、告知已缴费: what the requester was asked for."""
    view = requester_view(case, timezone.localdate())
    if view.ask is None:
        return redirect("portal:request-case", agency.slug)
    sent = request.method == "POST"
    form = ReplyForm(request.POST if sent else None, request.FILES if sent else None).about(view.ask.kind)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            send_message(case, text=given["text"], upload=given["upload"], now=timezone.now())
        except CannotDo as error:
            form.add_error(None, str(error))
        except NotTaken as error:
            form.add_error("upload", str(error))
        else:
            messages.success(request, "已提交。工作人员确认后登记，请留意电话。")
            return redirect("portal:request-case", agency.slug)
    return request_page(request, agency, "reply", HERE, case=case, ask=view.ask, form=form)


@require_http_methods(["GET", "POST"])
@of_case
def withdraw(request: HttpRequest, agency: Agency, case: InfoRequest) -> HttpResponse:
    """撤回: asks once, and says what follows."""
    if request.method == "POST" and request.POST.get("sure"):
        try:
            withdraw_online(case, now=timezone.now())
        except (CannotDo, ImpossibleMove):
            messages.error(request, "这件申请已经办结，不能撤回。")
        else:
            messages.success(request, "申请已撤回。")
        return redirect("portal:request-case", agency.slug)
    if not requester_view(case, timezone.localdate()).can_withdraw:
        return redirect("portal:request-case", agency.slug)
    return request_page(request, agency, "withdraw", HERE, case=case)


@require_safe
@of_case
def letter(request: HttpRequest, agency: Agency, case: InfoRequest, pk: int) -> HttpResponse:
    """A letter that is the requester's, as PDF."""
    found = next((one for one in letters_for_requester(case) if one.pk == pk), None)
    if found is None:
        raise Http404
    return _to_save(found.pdf, f"{title_of(found)}（{found.number}）.pdf")


@require_safe
@of_case
def paper(request: HttpRequest, agency: Agency, case: InfoRequest, pk: int) -> HttpResponse:
    """Material that was given with an answer that was served."""
    found = next((one for one in disclosed_papers(case) if one.pk == pk), None)
    if found is None:
        raise Http404
    return _to_save(found.file, f"{found.title}.{found.file.ending}")


def _to_save(file: StoredFile, name: str) -> HttpResponse:
    """The content as a file to keep, under a name without signs that a disk would refuse."""
    stream = StreamingHttpResponse(
        content_of(file),
        content_type=file.content_type,
        headers={
            "Content-Length": str(file.size),
            "Content-Disposition": content_disposition_header(True, clean_name(name)) or "attachment",
            "X-Content-Type-Options": "nosniff",
            "X-Robots-Tag": "noindex",
            "Content-Security-Policy": _POLICY,
            "Cache-Control": "private, no-store",
        },
    )
    return cast(HttpResponse, stream)


welcomes_files(reply)
_HERE = "zfxxgk/<slug:agency>/requests/track/"
PATTERNS = [
    path(_HERE, track, name="request-track"),
    path(f"{_HERE}case/", case_page, name="request-case"),
    path(f"{_HERE}case/reply/", reply, name="request-reply"),
    path(f"{_HERE}case/withdraw/", withdraw, name="request-withdraw"),
    path(f"{_HERE}case/letters/<int:pk>/", letter, name="request-letter"),
    path(f"{_HERE}case/papers/<int:pk>/", paper, name="request-given"),
]
