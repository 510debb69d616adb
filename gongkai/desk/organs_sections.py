"""股室: the sections of an agency, at its own desk for the OGI head, in 系统管理 for the system administrator."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from gongkai.agencies import organs
from gongkai.agencies.actions.sections import (
    add_section,
    end_section,
    merge_section,
    order_sections,
    rename_section,
)
from gongkai.agencies.checks import Unfit
from gongkai.agencies.queries import Agency, Section

from .frame import actor_of, of_agency, of_site, page, site_page
from .organs_forms import MergeSectionForm, SectionForm, _Organ


class _Desk:
    """Where the pages stand: their frame, their addresses, the agency whose sections they show."""

    def __init__(self, request: HttpRequest, agency: Agency, *, site: bool) -> None:
        self.request, self.agency, self.site = request, agency, site

    def url(self, name: str, *more: int) -> str:
        """The address of one of these pages here."""
        return reverse(f"desk:{'site' if self.site else 'agency'}-{name}", args=[self._own, *more])

    @property
    def _own(self) -> int | str:
        return self.agency.pk if self.site else self.agency.slug

    def show(self, name: str, **more: Any) -> HttpResponse:
        """The page in its frame."""
        more = {"own": self.agency, "list_url": self.url("sections"), "back_url": self._back, **more}
        if self.site:
            return site_page(self.request, f"agencies/{name}", "site-agencies", **more)
        return page(self.request, self.agency, f"organs/{name}", "agency", **more)

    @property
    def _back(self) -> str:
        name = "desk:site-agency" if self.site else "desk:agency"
        return reverse(name, args=[self._own])

    def section(self, pk: int) -> Section:
        """A standing section of the agency; a page that is not there otherwise."""
        try:
            return organs.section_of(self.agency, pk)
        except organs.NoOrgan as error:
            raise Http404 from error

    def done(self, said: str) -> HttpResponse:
        """Back to the list, told what was done."""
        messages.success(self.request, said)
        return redirect(self.url("sections"))


def _sections(here: _Desk) -> HttpResponse:
    """The list; add one, move one up."""
    request, actor = here.request, actor_of(here.request)
    form = SectionForm(request.POST if "name" in request.POST else None)
    try:
        if "up" in request.POST:
            order_sections(here.agency, _moved_up(here.agency, request.POST["up"]), by=actor)
            return redirect(here.url("sections"))
        if form.is_bound and form.is_valid():
            made = add_section(here.agency, form.cleaned_data["name"], by=actor)
            return here.done(f"已设立{made.name}。")
    except Unfit as unfit:
        form.add_unfit(unfit) if form.is_bound else messages.error(request, str(unfit))
    rows = [(section, here.url("section", section.pk)) for section in organs.sections_of(here.agency)]
    return here.show("sections", form=form, rows=rows)


def _moved_up(agency: Agency, number: str) -> list[int]:
    numbers = [section.pk for section in organs.sections_of(agency)]
    place = next((n for n, pk in enumerate(numbers) if str(pk) == number), 0)
    if place:
        numbers[place - 1], numbers[place] = numbers[place], numbers[place - 1]
    return numbers


def _section(here: _Desk, pk: int) -> HttpResponse:
    """One section: rename it; the ways to merging and ending it."""
    own = here.section(pk)
    name = own.name
    form = SectionForm(here.request.POST or None, initial={"name": name})

    def save() -> str:
        rename_section(own, form.cleaned_data["name"], by=actor_of(here.request))
        return f"{name}已改名为{own.name}。"

    return _handled(here, "section", pk, form, save, shown=name, urls=_ways(here, pk))


def _ways(here: _Desk, pk: int) -> dict[str, str]:
    return {name: here.url(f"section-{name}", pk) for name in ("merge", "end")}


def _merge(here: _Desk, pk: int) -> HttpResponse:
    """并入 another section, asked once on this page."""
    own = here.section(pk)
    form = MergeSectionForm(here.request.POST or None, own=own)

    def save() -> str:
        into = form.cleaned_data["into"]
        merge_section(own, into, by=actor_of(here.request))
        return f"{own.name}已并入{into.name}，岗位和没办完的事一起过去了。"

    return _handled(here, "section_merge", pk, form, save)


def _end(here: _Desk, pk: int) -> HttpResponse:
    """撤销, asked once on this page."""
    own = here.section(pk)
    form = _Organ(here.request.POST or None)

    def save() -> str:
        end_section(own, by=actor_of(here.request))
        return f"{own.name}已撤销。"

    return _handled(here, "section_end", pk, form, save)


def _handled(
    here: _Desk, name: str, pk: int, form: _Organ, act: Callable[[], str], **more: Any
) -> HttpResponse:
    if here.request.method == "POST" and form.is_valid():
        try:
            return here.done(act())
        except Unfit as unfit:
            form.add_unfit(unfit)
    section = here.section(pk)
    seats = [seat for seat in organs.standing_seats(here.agency) if seat.section_id == pk]
    told = {"section": section, "standing_seats": seats, "section_url": here.url("section", pk), **more}
    return here.show(name, form=form, **told)


def _both(name: str, show: Callable[..., HttpResponse], where: str) -> list[Any]:
    """The two addresses of a page: at the agency's desk and in 系统管理."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @of_agency("section.edit")
    def at_desk(request: HttpRequest, agency: Agency, /, **more: int) -> HttpResponse:
        return show(_Desk(request, organs.agency_of(agency.pk), site=False), **more)

    @require_http_methods(["GET", "HEAD", "POST"])
    @of_site("section.edit")
    def at_site(request: HttpRequest, /, own: int, **more: int) -> HttpResponse:
        try:
            agency = organs.agency_of(own)
        except organs.NoOrgan as error:
            raise Http404 from error
        return show(_Desk(request, agency, site=True), **more)

    return [
        path(f"<slug:agency>/agency/sections/{where}", at_desk, name=f"agency-{name}"),
        path(f"site/agencies/<int:own>/sections/{where}", at_site, name=f"site-{name}"),
    ]


PATTERNS = [
    *_both("sections", _sections, ""),
    *_both("section", _section, "<int:pk>/"),
    *_both("section-merge", _merge, "<int:pk>/merge/"),
    *_both("section-end", _end, "<int:pk>/end/"),
]
