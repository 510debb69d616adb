"""写一条信息: begun in a column, its text typed, pasted or taken from a .docx, and shown as the public will read it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import require
from gongkai.disclosure.actions import drafting
from gongkai.disclosure.actions.text_import import take_word
from gongkai.disclosure.clean import clean_html
from gongkai.disclosure.listing import Item
from gongkai.disclosure.pasted import from_word
from gongkai.disclosure.retyped import keeps_all, to_typed
from gongkai.disclosure.typed import to_html
from gongkai.disclosure.word_import import CannotRead
from gongkai.files.actions.adding import NeedsConfirming, NotTaken, examine

from ..frame import actor_of, of_agency, page
from .drafts import REFUSALS, bound, item_at, on_draft, onward, step_page
from .item import shown_text
from .writing_forms import NewForm, TextForm, WordForm

MOST = 1_000_000
"""Letters of a pasted text that are looked at."""


@require_http_methods(["GET", "POST"])
@of_agency("disclosure.draft")
def new(request: HttpRequest, agency: Agency) -> HttpResponse:
    """写一条信息: the column and the title; the rest in steps."""
    actor = actor_of(request)
    own = next((str(s.section_id) for s in actor.seats if s.section_id), "")
    form = NewForm(
        bound(request), agency=agency, initial={"column": request.GET.get("column", ""), "section": own}
    )
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            made = drafting.draft(
                agency,
                agency.columns.get(pk=given["column"]),
                title=given["title"],
                section=agency.sections.get(pk=given["section"]) if given["section"] else None,
                by=actor,
            )
        except REFUSALS as error:
            form.add_error(None, str(error))
        else:
            return redirect("desk:item-text", agency.slug, made.pk)
    return page(request, agency, "disclosure/new", "items", form=form)


@on_draft
def text(request: HttpRequest, agency: Agency, item: Item) -> HttpResponse:
    """标题和正文."""
    before = {"title": item.title, "summary": item.summary, "text": to_typed(item.text)}
    revised = item.publications.exists()
    before["correction_note"] = item.correction_note
    form = TextForm(bound(request), initial=before, revised=revised)
    shown = item.text
    if form.is_bound and form.is_valid():
        given = dict(form.cleaned_data)
        # What the marks cannot say stays as it was, as long as the text was not touched.
        given["text"] = item.text if keeps_all(item.text, given["text"]) else to_html(given["text"])
        shown = given["text"]
        if "look" not in request.POST:
            try:
                drafting.edit(item, by=actor_of(request), **given)
            except REFUSALS as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, "标题和正文已保存。")
                return onward(request, agency, item, "item-text")
    pictures = [one for one in item.attachments.select_related("file") if one.inline]
    return step_page(
        request, agency, item, "item-text", form, "text",
        shown=shown_text(agency, item, shown), word=WordForm(), pictures=pictures,
    )  # fmt: skip


@require_POST
@of_agency("disclosure.draft")
def preview(request: HttpRequest, agency: Agency, pk: int) -> HttpResponse:
    """For the editor: what was typed as it will read; what was pasted as one types it, without its junk."""
    item = item_at(agency, pk)
    require(actor_of(request), "disclosure.draft", item)
    if "pasted" in request.POST:
        return JsonResponse({"typed": to_typed(clean_html(from_word(request.POST["pasted"][:MOST])))})
    typed = request.POST.get("text", "")[:MOST]
    html = item.text if keeps_all(item.text, typed) else to_html(typed)
    return JsonResponse({"html": shown_text(agency, item, html)})


@on_draft
def word(request: HttpRequest, agency: Agency, item: Item) -> HttpResponse:
    """导入 Word: the text of a .docx instead of the present one."""
    form = WordForm(bound(request), request.FILES if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        given, actor = form.cleaned_data, actor_of(request)
        try:
            judged = examine(by=actor, agency=agency, upload=given["file"], confirmed=given["no_secrets"])
            if not judged.name.endswith(".docx"):
                raise CannotRead("只能导入 .docx。旧的 .doc、.wps 请用 Word 或者 WPS 另存为 .docx 再来。")
            said = take_word(item, judged, by=actor)
        except NeedsConfirming as error:
            form.add_error("no_secrets", f"{error.note}。请看一遍，没有国家秘密的，勾选这里，再选一次文件。")
        except NotTaken as error:
            form.add_error("file", str(error))
        except (CannotRead, *REFUSALS) as error:
            form.add_error("file", str(error))
        else:
            messages.success(request, said)
            return redirect("desk:item-text", agency.slug, item.pk)
    return page(request, agency, "disclosure/word", "items", item=item, form=form)


_ITEM = "<slug:agency>/items/<int:pk>/"
PATTERNS = [
    path("<slug:agency>/items/new/", new, name="item-new"),
    path(f"{_ITEM}text/", text, name="item-text"),
    path(f"{_ITEM}text/preview/", preview, name="item-preview"),
    path(f"{_ITEM}text/word/", word, name="item-word"),
]
