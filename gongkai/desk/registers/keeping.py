"""年报里的数怎么来: from which year a register is whole, or that its figure is entered."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_http_methods

from gongkai.agencies.queries import Agency
from gongkai.disclosure.actions.base import CannotDo
from gongkai.disclosure.actions.register_keeping import keep, keep_no_more
from gongkai.disclosure.registers.counting import kept_by

from ..frame import actor_of, of_agency, page
from .forms import KeepForm
from .listing import register_or_404


@require_http_methods(["GET", "HEAD", "POST"])
@of_agency("disclosure.registers")
def keeping(request: HttpRequest, agency: Agency, kind: str) -> HttpResponse:
    """Say how the report's figure is made."""
    register, actor = register_or_404(kind), actor_of(request)
    kept = kept_by(agency).get(kind)
    typed = {
        "how": "kept" if kept else "entered",
        "since": kept.since if kept else actor.day.year,
        "opening": kept.opening if kept else None,
    }
    form = KeepForm(request.POST if request.method == "POST" else None, register=register, initial=typed)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            if given["how"] == "kept":
                keep(agency, kind, since=given["since"], opening=given.get("opening"), by=actor)
                messages.success(request, f"{given['since']}年起的年报按{register.name}台账统计。")
            else:
                keep_no_more(agency, kind, by=actor)
                messages.success(request, f"{register.name}的数改为人工填报，台账里的内容都还在。")
            return redirect("desk:register", agency.slug, kind)
        except CannotDo as error:
            form.add_error("since", str(error))
    return page(request, agency, "registers/keep", "items", register=register, form=form, kept=kept)


PATTERNS = [path("<slug:agency>/registers/<slug:kind>/keep/", keeping, name="register-keep")]
