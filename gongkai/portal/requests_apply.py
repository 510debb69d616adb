"""在线申请: the form in steps, kept on the server between them, and its end: the number and the tracking code."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.agencies.queries import Agency
from gongkai.files.actions.adding import NotTaken
from gongkai.files.arriving import welcomes_files
from gongkai.inforequests.actions.base import CannotDo
from gongkai.inforequests.actions.drafts import Draft, attach, begin, detach, draft_of, drop, keep_step
from gongkai.inforequests.actions.limits import TooOften, count_draft, count_submission
from gongkai.inforequests.actions.online import submit_online, submitted_with
from gongkai.inforequests.queries import InfoRequest
from gongkai.sign_in.asking import address_of

from .frame import agency_here
from .requests_cookies import CASE, DRAFT, forget, put_case, put_token, token_of
from .requests_forms import StepForm, UploadForm
from .requests_page import request_page
from .requests_steps import STEPS, TITLES, first_open, form_of, intake_of, lacking, shown

CODE_SHOWN = timedelta(minutes=15)
"""How long after the submission the page with the tracking code can be loaded again."""
HERE = "在线申请"


@require_http_methods(["GET", "POST"])
@login_not_required
@never_cache
def start(request: HttpRequest, agency: str) -> HttpResponse:
    """What one needs, what is done with one's data, and the button to begin."""
    found, now = agency_here(agency), timezone.now()
    draft = draft_of(found, token_of(request), now)
    said = ""
    if request.method == "POST" and not found.ended_on:
        try:
            count_draft(found, address_of(request), now)
        except TooOften as error:
            said = str(error)
        else:
            if draft is not None:
                drop(draft.row, now, "申请人重新填写")
            answer: HttpResponse = redirect("portal:request-step", agency, STEPS[0])
            put_token(answer, found, begin(found, now))
            return answer
    return request_page(request, found, "start", HERE, draft=draft, said=said, gone="gone" in request.GET)


@require_http_methods(["GET", "POST"])
@login_not_required
@never_cache
def step(request: HttpRequest, agency: str, step: str) -> HttpResponse:
    """One step. Going back loses nothing; going ahead past what is missing leads to it."""
    found, now = agency_here(agency), timezone.now()
    if step not in STEPS:
        raise Http404
    draft = draft_of(found, token_of(request), now)
    if draft is None:
        return _no_draft(request, found)
    if STEPS.index(step) > STEPS.index(first := first_open(draft)):
        return redirect("portal:request-step", agency, first)
    if step == "files":
        return _files(request, draft, now)
    if step == "check":
        return _check(request, draft, now)
    form = form_of(draft, step, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        keep_step(draft, step, form.cleaned_data)
        return _after(draft, step)
    return _step_page(request, draft, step, form)


def _after(draft: Draft, step: str) -> HttpResponse:
    """The step that follows; straight back to the last look where that was reached before."""
    if first_open(draft) == STEPS[-1]:
        return redirect("portal:request-step", draft.agency.slug, STEPS[-1])
    return redirect("portal:request-step", draft.agency.slug, STEPS[STEPS.index(step) + 1])


def _no_draft(request: HttpRequest, agency: Agency) -> HttpResponse:
    """The form was submitted already, or is over a day old, or was never begun."""
    if submitted_with(agency, token_of(request)) is not None:
        return redirect("portal:request-done", agency.slug)
    return redirect(reverse("portal:request-start", args=[agency.slug]) + "?gone")


def _step_page(request: HttpRequest, draft: Draft, step: str, form: StepForm, **more: Any) -> HttpResponse:
    number = STEPS.index(step)
    return request_page(
        request,
        draft.agency,
        f"step_{step}" if step in ("files", "check") else "step",
        HERE,
        form=form,
        step=step,
        title=TITLES[step],
        number=number + 1,
        count=len(STEPS),
        all_steps=range(1, len(STEPS) + 1),
        back=STEPS[number - 1] if number else "",
        **more,
    )


def _files(request: HttpRequest, draft: Draft, now: datetime) -> HttpResponse:
    """附件: a file is uploaded or taken out, and the page is there again; or it goes on."""
    here = redirect("portal:request-step", draft.agency.slug, "files")
    upload, form = UploadForm(), form_of(draft, "files")
    if "drop" in request.POST:
        try:
            detach(draft, UUID(request.POST["drop"]), now)
        except ValueError:
            raise Http404 from None
        return here
    if "add" in request.POST or "upload" in request.FILES:
        # A file that was chosen is taken, whichever button was pressed.
        upload = UploadForm(request.POST, request.FILES)
        taken = upload.is_valid() and _attached(draft, upload, now)
        if taken and "add" in request.POST:
            return here
    else:
        taken = True
    if request.method == "POST" and taken:
        form = form_of(draft, "files", request.POST)
        if form.is_valid():
            keep_step(draft, "files", form.cleaned_data)
            return _after(draft, "files")
    return _step_page(
        request,
        draft,
        "files",
        form,
        upload=upload,
        files=draft.files,
        lacking=lacking(draft),
        most=settings.VISITOR_FILE_MAX_MB,
    )


def _attached(draft: Draft, form: UploadForm, now: datetime) -> bool:
    try:
        attach(draft, form.cleaned_data["kind"], form.cleaned_data["upload"], now)
    except NotTaken as error:
        form.add_error("upload", str(error))
        return False
    return True


def _check(request: HttpRequest, draft: Draft, now: datetime) -> HttpResponse:
    """核对: all that was filled in, and the button that submits it, once."""
    form = form_of(draft, "check", request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            _be_sure_a_person(form.cleaned_data["website"], draft, now)
            count_submission(draft.agency, address_of(request), now)
            submit_online(draft, **intake_of(draft), now=now)
        except (CannotDo, TooOften) as error:
            form.add_error(None, str(error))
        else:
            return redirect("portal:request-done", draft.agency.slug)
    return _step_page(request, draft, "check", form, parts=shown(draft))


def _be_sure_a_person(website: str, draft: Draft, now: datetime) -> None:
    """A field no person sees is empty, and no person fills in six pages in a few seconds."""
    if website:
        raise CannotDo("“网址”一栏请留空，再提交一次。还是不行的，请当面提交或者邮寄申请表。")
    if now - draft.row.started_at < timedelta(seconds=settings.REQUEST_FORM_SECONDS):
        raise CannotDo("填写得太快，请再核对一遍，过几秒钟再提交。")


@require_safe
@login_not_required
@never_cache
def done(request: HttpRequest, agency: str) -> HttpResponse:
    """完成: the number and, for a quarter of an hour in this browser only, the tracking code."""
    found = agency_here(agency)
    case = submitted_with(found, token_of(request))
    if case is None:
        return redirect("portal:request-start", agency)
    fresh = timezone.now() - _entered(case) < CODE_SHOWN
    code = "-".join(case.tracking_code[at : at + 4] for at in (0, 4, 8)) if fresh else ""
    answer = request_page(request, found, "done", HERE, case=case, fresh=fresh, code=code)
    if fresh:
        put_case(answer, found, case.pk)
    return answer


def _entered(case: InfoRequest) -> datetime:
    at: datetime = case.events.earliest("serial").at
    return at


@require_POST
@login_not_required
def leave(request: HttpRequest, agency: str) -> HttpResponse:
    """离开: the form is thrown away and this browser forgets everything; for computers that others use too."""
    found, now = agency_here(agency), timezone.now()
    draft = draft_of(found, token_of(request), now)
    if draft is not None:
        drop(draft.row, now, "申请人放弃填写")
    answer = redirect("portal:requests", agency)
    forget(answer, found, DRAFT, CASE)
    return answer


welcomes_files(step)
_HERE = "zfxxgk/<slug:agency>/requests/"
PATTERNS = [
    path(f"{_HERE}apply/", start, name="request-start"),
    path(f"{_HERE}apply/<slug:step>/", step, name="request-step"),
    path(f"{_HERE}done/", done, name="request-done"),
    path(f"{_HERE}leave/", leave, name="request-leave"),
]
