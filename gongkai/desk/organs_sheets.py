"""系统管理·导入导出: the workbook in and out, seats asked for."""

from __future__ import annotations

from django.contrib import messages
from django.core import signing
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.agencies import organs
from gongkai.agencies.actions.importing import import_workbook, preview
from gongkai.agencies.actions.proposals import confirm_proposals, decline_proposals
from gongkai.agencies.sheets.problems import Unfit
from gongkai.agencies.sheets.writing import XLSX_TYPE, blank_workbook, passwords_workbook, whole_list

from .frame import SITE_NAVIGATION, actor_of, look_at_personal, of_site, site_page
from .organs_forms import SheetForm

PAGE = 50
SHOWN = 200
"""Problems shown at once; the rest is told as a number."""
_SALT, _MINUTES = "first passwords", 60
SITE_NAVIGATION.append(("site-proposals", "拟授岗位", "seat.give"))


@require_http_methods(["GET", "HEAD", "POST"])
@of_site("agency.create")
def site_import(request: HttpRequest) -> HttpResponse:
    """Import a workbook, or only look what it would bring. First passwords stand in the answer and nowhere else."""
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _import_page(request, form=form)
    data, actor = form.cleaned_data["book"], actor_of(request)
    try:
        if request.POST.get("do") != "import":
            return _import_page(request, form=SheetForm(), looked=preview(data, by=actor), seen=True)
        done = import_workbook(data, by=actor)
    except Unfit as unfit:
        found = unfit.problems
        return _import_page(request, form=SheetForm(), problems=found[:SHOWN], count=len(found))
    return site_page(
        request,
        "agencies/imported",
        "site-agencies",
        done=done,
        sealed=signing.dumps([done.passwords, actor.somebody.pk], salt=_SALT, compress=True),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@of_site("agency.create")
def site_passwords(request: HttpRequest) -> HttpResponse:
    """The first passwords as a file, made of what the answer to the import posts back: they are kept nowhere."""
    try:
        rows, asked = signing.loads(request.POST.get("sealed", ""), salt=_SALT, max_age=_MINUTES * 60)
    except signing.BadSignature:
        rows, asked = [], 0
    if not rows or asked != actor_of(request).somebody.pk:
        messages.error(
            request, "初始密码只能在导入完成的那一页下载。没有下载的，请安全管理员在“人员”里逐个重置。"
        )
        return redirect("desk:site-import")
    return _download(passwords_workbook([(u, n, p) for u, n, p in rows]), "初始密码.xlsx")


def _import_page(request: HttpRequest, **more: object) -> HttpResponse:
    return site_page(request, "agencies/import", "site-agencies", **more)


def _download(content: bytes, name: str) -> HttpResponse:
    disposition = content_disposition_header(as_attachment=True, filename=name) or ""
    return HttpResponse(content, content_type=XLSX_TYPE, headers={"Content-Disposition": disposition})


@require_safe
@of_site("agency.create")
def site_template(request: HttpRequest) -> HttpResponse:
    """The blank workbook."""
    return _download(blank_workbook(), "机关和人员导入模板.xlsx")


@require_safe
@of_site("agency.create")
def site_export(request: HttpRequest) -> HttpResponse:
    """The whole list, people with their telephone numbers included: the look is written down."""
    look_at_personal(request, "person.view", None, what="导出机关和人员名单")
    return _download(whole_list(), "机关和人员名单.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
@of_site("seat.give")
def site_proposals(request: HttpRequest) -> HttpResponse:
    """拟授岗位: give all of them with one button, or take single ones off."""
    actor = actor_of(request)
    if "decline" in request.POST and request.POST["decline"].isdecimal():
        if decline_proposals([int(request.POST["decline"])], by=actor):
            messages.success(request, "已从名单里去掉，没有授予。")
        return redirect("desk:site-proposals")
    if request.POST.get("do") == "confirm":
        given, refused = confirm_proposals(by=actor)
        messages.success(request, f"已授予{given}个岗位。")
        for said in refused[:20]:
            messages.error(request, said)
        return redirect("desk:site-proposals")
    found = Paginator(organs.proposals(), PAGE).get_page(request.GET.get("page"))
    return site_page(request, "agencies/proposals", "site-proposals", page=found)


PATTERNS = [
    path("site/agencies/import/", site_import, name="site-import"),
    path("site/agencies/template/", site_template, name="site-template"),
    path("site/agencies/passwords/", site_passwords, name="site-passwords"),
    path("site/agencies/export/", site_export, name="site-export"),
    path("site/agencies/seats/", site_proposals, name="site-proposals"),
]
