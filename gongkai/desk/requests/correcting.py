"""更正答复: the answer to a request that a record about oneself be corrected (art. 41)."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_http_methods

from gongkai.agencies.queries import Agency
from gongkai.design.fields import DayField
from gongkai.inforequests.actions.correcting import REPLY, RESULTS, correction_states, decide_correction
from gongkai.inforequests.letters.catalogue import FIELD_OF, kind_of_reply
from gongkai.inforequests.letters.preview import words_of
from gongkai.inforequests.queries import InfoRequest, newest_draft, reason_sent_back

from ..frame import actor_of, of_agency, page
from .acts import REFUSALS, bound, case_at
from .draft_material import typed


class CorrectionForm(forms.Form):
    """What was checked, what came of it."""

    use_required_attribute = False
    laws: ClassVar = {"result": "ogi 41"}
    facts = forms.CharField(
        label="核查的情况",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="核对了什么记录、什么证据，一两句话。写在“经核查，”后面，句末不加句号。",
        error_messages={"required": "请填写核查的情况。"},
    )
    result = forms.ChoiceField(
        label="核查的结果",
        choices=[(one.slug, one.label) for one in RESULTS.values()],
        widget=forms.RadioSelect,
        error_messages={"required": "请选择核查的结果。"},
    )
    detail = forms.CharField(
        label="具体说明",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="更正了的写原来怎样、现在怎样；不更正的写理由；转送、告知的写机关名称和联系方式。",
        error_messages={"required": "请填写具体说明。"},
    )
    note = forms.CharField(
        label="经办意见",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="给审核人和签发人看，不写进答复书。",
    )
    on = DayField(label="拟稿日期")


@require_http_methods(["GET", "POST"])
@of_agency("requests.draft")
def correction(request: HttpRequest, agency: Agency, pk: int) -> HttpResponse:
    """更正答复: what was checked and what came of it; then the letter as it will read; then to the review."""
    case = case_at(agency, pk)
    if case.matter != "correction":
        raise Http404
    actor = actor_of(request)
    form = CorrectionForm(bound(request), initial=_before(case) | {"on": actor.day})
    words: list[str] = []
    if form.is_bound and form.is_valid() and "again" not in request.POST:
        given = form.cleaned_data
        states = correction_states(given["result"], given["facts"], given["detail"])
        fields = {FIELD_OF[slug]: text for slug, text in states.items() if slug in FIELD_OF}
        try:
            words = words_of(case, kind_of_reply(REPLY), given["on"], fields)
            if "sure" in request.POST:
                decide_correction(case, by=actor, **given)
                messages.success(request, "答复稿已送审核。审核、签发以后送达申请人。")
                return redirect("desk:request", agency.slug, case.pk)
        except REFUSALS as error:
            form.add_error(None, str(error))
            words = []
    return page(
        request, agency, "requests/draft_sure" if words else "requests/correction", "requests",
        case=case, form=form, words=words, typed=typed(request), sent_back=reason_sent_back(case),
    )  # fmt: skip


def _before(case: InfoRequest) -> dict[str, Any]:
    last = newest_draft(case)
    if last is None or last.reply != REPLY:
        return {}
    known = {"facts": "facts", "result": "correction", "detail": "correction_detail"}
    return {name: last.states.get(slug, "") for name, slug in known.items()} | {"note": last.note}


PATTERNS = [
    path("<slug:agency>/requests/<int:pk>/correction/", correction, name="request-correction"),
]
