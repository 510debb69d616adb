"""本机关错敏词: the words this office does not want to see in what it publishes."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.agencies.queries import Agency
from gongkai.dictionaries.actions.office_words import WordThere, add_office_word, stop_office_word
from gongkai.dictionaries.queries import office_words

from .frame import actor_of, of_agency, page
from .redaction_forms import WordForm

_A_PAGE = 30


@require_http_methods(["GET", "POST"])
@of_agency("words.edit")
def words(request: HttpRequest, agency: Agency) -> HttpResponse:
    """The list, and the form for another word."""
    form = WordForm(request.POST) if request.method == "POST" else WordForm()
    if form.is_bound and form.is_valid():
        try:
            entry = add_office_word(by=actor_of(request), agency=agency, **form.cleaned_data)
        except WordThere as there:
            form.add_error("word", str(there))
        else:
            messages.success(request, f"“{entry.word}”加到表里了，以后检查文件会提醒。")
            return redirect("desk:redaction-words", agency.slug)
    rows = Paginator(office_words(agency), _A_PAGE).get_page(request.GET.get("page"))
    return page(request, agency, "redaction/words", "settings", form=form, page=rows)


@require_POST
@of_agency("words.edit")
def stop(request: HttpRequest, agency: Agency, pk: int) -> HttpResponse:
    """Take a word out of use."""
    entry = office_words(agency).filter(pk=pk).first()
    if entry is None:
        raise Http404
    stop_office_word(entry, by=actor_of(request))
    messages.success(request, f"“{entry.word}”停用了。")
    return redirect("desk:redaction-words", agency.slug)


PATTERNS: list[URLPattern] = [
    path("<slug:agency>/redaction/words/", words, name="redaction-words"),
    path("<slug:agency>/redaction/words/<int:pk>/stop/", stop, name="redaction-word-stop"),
]
