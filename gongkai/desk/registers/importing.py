"""导入台账: the template, a filled-in sheet, what was found in it, the import, and taking it back."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.agencies.actor import Actor
from gongkai.agencies.queries import Agency
from gongkai.disclosure.actions.base import CannotDo
from gongkai.disclosure.actions.register_import import SHOWN, begin, confirm, give_up, undo
from gongkai.disclosure.registers.kinds import Register
from gongkai.disclosure.registers.listing import NoImport, RegisterImport, done_before, import_of, imports_of
from gongkai.disclosure.registers.sheet import MOST_ROWS, UnreadableLedger, template
from gongkai.files.actions.adding import NeedsConfirming, NotTaken

from ..frame import actor_of, of_agency, page
from .forms import UploadForm
from .listing import register_or_404

LISTED, ROWS = 10, 50
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@of_agency("disclosure.registers")
def blank(request: HttpRequest, agency: Agency, kind: str) -> HttpResponse:
    """The template."""
    register = register_or_404(kind)
    name = content_disposition_header(True, f"{register.name}台账导入模板.xlsx") or "attachment"
    return HttpResponse(template(register), content_type=_XLSX, headers={"Content-Disposition": name})


@require_http_methods(["GET", "HEAD", "POST"])
@of_agency("disclosure.registers")
def upload(request: HttpRequest, agency: Agency, kind: str) -> HttpResponse:
    """The file; and the imports there have been."""
    register = register_or_404(kind)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = begin(agency, kind, given["file"], by=actor_of(request), confirmed=given["no_secrets"])
        except NeedsConfirming as error:
            form.add_error(
                "no_secrets", f"{error.note}。请打开文件看一遍，没有国家秘密的，勾选确认，再选一次文件。"
            )
        except (NotTaken, CannotDo, UnreadableLedger) as error:
            form.add_error("file", str(error))
        else:
            return redirect("desk:register-import-one", agency.slug, kind, made.pk)
    return page(
        request,
        agency,
        "registers/import",
        "items",
        register=register,
        form=form,
        most=MOST_ROWS,
        earlier=imports_of(agency, kind)[:LISTED],
    )


def _import(request: HttpRequest, made: RegisterImport, by: Actor) -> None:
    confirm(made, only_good=request.POST.get("rows") == "good", by=by)


def _give_up(request: HttpRequest, made: RegisterImport, by: Actor) -> None:
    give_up(made, by=by)
    messages.success(request, "这次导入已经放弃，没有写入任何内容。")


def _undo(request: HttpRequest, made: RegisterImport, by: Actor) -> None:
    undo(made, by=by)
    messages.success(request, f"已撤销，导入的 {made.imported} 条都已删除。")


_DOES: dict[str, Callable[[HttpRequest, RegisterImport, Actor], None]] = {
    "import": _import,
    "drop": _give_up,
    "undo": _undo,
}
"""What each button does."""


@require_http_methods(["GET", "HEAD", "POST"])
@of_agency("disclosure.registers")
def one(request: HttpRequest, agency: Agency, kind: str, pk: int) -> HttpResponse:
    """One import: what was found, its buttons, what became of it."""
    register = register_or_404(kind)
    try:
        made = import_of(agency, kind, pk)
    except NoImport as error:
        raise Http404 from error
    do = _DOES.get(request.POST.get("do", "")) if request.method == "POST" else None
    if do is not None:
        try:
            do(request, made, actor_of(request))
        except (CannotDo, UnreadableLedger) as error:
            messages.error(request, str(error))
        return redirect("desk:register-import-one", agency.slug, kind, pk)
    return page(request, agency, "registers/import_one", "items", **_found(request, register, made))


def _found(request: HttpRequest, register: Register, made: RegisterImport) -> dict[str, object]:
    heads = [
        one
        for one in register.fields
        if one.slug != "subject" and any(one.slug in row for row in made.sample)
    ]
    return {
        "register": register,
        "made": made,
        "counted": made.counted,
        "before": done_before(made),
        "wrong": Paginator(made.problems, ROWS).get_page(request.GET.get("page")),
        "more": max(0, made.counted["wrong"] - SHOWN),
        "heads": [one.head for one in heads],
        "sample": [[(one.head, row.get(one.slug, "")) for one in heads] for row in made.sample],
    }


PATTERNS = [
    path("<slug:agency>/registers/<slug:kind>/template/", blank, name="register-template"),
    path("<slug:agency>/registers/<slug:kind>/import/", upload, name="register-import"),
    path("<slug:agency>/registers/<slug:kind>/import/<int:pk>/", one, name="register-import-one"),
]
