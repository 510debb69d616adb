"""移交、安排代班、取消代班: the same three acts at an agency's desk and at the administrators'."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from gongkai.agencies import staff
from gongkai.agencies.actions.deputies import cancel_deputy, deputies_on, deputise
from gongkai.agencies.actions.handover import hand_over, leave_vacant
from gongkai.agencies.queries import Agency
from gongkai.agencies.staff import Deputy, Person, Seat
from gongkai.agencies.work import in_words, open_work
from gongkai.design.templatetags.words import long_day, short_day

from .frame import actor_of
from .people_forms import DeputyForm, HandOverForm
from .steps import Steps, Told, bound

if TYPE_CHECKING:
    from gongkai.agencies.actor import Actor

Facts = list[tuple[str, str]]


def facts_of(seat: Seat) -> Facts:
    """The seat, who has it, what is in hand."""
    where = [("机关", seat.agency.name)] if seat.agency else []
    return [
        *where,
        ("岗位", seat.title),
        ("现在是谁", seat.person.name if seat.person else "空缺"),
        ("手上的工作", in_words(open_work(seat))),
    ]


def hand_over_page(
    request: HttpRequest,
    seat: Seat,
    back: str,
    agency: Agency | None = None,
    people: Iterable[Person] | None = None,
    here: str = "people",
) -> HttpResponse:
    """移交岗位: to whom, what follows, done."""
    actor = actor_of(request)
    steps = Steps(
        request,
        f"移交岗位：{seat.title}" if seat.person else f"安排人到空缺岗位：{seat.title}",
        back,
        "下一步",
        facts_of(seat),
        "手上的工作跟着岗位走，不用逐件转。只能选已经有本机关岗位的人；新来的人请联系安全管理员。"
        if people is not None
        else "手上的工作跟着岗位走，不用逐件转。",
        agency,
        here,
    )

    def done(form: HandOverForm) -> HttpResponse:
        if form.to is None:
            leave_vacant(seat, by=actor, note=form.cleaned_data["note"])
            messages.success(request, f"“{seat.title}”现在空缺，手上的工作留在岗位上。")
        else:
            hand_over(seat, to=form.to, by=actor, note=form.cleaned_data["note"])
            messages.success(request, f"“{seat.title}”已经移交给{form.to.name}，并在工作台通知了本人。")
            _warn_of_namesakes(request, form.to, seat.agency)
        return redirect(back if not _lost(actor, seat) else "desk:home")

    return steps.run(
        HandOverForm(bound(request), seat=seat, people=people), lambda form: _handing(seat, form, actor), done
    )


def _lost(actor: Actor, seat: Seat) -> bool:
    """True when the actor has handed over the only seat that opened this desk."""
    me = actor.person
    return me is not None and seat.person_id == me.pk and not staff.seats_elsewhere(me, seat)


def _warn_of_namesakes(request: HttpRequest, person: Person, agency: Agency | None) -> None:
    same = staff.namesakes(person.name, person, agency) if agency else []
    if same:
        names = "、".join(other.username for other in same)
        messages.warning(request, f"本机关还有同名的人：{names}。请核对这次选的是{person.username}。")


def _handing(seat: Seat, form: HandOverForm, actor: Actor) -> Told:
    to, before, note = form.to, seat.person, form.cleaned_data["note"]
    work = in_words(open_work(seat))
    sentences = [
        f"手上的工作（{work}）一并转给{to.name}。"
        if to
        else f"手上的工作（{work}）留在岗位上，等接任的人办理。"
    ]
    if before is not None:
        stays = seat.agency is not None and staff.seats_elsewhere(before, seat)
        sentences.append(
            f"{before.name}从现在起不能再用这个岗位办事" + ("。" if stays else "；" if seat.agency else "。")
        )
        if seat.agency is not None and not stays:
            sentences[-1] += f"在{seat.agency.name}没有其他岗位，也不能再打开它的工作台。"
    if to is not None:
        called_off = [d.person.name for d in deputies_on(seat, actor.day)]
        if called_off:
            sentences.append(f"已经安排的代班（{'、'.join(called_off)}）一并取消。")
        sentences.append(f"{to.name}会在工作台收到通知。")
    return Told(
        f"移交“{seat.title}”？" if to else f"让“{seat.title}”空缺？",
        [
            ("岗位", seat.title),
            ("原来", before.name if before else "空缺"),
            ("接任", f"{to.name}（{to.username}）" if to else "空缺"),
            ("从哪一天起", long_day(actor.day)),
            *([("说明", note)] if note else []),
        ],
        sentences,
        "确认移交" if to else "确认空缺",
        warning=to is None,
    )


def deputise_page(
    request: HttpRequest,
    seat: Seat,
    back: str,
    agency: Agency | None = None,
    people: Iterable[Person] | None = None,
    here: str = "people",
) -> HttpResponse:
    """安排代班: who from when to when, what follows, done."""
    actor = actor_of(request)
    steps = Steps(
        request,
        f"安排代班：{seat.title}",
        back,
        "下一步",
        facts_of(seat),
        "到日子自动开始、自动结束。代班期间原岗位人员也能照常办理。",
        agency,
        here,
    )

    def told(form: DeputyForm) -> Told:
        since, until = form.days
        person = form.cleaned_data["person"]
        return Told(
            f"请{person.name}代班？",
            [
                ("岗位", seat.title),
                ("原岗位人员", seat.person.name if seat.person else "空缺"),
                ("代班的人", f"{person.name}（{person.username}）"),
                ("从", long_day(since)),
                ("到", f"{long_day(until)}，共 {(until - since).days + 1} 天，含首尾"),
            ],
            [
                f"这些天{person.name}能看到和办理这个岗位手上的工作（{in_words(open_work(seat))}）。",
                "办的事记在代班的人名下，并注明“代”。",
                f"{person.name}会在工作台收到通知。",
            ],
            "确认代班",
        )

    def done(form: DeputyForm) -> HttpResponse:
        since, until = form.days
        person = form.cleaned_data["person"]
        deputise(seat, person=person, since=since, until=until, by=actor, reason=form.cleaned_data["reason"])
        messages.success(
            request, f"{person.name}从{short_day(since)}到{short_day(until)}代“{seat.title}”，已经通知本人。"
        )
        return redirect(back)

    return steps.run(DeputyForm(bound(request), seat=seat, people=people), told, done)


def cancel_page(
    request: HttpRequest, deputy: Deputy, back: str, agency: Agency | None = None, here: str = "people"
) -> HttpResponse:
    """取消代班: asks once."""
    actor, seat = actor_of(request), deputy.seat
    began = deputy.stands_in_on(actor.day)
    told = Told(
        f"取消{deputy.person.name}的代班？",
        [
            ("岗位", seat.title),
            ("代班的人", deputy.person.name),
            ("原定", f"{long_day(deputy.since)}至{long_day(deputy.until)}"),
        ],
        [
            f"{deputy.person.name}{'从现在起不能再' if began else '到时不会'}代办这个岗位的事，并会收到通知。",
            f"手上的工作（{in_words(open_work(seat))}）不受影响。",
        ],
        "确认取消",
        warning=True,
    )

    def done() -> HttpResponse:
        cancel_deputy(deputy, by=actor)
        messages.success(request, f"{deputy.person.name}的代班已经取消，已经通知本人。")
        return redirect(back)

    return Steps(request, told.title, back, told.button, agency=agency, here=here).confirm(told, done)
