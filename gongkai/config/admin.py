"""字典维护: the system administrator's dictionaries in Django's administration pages, at /desk/site/dictionaries/.

Only the pages listed here have addresses: no accounts, no passwords, no deletion. Who may is asked of the one table
of rights, and what is written goes through the acts of the room, so that the trail tells of it; Django's own log of
changes is not used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, include, path, reverse

from gongkai.agencies.models import AgencyName, Section
from gongkai.agencies.rights import may
from gongkai.desk.frame import SITE_NAVIGATION, of_site
from gongkai.dictionaries.actions.notices import NoticeError, Read, import_notice, read_notice
from gongkai.dictionaries.actions.words import put_word
from gongkai.dictionaries.models import HolidayNotice, Word
from gongkai.sign_in.asking import actor_of

ACT = "dictionary.edit"
if TYPE_CHECKING:
    _OfAnyModel = admin.ModelAdmin[Any]
else:
    _OfAnyModel = admin.ModelAdmin
SITE_NAVIGATION.append(("dictionaries:index", "字典", ACT))


class Dictionaries(admin.AdminSite):
    """The pages as one site: for the system administrator, refused to the two others, not there for anybody else."""

    site_header = "字典维护"
    site_title = "字典维护 - 政府信息公开平台"
    index_title = "全平台共用的字典"
    site_url = None
    enable_nav_sidebar = False
    empty_value_display = "无"

    def has_permission(self, request: HttpRequest) -> bool:
        """Only by the seat."""
        return bool(may(actor_of(request), ACT))

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """The page behind the same door as the other pages of the administrators."""
        return of_site(ACT)(super().admin_view(view, cacheable))

    def get_urls(self) -> list[Any]:
        """The first page, the lists and their pages, and the words of Django's scripts."""
        found: list[Any] = [
            path("", self.admin_view(self.index), name="index"),
            path("jsi18n/", self.admin_view(self.i18n_javascript, cacheable=True), name="jsi18n"),
        ]
        for model, pages in self._registry.items():
            found.append(
                path(f"{model._meta.app_label}/{model._meta.model_name}/", include(pages.get_urls()))
            )
        return [*found, path("<slug:app_label>/", self.admin_view(self.app_index), name="app_list")]


SITE = Dictionaries(name="dictionaries")
"""The site of the dictionaries."""


class _Pages(_OfAnyModel):
    """The list and the page of one row; what may be written is said below for each."""

    list_per_page = 50
    show_full_result_count = False
    actions = None
    show_facets = admin.ShowFacets.NEVER
    writes = False

    def get_urls(self) -> list[URLPattern]:
        """No page of history, none to delete."""
        name, door = f"{self.opts.app_label}_{self.opts.model_name}", self.admin_site.admin_view
        found = [
            path("", door(self.changelist_view), name=f"{name}_changelist"),
            path("<int:object_id>/change/", door(self._one), name=f"{name}_change"),
        ]
        if self.writes:
            found.append(path("add/", door(self.add_view), name=f"{name}_add"))
        return found

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The list under its own name."""
        return super().changelist_view(request, {"title": self.opts.verbose_name_plural})

    def _one(self, request: HttpRequest, object_id: int) -> HttpResponse:
        return self.change_view(request, str(object_id))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(may(actor_of(request), ACT))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(may(actor_of(request), ACT))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.writes and bool(may(actor_of(request), ACT))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        raise NotImplementedError(f"no act writes {obj._meta.label} here")

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        raise NotImplementedError("nothing is deleted here")

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The trail has it."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The trail has it."""


@admin.register(Word, site=SITE)
class WordPages(_Pages):
    """词表: added to, changed, taken out of use; never deleted."""

    writes = True
    list_display = ("word", "kind", "instead", "order", "state", "note")
    list_filter = ("kind", "in_use")
    search_fields = ("word", "note")
    search_help_text = "按词或者说明查找"
    fields = ("kind", "word", "instead", "order", "in_use", "note")

    @admin.display(description="状态", ordering="in_use")
    def state(self, word: Word) -> str:
        """Whether forms offer it."""
        return "在用" if word.in_use else "停用"

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(may(actor_of(request), ACT))

    def save_model(self, request: HttpRequest, obj: Word, form: Any, change: bool) -> None:
        put_word(obj, actor_of(request))


class _NoticeForm(forms.Form):
    """A table of days, as a file or pasted."""

    file = forms.FileField(
        label="放假安排表格（.csv）",
        required=False,
        help_text="四列：日期、类别（放假或者上班）、名称、通知文号；每天一行，周末放假也要写。",
    )
    content = forms.CharField(
        label="或者把表格内容贴在这里",
        required=False,
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 12, "cols": 60}),
        error_messages={"max_length": "内容太长，一年的放假安排只有几十行，请核对。"},
    )

    def clean(self) -> dict[str, Any]:
        """The notice as `read`; every wrong row is named."""
        found = super().clean() or {}
        file = found.get("file")
        if file is not None and file.size > 100_000:
            raise forms.ValidationError("文件太大，一年的放假安排只有几十行，请核对是不是选错了文件。")
        given = file.read() if file is not None else found.get("content", "")
        if not given.strip():
            raise forms.ValidationError("请选择文件，或者把表格内容贴在下面。")
        try:
            self.read: Read = read_notice(given)
        except NoticeError as error:
            raise forms.ValidationError(list(error.problems)) from error
        return found


@admin.register(HolidayNotice, site=SITE)
class NoticePages(_Pages):
    """放假安排: imported after a look at what would be kept; never edited."""

    writes = True
    list_display = ("year", "number", "imported_by", "imported_at")
    fields = ("year", "number", "content", "imported_by", "imported_at")

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """First look, then import: what was read stands on the page before it is kept."""
        sent = request.method == "POST"
        form = _NoticeForm(request.POST if sent else None, request.FILES if sent else None)
        read = form.read if form.is_valid() else None
        if read is not None and "keep" in request.POST:
            kept = import_notice(actor_of(request), form.cleaned_data["content"])
            messages.success(request, f"已录入{kept}。涉及{kept.year}年的期限从现在起按它计算。")
            return HttpResponseRedirect(reverse("dictionaries:dictionaries_holidaynotice_changelist"))
        shown = {
            **self.admin_site.each_context(request),
            "title": "核对放假安排" if read else "录入放假安排",
            "opts": self.opts,
            "form": form,
            "read": read,
            "has_view_permission": True,
            "earlier": read and HolidayNotice.objects.filter(year=read.notice.year).first(),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/dictionaries/import_notice.html", shown)


class _ToBeRead(_Pages):
    """Rows of an agency, each with the agency's name beside it."""

    list_select_related: ClassVar = ["agency"]
    search_fields = ("name", "agency__name")
    search_help_text = "按名称或者机关查找"

    @admin.display(description="机关", ordering="agency__name")
    def where(self, row: Model) -> str:
        """The agency's name."""
        return str(row.agency)  # type: ignore[attr-defined]


@admin.register(Section, site=SITE)
class SectionPages(_ToBeRead):
    """股室, to be read: they are set up on the agencies' own pages."""

    list_display = ("name", "where", "order", "ended_on")
    fields = readonly_fields = ("where", "name", "order", "ended_on")


@admin.register(AgencyName, site=SITE)
class NamePages(_ToBeRead):
    """曾用名, to be read: a reform on the agency's page leaves them."""

    list_display = ("name", "where", "short_name", "document_code", "until")
    fields = readonly_fields = ("where", "name", "short_name", "document_code", "until", "basis")
