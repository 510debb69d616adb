"""批量导入: the template, a workbook with a .zip looked into row by row, drafts made of it."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import may
from gongkai.disclosure.actions.base import CannotDo
from gongkai.disclosure.actions.batch import bring_rows
from gongkai.disclosure.batches import BadWorkbook, Book, read_rows, template, unpacked
from gongkai.disclosure.queries import columns_of
from gongkai.files.actions.adding import NeedsConfirming, NotTaken, add_file, examine
from gongkai.files.actions.removing import remove_file
from gongkai.files.queries import NoFile, StoredFile, content_of, file_of

from ..frame import actor_of, of_agency, page
from .drafts import bound

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class BatchForm(forms.Form):
    """The workbook, and the files of its rows."""

    use_required_attribute = False
    book = forms.FileField(
        label="填好的表格（.xlsx）",
        error_messages={"required": "请选择填好的表格。", "empty": "表格是空的。"},
    )
    packed = forms.FileField(
        label="附件压缩包（.zip）",
        required=False,
        help_text="表格里写了附件的才要。文件名要和表格里写的一样，放在几层文件夹里都行。",
        error_messages={"empty": "压缩包是空的。"},
    )
    no_secrets = forms.BooleanField(
        label="文件我都打开看过，没有国家秘密",
        required=False,
        help_text="照片和扫描件里的密级标志机器看不出来，要由人看。",
    )


@require_safe
@of_agency("disclosure.draft")
def blank(request: HttpRequest, agency: Agency) -> HttpResponse:
    """下载模板."""
    return HttpResponse(
        template(list(columns_of(agency))),
        content_type=XLSX,
        headers={
            "Content-Disposition": content_disposition_header(True, "批量导入模板.xlsx") or "attachment"
        },
    )


@require_http_methods(["GET", "POST"])
@of_agency("disclosure.draft")
def upload(request: HttpRequest, agency: Agency) -> HttpResponse:
    """The two files; what is in them is shown on the next page, nothing is made yet."""
    form = BatchForm(bound(request), request.FILES if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        kept: dict[str, StoredFile] = {}
        for name, ending in (("book", ".xlsx"), ("packed", ".zip")):
            offered = form.cleaned_data[name]
            if not offered:
                continue
            try:
                judged = examine(
                    by=actor_of(request),
                    agency=agency,
                    upload=offered,
                    confirmed=form.cleaned_data["no_secrets"],
                )
                if not judged.name.endswith(ending):
                    raise NotTaken(f"这里要选 {ending} 文件。", "type")
                kept[name] = add_file(by=actor_of(request), agency=agency, upload=judged)
            except NeedsConfirming as error:
                form.add_error(
                    "no_secrets", f"{error.note}。请看一遍，没有国家秘密的，勾选这里，再选一次文件。"
                )
            except NotTaken as error:
                form.add_error(name, str(error))
        if not form.errors:
            to = reverse("desk:items-batch-look", args=[agency.slug, kept["book"].pk])
            sure = "&sure=1" if form.cleaned_data["no_secrets"] else ""
            return redirect(f"{to}?files={kept['packed'].pk if 'packed' in kept else ''}{sure}")
    return page(request, agency, "disclosure/batch", "items", form=form)


@require_http_methods(["GET", "POST"])
@of_agency("disclosure.draft")
def look(request: HttpRequest, agency: Agency, number: UUID) -> HttpResponse:
    """先看一遍: every row with what is wrong; then drafts of all of them."""
    actor = actor_of(request)
    book, beside = _kept(agency, str(number)), request.GET.get("files", "")
    pack = _kept(agency, beside) if beside else None
    read, trouble = Book(), ""
    with unpacked(content_of(pack) if pack else None) as packed:
        try:
            read = read_rows(b"".join(content_of(book)), agency, packed, actor.day)
        except BadWorkbook as error:
            trouble = str(error)
        wrong = sum(bool(row.wrong) for row in read.rows)
        if request.method == "POST" and "import" in request.POST and read.rows and not wrong:
            try:
                made = bring_rows(agency, read.rows, packed, by=actor, confirmed="sure" in request.GET)
            except CannotDo as error:
                trouble = str(error)
            else:
                for one in filter(None, (book, pack)):
                    if may(actor, "file.remove", one):
                        remove_file(one, by=actor, reason="批量导入完成")
                messages.success(request, f"已导入 {len(made)} 条草稿。逐条看过以后，勾选起来一起送审。")
                return redirect(f"{reverse('desk:items', args=[agency.slug])}?state=draft")
    return page(
        request, agency, "disclosure/batch_look", "items",
        rows=read.rows, unused=read.unused, wrong=wrong, trouble=trouble, book=book,
    )  # fmt: skip


def _kept(agency: Agency, number: str) -> StoredFile:
    """A file offered before, of this agency and of nothing yet."""
    try:
        found = file_of(UUID(number))
    except (NoFile, ValueError) as error:
        raise Http404 from error
    if found.agency_id != agency.pk or found.owner_kind:
        raise Http404
    return found


PATTERNS = [
    path("<slug:agency>/items/batch/", upload, name="items-batch"),
    path("<slug:agency>/items/batch/template/", blank, name="items-batch-template"),
    path("<slug:agency>/items/batch/<uuid:number>/", look, name="items-batch-look"),
]
