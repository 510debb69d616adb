"""报请确定: what cannot be decided here is asked of the supervising office or the secrecy authority; their answer."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_http_methods

from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import require
from gongkai.disclosure.actions.referring import enter_answer, refer
from gongkai.disclosure.listing import Referral

from ..frame import actor_of, of_agency, page
from .drafts import REFUSALS, bound
from .fields import day, line, words
from .reviewing import sheet_at


class ReferForm(forms.Form):
    """Whom is asked what."""

    use_required_attribute = False
    laws = {"whom": "ogi 17"}  # noqa: RUF012 - read only
    whom = forms.ChoiceField(
        label="报送给谁",
        choices=Referral.Whom.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择报送给谁。"},
    )
    organ = line("机关名称", "例如：某某县人民政府办公室、某某县国家保密局。", required=True)
    question = words("请求确定的问题", "写清楚哪一部分拿不准、为什么。", most=1000, required=True)
    sent_on = day("报送之日", "不写就是今天。")


class AnswerForm(forms.Form):
    """What they determined."""

    use_required_attribute = False
    finding = forms.ChoiceField(
        label="确定意见",
        choices=Referral.Finding.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择确定意见。"},
    )
    answer = words("答复内容", "写答复的文号和主要内容。", most=1000, required=True)
    answered_on = day("答复之日", "不写就是今天。")


@require_http_methods(["GET", "POST"])
@of_agency("disclosure.refer")
def referring(request: HttpRequest, agency: Agency, pk: int) -> HttpResponse:
    """Ask; while an answer is awaited, enter it."""
    sheet, actor = sheet_at(agency, pk), actor_of(request)
    require(actor, "disclosure.refer", sheet)
    waiting = sheet.referrals.filter(answered_on__isnull=True).first()
    form: forms.Form = (AnswerForm if waiting else ReferForm)(bound(request))
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            if waiting is None:
                refer(sheet, by=actor, **given)
                said = "已登记报请确定。等答复的时候不能签字，收到答复以后在这里登记。"
            else:
                enter_answer(waiting, by=actor, **given)
                said = "已登记答复。"
        except REFUSALS as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, said)
            return redirect("desk:item-review", agency.slug, sheet.pk)
    return page(
        request, agency, "disclosure/refer", "items", sheet=sheet, item=sheet.item, form=form, waiting=waiting
    )


PATTERNS = [path("<slug:agency>/reviews/<int:pk>/refer/", referring, name="item-refer")]
