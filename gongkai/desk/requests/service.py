"""送达: the signed answer is made as a letter, posted or handed over, and the case is answered."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.agencies.queries import Agency
from gongkai.design.fields import DayField
from gongkai.inforequests.actions.deciding import serve
from gongkai.inforequests.actions.letters import make_letter
from gongkai.inforequests.letters.catalogue import kind_of_reply
from gongkai.inforequests.letters.fields import decision_fields
from gongkai.inforequests.queries import newest_draft, reply_letter, signed_on

from ..frame import actor_of, of_agency, page
from .acts import REFUSALS, after, bound, case_at

WAYS = ("当面领取", "邮政特快专递", "挂号信", "电子邮件", "传真", "网络平台")


class ServeForm(forms.Form):
    """How it went out and when: the day of posting or handing over is the day of the answer."""

    use_required_attribute = False
    laws: ClassVar = {"on": "reply_2016_235"}
    how = forms.ChoiceField(
        label="送达方式",
        choices=[(way, way) for way in WAYS],
        widget=forms.RadioSelect,
        error_messages={"required": "请选择送达方式。"},
    )
    on = DayField(
        label="寄出或者交给申请人的日期", help_text="邮寄的写交邮那一天；当面领取的写申请人签收那一天。"
    )
    mail_number = forms.CharField(
        label="邮件号码", required=False, max_length=60, help_text="邮寄的请写，日后可以证明何时寄出。"
    )
    signed_for_on = DayField(label="申请人签收的日期", required=False, help_text="还不知道的先不填。")

    def clean(self) -> dict[str, Any]:
        """A letter by post has its number."""
        data = super().clean() or {}
        if data.get("how") in ("邮政特快专递", "挂号信") and not data.get("mail_number"):
            self.add_error("mail_number", "请填写邮件号码，这是按时答复的证据。")
        return data


@require_http_methods(["GET", "POST"])
@of_agency("requests.handle")
def service(request: HttpRequest, agency: Agency, pk: int) -> HttpResponse:
    """登记送达: first the letter is made, then how it reached the requester is written down."""
    case = case_at(agency, pk)
    actor = actor_of(request)
    draft = newest_draft(case)
    if case.state != "signed" or draft is None:
        return page(request, agency, "requests/act_closed", "requests", case=case, label="登记送达")
    letter = reply_letter(draft)
    form = ServeForm(bound(request), initial={"on": actor.day})
    if form.is_bound and form.is_valid():
        try:
            if letter is None:
                raise ValueError("请先制作答复书，再登记送达。")
            serve(case, by=actor, **form.cleaned_data)
        except REFUSALS as error:
            form.add_error(None, str(error))
        else:
            after(request, case, "送达")
            return redirect("desk:request", agency.slug, case.pk)
    return page(request, agency, "requests/serve", "requests", case=case, letter=letter, form=form)


@require_POST
@of_agency("requests.handle")
def make_reply(request: HttpRequest, agency: Agency, pk: int) -> HttpResponse:
    """制作答复书: the letter of exactly what was signed, dated with the day of the signature."""
    case = case_at(agency, pk)
    draft = newest_draft(case)
    if case.state != "signed" or draft is None:
        raise Http404
    try:
        kind = kind_of_reply(draft.reply)
        make_letter(case, kind.slug, by=actor_of(request), on=signed_on(draft), fields=decision_fields(draft))
        messages.success(request, "答复书已制作，请打印、盖章。")
    except REFUSALS as error:
        messages.error(request, str(error))
    return redirect("desk:request-serve", agency.slug, case.pk)


_CASE = "<slug:agency>/requests/<int:pk>/"
PATTERNS = [
    path(f"{_CASE}serve/", service, name="request-serve"),
    path(f"{_CASE}serve/letter/", make_reply, name="request-make-reply"),
]
