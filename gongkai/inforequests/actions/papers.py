"""案卷材料、办理记录: papers are put into a case and taken out, chosen to go out with the answer, notes are written."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.agencies.rights import acting
from gongkai.files.actions.adding import Examined, add_file
from gongkai.files.actions.passing import pass_on_to
from gongkai.files.actions.removing import remove_file
from gongkai.files.models import StoredFile

from ..models import CaseNote, CasePaper, Errand, InfoRequest
from .base import CannotDo

MOST = 200
"""Files of one case, its letters among them: no case known holds so many, and a runaway upload ends there."""
_SETTLED = frozenset(
    {"in_review", "awaiting_signature", "signed", "answered", "lapsed", "withdrawn", "archived"}
)
"""Once the answer is on its way, what goes out with it changes only by a new draft."""


def put_paper(
    request: InfoRequest,
    upload: Examined,
    *,
    by: Actor,
    kind: str,
    dated: date,
    about: str = "",
    disclose: bool = False,
    errand: Errand | None = None,
) -> CasePaper:
    """Put a file into the case, under what it is and the day it bears; for the seats that work on cases.

    `disclose` is for material only. What a section puts in with its answer to an `errand` it may put into a case of
    another section. Raises `CannotDo`, and `NotTaken` when the case is full.
    """
    right, target = ("requests.answer", errand) if errand else ("requests.papers", request)
    section = errand.seat.section if errand else request.section
    with acting(by, right, target, kind=kind, dated=dated.isoformat()):
        file = add_file(
            by=by, agency=request.agency, upload=upload, owner=request, section=section, most=MOST
        )
        if errand and request.section_id != file.section_id:
            pass_on_to(file, request.section)
        return _noted(request, file, by, kind, dated, about, disclose)


def note_paper(
    request: InfoRequest,
    file: StoredFile,
    *,
    by: Actor,
    kind: str,
    dated: date,
) -> CasePaper:
    """Write down what a file is that the case has already; inside the act that brought it."""
    with acting(by, "requests.papers", request, file=str(file.pk), kind=kind):
        return _noted(request, file, by, kind, dated, "", disclose=False)


def _noted(
    request: InfoRequest,
    file: StoredFile,
    by: Actor,
    kind: str,
    dated: date,
    about: str,
    disclose: bool,
) -> CasePaper:
    if kind not in CasePaper.Kind.values:
        raise CannotDo("请选择这份材料是什么。")
    if dated > by.day:
        raise CannotDo("材料的日期还没有到，请填今天或者以前的日期。")
    if disclose:
        _may_still_be_chosen(request, kind)
    return CasePaper.objects.create(
        request=request, file=file, kind=kind, dated=dated, about=about.strip(), disclose=disclose
    )


def choose(paper: CasePaper, *, by: Actor, disclose: bool) -> None:
    """Have a material go out with the answer, or not; for whoever drafts it, before it goes to the review."""
    with acting(by, "requests.draft", paper.request, paper=paper.pk, disclose=disclose):
        locked = InfoRequest.objects.select_for_update(no_key=True, of=("self",)).get(pk=paper.request_id)
        _may_still_be_chosen(locked, paper.kind)
        CasePaper.objects.filter(pk=paper.pk).update(disclose=disclose)
    paper.refresh_from_db()


def _may_still_be_chosen(request: InfoRequest, kind: str) -> None:
    if kind != CasePaper.Kind.MATERIAL:
        raise CannotDo("只有“拟公开的材料”可以随答复公开。")
    if request.state in _SETTLED:
        raise CannotDo("答复已经送审或者已经作出，随答复公开的材料不能再改；要改的，先退回修改。")


def remove_paper(paper: CasePaper, *, by: Actor, reason: str) -> None:
    """Destroy a paper that was put in by mistake, with the reason. Raises `CannotDo` for one that belongs to a draft
    of the answer: the file of the case has to show what was reviewed and given."""
    if not reason.strip():
        raise CannotDo("请写明删除的原因，例如“放错了案卷”。")
    with acting(by, "requests.papers", paper.request, removed=paper.kind):
        # Locked, so that no draft takes it up while it is looked for in the drafts.
        InfoRequest.objects.select_for_update(no_key=True, of=("self",)).get(pk=paper.request_id)
        listed = paper.request.decisions.values_list("papers", flat=True)
        if any(row["paper"] == paper.pk for papers in listed for row in papers):
            raise CannotDo("这份材料已经列入答复稿，案卷里要保留，不能删除。")
        remove_file(paper.file, by=by, reason=reason.strip())


def write_note(request: InfoRequest, *, by: Actor, on: date, text: str) -> CaseNote:
    """Write a note into the case: a call, a visit, who said what. It stays as written. Raises `CannotDo`."""
    if not text.strip():
        raise CannotDo("请写明办了什么或者说了什么。")
    if on > by.day:
        raise CannotDo("日期还没有到，请填今天或者以前的日期。")
    with acting(by, "requests.papers", request, note=on.isoformat()) as doing:
        return CaseNote.objects.create(
            request=request,
            on=on,
            text=text.strip(),
            by=by.name,
            seat=by.who(doing.seat).seat,
            at=timezone.now(),
        )
