"""定期评估: what is withheld or given on request only, by the day on which it is looked at again (条例第十八条)."""

from __future__ import annotations

from datetime import date

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import may
from gongkai.disclosure.actions.base import CannotDo
from gongkai.disclosure.actions.evaluating import evaluate
from gongkai.disclosure.queries import items_to_evaluate

from ..frame import actor_of, of_agency, page
from ..links import link

ROWS = 50
RESULTS = (
    ("keep", "维持不公开：理由还在，一年后再看"),
    ("proactive", "转为主动公开：理由没有了，起草后送审、发布"),
    ("on_request", "转为依申请公开：起草后送审"),
)


class EvaluateForm(forms.Form):
    """The result with its reason."""

    use_required_attribute = False
    result = forms.ChoiceField(
        label="评估结果",
        choices=RESULTS,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择评估结果。", "invalid_choice": "请选择评估结果。"},
    )
    reason = forms.CharField(
        label="理由",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="当时不公开的理由现在还在不在，公开会不会有危害。",
        error_messages={"required": "请写明理由。", "max_length": "最多 500 个字，请写短一些。"},
    )


@require_safe
@of_agency("disclosure.view")
def evaluations(request: HttpRequest, agency: Agency) -> HttpResponse:
    """All that is not disclosed unasked, the first to be looked at first."""
    actor = actor_of(request)
    found = Paginator(items_to_evaluate(agency, date.max), ROWS).get_page(request.GET.get("page"))
    return page(
        request,
        agency,
        "registers/evaluations",
        "columns",
        page=found,
        today=actor.day,
        late=items_to_evaluate(agency, actor.day).count(),
        evaluates=bool(may(actor, "disclosure.evaluate", agency)),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@of_agency("disclosure.evaluate")
def one(request: HttpRequest, agency: Agency, pk: int) -> HttpResponse:
    """评估 one item: why it was not disclosed, and what is found now."""
    item = items_to_evaluate(agency, date.max).filter(pk=pk).first()
    if item is None:
        raise Http404
    form = EvaluateForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            made = evaluate(item, result=given["result"], reason=given["reason"], by=actor_of(request))
        except CannotDo as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"已评估：{item.title}，{made.get_result_display()}。")
            return redirect("desk:evaluations", agency.slug)
    return page(
        request,
        agency,
        "registers/evaluate",
        "columns",
        item=item,
        form=form,
        item_url=link("item", agency.slug, item.pk),
    )


PATTERNS = [
    path("<slug:agency>/registers/evaluations/", evaluations, name="evaluations"),
    path("<slug:agency>/registers/evaluations/<int:pk>/", one, name="evaluation"),
]
