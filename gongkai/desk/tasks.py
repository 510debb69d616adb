"""交办事项: what the person's seats have been given to do; giving, doing and taking back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.agencies.queries import Agency, Seat
from gongkai.agencies.rights import may, require
from gongkai.design.fields import DayField
from gongkai.tasks import queries
from gongkai.tasks.actions.tasks import CannotTask, do_task, give_task, withdraw_task

from .frame import actor_of, of_agency, page

if TYPE_CHECKING:
    from gongkai.tasks.models import Task

ROWS = 30


class GiveForm(forms.Form):
    """交办: to which seat, what, by when, why."""

    seat = forms.ChoiceField()
    title = forms.CharField(
        label="要做的事",
        max_length=200,
        help_text="写一句话，例如：补充2025年行政处罚数据。消息会以邮件、短信发出，不要写个人信息。",
        error_messages={"required": "请写明要做的事。", "max_length": "要做的事最多200个字，请写短一些。"},
    )
    due_on = DayField(label="最迟哪一天", required=False, help_text="没有期限可以不填。快到期时会自动提醒。")
    why = forms.CharField(
        label="为什么",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写明依据或者原因，对方会看到。",
        error_messages={"max_length": "原因最多300个字，请写短一些。"},
    )

    def __init__(self, seats: list[Seat], data: Any = None) -> None:
        super().__init__(data)
        self.seats = {str(seat.pk): seat for seat in seats}
        self.fields["seat"] = forms.ChoiceField(
            label="交给谁办",
            choices=[("", "请选择"), *((number, _named(seat)) for number, seat in self.seats.items())],
            error_messages={"required": "请选择交给谁办。", "invalid_choice": "请从列表里选择交给谁办。"},
        )


class WordForm(forms.Form):
    """One word on how it ended, or why it is taken back."""

    word = forms.CharField(max_length=300, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, label: str, ask: str, data: Any = None) -> None:
        super().__init__(data)
        self.fields["word"].label = label
        self.fields["word"].error_messages |= {"required": ask, "max_length": "最多300个字，请写短一些。"}


def _named(seat: Seat) -> str:
    where = f"{seat.section}·" if seat.section else ""
    return f"{where}{seat.get_kind_display()}，{seat.person}"


def _list(request: HttpRequest, agency: Agency, show: str) -> HttpResponse:
    actor = actor_of(request)
    rows = {
        "open": lambda: queries.open_tasks(actor, agency),
        "done": lambda: queries.done_tasks(actor, agency),
        "given": lambda: queries.given_tasks(agency),
    }[show]()
    found = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    return page(
        request,
        agency,
        "notices/tasks",
        "tasks",
        show=show,
        page=found,
        rows=queries.timed(found.object_list, actor.day),
        counts=queries.counts_of(actor, agency),
        may_give=bool(may(actor, "task.give", agency)),
    )


@require_safe
@of_agency("desk.view")
def tasks(request: HttpRequest, agency: Agency) -> HttpResponse:
    """What is to be done, most urgent first."""
    return _list(request, agency, "open")


@require_safe
@of_agency("desk.view")
def tasks_done(request: HttpRequest, agency: Agency) -> HttpResponse:
    """What was done."""
    return _list(request, agency, "done")


@require_safe
@of_agency("task.give")
def tasks_given(request: HttpRequest, agency: Agency) -> HttpResponse:
    """All that is open in the agency, for who may give tasks."""
    return _list(request, agency, "given")


@require_http_methods(["GET", "HEAD", "POST"])
@of_agency("task.give")
def give(request: HttpRequest, agency: Agency) -> HttpResponse:
    """交办一件事."""
    seats = list(queries.seats_to_give(agency))
    form = GiveForm(seats, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            task = give_task(
                by=actor_of(request),
                seat=form.seats[told["seat"]],
                title=told["title"],
                why=told["why"],
                due_on=told["due_on"],
            )
        except CannotTask as error:
            form.add_error("due_on" if told["due_on"] else None, str(error))
        else:
            messages.success(request, f"已交给{_named(task.seat)}，并已通知。")
            return redirect("desk:task", agency.slug, task.pk)
    return page(request, agency, "notices/give", "tasks", form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@of_agency("desk.view")
def task(request: HttpRequest, agency: Agency, pk: int) -> HttpResponse:
    """One task: why, where, by when; 办结 for who works in its seat."""
    actor, found = actor_of(request), _task(agency, pk)
    mine = bool(may(actor, "task.do", found))
    may_withdraw = bool(may(actor, "task.withdraw", found))
    if not may_withdraw or request.method == "POST":
        require(actor, "task.do", found)
    form = WordForm(
        "办理结果", "请用一句话写明办理结果。", request.POST if request.method == "POST" else None
    )
    if request.method == "POST" and form.is_valid():
        try:
            do_task(found, by=actor, result=form.cleaned_data["word"])
        except CannotTask as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"已办结：{found.title}")
            return redirect("desk:tasks", agency.slug)
    return page(
        request,
        agency,
        "notices/task",
        "tasks",
        one=queries.timed([found], actor.day)[0],
        form=form if mine and not found.done_at else None,
        may_withdraw=may_withdraw and not found.done_at,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@of_agency("task.withdraw")
def withdraw(request: HttpRequest, agency: Agency, pk: int) -> HttpResponse:
    """撤回: asks once, with the reason."""
    found = _task(agency, pk)
    form = WordForm("为什么撤回", "请写明为什么撤回。", request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_task(found, by=actor_of(request), reason=form.cleaned_data["word"])
        except CannotTask as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"已撤回：{found.title}")
            return redirect("desk:tasks-given", agency.slug)
    return page(request, agency, "notices/withdraw", "tasks", task=found, form=form)


def _task(agency: Agency, pk: int) -> Task:
    try:
        return queries.task_of(agency, pk)
    except queries.NoTask as error:
        raise Http404 from error


_TASKS = "<slug:agency>/tasks/"
PATTERNS = [
    path(_TASKS, tasks, name="tasks"),
    path(f"{_TASKS}done/", tasks_done, name="tasks-done"),
    path(f"{_TASKS}given/", tasks_given, name="tasks-given"),
    path(f"{_TASKS}give/", give, name="task-give"),
    path(f"{_TASKS}<int:pk>/", task, name="task"),
    path(f"{_TASKS}<int:pk>/withdraw/", withdraw, name="task-withdraw"),
]
