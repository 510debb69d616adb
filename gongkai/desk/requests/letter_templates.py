"""文书模板: an office's own wording and look of every letter, edited in Word, looked at, put to use, taken back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.agencies.queries import Agency
from gongkai.files.actions.adding import NeedsConfirming, NotTaken
from gongkai.inforequests.actions.templates import add_template, put_to_use, use_default
from gongkai.inforequests.letters.about_fields import legend_of
from gongkai.inforequests.letters.catalogue import KIND_BY_SLUG, LetterKind
from gongkai.inforequests.letters.checking import BadTemplate
from gongkai.inforequests.letters.preview import content_of_template, sample_letter_of, sample_words
from gongkai.inforequests.letters.rendering import to_pdf
from gongkai.inforequests.letters.template import template_with_legend
from gongkai.inforequests.templates import template_lines, version_of, versions_of

from ..frame import actor_of, of_agency, page
from .acts import bound

RIGHT = "requests.templates"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
GROUPS = (("办理过程中的文书", False), ("答复书和结案的文书", True))


class TemplateForm(forms.Form):
    """The edited file."""

    use_required_attribute = False
    upload = forms.FileField(
        label="改好的模板",
        help_text="Word 文档（.docx）。字段说明那几页不用删，平台会自动去掉。",
        widget=forms.FileInput(attrs={"accept": ".docx"}),
        error_messages={
            "required": "请选择改好的模板文件。",
            "empty": "这个文件是空的，请重新选择。",
        },
    )
    no_secrets = forms.BooleanField(
        label="已确认模板里没有国家秘密",
        required=False,
        help_text="模板里有图片等平台看不懂的内容时才要勾选。",
    )


def _kind(slug: str) -> LetterKind:
    found = KIND_BY_SLUG.get(slug)
    if found is None:
        raise Http404
    return found


@require_safe
@of_agency(RIGHT)
def kinds(request: HttpRequest, agency: Agency) -> HttpResponse:
    """All kinds of letters, which template each is made from."""
    lines = template_lines(agency)
    groups = [(title, [x for x in lines if (x.kind.reply is not None) == reply]) for title, reply in GROUPS]
    return page(request, agency, "requests/template_kinds", "templates", groups=groups)


@require_http_methods(["GET", "POST"])
@of_agency(RIGHT)
def one(request: HttpRequest, agency: Agency, kind: str) -> HttpResponse:
    """One kind: download, upload, look at, put to use."""
    found, actor = _kind(kind), actor_of(request)
    form = TemplateForm(bound(request), request.FILES if request.method == "POST" else None)
    problems: list[str] = []
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            made = add_template(
                agency, found.slug, by=actor, upload=given["upload"], confirmed=given["no_secrets"]
            )
        except BadTemplate as bad:
            problems = bad.problems
            form.add_error("upload", f"模板还不能用，有 {len(problems)} 处要改，列在下面。改好后再上传。")
        except NeedsConfirming as error:
            form.add_error("upload", f"{error.note}。没有国家秘密的，勾选下面的确认，再选一次文件。")
        except NotTaken as error:
            form.add_error("upload", str(error))
        else:
            messages.success(
                request, f"已收下第 {made.version} 版，还没有启用。请先看样张，没有问题再按“启用”。"
            )
            return redirect("desk:letter-template", agency.slug, found.slug)
    versions = versions_of(agency, found)
    fresh = versions[0] if versions and not any(v.in_use for v in versions[:1]) else None
    shown: dict[str, Any] = {
        "kind": found,
        "form": form,
        "problems": problems,
        "versions": versions,
        "in_use": next((v for v in versions if v.in_use), None),
        "fresh": fresh,
        "words": sample_words(agency, found, content_of_template(fresh, found), actor.day) if fresh else [],
        "legend": legend_of(found),
    }
    return page(request, agency, "requests/template", "templates", **shown)


@require_safe
@of_agency(RIGHT)
def download(request: HttpRequest, agency: Agency, kind: str) -> HttpResponse:
    """The platform's template with the fields explained behind it."""
    found = _kind(kind)
    return _file(template_with_legend(found), f"{found.title}模板.docx", _WORD)


@require_safe
@of_agency(RIGHT)
def sample(request: HttpRequest, agency: Agency, kind: str, version: int, what: str) -> HttpResponse:
    """样张 of a version as Word or PDF, or the version itself; 0 is the platform's own."""
    found = _kind(kind)
    row = version_of(agency, found, version) if version else None
    if (version and row is None) or what not in ("word", "pdf", "file"):
        raise Http404
    content, day = content_of_template(row, found), actor_of(request).day
    name = f"{found.title}{f'第{version}版' if version else '平台模板'}"
    if what == "file":
        return _file(content, f"{name}.docx", _WORD)
    letter = sample_letter_of(agency, found, content, day)
    if what == "word":
        return _file(letter, f"{name}样张.docx", _WORD)
    return _file(to_pdf(letter, day), f"{name}样张.pdf", "application/pdf")


def _file(content: bytes, name: str, content_type: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=content_type)
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@require_POST
@of_agency(RIGHT)
def use(request: HttpRequest, agency: Agency, kind: str, version: int) -> HttpResponse:
    """启用 a version, or go back to the platform's own."""
    found, actor = _kind(kind), actor_of(request)
    row = version_of(agency, found, version) if version else None
    if version and row is None:
        raise Http404
    if row is None:
        use_default(agency, found.slug, by=actor)
        said = "已用回平台的模板"
    else:
        put_to_use(row, by=actor)
        said = f"已启用第 {row.version} 版"
    messages.success(request, f"{said}。以后制作的{found.title}用这个模板，已经制作的不变。")
    return redirect("desk:letter-template", agency.slug, found.slug)


_OWN = "<slug:agency>/letter-templates/"
PATTERNS = [
    path(_OWN, kinds, name="letter-templates"),
    path(f"{_OWN}<slug:kind>/", one, name="letter-template"),
    path(f"{_OWN}<slug:kind>/download/", download, name="letter-template-download"),
    path(f"{_OWN}<slug:kind>/<int:version>/use/", use, name="letter-template-use"),
    path(f"{_OWN}<slug:kind>/<int:version>/<slug:what>/", sample, name="letter-template-sample"),
]
