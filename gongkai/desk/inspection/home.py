"""巡查: what is open by gravity, veto items on top, the last run and how far one is that runs; 现在检查."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import may
from gongkai.oversight import queries
from gongkai.oversight.actions.run import ask
from gongkai.statute.inspection import RULES
from gongkai.tasks.worker import last_sign

from ..frame import actor_of, of_agency, page

ROWS = 30
MARKS = {1: "late", 2: "due", 3: "doing", 4: "plain"}
"""The kind of mark of each gravity."""
STAGES = {
    "": "等待开始",
    "items": "检查公开的信息",
    "overdue": "检查应当公开的信息",
    "files": "检查附件",
    "ask": "访问站外链接",
    "links": "核对站外链接",
    "settle": "核对栏目，销号",
}


class ListForm(forms.Form):
    """What may be asked of the list; what cannot be understood is not asked."""

    use_required_attribute = False
    rule = forms.ChoiceField(
        label="检查项目",
        required=False,
        choices=[("", "全部"), *((slug, rule.label) for slug, rule in RULES.items())],
    )
    state = forms.ChoiceField(label="状态", required=False, choices=queries.STATES)

    def asked(self) -> queries.Asked:
        """What is asked."""
        self.is_valid()
        given = self.cleaned_data
        return queries.Asked(given.get("rule") or "", given.get("state") or "open")


def mark_of(finding: queries.Finding) -> tuple[str, str]:
    """The kind of mark and the word of a finding's gravity, or of its state where it is not open."""
    if finding.state == "closed":
        return "done", finding.get_state_display()
    if finding.state == "explained":
        return "plain", finding.get_state_display()
    return MARKS[finding.gravity], finding.get_gravity_display()


@require_safe
@of_agency("inspection.view")
def home(request: HttpRequest, agency: Agency) -> HttpResponse:
    """巡查: four sums, the last run, the findings thirty a page."""
    actor = actor_of(request)
    form = ListForm({"state": "open", **request.GET.dict()})
    asked = form.asked()
    found = Paginator(queries.listed(agency, asked), ROWS).get_page(request.GET.get("page"))
    sums = queries.counted(agency)
    run = queries.last_run(agency)
    under_way = run is not None and run.state != run.State.DONE
    return page(
        request,
        agency,
        "inspection/home",
        "oversight",
        form=form,
        asked=asked,
        page=found,
        rows=[(one, *mark_of(one)) for one in found],
        vetoes=[one for one in sums if one.rule.veto],
        sums=[one for one in sums if not one.rule.veto],
        open=sum(one.open for one in sums),
        run=run,
        under_way=under_way,
        stage=STAGES.get(run.stage, "") if run is not None else "",
        last=queries.last_done(agency) if under_way else run,
        nobody_works=under_way and not last_sign(timezone.now())[1],
        day=actor.day,
        runs=bool(may(actor, "inspection.run", agency)),
        listens=bool(may(actor, "message.view", agency)),
    )


@require_POST
@of_agency("inspection.run")
def run(request: HttpRequest, agency: Agency) -> HttpResponse:
    """现在检查: done in the background."""
    asked: Any = ask(agency, by=actor_of(request), at=timezone.now())
    if asked.state == asked.State.WAITING:
        messages.success(
            request, "自查已经安排，一分钟以内开始，在后台进行；可以先做别的事，过一会儿再来看。"
        )
    else:
        messages.success(request, "自查正在进行，不用重复发起。")
    return redirect("desk:oversight", agency.slug)


PATTERNS = [
    path("<slug:agency>/oversight/", home, name="oversight"),
    path("<slug:agency>/oversight/inspect/", run, name="inspection-run"),
]
