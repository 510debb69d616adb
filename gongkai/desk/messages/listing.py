"""留言和投诉: the list, thirty a page, what is owed soonest first."""

from __future__ import annotations

from datetime import date

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import may
from gongkai.oversight import message_queries as queries
from gongkai.oversight.message_clock import clock_of

from ..frame import actor_of, of_agency, page

ROWS = 30
STATES = (("open", "要办的"), ("late", "逾期的"), ("", "全部"), *queries.STATES)
MARKS = {
    "new": "due",
    "handling": "doing",
    "review": "doing",
    "answered": "done",
    "closed": "done",
    "refused": "plain",
    "passed": "plain",
    "guided": "plain",
}


class ListForm(forms.Form):
    """What may be asked of the list; what cannot be understood is not asked."""

    use_required_attribute = False
    state = forms.ChoiceField(label="状态", required=False, choices=STATES)
    kind = forms.ChoiceField(label="类别", required=False, choices=[("", "全部"), *queries.KINDS])
    q = forms.CharField(label="标题或者编号", required=False, max_length=40)

    def asked(self) -> queries.Asked:
        """What is asked."""
        self.is_valid()
        given = self.cleaned_data
        state = given.get("state", "open")
        return queries.Asked(given.get("kind") or "", state, (given.get("q") or "").strip())


def mark_of(message: queries.Message, day: date) -> tuple[str, str, str]:
    """The kind of mark and the word of its state, and how long there is."""
    clock = clock_of(message, day)
    mark = MARKS[message.state]
    return (clock.mark if clock else mark), message.get_state_display(), clock.words if clock else ""


@require_safe
@of_agency("message.view")
def messages(request: HttpRequest, agency: Agency) -> HttpResponse:
    """The messages asked for."""
    actor = actor_of(request)
    form = ListForm({"state": "open", **request.GET.dict()})
    asked = form.asked()
    found = Paginator(queries.listed(agency, asked, actor.day), ROWS).get_page(request.GET.get("page"))
    return page(
        request,
        agency,
        "messages/list",
        "messages",
        form=form,
        asked=asked,
        page=found,
        rows=[(one, *mark_of(one, actor.day)) for one in found],
        receives=bool(may(actor, "message.receive", agency)),
        sets=bool(may(actor, "message.periods", agency)),
        accounts=bool(may(actor, "message.account", agency)),
    )


PATTERNS = [path("<slug:agency>/messages/", messages, name="messages")]
