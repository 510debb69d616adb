"""案卷材料、办理记录: papers and notes are put into a case; one paper, with what may be done with it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_http_methods

from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import may, require
from gongkai.files.actions.adding import NeedsConfirming, NotTaken, examine
from gongkai.inforequests.actions.papers import choose, put_paper, remove_paper, write_note
from gongkai.inforequests.papers import CasePaper, disclosed_papers, paper_of
from gongkai.inforequests.queries import InfoRequest

from ..frame import actor_of, of_agency, page
from .acts import REFUSALS, bound, case_at
from .papers_forms import NoteForm, PaperForm, RemoveForm


@require_http_methods(["GET", "POST"])
@of_agency("requests.papers")
def put(request: HttpRequest, agency: Agency, pk: int) -> HttpResponse:
    """放入材料: one file with what it is and its day; another after it with one button more."""
    case = case_at(agency, pk)
    actor = actor_of(request)
    require(actor, "requests.papers", case)
    kind = request.GET.get("kind", "")
    form = PaperForm(
        bound(request),
        request.FILES if request.method == "POST" else None,
        initial={"dated": actor.day, "kind": kind},
    )
    if form.is_bound and form.is_valid() and _put(request, case, form):
        messages.success(request, "已放入案卷。")
        to = "request-paper-new" if "more" in request.POST else "request"
        return redirect(f"desk:{to}", agency.slug, case.pk)
    return page(
        request, agency, "requests/paper_new", "requests", case=case, form=form, label="放入材料",
        lead="一次放一个文件。材料是保密的，谁打开过都有记录。", button="放入案卷", more_button="放入，再放一份",
    )  # fmt: skip


def _put(request: HttpRequest, case: InfoRequest, form: PaperForm) -> bool:
    by, given = actor_of(request), form.cleaned_data
    try:
        judged = examine(by=by, agency=case.agency, upload=given["file"], confirmed=given["no_secrets"])
        put_paper(
            case, judged, by=by, kind=given["kind"], dated=given["dated"], about=given["about"],
            disclose=given["disclose"],
        )  # fmt: skip
    except NeedsConfirming as error:
        form.add_error(
            "file", f"{error.note}。请打开文件看一遍，没有国家秘密的，勾选下面的确认，再选一次文件。"
        )
    except NotTaken as error:
        form.add_error("file", str(error))
    except REFUSALS as error:
        form.add_error(None, str(error))
    return not form.errors


@require_http_methods(["GET", "POST"])
@of_agency("requests.papers")
def one(request: HttpRequest, agency: Agency, pk: int, number: int) -> HttpResponse:
    """一份材料: what it is, whether it goes out with the answer; taken out where it was put in by mistake."""
    case = case_at(agency, pk)
    paper = paper_of(case, number)
    if paper is None:
        raise Http404
    actor = actor_of(request)
    require(actor, "requests.papers", case)
    form = RemoveForm(request.POST if "remove" in request.POST else None)
    if request.method == "POST" and (said := _done(request, paper, form)):
        messages.success(request, said)
        return redirect("desk:request", agency.slug, case.pk)
    given = paper in disclosed_papers(case)
    return page(
        request, agency, "requests/paper", "requests", case=case, paper=paper, form=form, given=given,
        personal=bool(may(actor, "requests.personal", case)),
        chooses=paper.kind == CasePaper.Kind.MATERIAL and not given and bool(may(actor, "requests.draft", case)),
        removes=not given and bool(may(actor, "file.remove", case)),
    )  # fmt: skip


def _done(request: HttpRequest, paper: CasePaper, form: RemoveForm) -> str:
    """What was done, in words; nothing where it could not be, which then stands on the form or on the page."""
    by = actor_of(request)
    try:
        if "remove" in request.POST:
            if form.is_valid():
                remove_paper(paper, by=by, reason=form.cleaned_data["reason"])
                return "已删除这份材料。"
            return ""
        if "disclose" not in request.POST and "keep" not in request.POST:
            return ""
        choose(paper, by=by, disclose="disclose" in request.POST)
    except REFUSALS as error:
        if form.is_bound:
            form.add_error(None, str(error))
        else:
            messages.error(request, str(error))
        return ""
    return "这份材料将随答复公开。" if paper.disclose else "这份材料不随答复公开。"


@require_http_methods(["GET", "POST"])
@of_agency("requests.papers")
def note(request: HttpRequest, agency: Agency, pk: int) -> HttpResponse:
    """写一条记录: what was done or said, on which day."""
    case = case_at(agency, pk)
    actor = actor_of(request)
    require(actor, "requests.papers", case)
    form = NoteForm(bound(request), initial={"on": actor.day})
    if form.is_bound and form.is_valid():
        try:
            write_note(case, by=actor, on=form.cleaned_data["on"], text=form.cleaned_data["text"])
        except REFUSALS as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "已记下。")
            return redirect("desk:request", agency.slug, case.pk)
    return page(
        request, agency, "requests/paper_new", "requests", case=case, form=form, label="写一条记录",
        lead="记下办了什么、谁说了什么。写下以后不能改，申请人看不到。", button="记下",
    )  # fmt: skip


_CASE = "<slug:agency>/requests/<int:pk>/"
PATTERNS = [
    path(f"{_CASE}papers/new/", put, name="request-paper-new"),
    path(f"{_CASE}papers/<int:number>/", one, name="request-paper"),
    path(f"{_CASE}notes/new/", note, name="request-note-new"),
]
