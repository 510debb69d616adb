"""更正登记: what was registered wrongly, as it stands, to be put right with a reason."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_http_methods

from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import require
from gongkai.inforequests.actions.amending import REQUESTER, amend, open_fields
from gongkai.inforequests.queries import InfoRequest
from gongkai.statute.days import in_words

from ..frame import actor_of, look_at_personal, of_agency, page
from ..keeping import keep_typed
from .acts import REFUSALS, bound, case_at
from .register_forms import BY_CHANNEL, Part, RegisterForm, Shown, reason_field

_NOT_HERE = (
    "submission_key", "matter", "document_number", "scan", "envelope", "identity_file", "authorisation",
    "again", "no_secrets", "section", "confirmed_how",
)  # fmt: skip
_PARTS = (
    Part(
        "申请怎样来的",
        (
            ("", ("channel", "submitted_on")),
            ("when-arrived", ("arrived_on",)),
            ("when-confirmed", ("confirmed_on",)),
        ),
    ),
    Part(
        "谁申请",
        (
            ("", ("requester_kind", "applicant")),
            ("when-body", ("representative", "contact")),
            ("", ("identity_kind", "identity_number")),
        ),
    ),
    Part("怎样联系", (("", ("phone", "email", "fax", "address", "postcode")),)),
    Part("代理人", (("", ("agent", "agent_identity")),)),
    Part("申请什么", (("", ("content", "form_wanted", "obtain", "purpose", "needs_help")),)),
    Part("为什么更正", (("", ("reason",)),)),
)


class AmendForm(RegisterForm):
    """The registration as it stands; only what may still be put right is asked."""

    def __init__(self, *args: Any, case: InfoRequest, **kwargs: Any) -> None:
        super().__init__(*args, agency=case.agency, initial=_registered(case), **kwargs)
        self.case = case
        self.fields["reason"] = reason_field()
        stays = {*open_fields(case), "reason"}
        for name in list(self.fields):
            if name in _NOT_HERE or name not in stays:
                del self.fields[name]

    def parts(self) -> list[Shown]:
        """The parts of which something may still be put right."""
        shown = []
        for part in _PARTS:
            groups = [
                (when, [self[name] for name in names if name in self.fields]) for when, names in part.groups
            ]
            groups = [(when, fields) for when, fields in groups if fields]
            if groups:
                shown.append(Shown(part.title, groups, folded=False, open=True))
        return shown

    def clean(self) -> dict[str, Any]:
        """The days of the channel; nothing more is asked than when it was registered."""
        data = forms.Form.clean(self) or {}
        if data.get("channel"):
            counts = BY_CHANNEL[data["channel"]].counts
            if counts == "submitted":
                data["arrived_on"] = None
            if counts != "confirmed":
                data["confirmed_on"] = None
        self._reach(data)
        return data

    def given(self) -> dict[str, Any]:
        """What each field should be."""
        return {name: value for name, value in self.cleaned_data.items() if name != "reason"}


def _registered(case: InfoRequest) -> dict[str, Any]:
    requester = getattr(case, "requester", None)
    own = {name: getattr(case, name) for name in open_fields(case) if name not in REQUESTER}
    return own | {name: getattr(requester, name, "") for name in REQUESTER}


@require_http_methods(["GET", "POST"])
@of_agency("requests.register")
def amending(request: HttpRequest, agency: Agency, pk: int) -> HttpResponse:
    """更正登记: the registration with what may still be put right; done, what changed and until when the answer is due."""
    case = case_at(agency, pk)
    actor = actor_of(request)
    require(actor, "requests.register", case)
    look_at_personal(request, "requests.personal", case, page=request.path)
    form = AmendForm(bound(request), case=case)
    if form.is_bound and form.is_valid():
        try:
            done = amend(case, form.given(), by=actor, reason=form.cleaned_data["reason"])
        except REFUSALS as error:
            form.add_error(None, str(error))
        else:
            said = f"已更正：{'、'.join(done.labels)}。"
            if done.before != done.after and done.after:
                before = f"由{in_words(done.before)}" if done.before else ""
                said += f"答复期限{before}改为{in_words(done.after)}。"
            messages.success(request, said)
            return redirect("desk:request", agency.slug, case.pk)
    if form.is_bound:
        keep_typed(request)
    return page(request, agency, "requests/amend", "requests", case=case, form=form)


PATTERNS = [path("<slug:agency>/requests/<int:pk>/amend/", amending, name="request-amend")]
