"""互动交流: 写留言、提意见、投诉举报, without an account and step by step."""

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
from gongkai.inforequests.actions.drafts import (
    Draft,
    attach,
    begin,
    detach,
    draft_of,
    drop,
    keep_step,
    system_actor,
)
from gongkai.oversight.actions.message_base import CannotDo
from gongkai.oversight.actions.message_limits import TooOften, count_draft, count_submission
from gongkai.oversight.actions.messages import MOST_FILES, Told, handled_by, submit_online, submitted_with
from gongkai.oversight.message_queries import LOCAL, course_of, periods_for
from gongkai.sign_in.asking import address_of

from .frame import agency_here, column_page
from .keeping import public_page
from .messages_cookies import CASE, DRAFT, forget, put_opened, put_token, token_of
from .messages_forms import (
    COMPLAINT,
    REQUEST,
    STEPS,
    TITLES,
    MessageUploadForm,
    first_open,
    form_of,
    kind_of,
    shown,
    told_of,
)
from .requests_forms import StepForm
from .requests_page import private

CODE_SHOWN = timedelta(minutes=15)
"""How long after the submission the page with the tracking code can be loaded again."""
WRITING, TRACKING = "写留言", "查询留言"


def message_page(request: HttpRequest, agency: Agency, name: str, place: str, **more: Any) -> HttpResponse:
    """One of the pages below 互动交流, which nobody but its visitor keeps or finds."""
    crumbs = [("互动交流", reverse("portal:messages", args=[agency.slug])), (place, "")]
    return private(column_page(request, agency, "messages", crumbs, f"message/{name}", **more))


def above(agency: Agency) -> Agency | None:
    """Who handles complaints about this agency; None where that office is not on the platform."""
    try:
        return handled_by(agency, COMPLAINT)
    except CannotDo:
        return None


@public_page()
def home(request: HttpRequest, agency: str) -> HttpResponse:
    """互动交流: what one may write here, who answers it and when, other ways."""
    found = agency_here(agency)
    days, office = periods_for(found), above(found)
    return column_page(
        request,
        found,
        "messages",
        [("互动交流", "")],
        days={kind: days.of(kind) for kind in ("enquiry", "advice")},
        office=office,
        office_days=periods_for(office).of(COMPLAINT) if office else 0,
        local=LOCAL,
    )


@public_page()
def help_page(request: HttpRequest, agency: str) -> HttpResponse:
    """留言帮助: what people ask about it."""
    found = agency_here(agency)
    crumbs = [("互动交流", reverse("portal:messages", args=[agency])), ("留言帮助", "")]
    most = settings.VISITOR_FILE_MAX_MB
    return column_page(
        request,
        found,
        "messages",
        crumbs,
        "message/help",
        most=most,
        most_files=MOST_FILES,
        office=above(found),
    )


@require_http_methods(["GET", "POST"])
@login_not_required
@never_cache
def start(request: HttpRequest, agency: str) -> HttpResponse:
    """What is done with one's data, and the button to begin."""
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
                drop(draft.row, now, "留言人重新填写")
            answer: HttpResponse = redirect("portal:message-step", agency, STEPS[0])
            put_token(answer, found, begin(found, now))
            return answer
    return message_page(
        request,
        found,
        "start",
        WRITING,
        draft=draft,
        said=said,
        gone="gone" in request.GET,
        office=above(found),
    )


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
        if submitted_with(found, token_of(request)) is not None:
            return redirect("portal:message-done", agency)
        return redirect(reverse("portal:message-start", args=[agency]) + "?gone")
    if kind_of(draft) == REQUEST and step != "kind":
        return redirect("portal:message-request", agency)
    if STEPS.index(step) > STEPS.index(first := first_open(draft)):
        return redirect("portal:message-step", agency, first)
    if step == "files":
        return _files(request, draft, now)
    if step == "check":
        return _check(request, draft, now)
    form = form_of(draft, step, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and _may_be(draft, form):
        keep_step(draft, step, form.cleaned_data)
        return _after(draft, step)
    return _page(request, draft, step, form)


def _may_be(draft: Draft, form: StepForm) -> bool:
    """A complaint needs an office above that works here."""
    if form.cleaned_data.get("kind") != COMPLAINT:
        return True
    try:
        handled_by(draft.agency, COMPLAINT)
    except CannotDo as error:
        form.add_error("kind", str(error))
        return False
    return True


def _after(draft: Draft, step: str) -> HttpResponse:
    slug = draft.agency.slug
    if kind_of(draft) == REQUEST:
        return redirect("portal:message-request", slug)
    if first_open(draft) == STEPS[-1]:
        return redirect("portal:message-step", slug, STEPS[-1])
    return redirect("portal:message-step", slug, STEPS[STEPS.index(step) + 1])


def _page(request: HttpRequest, draft: Draft, step: str, form: StepForm, **more: Any) -> HttpResponse:
    number = STEPS.index(step)
    return message_page(
        request,
        draft.agency,
        f"step_{step}" if step in ("files", "check") else "step",
        WRITING,
        form=form,
        step=step,
        title=TITLES[step],
        number=number + 1,
        count=len(STEPS),
        all_steps=range(1, len(STEPS) + 1),
        back=STEPS[number - 1] if number else "",
        complaint=kind_of(draft) == COMPLAINT,
        office=above(draft.agency) if kind_of(draft) in ("", COMPLAINT) else None,
        **more,
    )


def _files(request: HttpRequest, draft: Draft, now: datetime) -> HttpResponse:
    """附件: a file is uploaded or taken out, and the page is there again; or it goes on."""
    here = redirect("portal:message-step", draft.agency.slug, "files")
    upload, taken = MessageUploadForm(), True
    if "drop" in request.POST:
        try:
            detach(draft, UUID(request.POST["drop"]), now)
        except ValueError:
            raise Http404 from None
        return here
    if "add" in request.POST or "upload" in request.FILES:
        # A file that was chosen is taken, whichever button was pressed.
        upload = MessageUploadForm(request.POST, request.FILES)
        taken = upload.is_valid() and _attached(draft, upload, now)
        if taken and "add" in request.POST:
            return here
    if request.method == "POST" and taken:
        keep_step(draft, "files", {"seen": True})
        return _after(draft_of(draft.agency, token_of(request), now) or draft, "files")
    more = {
        "upload": upload,
        "files": draft.files,
        "most": settings.VISITOR_FILE_MAX_MB,
        "most_files": MOST_FILES,
    }
    return _page(request, draft, "files", form_of(draft, "files"), **more)


def _attached(draft: Draft, form: MessageUploadForm, now: datetime) -> bool:
    if len(draft.files) >= MOST_FILES:
        form.add_error("upload", f"最多附 {MOST_FILES} 个文件。请删去不要的，或者合并成一个。")
        return False
    try:
        attach(draft, "other", form.cleaned_data["upload"], now)
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
            told = Told(**told_of(draft), received_on=timezone.localdate(now))
            submit_online(draft, told, by=system_actor(now))
        except (CannotDo, TooOften) as error:
            form.add_error(None, str(error))
        else:
            return redirect("portal:message-done", draft.agency.slug)
    return _page(request, draft, "check", form, parts=shown(draft))


def _be_sure_a_person(website: str, draft: Draft, now: datetime) -> None:
    """A field no person sees is empty, and no person fills in five pages in a few seconds."""
    if website:
        raise CannotDo("“网址”一栏请留空，再提交一次。还是不行的，请打电话、写信或者当面说。")
    if now - draft.row.started_at < timedelta(seconds=settings.REQUEST_FORM_SECONDS):
        raise CannotDo("填写得太快，请再核对一遍，过几秒钟再提交。")


@require_safe
@login_not_required
@never_cache
def done(request: HttpRequest, agency: str) -> HttpResponse:
    """完成: the number and, for a quarter of an hour in this browser only, the tracking code."""
    found = agency_here(agency)
    message = submitted_with(found, token_of(request))
    if message is None:
        return redirect("portal:message-start", agency)
    fresh = timezone.now() - course_of(message)[0].at < CODE_SHOWN
    code = "-".join(message.tracking_code[at : at + 4] for at in (0, 4, 8)) if fresh else ""
    answer = message_page(
        request, found, "done", WRITING, message=message, fresh=fresh, code=code, local=LOCAL
    )
    if fresh:
        put_opened(answer, found, message.pk)
    return answer


@require_POST
@login_not_required
def leave(request: HttpRequest, agency: str) -> HttpResponse:
    """离开: the form is thrown away and this browser forgets everything; for computers that others use too."""
    found, now = agency_here(agency), timezone.now()
    draft = draft_of(found, token_of(request), now)
    if draft is not None:
        drop(draft.row, now, "留言人放弃填写")
    answer = redirect("portal:messages", agency)
    forget(answer, found, DRAFT, CASE)
    return answer


welcomes_files(step)
_HERE = "zfxxgk/<slug:agency>/messages/"
PATTERNS = [
    path(_HERE, home, name="messages"),
    path(f"{_HERE}help/", help_page, name="message-help"),
    path(f"{_HERE}write/", start, name="message-start"),
    path(f"{_HERE}write/<slug:step>/", step, name="message-step"),
    path(f"{_HERE}done/", done, name="message-done"),
    path(f"{_HERE}leave/", leave, name="message-leave"),
]
