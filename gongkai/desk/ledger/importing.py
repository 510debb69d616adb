"""导入旧台账: upload, match the columns, explain unclear words, look at what is wrong, import."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_http_methods

from gongkai.agencies.actor import Actor
from gongkai.agencies.queries import Agency
from gongkai.files.actions.adding import NeedsConfirming, NotTaken
from gongkai.ledger.actions.begin import CannotImport, again, begin, change_sheet, choose, give_up
from gongkai.ledger.actions.reading import answer, read
from gongkai.ledger.actions.writing import confirm, undo, write
from gongkai.ledger.imports import (
    LedgerImport,
    NoImport,
    done_before,
    import_of,
    imports_of,
    wrong_lines,
)
from gongkai.ledger.working import FEW, SMALL
from gongkai.reports.queries import public_years
from gongkai.statute.ledger.grid import UnreadableLedger

from ..frame import actor_of, of_agency, page
from .import_forms import ColumnsForm, QuestionsForm, UploadForm

ROWS, LISTED = 50, 10
_REFUSALS = (CannotImport, UnreadableLedger)


@require_http_methods(["GET", "HEAD", "POST"])
@of_agency("ledger.import")
def upload(request: HttpRequest, agency: Agency) -> HttpResponse:
    """The file; and the imports there have been."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = begin(agency, given["file"], by=actor_of(request), confirmed=given["no_secrets"])
        except NeedsConfirming as error:
            form.add_error(
                "no_secrets", f"{error.note}。请打开文件看一遍，没有国家秘密的，勾选确认，再选一次文件。"
            )
        except (NotTaken, *_REFUSALS) as error:
            form.add_error("file", str(error))
        else:
            return redirect("desk:ledger-import-one", agency.slug, made.pk)
    return page(request, agency, "ledger/import", "requests", form=form, earlier=imports_of(agency)[:LISTED])


@require_http_methods(["GET", "HEAD", "POST"])
@of_agency("ledger.import")
def one(request: HttpRequest, agency: Agency, pk: int) -> HttpResponse:
    """One import at the step where it stands; every button of it comes here."""
    try:
        ledger = import_of(agency, pk)
    except NoImport as error:
        raise Http404 from error
    form = _form_of(request, ledger)
    do = _DOES.get(request.POST.get("do", "")) if request.method == "POST" else None
    if do is not None:
        try:
            if do(request, ledger, form, actor_of(request)):
                return redirect("desk:ledger-import-one", agency.slug, pk)
        except _REFUSALS as error:
            if form is None:
                messages.error(request, str(error))
                return redirect("desk:ledger-import-one", agency.slug, pk)
            form.add_error(None, str(error))
    return _shown(request, agency, ledger, form)


def _form_of(request: HttpRequest, ledger: LedgerImport) -> ColumnsForm | QuestionsForm | None:
    typed = (
        request.POST
        if request.method == "POST" and request.POST.get("do") in ("columns", "answers")
        else None
    )
    if ledger.step == LedgerImport.Step.COLUMNS:
        return ColumnsForm(typed, ledger=ledger)
    return QuestionsForm(typed, ledger=ledger) if ledger.step == LedgerImport.Step.QUESTIONS else None


_Form = ColumnsForm | QuestionsForm | None


def _columns(request: HttpRequest, ledger: LedgerImport, form: _Form, by: Actor) -> bool:
    if not isinstance(form, ColumnsForm) or not form.is_valid():
        return form is None
    choose(ledger, form.chosen(), by=by)
    if ledger.file.size <= SMALL:
        read(import_of(ledger.agency, ledger.pk), by=by)
    return True


def _answers(request: HttpRequest, ledger: LedgerImport, form: _Form, by: Actor) -> bool:
    if not isinstance(form, QuestionsForm) or not form.is_valid():
        return form is None
    answer(ledger, form.given(), by=by)
    return True


def _import(request: HttpRequest, ledger: LedgerImport, form: _Form, by: Actor) -> bool:
    confirm(ledger, only_good=request.POST.get("rows") == "good", by=by)
    if ledger.counted["good"] <= FEW:
        write(ledger, by=by)
    return True


def _sheet(request: HttpRequest, ledger: LedgerImport, form: _Form, by: Actor) -> bool:
    change_sheet(ledger, request.POST.get("sheet", ""), by=by)
    return True


def _again(request: HttpRequest, ledger: LedgerImport, form: _Form, by: Actor) -> bool:
    again(ledger, by=by)
    return True


def _give_up(request: HttpRequest, ledger: LedgerImport, form: _Form, by: Actor) -> bool:
    give_up(ledger, by=by)
    messages.success(request, "这次导入已经放弃，没有写入任何申请。")
    return True


def _undo(request: HttpRequest, ledger: LedgerImport, form: _Form, by: Actor) -> bool:
    if "sure" not in request.POST:
        return False
    undo(ledger, by=by)
    messages.success(request, f"已撤销，导入的 {ledger.imported} 件申请都已删除。")
    return True


_DOES: dict[str, Callable[[HttpRequest, LedgerImport, _Form, Actor], bool]] = {
    "columns": _columns,
    "answers": _answers,
    "import": _import,
    "sheet": _sheet,
    "again": _again,
    "drop": _give_up,
    "undo": _undo,
}
"""What each button does; true when the page is to be opened anew."""


def _shown(request: HttpRequest, agency: Agency, ledger: LedgerImport, form: _Form) -> HttpResponse:
    step = LedgerImport.Step(ledger.step)
    wrong = None
    if step in (LedgerImport.Step.READY, LedgerImport.Step.DONE):
        wrong = Paginator(wrong_lines(ledger), ROWS).get_page(request.GET.get("page"))
    years = ledger.counted.get("years", [])
    published = sorted(work.year for work in public_years(agency)) if years else []
    return page(
        request,
        agency,
        f"ledger/import_{_TEMPLATE[step]}",
        "requests",
        form=form,
        ledger=ledger,
        counted=ledger.counted,
        years=[(year, opened + closed, closed, opened) for year, (opened, closed) in years],
        touched=[year for year in published if any(a <= year <= b for a, b in ledger.counted["spans"])],
        wrong=wrong,
        before=done_before(ledger),
        undoing=step == LedgerImport.Step.DONE and request.POST.get("do") == "undo",
    )


_TEMPLATE = {
    LedgerImport.Step.COLUMNS: "columns",
    LedgerImport.Step.READING: "waiting",
    LedgerImport.Step.QUESTIONS: "questions",
    LedgerImport.Step.READY: "ready",
    LedgerImport.Step.WRITING: "waiting",
    LedgerImport.Step.DONE: "done",
    LedgerImport.Step.DROPPED: "done",
    LedgerImport.Step.UNDONE: "done",
}

PATTERNS = [
    path("<slug:agency>/ledger/import/", upload, name="ledger-import"),
    path("<slug:agency>/ledger/import/<int:pk>/", one, name="ledger-import-one"),
]
