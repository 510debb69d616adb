"""系统管理·机关: the list, one agency, create, edit, rename, merge, end."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.agencies import organs
from gongkai.agencies.actions.agencies import create_agency, edit_agency
from gongkai.agencies.actions.reform import end, merge, rename
from gongkai.agencies.checks import Unfit
from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import may

from .frame import SITE_NAVIGATION, actor_of, of_site, site_page
from .organs_forms import AgencyForm, EndForm, MergeForm, RenameForm, _Organ

PAGE = 20
SITE_NAVIGATION.append(("site-agencies", "机关", "agency.view"))


def _agency(pk: int) -> Agency:
    try:
        return organs.agency_of(pk)
    except organs.NoOrgan as error:
        raise Http404 from error


@require_safe
@of_site("agency.view")
def site_agencies(request: HttpRequest) -> HttpResponse:
    """The list of agencies, searched and paged."""
    words, ended = request.GET.get("q", "").strip()[:100], request.GET.get("ended") == "1"
    found = Paginator(organs.agencies(words, ended=ended), PAGE).get_page(request.GET.get("page"))
    may_make = bool(may(actor_of(request), "agency.create"))
    return site_page(
        request, "agencies/list", "site-agencies", page=found, words=words, ended=ended, may_make=may_make
    )


@require_safe
@of_site("agency.view")
def site_agency(request: HttpRequest, pk: int) -> HttpResponse:
    """One agency with its names, sections and what can be done."""
    own = _agency(pk)
    return site_page(
        request,
        "agencies/one",
        "site-agencies",
        own=own,
        former=organs.former_names(own),
        merged=organs.merged_into(own),
        sections=organs.sections_of(own),
        may_make=bool(may(actor_of(request), "agency.create")) and not own.ended_on,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@of_site("agency.create")
def site_agency_new(request: HttpRequest) -> HttpResponse:
    """新增机关."""
    form = AgencyForm(request.POST or None, initial={"self_name": "本机关", "level": "department"})

    def make() -> tuple[Agency, str]:
        made = create_agency(by=actor_of(request), **form.cleaned_data)
        return made, f"已新增{made.name}。接下来请设置股室，并请安全管理员授予岗位。"

    return _handled(request, form, make, "new", None)


@require_http_methods(["GET", "HEAD", "POST"])
@of_site("agency.create")
def site_agency_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """修改资料, corrections of the name included."""
    own = _agency(pk)
    form = AgencyForm(
        request.POST or None, own=own, initial={n: getattr(own, n) for n in AgencyForm.base_fields}
    )

    def save() -> tuple[Agency, str]:
        changed = edit_agency(own, by=actor_of(request), **form.cleaned_data)
        return own, "已保存。" if changed else "没有改动。"

    return _handled(request, form, save, "edit", own)


@require_http_methods(["GET", "HEAD", "POST"])
@of_site("agency.reform")
def site_agency_rename(request: HttpRequest, pk: int) -> HttpResponse:
    """更名 after a reform; the old name is kept."""
    own = _agency(pk)
    form = RenameForm(request.POST or None, day=timezone.localdate())

    def save() -> tuple[Agency, str]:
        rename(own, by=actor_of(request), **form.cleaned_data)
        return own, f"已更名为{own.name}。以前的年报仍用原来的名称。"

    return _handled(request, form, save, "rename", own)


@require_http_methods(["GET", "HEAD", "POST"])
@of_site("agency.reform")
def site_agency_merge(request: HttpRequest, pk: int) -> HttpResponse:
    """并入 another agency, asked once on this page."""
    own = _agency(pk)
    form = MergeForm(request.POST or None, day=timezone.localdate(), own=own)

    def save() -> tuple[Agency, str]:
        merge(own, by=actor_of(request), **form.cleaned_data)
        return own, f"{own.name}已并入{own.successor}。"

    return _handled(request, form, save, "merge", own)


@require_http_methods(["GET", "HEAD", "POST"])
@of_site("agency.reform")
def site_agency_end(request: HttpRequest, pk: int) -> HttpResponse:
    """撤销 without a successor, asked once on this page."""
    own = _agency(pk)
    form = EndForm(request.POST or None, day=timezone.localdate(), own=own)

    def save() -> tuple[Agency, str]:
        end(own, by=actor_of(request), **form.cleaned_data)
        return own, f"{own.name}已撤销。"

    return _handled(request, form, save, "end", own)


def _handled(
    request: HttpRequest, form: _Organ, act: Callable[[], tuple[Agency, str]], name: str, own: Agency | None
) -> HttpResponse:
    """Do the act when the form was sent and fits; the form again, with what is wrong, otherwise."""
    shown = own.name if own else ""
    if request.method == "POST" and form.is_valid():
        try:
            done, said = act()
        except Unfit as unfit:
            form.add_unfit(unfit)
        else:
            messages.success(request, said)
            return redirect("desk:site-agency", done.pk)
    seats = organs.standing_seats(own) if own and name in ("merge", "end") else ()
    return site_page(
        request, f"agencies/{name}", "site-agencies", form=form, own=own, shown=shown, standing_seats=seats
    )


_ONE = "site/agencies/<int:pk>/"
PATTERNS = [
    path("site/agencies/", site_agencies, name="site-agencies"),
    path("site/agencies/new/", site_agency_new, name="site-agency-new"),
    path(_ONE, site_agency, name="site-agency"),
    path(f"{_ONE}edit/", site_agency_edit, name="site-agency-edit"),
    path(f"{_ONE}rename/", site_agency_rename, name="site-agency-rename"),
    path(f"{_ONE}merge/", site_agency_merge, name="site-agency-merge"),
    path(f"{_ONE}end/", site_agency_end, name="site-agency-end"),
]
