"""发送: what has been sent, what waits, what could not be sent; for the system administrator."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from gongkai.outbox import queries
from gongkai.outbox.mail import is_mail_on
from gongkai.outbox.sms import is_sms_on
from gongkai.tasks.actions.messages import CannotResend, resend
from gongkai.tasks.queries import job_runs
from gongkai.tasks.worker import last_sign

from .frame import SITE_NAVIGATION, actor_of, of_site, site_page

ROWS = 50
MARKS = {"waiting": "doing", "sent": "done", "given_up": "late"}
"""The mark of each state on the screen."""
SITE_NAVIGATION.append(("site-outbox", "发送", "outbox.view"))


@require_safe
@of_site("outbox.view")
def outbox(request: HttpRequest, state: str = "") -> HttpResponse:
    """Mails and short messages by state, with masked addresses; neither text nor title is shown."""
    if state and state not in queries.STATES:
        raise Http404
    found = Paginator(queries.sent_out(state), ROWS).get_page(request.GET.get("page"))
    at, is_running = last_sign(timezone.now())
    counts = queries.counts_by_state()
    return site_page(
        request,
        "outbox/list",
        "site-outbox",
        state=state,
        page=found,
        rows=[(one, queries.masked(one.to), MARKS[one.state]) for one in found.object_list],
        states=[(slug, word, counts[slug]) for slug, word in queries.STATES.items()],
        ways=[("电子邮件", is_mail_on()), ("短信", is_sms_on())],
        worker_at=at,
        is_running=is_running,
        failed_jobs=[run for run in job_runs() if run.failed],
    )


@require_POST
@of_site("outbox.resend")
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    """重新发送 one that was given up."""
    try:
        resend(queries.message(pk), by=actor_of(request))
    except queries.NoMessage as error:
        raise Http404 from error
    except CannotResend as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "已重新排队，稍后发送。")
    return redirect("desk:site-outbox-state", "given_up")


PATTERNS = [
    path("site/outbox/", outbox, name="site-outbox"),
    path("site/outbox/<int:pk>/resend/", send_again, name="site-outbox-resend"),
    path("site/outbox/<slug:state>/", outbox, name="site-outbox-state"),
]
