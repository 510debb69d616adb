"""审查流程: which way of review an agency takes, for all items and for routine ones."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_http_methods

from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import may, require
from gongkai.disclosure.actions.routes import choose_route
from gongkai.disclosure.routes import PRESETS, USES, Route, preset, route_of, seats_in_words

from ..frame import actor_of, of_agency, page
from .drafts import REFUSALS, bound


class RouteForm(forms.Form):
    """One of the ways for each use."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for use, label in USES:
            self.fields[use] = forms.ChoiceField(
                label=f"{label}的审查流程",
                choices=[(slug, f"{row['name']}：{row['hint']}") for slug, row in PRESETS.items()],
                widget=forms.RadioSelect,
                error_messages={"required": f"请选择{label}的审查流程。"},
            )


def _as_rows(route: Route) -> list[tuple[str, str]]:
    """Each stage: what is signed, by which seats."""
    found = []
    for stage in route.stages:
        kinds = dict.fromkeys(kind for step in stage for kind in step.kinds)
        said = seats_in_words(tuple(kinds))
        found.append(
            ("、".join(step.label for step in stage), said + ("，一个人一并签" if stage[0].together else ""))
        )
    return found


@require_http_methods(["GET", "POST"])
@of_agency("disclosure.view")
def review_routes(request: HttpRequest, agency: Agency) -> HttpResponse:
    """The ways as they are, and the choice for who may set them."""
    actor = actor_of(request)
    now = {use: route_of(agency, use) for use, _ in USES}
    slugs = {row["name"]: slug for slug, row in PRESETS.items()}
    form = RouteForm(bound(request), initial={use: slugs.get(route.name, "") for use, route in now.items()})
    if request.method == "POST":
        require(actor, "disclosure.route", agency)
    if form.is_bound and form.is_valid():
        try:
            for use, _ in USES:
                if form.cleaned_data[use] != slugs.get(now[use].name):
                    choose_route(agency, use, form.cleaned_data[use], by=actor)
        except REFUSALS as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "已保存。以后送审的按新流程走，已经在审查的不变。")
            return redirect("desk:review-routes", agency.slug)
    return page(
        request, agency, "disclosure/routes", "settings",
        form=form, sets=bool(may(actor, "disclosure.route", agency)),
        now=[(label, now[use].name, _as_rows(now[use])) for use, label in USES],
        presets=[(preset(slug).name, _as_rows(preset(slug))) for slug in PRESETS],
    )  # fmt: skip


PATTERNS = [path("<slug:agency>/settings/review-routes/", review_routes, name="review-routes")]
