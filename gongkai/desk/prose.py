"""年报的文字: the six parts with their paragraphs; each added, written, moved, found right, deleted."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import may
from gongkai.reports import prose_state as states
from gongkai.reports.actions import prose as acts
from gongkai.reports.alike import set_against
from gongkai.reports.composers import COMPOSERS
from gongkai.reports.composition import all_facts, compose
from gongkai.reports.marks import BadMark, choices, put_in, to_typed
from gongkai.reports.prose import Fact

from .frame import actor_of, of_agency, page
from .keeping import keep_typed
from .prose_forms import AddForm, BlockForm
from .reports import work_or_404

if TYPE_CHECKING:
    from gongkai.reports.models import ProseBlock, ReportYear


@require_safe
@of_agency("report.view")
def prose(request: HttpRequest, agency: Agency, year: int) -> HttpResponse:
    """All parts with their paragraphs as they will be printed, and beside each what is to be done with it."""
    work = work_or_404(agency, year)
    state = states.prose_state(work)
    return page(
        request,
        agency,
        "prose/page",
        "reports",
        work=work,
        state=state,
        alike=set_against(work, state),
        writes=bool(may(actor_of(request), "report.prepare", work)),
    )


@require_POST
@of_agency("report.prepare")
def begin(request: HttpRequest, agency: Agency, year: int) -> HttpResponse:
    """按数据生成初稿."""
    try:
        made = acts.lay_out(work_or_404(agency, year), by=actor_of(request))
    except acts.CannotPrepare as error:
        messages.error(request, str(error))
        return redirect("desk:report-prose", agency.slug, year)
    if made:
        messages.success(request, "初稿已经生成：有数据的句子已写好，记录里没有的，请回答问题。")
    else:
        messages.success(request, "各部分都已经有文字，没有改动。")
    return redirect("desk:report-prose", agency.slug, year)


def block_or_404(work: ReportYear, pk: int) -> ProseBlock:
    """A paragraph of this report, or a page that is not there."""
    found = work.prose.select_related("report__agency").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@of_agency("report.prepare")
def block(request: HttpRequest, agency: Agency, year: int, pk: int) -> HttpResponse:
    """Write a paragraph, or answer its question."""
    work = work_or_404(agency, year)
    row, made = block_or_404(work, pk), compose(work)
    laid = next(one for one in made.blocks if one.row.pk == row.pk)
    facts, composer = all_facts(made, work), COMPOSERS.get(row.composer)
    asks = composer.question if composer and composer.question and not laid.composed else None
    before = {"subheading": row.subheading, "text": to_typed(row.text or laid.composed, facts)}
    form = BlockForm(_posted(request), initial=before, ask=asks.ask if asks else "")
    if form.is_bound and form.is_valid() and "put" not in request.POST:
        given = form.cleaned_data
        try:
            acts.edit_block(row, subheading=given["subheading"], typed=given["text"], by=actor_of(request))
        except acts.CannotPrepare as error:
            form.add_error("text", str(error))
        else:
            messages.success(request, "已保存。")
            return _to(agency, year, pk)
    if form.is_bound:
        keep_typed(request)
    form = _with_figure(request, form, facts)
    return page(
        request, agency, "prose/edit", "reports",
        work=work, form=form, row=row, laid=laid, composer=composer, question=asks, groups=choices(facts),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@of_agency("report.prepare")
def add(request: HttpRequest, agency: Agency, year: int, section: str) -> HttpResponse:
    """加一段: one that is composed, or one's own words."""
    work = work_or_404(agency, year)
    state = states.prose_state(work)
    part = next((part for part in state.parts if part.key == section), None)
    if part is None:
        raise Http404
    present = frozenset(one.laid.row.composer for one in part.blocks)
    form = AddForm(_posted(request), section=section, present=present)
    if form.is_bound and form.is_valid() and "put" not in request.POST:
        given = form.cleaned_data
        try:
            made = acts.add_block(
                work, section, subheading=given["subheading"], composer=given["composer"],
                typed=given["text"], by=actor_of(request),
            )  # fmt: skip
        except acts.CannotPrepare as error:
            form.add_error("text", str(error))
        else:
            messages.success(request, "已加上一段。")
            return _to(agency, year, made.pk)
    if form.is_bound:
        keep_typed(request)
    facts = all_facts(compose(work), work)
    text = _with_figure(request, form, facts)
    return page(
        request, agency, "prose/add", "reports",
        work=work, part=part, form=form, text=text, groups=choices(facts),
    )  # fmt: skip


def _posted(request: HttpRequest) -> dict[str, str] | None:
    return request.POST.dict() if request.method == "POST" else None


def _with_figure(request: HttpRequest, form: BlockForm, facts: dict[str, Fact]) -> BlockForm:
    """The form with the chosen figure in its words."""
    key = request.POST.get("put", "")
    if not key or not form.is_valid():
        return form
    try:
        return form.with_text(put_in(form.data.get("text", ""), key, facts))
    except BadMark as error:
        form.add_error("text", str(error))
        return form


def _to(agency: Agency, year: int, pk: int) -> HttpResponse:
    answer = redirect("desk:report-prose", agency.slug, year)
    answer["Location"] += f"#block-{pk}"
    return answer


_ACTS: dict[str, tuple[Callable[..., object], str]] = {
    "up": (lambda row, by: acts.move(row, up=True, by=by), "已上移。"),
    "down": (lambda row, by: acts.move(row, up=False, by=by), "已下移。"),
    "right": (acts.find_right, "已确认。以后这一段的数有变动，会提醒再看。"),
    "restore": (acts.restore, "已恢复。"),
    "nothing": (acts.answer_nothing, "已记下：没有。"),
}


@require_POST
@of_agency("report.prepare")
def act(request: HttpRequest, agency: Agency, year: int, pk: int) -> HttpResponse:
    """One of the buttons beside a paragraph."""
    row, by = block_or_404(work_or_404(agency, year), pk), actor_of(request)
    try:
        if "figure" in request.POST:
            start, _, rest = request.POST["figure"].partition("-")
            end, _, key = rest.partition("-")
            acts.to_figure(row, start=_whole(start), end=_whole(end), key=key, by=by)
            messages.success(request, "已改为引用，以后跟着记录变。")
        elif request.POST.get("do", "") in _ACTS:
            do, said = _ACTS[request.POST["do"]]
            do(row, by=by)
            messages.success(request, said)
        else:
            messages.error(request, "请选择要做什么。")
    except acts.CannotPrepare as error:
        messages.error(request, str(error))
    return _to(agency, year, pk)


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else 0


@require_http_methods(["GET", "HEAD", "POST"])
@of_agency("report.prepare")
def delete(request: HttpRequest, agency: Agency, year: int, pk: int) -> HttpResponse:
    """Asked once, then the paragraph is gone."""
    work = work_or_404(agency, year)
    row = block_or_404(work, pk)
    if request.method == "POST":
        try:
            acts.delete_block(row, by=actor_of(request))
        except acts.CannotPrepare as error:
            messages.error(request, str(error))
        else:
            messages.success(request, "这一段已删除。")
        return redirect("desk:report-prose", agency.slug, year)
    laid = next(one for one in compose(work).blocks if one.row.pk == pk)
    return page(
        request, agency, "prose/delete", "reports",
        work=work, laid=laid, composer=COMPOSERS.get(row.composer),
    )  # fmt: skip


_HERE = "<slug:agency>/reports/<int:year>/prose/"
PATTERNS = [
    path(_HERE, prose, name="report-prose"),
    path(f"{_HERE}begin/", begin, name="report-prose-begin"),
    path(f"{_HERE}add/<slug:section>/", add, name="report-prose-add"),
    path(f"{_HERE}<int:pk>/", block, name="report-prose-block"),
    path(f"{_HERE}<int:pk>/act/", act, name="report-prose-act"),
    path(f"{_HERE}<int:pk>/delete/", delete, name="report-prose-delete"),
]
