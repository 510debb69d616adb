"""发布、报送、归档."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import may
from gongkai.design.fields import DayField
from gongkai.reports import queries as annual
from gongkai.reports.actions.publish import CannotPublish, publish
from gongkai.reports.actions.submitting import CannotSubmit, archive, note_receipt, reopen, submit
from gongkai.reports.comparing import changed_since
from gongkai.reports.exports import FORMATS
from gongkai.reports.signing import newest_signed

from ..frame import actor_of, of_agency, page
from ..reports import work_or_404


class SubmitForm(forms.Form):
    """To whom, when, how."""

    use_required_attribute = False
    organ = forms.CharField(
        label="报送给",
        max_length=100,
        help_text="政府信息公开工作主管部门，例如：县人民政府办公室。",
        error_messages={"required": "请写明报送给哪个机关。"},
    )
    on = DayField(label="报送日期")
    way = forms.CharField(
        label="报送方式",
        max_length=60,
        help_text="例如：公文交换、电子公文、当面送交。",
        error_messages={"required": "请写明怎样报送。"},
    )


class ReceiptForm(forms.Form):
    """Who took it, when, under which number."""

    use_required_attribute = False
    received_by = forms.CharField(
        label="接收人或者接收单位", max_length=60, error_messages={"required": "请写明是谁接收的。"}
    )
    received_on = DayField(label="接收日期")
    number = forms.CharField(
        label="回执编号", max_length=60, required=False, help_text="没有编号的可以不写。"
    )


class ReopenForm(forms.Form):
    """Why."""

    use_required_attribute = False
    reason = forms.CharField(
        label="重新打开的原因",
        max_length=300,
        help_text="例如：主管部门要求更正第三部分。",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "请写明为什么重新打开。"},
    )


@require_safe
@of_agency("report.view")
def publication(request: HttpRequest, agency: Agency, year: int) -> HttpResponse:
    """What is public, what waits to be, what was handed in; and what changed in the records since."""
    work, actor, day = work_or_404(agency, year), actor_of(request), timezone.localdate()
    versions = annual.versions_of(work)
    signed = newest_signed(work)
    waiting = signed if signed and (not versions or versions[0].sheet_id != signed.pk) else None
    return page(
        request,
        agency,
        "yearly/publication",
        "reports",
        work=work,
        versions=versions,
        waiting=waiting,
        changes=changed_since(versions[0], work) if versions else None,
        submissions=annual.submissions_of(work),
        duty=annual.duty_of(agency, year, day, work),
        formats=FORMATS,
        may_publish=bool(may(actor, "report.publish", work)),
        may_submit=bool(may(actor, "report.submit", work)),
    )


@require_POST
@of_agency("report.publish")
def publish_report(request: HttpRequest, agency: Agency, year: int) -> HttpResponse:
    """Publish what was signed."""
    work = work_or_404(agency, year)
    try:
        version = publish(work, by=actor_of(request), at=timezone.now())
    except CannotPublish as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{year}年年报已发布，现在是第{version.number}版。请报送主管部门。")
    return redirect("desk:report-publication", agency.slug, year)


@require_http_methods(["GET", "HEAD", "POST"])
@of_agency("report.submit")
def submit_report(request: HttpRequest, agency: Agency, year: int) -> HttpResponse:
    """Write down that it was handed in."""
    work, actor = work_or_404(agency, year), actor_of(request)
    form = SubmitForm(request.POST or None, initial={"on": actor.day, "organ": _organ(agency)})
    if request.method == "POST" and form.is_valid():
        try:
            submit(work, **form.cleaned_data, by=actor, at=timezone.now())
        except CannotSubmit as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "已登记报送。收到回执以后，请登记回执。")
            return redirect("desk:report-publication", agency.slug, year)
    lead = "年报发布以后，报送政府信息公开工作主管部门（《条例》第四十九条）。"
    return _form_page(request, agency, work, form, title="登记报送", lead=lead, button="登记报送")


def _organ(agency: Agency) -> str:
    return agency.supervisor.name if agency.supervisor else ""


def _form_page(
    request: HttpRequest, agency: Agency, work: Any, form: forms.Form, **more: Any
) -> HttpResponse:
    return page(
        request,
        agency,
        "yearly/form",
        "reports",
        work=work,
        form=form,
        back="desk:report-publication",
        back_words="发布和报送",
        **more,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@of_agency("report.submit")
def receipt(request: HttpRequest, agency: Agency, year: int, pk: int) -> HttpResponse:
    """Write the receipt down."""
    work, actor = work_or_404(agency, year), actor_of(request)
    try:
        row = annual.submission_of(work, pk)
    except annual.NoSubmission as error:
        raise Http404 from error
    form = ReceiptForm(request.POST or None, initial={"received_by": row.organ, "received_on": actor.day})
    if request.method == "POST" and form.is_valid():
        try:
            note_receipt(row, **form.cleaned_data, by=actor)
        except CannotSubmit as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "已登记回执。")
            return redirect("desk:report-publication", agency.slug, year)
    return _form_page(
        request, agency, work, form, title="登记回执", lead=f"报送给{row.organ}的回执。", button="登记回执"
    )


@require_http_methods(["GET", "HEAD", "POST"])
@of_agency("report.archive")
def archive_year(request: HttpRequest, agency: Agency, year: int) -> HttpResponse:
    """Close the year, or see that it is closed."""
    work, actor = work_or_404(agency, year), actor_of(request)
    if request.method == "POST":
        try:
            archive(work, by=actor, at=timezone.now())
        except CannotSubmit as error:
            messages.error(request, str(error))
            return redirect("desk:report-archive", agency.slug, year)
        messages.success(request, f"{year}年年报已归档。")
        return redirect("desk:report", agency.slug, year)
    versions, handed = annual.versions_of(work), annual.submissions_of(work)
    current = [one for one in handed if versions and one.version_id == versions[0].pk]
    return page(
        request,
        agency,
        "yearly/archive",
        "reports",
        work=work,
        form=ReopenForm(),
        version=versions[0] if versions else None,
        handed=current,
        received=any(one.received_on for one in current),
        differs=bool(versions)
        and not annual.is_as_published(versions[0], annual.made_of(agency, year).report),
    )


@require_POST
@of_agency("report.archive")
def reopen_year(request: HttpRequest, agency: Agency, year: int) -> HttpResponse:
    """Open a closed year again, with the reason."""
    work = work_or_404(agency, year)
    try:
        reopen(work, reason=request.POST.get("reason", ""), by=actor_of(request))
    except CannotSubmit as error:
        messages.error(request, str(error))
        return redirect("desk:report-archive", agency.slug, year)
    messages.success(request, "已重新打开。改好以后重新送签，发布更正版。")
    return redirect("desk:report", agency.slug, year)
