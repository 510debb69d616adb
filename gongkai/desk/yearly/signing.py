"""签批: hand in, see what is different, sign, send back, take back."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import may
from gongkai.reports import queries as annual
from gongkai.reports.actions.signing import CannotSign, hand_in, recall, send_back, sign
from gongkai.reports.charts import charts_of
from gongkai.reports.comparing import compare_sheet
from gongkai.reports.pages import parts_of
from gongkai.reports.queries import ReportSheet, ReportYear
from gongkai.reports.signing import STAGE_LABELS, NobodyToSign, plan, stage_now, why_not_sign
from gongkai.reports.workbench import workbench_of

from ..frame import actor_of, of_agency, page
from ..reports import work_or_404


class HandInForm(forms.Form):
    """What goes with the report: the note to the public of a correction, and whether the ledger is annexed."""

    use_required_attribute = False
    note = forms.CharField(
        label="更正说明",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写明更正了什么、为什么，会和更正版一起公开。例如：第三部分漏计1件申请，现予更正。",
        error_messages={"required": "请写明更正了什么、为什么更正。更正说明会和更正版一起公开。"},
    )
    annex = forms.BooleanField(
        label="附上申请台账（公开用，申请人已遮盖）",
        required=False,
        initial=True,
        help_text="附在 Word、PDF、Excel 文件后面；网页上不显示。",
    )

    def __init__(self, *args: object, corrects: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if not corrects:
            del self.fields["note"]


@require_http_methods(["GET", "HEAD", "POST"])
@of_agency("report.prepare")
def hand_in_report(request: HttpRequest, agency: Agency, year: int) -> HttpResponse:
    """What stands in the way, who will sign, and the button."""
    work, actor, now = work_or_404(agency, year), actor_of(request), timezone.now()
    version = annual.public_version(agency, year)
    form = HandInForm(request.POST or None, corrects=version is not None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = hand_in(work, by=actor, at=now, note=data.get("note", ""), annex=data["annex"])
        except CannotSign as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"已送签。现在等{STAGE_LABELS[stage_now(made)]}。")
            return redirect("desk:report-sheet", agency.slug, year, made.serial)
    bench = workbench_of(work, timezone.localdate(now))
    try:
        stages, nobody = plan(work, actor.somebody.pk, actor.day), ""
    except NobodyToSign as error:
        stages, nobody = [], str(error)
    before = bench.steps[:5]
    return page(
        request,
        agency,
        "yearly/hand_in",
        "reports",
        work=work,
        form=form,
        version=version,
        stages=[STAGE_LABELS[stage] for stage in stages],
        nobody=nobody,
        before=before,
        blocked=bool(bench.sheet and bench.sheet.result == "open") or not bench.over,
        over=bench.over,
        sheet=bench.sheet,
    )


def _sheet_or_404(work: ReportYear, serial: int) -> ReportSheet:
    try:
        return annual.sheet_of(work, serial)
    except annual.NoSheet as error:
        raise Http404 from error


@require_safe
@of_agency("report.view")
def sheet(request: HttpRequest, agency: Agency, year: int, serial: int) -> HttpResponse:
    """The report as handed in, what is different from the version before and from last year, who signed."""
    work, actor = work_or_404(agency, year), actor_of(request)
    one = _sheet_or_404(work, serial)
    told = annual.thaw_sheet(one)
    act = stage_now(one)
    signatures = list(one.signatures.all())
    stages = [
        (STAGE_LABELS.get(slug, slug), signatures[n] if n < len(signatures) else None)
        for n, slug in enumerate(one.stages)
    ]
    return page(
        request,
        agency,
        "yearly/sheet",
        "reports",
        work=work,
        sheet=one,
        report=told,
        parts=parts_of(told),
        charts=charts_of(told, annual.published_before(agency, year)),
        stages=stages,
        compared=compare_sheet(one),
        act=act,
        act_words=STAGE_LABELS.get(act, ""),
        mine=bool(act and may(actor, act, one)),
        why=why_not_sign(one, actor) if act else "",
        may_recall=bool(one.result == "open" and may(actor, "report.prepare", work)),
        others=[other for other in annual.sheets_of(work) if other.pk != one.pk][:20],
    )


@require_POST
@of_agency("report.view")
def sign_sheet(request: HttpRequest, agency: Agency, year: int, serial: int) -> HttpResponse:
    """Agree."""
    one = _sheet_or_404(work_or_404(agency, year), serial)
    try:
        done = sign(one, by=actor_of(request), at=timezone.now(), words=request.POST.get("words", "")[:1000])
    except CannotSign as error:
        messages.error(request, str(error))
    else:
        following = stage_now(done)
        messages.success(
            request, f"已签。现在等{STAGE_LABELS[following]}。" if following else "已签批，可以发布。"
        )
    return redirect("desk:report-sheet", agency.slug, year, serial)


@require_POST
@of_agency("report.view")
def return_sheet(request: HttpRequest, agency: Agency, year: int, serial: int) -> HttpResponse:
    """Send it back with the reason."""
    one = _sheet_or_404(work_or_404(agency, year), serial)
    try:
        send_back(one, by=actor_of(request), at=timezone.now(), words=request.POST.get("reason", "")[:1000])
    except CannotSign as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "已退回，经办人会收到消息。")
    return redirect("desk:report-sheet", agency.slug, year, serial)


@require_POST
@of_agency("report.prepare")
def recall_sheet(request: HttpRequest, agency: Agency, year: int, serial: int) -> HttpResponse:
    """Take it back to mend it."""
    one = _sheet_or_404(work_or_404(agency, year), serial)
    try:
        recall(one, by=actor_of(request), at=timezone.now())
    except CannotSign as error:
        messages.error(request, str(error))
        return redirect("desk:report-sheet", agency.slug, year, serial)
    messages.success(request, "已撤回。改好以后重新送签。")
    return redirect("desk:report", agency.slug, year)
