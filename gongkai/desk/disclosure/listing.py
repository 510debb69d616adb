"""公开: what waits for this person, and the list of items narrowed by what is asked of it; drafts sent off together."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import NotAllowed, may
from gongkai.disclosure.actions.submitting import submit
from gongkai.disclosure.listing import STATES, Asked, listed, my_sheets, waiting, years_of
from gongkai.disclosure.queries import items_of
from gongkai.disclosure.scanning import finds
from gongkai.disclosure.stale import stale_attachments

from ..frame import actor_of, of_agency, page
from .acts import ACTS
from .drafts import REFUSALS
from .fields import column_choices
from .item import MARKS

ROWS = 30
TOGETHER = 100
"""Drafts sent off at once."""


class ListForm(forms.Form):
    """What may be asked of the list; what cannot be understood is not asked."""

    use_required_attribute = False

    column = forms.TypedChoiceField(label="栏目", required=False, coerce=int, empty_value=None)
    state = forms.ChoiceField(label="状态", required=False, choices=STATES)
    year = forms.TypedChoiceField(label="年份", required=False, coerce=int, empty_value=None)
    q = forms.CharField(
        label="标题、索引号、文号里的字",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = [("", "全部"), *((year, f"{year}年") for year in years_of(agency))]
        self.fields["column"].choices = column_choices(agency, "全部")  # type: ignore[attr-defined]
        self.fields["year"].choices = years  # type: ignore[attr-defined]

    def asked(self) -> Asked:
        """What is asked."""
        self.is_valid()
        given = self.cleaned_data
        return Asked(
            given.get("column"),
            given.get("state") or "",
            str(given.get("q") or "").strip(),
            given.get("year"),
        )


@require_safe
@of_agency("disclosure.view")
def items(request: HttpRequest, agency: Agency) -> HttpResponse:
    """公开: what waits, then the list, thirty a page."""
    actor = actor_of(request)
    form = ListForm(request.GET, agency=agency)
    asked = form.asked()
    found = Paginator(listed(agency, asked), ROWS).get_page(request.GET.get("page"))
    drafts = bool(may(actor, "disclosure.draft", agency))
    return page(
        request, agency, "disclosure/list", "items",
        form=form, asked=asked, page=found,
        rows=[(item, MARKS[item.state]) for item in found],
        w=None if asked.narrowed or found.number > 1 else waiting(agency, actor, actor.day),
        anything=bool(found.paginator.count) or asked.narrowed,
        drafts=drafts, publishes=asked.state == "passed" and bool(may(actor, "disclosure.publish", agency)), sends=drafts and asked.state in ("draft", "sent_back"),
        sets_columns=bool(may(actor, "disclosure.columns", agency)), day=actor.day,
    )  # fmt: skip


@require_POST
@of_agency("disclosure.submit")
def together(request: HttpRequest, agency: Agency) -> HttpResponse:
    """送审选中的: each goes its own way; what cannot go is named with what it lacks."""
    actor = actor_of(request)
    numbers = [int(one) for one in request.POST.getlist("item")[:TOGETHER] if one.isdigit()]
    done, stayed = [], []
    for item in items_of(agency).filter(pk__in=numbers).order_by("id"):
        if any(find.open for find in finds(item)):
            stayed.append(f"“{item.title}”：有不能公开的内容，请打开处理。")
            continue
        if old := stale_attachments(item):
            stayed.append(f"“{item.title}”：正文改了，附件“{old[0].name}”还是原来的，请打开核对以后送审。")
            continue
        try:
            submit(item, by=actor)
            done.append(item.title)
        except (*REFUSALS, NotAllowed) as error:
            stayed.append(f"“{item.title}”：{error}")
    if done:
        messages.success(request, f"已送审 {len(done)} 条：{'、'.join(f'“{one}”' for one in done[:20])}。")
    for said in stayed[:20]:
        messages.error(request, said)
    if not numbers:
        messages.error(request, "请先勾选要送审的信息。")
    return redirect("desk:items", agency.slug)


@require_POST
@of_agency("disclosure.publish")
def publish_together(request: HttpRequest, agency: Agency) -> HttpResponse:
    """发布选中的: asked once with all titles, then each through the gate; what cannot go is named with why."""
    numbers = [int(one) for one in request.POST.getlist("item")[:TOGETHER] if one.isdigit() and len(one) < 19]
    rows = list(items_of(agency, "passed").filter(pk__in=numbers).order_by("id"))
    if rows and "sure" not in request.POST:
        return page(request, agency, "disclosure/together", "items", rows=rows)
    done, stayed = [], []
    for item in rows:
        try:
            said = ACTS["publish"].do(item, actor_of(request), {"when": "now", "until": item.publish_until})
            done.append(item.title)
        except (*REFUSALS, NotAllowed) as error:
            stayed.append(f"“{item.title}”没有发布：{error}")
        else:
            if "还写着“有效”" in said:
                stayed.append(f"“{item.title}”：{said}")
    if done:
        messages.success(request, f"已发布 {len(done)} 条：{'、'.join(f'“{one}”' for one in done[:20])}。")
    for said in stayed[:20]:
        messages.error(request, said)
    if not rows:
        messages.error(request, "请先勾选要发布的信息（审查通过的）。")
    return redirect(
        f"{reverse('desk:items', args=[agency.slug])}?state=passed"
        if stayed
        else reverse("desk:items", args=[agency.slug])
    )


@require_safe
@of_agency("disclosure.view")
def next_review(request: HttpRequest, agency: Agency) -> HttpResponse:
    """To the oldest sheet that waits for this person."""
    mine = my_sheets(agency, actor_of(request))
    if mine:
        return redirect("desk:item-review", agency.slug, mine[0].pk)
    messages.info(request, "没有等您审查的信息。")
    return redirect("desk:items", agency.slug)


PATTERNS = [
    path("<slug:agency>/items/", items, name="items"),
    path("<slug:agency>/items/submit/", together, name="items-submit"),
    path("<slug:agency>/items/publish/", publish_together, name="items-publish"),
    path("<slug:agency>/reviews/next/", next_review, name="review-next"),
]
