"""The acts on a message, each on its page with its form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_http_methods

from gongkai.agencies.actor import Actor
from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import NotAllowed, note_refusal, require
from gongkai.design.fields import DayField
from gongkai.disclosure.actions.base import CannotDo as ItemCannotDo
from gongkai.oversight import message_queries as queries
from gongkai.oversight.actions import message_handling, message_passing
from gongkai.oversight.actions.message_base import CannotDo

from ..frame import actor_of, of_agency, page
from .intake import said
from .message import RIGHTS, message_at


class ActForm(forms.Form):
    """Nothing but the button."""

    use_required_attribute = False

    def __init__(self, *args: Any, message: queries.Message, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.message = message
        self.ready()

    def ready(self) -> None:
        """What depends on the message."""


class RefuseForm(ActForm):
    """Why not, and whom to turn to."""

    reason = said("理由", "本人看得到。写明为什么不受理、可以找哪里。", most=1000, rows=4)


class AnswerForm(ActForm):
    """The answer, and whether it may be published."""

    text = said("答复", "本人看得到。先回答问的事，再写依据；不要写别人的个人信息。", most=3000, rows=8)
    public = forms.ChoiceField(
        label="这件答复",
        choices=(("no", "只答复本人，不公开"), ("yes", "拟公开：先送公开机构负责人审核，审核后可以选登")),
        widget=forms.RadioSelect,
        initial="no",
        error_messages=dict.fromkeys(("required", "invalid_choice"), "请选择公开不公开。"),
    )

    def ready(self) -> None:
        """What was written before stands again."""
        if self.message.answer:
            self.initial.setdefault("text", self.message.answer)
            self.initial["public"] = "yes" if self.message.answer_public else "no"


class BackForm(ActForm):
    """What has to be changed."""

    why = said("要改什么", most=500, rows=3)


class CloseForm(ActForm):
    """What came of it."""

    result = forms.ChoiceField(
        label="结果",
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "请选择结果。"),
    )
    note = said("说明", "例如：已整改、已纳入明年计划。只有本机关看。", most=500, rows=3, required=False)

    def ready(self) -> None:
        """The results of its kind."""
        labels = dict(queries.Message.Result.choices)
        choices = [(slug, labels[slug]) for slug in queries.RESULTS[self.message.kind]]
        self.fields["result"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.initial["result"] = choices[0][0]


class GuideForm(ActForm):
    """How the person was told."""

    how = said(
        "怎样告诉本人的",
        "例如：已打电话说明，本人同意走依申请公开。网上的本人在查询页也看得到。",
        most=500,
        rows=3,
        required=False,
    )


class PassForm(ActForm):
    """To whom, and why."""

    to: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label="转给哪个机关",
        queryset=None,
        empty_label="请选择",
        error_messages=dict.fromkeys(("required", "invalid_choice"), "请选择转给哪个机关。"),
    )
    reason = said("理由", "本人和对方都看得到，例如：这件事由民政局负责。", most=500, rows=3)

    def ready(self) -> None:
        """Those it may be passed on to."""
        self.fields["to"].queryset = queries.others_for(self.message)  # type: ignore[attr-defined]


class AccountForm(ActForm):
    """What the agency complained of is asked."""

    question = said(
        "请它说明什么",
        "被投诉的机关只看得到这一段。用自己的话写，不写投诉人的姓名、电话，也不要照抄投诉原文。",
        most=1000,
        rows=5,
    )
    due_on = DayField(label="最迟哪一天说明", required=False, help_text="不填的，按本地规定的期限。")


class SelectForm(ActForm):
    """Question and answer as the public is to read them."""

    column: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label="放在哪个栏目",
        queryset=None,
        empty_label="请选择",
        error_messages=dict.fromkeys(("required", "invalid_choice"), "请选择栏目。"),
    )
    title = said("标题", most=100)
    question = said("问题", "公众看得到。改写成不认得出是谁的话。", most=3000, rows=5)
    text = said("答复", most=3000, rows=6)

    def ready(self) -> None:
        """What was asked and answered, to begin with."""
        self.fields["column"].queryset = queries.columns_to_select(self.message.agency)  # type: ignore[attr-defined]
        for name, value in (("title", "subject"), ("question", "text"), ("text", "answer")):
            self.initial.setdefault(name, getattr(self.message, value))


@dataclass(frozen=True, slots=True)
class ActPage:
    """The form of an act, what does it, and what is said before and after."""

    form: type[ActForm]
    do: Callable[..., Any]
    done: str
    sure: str = ""


def _answer(message: queries.Message, *, by: Actor, text: str, public: str) -> None:
    message_handling.answer(message, by=by, text=text, public=public == "yes")


PAGES: dict[str, ActPage] = {
    "accept": ActPage(ActForm, message_handling.accept, "已受理。"),
    "refuse": ActPage(
        RefuseForm, message_handling.refuse, "已登记不予受理，本人查询时看得到理由。", "不再办理。"
    ),
    "answer": ActPage(AnswerForm, _answer, "已保存答复。"),
    "approve": ActPage(ActForm, message_handling.approve, "已同意，答复本人看得到了。"),
    "send_back": ActPage(BackForm, message_handling.send_back, "已退回修改。"),
    "pass_on": ActPage(
        PassForm,
        message_passing.pass_on,
        "已转办。",
        "内容、附件和本人的联系方式一并转过去，本机关不再办理。",
    ),
    "guide": ActPage(GuideForm, message_handling.guide, "已告诉本人怎样申请信息公开。", "作为留言不再办理。"),
    "ask_account": ActPage(AccountForm, message_passing.ask_account, "已请被投诉机关说明情况。"),
    "close": ActPage(CloseForm, message_handling.close, "已办结。"),
    "select": ActPage(
        SelectForm, message_passing.select, "已做成公开信息的草稿，请到“公开”里继续：送审、审查、发布。"
    ),
}


@require_http_methods(["GET", "POST"])
@of_agency("message.open")
def act(request: HttpRequest, agency: Agency, pk: int, act: str) -> HttpResponse:
    """One act: its form; done, back to the message."""
    found, actor = message_at(agency, pk), actor_of(request)
    if act not in PAGES:
        raise Http404
    try:
        require(actor, RIGHTS.get(act, "message.handle"), found)
    except NotAllowed as refused:
        note_refusal(refused)
        raise
    if act not in queries.acts_now(found):
        messages.error(request, f"现在是“{found.get_state_display()}”，不能“{queries.MOVES[act].label}”。")
        return redirect("desk:message", agency.slug, pk)
    entry, sent = PAGES[act], request.method == "POST"
    form = entry.form({**request.POST.dict(), "_": ""} if sent else None, message=found)
    # Only its own button does it, so that a form sent empty does nothing.
    if sent and "sure" in request.POST and form.is_valid():
        try:
            entry.do(found, by=actor, **form.cleaned_data)
        except (CannotDo, ItemCannotDo) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, entry.done)
            return redirect("desk:message", agency.slug, pk)
    return page(
        request,
        agency,
        "messages/act",
        "messages",
        message=found,
        act=act,
        move=queries.MOVES[act],
        form=form,
        sure=entry.sure,
        inquiries=queries.asked_about(found) if act == "answer" and found.about_id else [],
    )


PATTERNS = [path("<slug:agency>/messages/<int:pk>/do/<slug:act>/", act, name="message-act")]
