"""核对上年结转: last year's report brought in, side by side with this year's beginning, confirmed."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.agencies.actor import Actor
from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import may, require
from gongkai.files.actions.adding import Examined, NeedsConfirming, NotTaken, examine
from gongkai.reports import queries as annual
from gongkai.reports.actions.base import CannotPrepare
from gongkai.reports.actions.steps import bring_last_year, confirm, drop_last_year, type_last_year
from gongkai.reports.lastyear import cells_to_type, compared, seen_of
from gongkai.reports.queries import ReportYear
from gongkai.reports.reader import CannotRead, read_apart

from ..frame import actor_of, of_agency, page
from ..reports import work_or_404
from .closing import ConfirmForm

STEP = "opening"
NOT_KEPT = ("html", "htm", "json")
"""Endings that are read and not kept: the store of files takes no pages of the web."""
KINDS = (
    ("requests", "申请：上年“结转下年度继续办理” → 本年“上年结转”"),
    ("documents", "文件：上年现行有效 + 本年制发 − 本年废止 → 本年现行有效"),
    ("remedies", "复议和诉讼：上年“尚未审结” → 本年再出现"),
)
FILE_MOST_MB = 50


class LastFileForm(forms.Form):
    """Last year's report as a file."""

    use_required_attribute = False
    file = forms.FileField(
        label="上年年报文件",
        help_text="Word（.docx）、PDF、网页（.html）、文本（.txt）、Excel（.xlsx）或者本平台的 .json。",
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.pdf,.html,.htm,.txt,.xlsx,.json"}),
        error_messages={"required": "请先选择文件。", "empty": "这个文件是空的，请重新选择。"},
    )
    no_secrets = forms.BooleanField(
        label="已确认没有国家秘密",
        required=False,
        help_text="只在平台提示没有检查完整个文件时才需要勾选。",
    )


class LastTypedForm(forms.Form):
    """The few figures of last year's report that this year follows from."""

    use_required_attribute = False
    source = forms.CharField(
        label="从哪里看到的",
        max_length=200,
        help_text="例如：上年年报纸质件，或者网站上公布的年报。",
        error_messages={"required": "请写明这些数是从哪里看到的。"},
    )

    def __init__(self, *args: Any, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cells = {cell.replace(".", "-"): cell for cell, _ in cells_to_type(year)}
        for cell, label in cells_to_type(year):
            self.fields[cell.replace(".", "-")] = forms.CharField(
                label=label,
                required=False,
                max_length=12,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 8}),
            )

    def clean(self) -> dict[str, Any]:
        """Whole numbers; an empty box is a 0, as on the form."""
        given: dict[str, Any] = super().clean() or {}
        for name in self.cells:
            text = unicodedata.normalize("NFKC", given.get(name) or "0").strip()
            if not text.isdecimal():
                self.add_error(name, f"“{self.fields[name].label}”请填整数，没有的可以空着。")
            else:
                given[name] = int(text)
        return given

    def figures(self) -> dict[str, int]:
        """The figures by cell."""
        return {cell: self.cleaned_data[name] for name, cell in self.cells.items()}


@require_http_methods(["GET", "HEAD", "POST"])
@of_agency("report.view")
def opening(request: HttpRequest, agency: Agency, year: int) -> HttpResponse:
    """The two years side by side; the button confirms that it was looked through."""
    work, actor = work_or_404(agency, year), actor_of(request)
    before = annual.before_of(work)
    lines = compared(annual.made_of(agency, year), before.report) if before else []
    seen = seen_of(before, lines)
    form = ConfirmForm(request.POST or None, initial={"seen": seen})
    form.fields["words"].help_text = "有差异的，写明原因；没有上年年报的，写明为什么没有。"
    if request.method == "POST":
        require(actor, "report.prepare", work)
        if form.is_valid() and _confirmed(work, form, seen, lines=lines, actor=actor):
            messages.success(request, "已核对上年结转。以后有数变化，这一步会提示再核对。")
            return redirect("desk:report", agency.slug, year)
    mark = annual.marks_of(work).get(STEP)
    return page(
        request,
        agency,
        "yearly/opening",
        "reports",
        work=work,
        form=form,
        before=before,
        groups=[(name, [one for one in lines if one.kind == kind]) for kind, name in KINDS] if before else [],
        differing=sum(line.same is False for line in lines),
        mark=mark,
        fresh=mark is not None and mark.seen == seen,
        may_prepare=bool(may(actor, "report.prepare", work)) and work.archived_at is None,
        last=year - 1,
    )


def _confirmed(work: ReportYear, form: ConfirmForm, seen: str, *, lines: list[Any], actor: Actor) -> bool:
    given = form.cleaned_data
    wanted = not lines or any(line.same is False for line in lines)
    if wanted and not given["words"].strip():
        form.add_error(
            "words",
            "有差异，请写明原因。" if lines else "没有上年年报，请写明为什么没有，例如“本机关今年成立”。",
        )
        return False
    try:
        confirm(work, STEP, seen=given["seen"], now=seen, words=given["words"], by=actor, at=timezone.now())
    except CannotPrepare as error:
        form.add_error(None, str(error))
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@of_agency("report.prepare")
def from_file(request: HttpRequest, agency: Agency, year: int) -> HttpResponse:
    """Read last year's report from a file."""
    work = work_or_404(agency, year)
    form = LastFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            report = _read(work, form.cleaned_data, actor_of(request))
        except NeedsConfirming as error:
            form.add_error(
                "no_secrets", f"{error.note}。请打开文件看一遍，没有国家秘密的，勾选确认，再选一次文件。"
            )
        except (NotTaken, CannotRead, CannotPrepare) as error:
            form.add_error("file", str(error))
        else:
            messages.success(request, f"已读取{report}。请核对下面的数。")
            return redirect("desk:report-opening", agency.slug, year)
    return page(request, agency, "yearly/last_file", "reports", work=work, form=form, last=year - 1)


def _read(work: ReportYear, given: dict[str, Any], actor: Actor) -> str:
    upload = given["file"]
    kept: Examined | None = None
    if upload.name.rpartition(".")[2].lower() not in NOT_KEPT:
        kept = examine(by=actor, agency=work.agency, upload=upload, confirmed=given["no_secrets"])
    elif upload.size > FILE_MOST_MB * 1024 * 1024:
        raise CannotRead(f"文件超过 {FILE_MOST_MB} MB，请换一个。")
    upload.seek(0)
    report = read_apart(upload.read(), upload.name)
    bring_last_year(work, report, name=upload.name, file=kept, by=actor, at=timezone.now())
    return report.title or upload.name


@require_http_methods(["GET", "HEAD", "POST"])
@of_agency("report.prepare")
def typed(request: HttpRequest, agency: Agency, year: int) -> HttpResponse:
    """Type the few figures in."""
    work = work_or_404(agency, year)
    form = LastTypedForm(request.POST or None, year=year)
    if request.method == "POST" and form.is_valid():
        try:
            type_last_year(
                work,
                form.figures(),
                source=form.cleaned_data["source"],
                by=actor_of(request),
                at=timezone.now(),
            )
        except CannotPrepare as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "已录入上年的数。请核对。")
            return redirect("desk:report-opening", agency.slug, year)
    return page(request, agency, "yearly/last_typed", "reports", work=work, form=form, last=year - 1)


@require_POST
@of_agency("report.prepare")
def drop(request: HttpRequest, agency: Agency, year: int) -> HttpResponse:
    """Take back what was brought in."""
    try:
        drop_last_year(work_or_404(agency, year), by=actor_of(request))
    except CannotPrepare as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "已去掉录入的上年年报。")
    return redirect("desk:report-opening", agency.slug, year)
