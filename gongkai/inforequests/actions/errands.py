"""交股室查找、指定承办: a case or a part of it is handed to a seat; the answer flows into the record of the search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.urls import reverse

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Seat, Section
from gongkai.agencies.rights import acting
from gongkai.files.actions.adding import Examined
from gongkai.files.actions.passing import move_files
from gongkai.statute.days import in_words
from gongkai.statute.states import CLOSED
from gongkai.tasks.actions.tasks import do_task, give_task, withdraw_task
from gongkai.tasks.telling import tell

from ..models import Errand, InfoRequest
from .base import CannotDo
from .errand_tasks import key_of, open_task_of
from .papers import put_paper

RIGHT = "requests.handle"
ANSWER = "requests.answer"


def assign(request: InfoRequest, *, by: Actor, section: Section | None, seat: Seat | None) -> None:
    """指定承办: the case's section, and the seat that is reminded of it; for who handles the case. The seat is told.

    Its papers go along, so that the section can read them. Raises `CannotDo` for a closed case, or a section or seat
    of another agency, or a seat of another section.
    """
    with acting(by, RIGHT, request, section=str(section or ""), seat=seat.pk if seat else None) as doing:
        locked = _open_case(request)
        for one in (section, seat):
            if one is not None and (one.agency_id != locked.agency_id or one.ended_on is not None):
                raise CannotDo("请选择本机关现有的股室和岗位。")
        if seat and section and seat.section_id not in (None, section.pk):
            raise CannotDo("这个岗位不在所选的股室，请重新选择。")
        moved = seat is not None and seat.pk != locked.seat_id
        locked.section, locked.seat = section, seat
        locked.save(update_fields=["section", "seat"])
        move_files(locked, section)
        if seat is not None and moved:
            due = f"答复期限到{in_words(locked.due_on)}。" if locked.due_on else ""
            tell(
                seat,
                subject=f"请承办：{locked.number}",
                body=f"{by.name}把{locked.number}交给您承办。{due}",
                key=f"request-assigned:{locked.pk}:{seat.pk}:{by.day}",
                day=by.day,
                url=reverse("desk:request", args=[locked.agency.slug, locked.pk]),
            )
        doing.target = locked
    request.refresh_from_db()


def ask_section(request: InfoRequest, *, by: Actor, seat: Seat, about: str, due_on: date) -> Errand:
    """交股室查找: ask a seat to search and answer by a day; a task on its desk, with the reminders of every task.

    For who handles the case, while it is open. Raises `CannotDo`, `CannotTask`.
    """
    if not about.strip():
        raise CannotDo("请写明要查找什么、答复什么。")
    if due_on < by.day:
        raise CannotDo("请对方答复的日期不能早于今天。")
    with acting(by, RIGHT, request, errand=seat.pk) as doing:
        locked = _open_case(request)
        if seat.agency_id != locked.agency_id:
            raise CannotDo("请选择本机关的岗位。")
        if locked.due_on and due_on > locked.due_on:
            raise CannotDo(
                f"请对方答复的日期要在答复期限{in_words(locked.due_on)}以前，留出拟稿、审核的时间。"
            )
        made = Errand.objects.create(
            request=locked,
            seat=seat,
            about=about.strip(),
            due_on=due_on,
            given_on=by.day,
            given_by=by.name,
        )
        give_task(
            by=by,
            seat=seat,
            title=f"请查找并答复：{locked.number}",
            why="办理政府信息公开申请，请查找本股室有没有申请的信息，把检索的情况填回来。",
            url=reverse("desk:request-errand", args=[locked.agency.slug, locked.pk, made.pk]),
            due_on=due_on,
            key=key_of(made),
        )
        doing.target = locked
    return made


def answer_errand(
    errand: Errand,
    *,
    by: Actor,
    search: Sequence[Mapping[str, str]],
    said: str,
    papers: Sequence[Examined] = (),
) -> None:
    """The section's answer: what was searched where, by whom, for which words, when, with what result; what it says
    of it; what it found. For whoever works in the seat that was asked. The task is done with it, and who handles the
    case is told. Raises `CannotDo` for one that is closed, or without a search and without a word.
    """
    if not said.strip() and not search:
        raise CannotDo("请填写检索记录，或者写明答复意见。")
    with acting(by, ANSWER, errand, found=len(papers)):
        locked = Errand.objects.select_for_update(no_key=True, of=("self",)).get(pk=errand.pk)
        if not locked.is_open:
            raise CannotDo("这件事已经答复或者撤回了。")
        locked.search, locked.said = [dict(row) for row in search], said.strip()
        locked.answered_on, locked.answered_by = by.day, by.name
        locked.save()
        case = locked.request
        for paper in papers:
            put_paper(case, paper, by=by, kind="material", dated=by.day, errand=errand)
        task = open_task_of(errand)
        if task is not None:
            do_task(task, by=by, result=(said.strip() or f"已检索 {len(search)} 次")[:300])
        if case.seat is not None:
            tell(
                case.seat,
                subject=f"股室已答复：{case.number}",
                body=f"{by.name}已答复{case.number}的查找情况，请打开查看。",
                key=f"request-errand:{errand.pk}:answered",
                day=by.day,
                url=reverse("desk:request", args=[case.agency.slug, case.pk]),
            )
    errand.refresh_from_db()


def withdraw_errand(errand: Errand, *, by: Actor, reason: str) -> None:
    """Take back what a section was asked; it is told. For who handles the case. Raises `CannotDo`, `CannotTask`."""
    if not reason.strip():
        raise CannotDo("请写明为什么撤回。")
    with acting(by, RIGHT, errand.request, errand_withdrawn=errand.pk):
        changed = Errand.objects.filter(
            pk=errand.pk, answered_on__isnull=True, withdrawn_on__isnull=True
        ).update(withdrawn_on=by.day)
        if not changed:
            raise CannotDo("这件事已经答复或者撤回了。")
        task = open_task_of(errand)
        if task is not None:
            withdraw_task(task, by=by, reason=reason.strip())
    errand.refresh_from_db()


def _open_case(request: InfoRequest) -> InfoRequest:
    locked = (
        InfoRequest.objects.select_for_update(no_key=True, of=("self",))
        .select_related("agency")
        .get(pk=request.pk)
    )
    if locked.state in CLOSED:
        raise CannotDo("这件申请已经办结，不用再交办。")
    return locked
