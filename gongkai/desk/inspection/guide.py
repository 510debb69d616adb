"""核对公开指南: the contact data as the public reads it, and a word that it is right."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_http_methods

from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import may
from gongkai.oversight import queries
from gongkai.oversight.actions.guide import guide_is_right

from ..frame import actor_of, of_agency, page

FACTS = (
    ("office", "工作机构"),
    ("address", "办公地址"),
    ("office_hours", "办公时间"),
    ("phone", "联系电话"),
    ("fax", "传真号码"),
    ("email", "电子邮箱"),
    ("postcode", "邮政编码"),
)


class RightForm(forms.Form):
    """A word that it was really looked at."""

    use_required_attribute = False
    sure = forms.BooleanField(
        label="我打过电话，看过地址和办公时间，都对",
        error_messages={"required": "请核对以后勾选；有不对的，先改过来。"},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@of_agency("inspection.guide")
def guide(request: HttpRequest, agency: Agency) -> HttpResponse:
    """The data, the box, the button."""
    actor = actor_of(request)
    form = RightForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        guide_is_right(agency, by=actor)
        messages.success(request, "已记下：公开指南的联系方式核对无误。复查以后销号。")
        return redirect("desk:oversight", agency.slug)
    return page(
        request,
        agency,
        "inspection/guide",
        "oversight",
        form=form,
        facts=[(label, getattr(agency, name)) for name, label in FACTS],
        last=queries.guide_checked_on(agency),
        edits=bool(may(actor, "agency.edit", agency)),
    )


PATTERNS = [path("<slug:agency>/oversight/guide/", guide, name="guide-check")]
