"""文件检查与遮盖: a file is offered, what must not go out is listed, marked, taken out, and the copy handed back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import may, require
from gongkai.disclosure.actions.covering import attached_as
from gongkai.files.actions import redacting
from gongkai.files.actions.adding import NeedsConfirming, NotTaken
from gongkai.files.actions.removing import StillNeeded
from gongkai.files.queries import (
    Look,
    Marks,
    NoRedaction,
    Redaction,
    Refused,
    Sealed,
    look_into,
    picture_of,
    redaction_of,
    redactions_of,
)

from .frame import actor_of, look_at_personal, of_agency, page
from .redaction_forms import BoxForms, FindsForm, UploadForm, as_row

_A_PAGE = 20
_FINDS = 50
_PAGE_LINKS = 60


@require_http_methods(["GET", "POST"])
@of_agency("file.redact")
def redactions(request: HttpRequest, agency: Agency) -> HttpResponse:
    """The files under checking, and the form for another one."""
    actor = actor_of(request)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            made = redacting.begin(
                by=actor, agency=agency, upload=given["file"], confirmed=given["no_secrets"]
            )
        except NeedsConfirming as error:
            form.add_error(
                "no_secrets",
                f"{error.note}。请打开文件看一遍，没有国家秘密的，勾选这里，再选一次文件。",
            )
        except NotTaken as error:
            form.add_error("file", str(error))
        else:
            return redirect("desk:redaction-one", agency.slug, made.pk)
    rows = Paginator(redactions_of(agency), _A_PAGE).get_page(request.GET.get("page"))
    return page(request, agency, "redaction/list", "settings", form=form, page=rows)


def _at(request: HttpRequest, agency: Agency, pk: int) -> Redaction:
    """The agency's own, if the person may see it; a seat in a section does not see what another section's is, and who
    only drafts sees what was sent in from that seat. Each look is written down."""
    try:
        found = redaction_of(agency, pk)
    except NoRedaction as error:
        raise Http404 from error
    if request.method == "POST":
        require(actor_of(request), "file.redact", found)
    else:
        look_at_personal(request, "file.redact", found, page=request.path)
    return found


@require_http_methods(["GET", "POST"])
@of_agency("desk.view")
def one(request: HttpRequest, agency: Agency, pk: int) -> HttpResponse:
    """What was found, what to cover, and the copy."""
    own = _at(request, agency, pk)
    bound = request.method == "POST"
    form = FindsForm(request.POST) if bound else FindsForm(initial={"reason": own.reason})
    if bound and form.is_valid():
        try:
            said = _do(request, own, form)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, said)
            return redirect("desk:redaction-one", agency.slug, own.pk)
        own = _at(request, agency, pk)
    return _shown(request, agency, own, form)


def _do(request: HttpRequest, own: Redaction, form: FindsForm) -> str:
    actor, marks = actor_of(request), Marks.of(own.marks)
    left = (marks.left - form.shown) | (form.shown - form.covered)
    spots = tuple(s for n, s in enumerate(marks.spots) if n not in form.unmarked)
    redacting.mark(own, Marks(spots, marks.boxes, left), by=actor, reason=form.cleaned_data["reason"])
    count = redacting.mark_texts(own, form.wanted, by=actor) if form.wanted else 0
    if form.cleaned_data["do"] == "texts":
        return f"找到 {count} 处，都标上了。" if count else "文件里没有找到这些文字，请核对写法。"
    if form.cleaned_data["do"] == "save":
        return "标记保存了。"
    redacting.make_copy(own, by=actor)
    return "遮盖后的文件生成了：重新读过一遍，标记的内容都没有了。请下载后再看一遍。"


def _shown(request: HttpRequest, agency: Agency, own: Redaction, form: FindsForm) -> HttpResponse:
    try:
        seen = look_into(own)
    except Sealed:
        return page(request, agency, "file_unreadable", "settings", file=own.original)
    marks = Marks.of(own.marks)
    finds = [_row(f, marks) for f in seen.found if not f["word"]]
    words = [f for f in seen.found if f["word"]]
    actor = actor_of(request)
    rows = Paginator(finds, _FINDS).get_page(request.GET.get("page"))
    boxes: dict[int, int] = {}
    for box in marks.boxes:
        boxes[box.page] = boxes.get(box.page, 0) + 1
    pages = [
        (n, sum(f["page"] == n for f in finds) + boxes.get(n, 0))
        for n in range(seen.pages)
        if seen.pages <= _PAGE_LINKS or n < 10 or n in boxes or any(f["page"] == n for f in finds)
    ]
    return page(
        request,
        agency,
        "redaction/one",
        "settings",
        own=own,
        form=form,
        seen=seen,
        page=rows,
        words=words[:_FINDS],
        pages=pages,
        counts=_counts(finds, seen),
        may_remove=bool(may(actor, "file.remove", own)),
        lists=bool(may(actor, "file.redact", agency)),
        reads=bool(own.copy and may(actor, "file.read", own.copy)),
        places=[one for one in attached_as(own) if may(actor, "disclosure.draft", one.item)],
    )


def _row(found: dict[str, Any], marks: Marks) -> dict[str, Any]:
    auto = found["hidden"] and not found["unseen"] and found["what"] != "mark"
    return found | {"auto": auto, "covered": found["key"] not in marks.left}


def _counts(finds: list[dict[str, Any]], seen: Look) -> dict[str, int]:
    blocks = sum(f["blocks"] for f in finds)
    return {"blocks": blocks, "looks": len(finds) - blocks, "gaps": len(seen.gaps)}


@require_http_methods(["GET", "POST"])
@of_agency("desk.view")
def one_page(request: HttpRequest, agency: Agency, pk: int, number: int) -> HttpResponse:
    """One page as it shows, with the marks on it; boxes are drawn with the mouse or written as numbers."""
    own = _at(request, agency, pk)
    seen = look_into(own)
    if not 1 <= number <= seen.pages:
        raise Http404
    marks = Marks.of(own.marks)
    drawn = [as_row(box) for box in marks.boxes if box.page == number - 1]
    bound = request.method == "POST" and "form-TOTAL_FORMS" in request.POST
    forms = BoxForms(request.POST if bound else None, initial=drawn)
    if bound and forms.is_valid():
        boxes = [box for form in forms if (box := form.box(number - 1))]
        try:
            redacting.put_boxes(own, number - 1, boxes, by=actor_of(request))
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, f"第 {number} 页的标记保存了。")
            return redirect("desk:redaction-page", agency.slug, own.pk, number)
    finds = [_row(f, marks) for f in seen.found if f["page"] == number - 1 and not f["word"]]
    more = {"own": own, "number": number, "pages": seen.pages, "forms": forms, "finds": finds}
    return page(request, agency, "redaction/page", "settings", drawn=len(drawn), **more)


@require_safe
@of_agency("desk.view")
def picture(request: HttpRequest, agency: Agency, pk: int, number: int) -> HttpResponse:
    """The page as PNG."""
    own = _at(request, agency, pk)
    if number < 1:
        raise Http404
    try:
        made = picture_of(own, number - 1)
    except Refused as refused:
        raise Http404 from refused
    return HttpResponse(made, content_type="image/png", headers={"Cache-Control": "private, no-store"})


@require_http_methods(["GET", "POST"])
@of_agency("file.remove")
def remove(request: HttpRequest, agency: Agency, pk: int) -> HttpResponse:
    """Ask once, then destroy the original and its copies."""
    own = _at(request, agency, pk)
    if request.method == "POST" and request.POST.get("sure") == "yes":
        try:
            redacting.discard(own, by=actor_of(request))
        except StillNeeded as error:
            messages.error(request, str(error))
            return redirect("desk:redaction-one", agency.slug, own.pk)
        messages.success(request, "原文件和遮盖后的文件都删除了。")
        return redirect("desk:redaction", agency.slug)
    return page(request, agency, "redaction/remove", "settings", own=own)


_ONE = "<slug:agency>/redaction/<int:pk>/"
PATTERNS: list[URLPattern] = [
    path("<slug:agency>/redaction/", redactions, name="redaction"),
    path(_ONE, one, name="redaction-one"),
    path(f"{_ONE}pages/<int:number>/", one_page, name="redaction-page"),
    path(f"{_ONE}pages/<int:number>/picture.png", picture, name="redaction-picture"),
    path(f"{_ONE}remove/", remove, name="redaction-remove"),
]
