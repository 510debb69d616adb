"""岗位 of the whole site: set up, give, hand over, end, for the security administrator."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from gongkai.agencies import staff
from gongkai.agencies.actions.seats import end_seat, give_seats, set_up_seats
from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import may
from gongkai.agencies.staff import Person, Seat
from gongkai.agencies.work import in_words, open_work

from .frame import SITE_NAVIGATION, actor_of, of_site, site_page
from .people_forms import EndSeatForm, SeatsForm
from .people_site import person_or_404
from .seat_acts import cancel_page, deputise_page, facts_of, hand_over_page
from .steps import Steps, Told, bound

ROWS = 50
HERE = "site-seats"
SITE_NAVIGATION.append((HERE, "岗位", "seat.view"))
OF_THE_SITE = "-"
"""Stands for the three administrators where an agency is chosen."""


def _seat(pk: int) -> Seat:
    try:
        return staff.seat_at(pk)
    except staff.NoSeat as error:
        raise Http404 from error


def _home() -> str:
    return reverse("desk:site-seats")


@require_safe
@of_site("seat.view")
def seats(request: HttpRequest) -> HttpResponse:
    """岗位: every seat with its holder, found by agency, section, kind or holder; or only the vacant ones."""
    words, vacant = request.GET.get("words", "").strip(), bool(request.GET.get("vacant"))
    found = Paginator(staff.find_seats(words, vacant=vacant), ROWS).get_page(request.GET.get("page"))
    actor = actor_of(request)
    rows = [
        (seat, [d for d in seat.standing_in if d.until >= actor.day])  # type: ignore[attr-defined]
        for seat in found.object_list
    ]
    return site_page(
        request,
        "people/seats",
        HERE,
        page=found,
        rows=rows,
        words=words,
        vacant=vacant,
        may_give=bool(may(actor, "seat.give")),
    )


@of_site("seat.give")
def set_up(request: HttpRequest) -> HttpResponse:
    """设立岗位, vacant for now."""
    return _choose(request, None)


@of_site("seat.give")
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """授予岗位: several at once, with boxes to tick."""
    return _choose(request, person_or_404(pk))


def _choose(request: HttpRequest, person: Person | None) -> HttpResponse:
    title = f"授予岗位：{person.name}" if person else "设立空缺岗位"
    back = reverse("desk:site-person", args=[person.pk]) if person else _home()
    slug = request.GET.get("agency", "")
    if not slug:
        choices = staff.live_agencies()
        return site_page(request, "people/which", HERE, title=title, back=back, agencies=choices)
    agency = None if slug == OF_THE_SITE else staff.live_agency(slug)
    if slug != OF_THE_SITE and agency is None:
        raise Http404
    held = person.held if person else []  # type: ignore[attr-defined]
    steps = Steps(
        request,
        title,
        back,
        "下一步",
        [("机关", agency.name if agency else "全平台"), *([("人员", person.username)] if person else [])],
        "可以一次勾选几个。这个人已经有的不再列出。" if person else "先设立，以后再安排人。",
        here=HERE,
    )
    return steps.run(
        SeatsForm(bound(request), agency=agency, held=held),
        lambda form: _giving(form, person, agency),
        lambda form: _given(request, form, person, agency, back),
    )


def _giving(form: SeatsForm, person: Person | None, agency: Agency | None) -> Told:
    names = "、".join(
        f"{section.name}·{kind.label}" if section else kind.label for kind, section in form.chosen
    )
    same = staff.namesakes(person.name, person, agency) if person and agency else []
    sentences = (
        [
            f"{person.name}从今天起可以用这些岗位办事，并在工作台收到通知。",
            "同样的岗位有空缺的，就接任那个空缺，连同手上的工作。",
        ]
        if person
        else ["岗位设立以后是空缺，没有人能用它办事。"]
    )
    if same:
        names_of_same = "、".join(other.username for other in same)
        sentences.insert(0, f"注意：本机关还有同名的人（{names_of_same}），请核对。")
    return Told(
        f"给{person.name}授予 {len(form.chosen)} 个岗位？" if person else f"设立 {len(form.chosen)} 个岗位？",
        [
            *([("人员", f"{person.name}（{person.username}）")] if person else []),
            ("机关", agency.name if agency else "全平台"),
            ("岗位", names),
        ],
        sentences,
        "确认授予" if person else "确认设立",
    )


def _given(
    request: HttpRequest, form: SeatsForm, person: Person | None, agency: Agency | None, back: str
) -> HttpResponse:
    actor = actor_of(request)
    if person is None:
        set_up_seats(by=actor, agency=agency, places=form.chosen)
        messages.success(request, f"已经设立 {len(form.chosen)} 个岗位，现在空缺。")
    else:
        give_seats(by=actor, person=person, agency=agency, places=form.chosen)
        messages.success(request, f"已经授予{person.name} {len(form.chosen)} 个岗位，并通知了本人。")
    return redirect(back)


@of_site("seat.give")
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """移交岗位, to anybody with an account."""
    return hand_over_page(request, _seat(pk), _home(), here=HERE)


@of_site("seat.give")
def deputise(request: HttpRequest, pk: int) -> HttpResponse:
    """安排代班, by anybody with an account."""
    return deputise_page(request, _seat(pk), _home(), here=HERE)


@of_site("seat.give")
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """取消代班."""
    try:
        deputy = staff.deputy_at(pk, None, actor_of(request).day)
    except staff.NoDeputy as error:
        raise Http404 from error
    return cancel_page(request, deputy, _home(), here=HERE)


@of_site("seat.give")
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """撤销岗位: another seat takes the work over, where there is any."""
    seat = _seat(pk)
    work = open_work(seat)
    form = EndSeatForm(bound(request), takers=staff.seats_to_take(seat), needed=bool(work))
    steps = Steps(
        request,
        f"撤销岗位：{seat.title}",
        _home(),
        "下一步",
        facts_of(seat),
        "撤销以后没有人能用这个岗位办事，任职记录留着。人员变动不用撤销岗位，移交就行。",
        here=HERE,
    )

    def told(form: EndSeatForm) -> Told:
        moved = (
            f"手上的工作（{in_words(work)}）转到“{form.to}”。" if work and form.to else "手上没有未办完的事。"
        )
        left = f"{seat.person.name}从现在起不能再用这个岗位办事。" if seat.person else "这个岗位现在空缺。"
        return Told(
            f"撤销“{seat.title}”？",
            facts_of(seat),
            [left, moved, "撤销以后不能恢复，只能另设。"],
            "确认撤销",
            True,
        )

    def done(form: EndSeatForm) -> HttpResponse:
        end_seat(seat, by=actor_of(request), to=form.to, note=form.cleaned_data["note"])
        messages.success(request, f"“{seat.title}”已经撤销。")
        return redirect(_home())

    return steps.run(form, told, done)


PATTERNS = [
    path("site/seats/", seats, name=HERE),
    path("site/seats/new/", set_up, name="site-seat-new"),
    path("site/people/<int:pk>/seats/", give, name="site-person-seats"),
    path("site/seats/<int:pk>/hand-over/", hand_over, name="site-seat-hand-over"),
    path("site/seats/<int:pk>/deputise/", deputise, name="site-seat-deputise"),
    path("site/seats/<int:pk>/end/", end, name="site-seat-end"),
    path("site/deputies/<int:pk>/cancel/", cancel, name="site-deputy-cancel"),
]
