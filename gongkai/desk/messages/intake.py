"""登记来信、来电、来访: the message that came to the desk gets its number like those of the site."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_http_methods

from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import may
from gongkai.design.fields import DayField
from gongkai.files.actions.adding import NeedsConfirming, NotTaken, examine
from gongkai.inforequests.reach import plain, wrong_mail, wrong_phone
from gongkai.oversight import message_queries as queries
from gongkai.oversight.actions.message_base import CannotDo
from gongkai.oversight.actions.messages import Told, fresh_key, register

from ..frame import actor_of, of_agency, page


def said(
    label: str, hint: str = "", *, most: int = 100, rows: int = 0, required: bool = True
) -> forms.CharField:
    """Words to type, with their messages; several rows where `rows` says so."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=most,
        required=required,
        widget=widget,
        error_messages={
            "required": f"请写明{label}。",
            "max_length": f"{label}最多 {most} 个字，请写短一些。",
        },
    )


class IntakeForm(forms.Form):
    """What is written down of a letter, a call or a visit."""

    use_required_attribute = False
    submission_key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    channel = forms.ChoiceField(
        label="怎样收到的",
        choices=queries.CHANNELS,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "请选择是怎样收到的。"),
    )
    received_on = DayField(label="收到的日期", help_text="办理期限从这一天的次日起算。")
    kind = forms.ChoiceField(
        label="类别",
        choices=queries.KINDS,
        widget=forms.RadioSelect,
        help_text="要文件、数据的不在这里登记，请到“申请—登记申请”。",
        error_messages=dict.fromkeys(("required", "invalid_choice"), "请选择类别。"),
    )
    about: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label="投诉的是哪个机关的信息公开工作",
        queryset=None,
        required=False,
        empty_label="不是投诉举报",
        help_text="投诉举报才选。投诉本机关的，登记以后送主管部门办，本机关不再看得到。",
        error_messages={"invalid_choice": "请重新选择机关。"},
    )
    subject = said("标题", "一句话，不写姓名、电话。", most=60)
    text = said("内容", "照来信抄录或者概括；电话、当面说的，念给本人听一遍。", most=3000, rows=6)
    wants_answer = forms.BooleanField(label="本人要求答复", required=False, initial=True)
    name = said("姓名", "本人不愿意说的不写。", most=60, required=False)
    phone = said("联系电话", most=40, required=False)
    email = said("电子邮箱", most=120, required=False)
    address = said("通信地址", most=200, required=False)
    upload = forms.FileField(
        label="附件", required=False, help_text="来信的扫描件等；加密保存，只有办理的人能看。"
    )
    no_secrets = forms.BooleanField(label="附件打开看过，没有国家秘密", required=False)

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["about"].queryset = queries.complained_of(agency)  # type: ignore[attr-defined]

    def clean_phone(self) -> str:
        """Any way of writing a number, but a number."""
        return self._right("phone", wrong_phone)

    def clean_email(self) -> str:
        """Something an e-mail can be sent to."""
        return self._right("email", wrong_mail)

    def _right(self, name: str, wrong: Any) -> str:
        given = plain(self.cleaned_data[name])
        if why := wrong(given):
            raise forms.ValidationError(why)
        return given

    def clean(self) -> dict[str, Any]:
        """A complaint is about somebody."""
        data = super().clean() or {}
        if data.get("kind") == "complaint" and "about" not in self.errors and not data.get("about"):
            self.add_error("about", "请选择投诉的是哪个机关。")
        return data

    def told(self) -> Told:
        """What is written down."""
        given = self.cleaned_data
        return Told(
            kind=given["kind"],
            subject=given["subject"],
            text=given["text"],
            channel=given["channel"],
            received_on=given["received_on"],
            wants_answer=given["wants_answer"],
            sender={name: given[name] for name in ("name", "phone", "email", "address")},
            about=given["about"] if given["kind"] == "complaint" else None,
            submission_key=fresh_key(given["submission_key"]),
        )


def _examined(form: IntakeForm, agency: Agency, actor: Any) -> list[Any] | None:
    """The file looked into; None where it is not taken, which stands at its field."""
    upload = form.cleaned_data.get("upload")
    if not upload:
        return []
    try:
        return [examine(by=actor, agency=agency, upload=upload, confirmed=form.cleaned_data["no_secrets"])]
    except NeedsConfirming as error:
        form.add_error(
            "upload", f"{error.note}。请打开看一遍，没有国家秘密的，勾选下面的确认，再选一次文件。"
        )
    except NotTaken as error:
        form.add_error("upload", str(error))
    return None


@require_http_methods(["GET", "POST"])
@of_agency("message.receive")
def new(request: HttpRequest, agency: Agency) -> HttpResponse:
    """登记: from the letter to the number; the same form sent twice is one message."""
    actor = actor_of(request)
    first = {"submission_key": secrets.token_hex(16), "received_on": actor.day, "wants_answer": True}
    sent = request.method == "POST"
    form = IntakeForm(
        request.POST if sent else None, request.FILES if sent else None, agency=agency, initial=first
    )
    if form.is_bound and form.is_valid() and (files := _examined(form, agency, actor)) is not None:
        try:
            made = register(agency, form.told(), by=actor, files=files)
        except (CannotDo, NotTaken) as error:
            form.add_error(None, str(error))
        else:
            return _registered(request, agency, made)
    return page(request, agency, "messages/new", "messages", form=form, files=bool(request.FILES))


def _registered(request: HttpRequest, agency: Agency, made: queries.Message) -> HttpResponse:
    code = "-".join(made.tracking_code[at : at + 4] for at in (0, 4, 8))
    told = f"已登记，编号{made.number}，查询码{code}。请告诉本人，凭它们在网上看办理进度。"
    if made.agency_id == agency.pk and may(actor_of(request), "message.open", agency):
        messages.success(request, told)
        return redirect("desk:message", agency.slug, made.pk)
    messages.success(request, f"{told}这件投诉由{made.agency.name}办理，已经送到，本机关不再看得到。")
    return redirect("desk:messages", agency.slug)


PATTERNS = [path("<slug:agency>/messages/new/", new, name="message-new")]
