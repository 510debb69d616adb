"""审计: the trail, searched and exported by the audit administrator; an agency's own entries by its heads."""

from __future__ import annotations

from urllib.parse import quote

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from gongkai.agencies.queries import Agency, agency_names
from gongkai.agencies.rights import acting
from gongkai.audit.queries import RESULTS, Shown, Wanted, count_up_to, head, look, look_at, stream
from gongkai.audit.verifying import verify

from .audit_search import MARKS, OwnSearch, SiteSearch, lines_of
from .frame import SITE_NAVIGATION, actor_of, of_agency, of_site, page, site_page

SITE_NAVIGATION.append(("site-audit", "审计", "audit.view"))
MOST_XLSX = 200_000
"""More rows than this are offered as .csv, which needs no waiting."""
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _search(request: HttpRequest, form: OwnSearch, wanted: Wanted | None) -> dict[str, object]:
    found = look(wanted or Wanted(), before=_number(request, "before"), after=_number(request, "after"))
    names = agency_names()
    asked = request.GET.copy()
    for key in ("before", "after"):
        asked.pop(key, None)
    return {
        "form": form,
        "found": found,
        "asked": asked.urlencode(),
        "is_asked": any(asked.values()),
        "rows": []
        if wanted is None
        else [
            (
                entry,
                names.get(entry.agency_id or 0, "全平台"),
                MARKS.get(entry.result, "plain"),
                RESULTS.get(entry.result, entry.result),
            )
            for entry in found.rows
        ],
    }


def _number(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else None


def _full(shown: Shown | None) -> dict[str, object]:
    if shown is None:
        raise Http404
    entry = shown.entry
    return {
        "shown": shown,
        "entry": entry,
        "where": agency_names().get(entry.agency_id or 0, "全平台"),
        "mark": MARKS.get(entry.result, "plain"),
        "result": RESULTS.get(entry.result, entry.result),
        "lines": lines_of(entry.detail),
    }


@require_safe
@of_site("audit.view")
def site_audit(request: HttpRequest) -> HttpResponse:
    """审计: all entries, searched."""
    form = SiteSearch(request.GET)
    return site_page(request, "audit/list", "site-audit", **_search(request, form, form.wanted()))


@require_safe
@of_site("audit.view")
def site_entry(request: HttpRequest, number: int) -> HttpResponse:
    """One entry in full."""
    return site_page(request, "audit/one", "site-audit", **_full(look_at(number)))


@require_POST
@of_site("audit.verify")
def site_verify(request: HttpRequest) -> HttpResponse:
    """验证: reads the whole trail and says whether it holds."""
    verdict = verify()
    said = verdict.broken.words if verdict.broken else "完整"
    with acting(actor_of(request), "audit.verify", **{"结论": said, "到第几条": verdict.last}):
        pass
    return site_page(request, "audit/verified", "site-audit", verdict=verdict)


@require_safe
@of_site("audit.export")  # type: ignore[arg-type]
def site_export(request: HttpRequest, ending: str) -> HttpResponseBase:
    """导出: what was searched, as .csv or .xlsx; the export is written down before its first line goes out."""
    form = SiteSearch(request.GET)
    wanted = form.wanted()
    if ending not in ("csv", "xlsx"):
        raise Http404
    if wanted is None:
        return redirect(f"{reverse('desk:site-audit')}?{request.GET.urlencode()}")
    if ending == "xlsx" and count_up_to(wanted, MOST_XLSX + 1) > MOST_XLSX:
        return site_page(
            request, "audit/too_many", "site-audit", most=MOST_XLSX, asked=request.GET.urlencode()
        )
    until = head()[0]
    asked = form.in_words() or {"范围": "全部"}
    with acting(actor_of(request), "audit.export", **{**asked, "格式": ending, "到第几条": until}):
        pass
    from gongkai.audit import exporting  # noqa: PLC0415 - its library is large, and few processes export

    names = agency_names()
    entries = stream(wanted, until)
    answer: HttpResponseBase
    if ending == "csv":
        parts = exporting.csv_parts(entries, lambda pk: names.get(pk or 0, ""))
        answer = StreamingHttpResponse(parts, content_type="text/csv; charset=utf-8")
    else:
        answer = FileResponse(
            exporting.xlsx_file(entries, lambda pk: names.get(pk or 0, "")), content_type=_XLSX
        )
    name = quote(f"审计记录{timezone.localdate():%Y%m%d}.{ending}")
    answer["Content-Disposition"] = f"attachment; filename*=utf-8''{name}"
    return answer


@require_safe
@of_agency("audit.view_own")
def trail(request: HttpRequest, agency: Agency) -> HttpResponse:
    """操作记录: what was done in this agency."""
    form = OwnSearch(request.GET)
    return page(request, agency, "audit/list", "trail", **_search(request, form, form.wanted(agency.pk)))


@require_safe
@of_agency("audit.view_own")
def trail_entry(request: HttpRequest, agency: Agency, number: int) -> HttpResponse:
    """One entry of this agency in full."""
    return page(request, agency, "audit/one", "trail", **_full(look_at(number, agency.pk)))


PATTERNS = [
    path("site/audit/", site_audit, name="site-audit"),
    path("site/audit/verify/", site_verify, name="site-audit-verify"),
    path("site/audit/export/<slug:ending>/", site_export, name="site-audit-export"),
    path("site/audit/<int:number>/", site_entry, name="site-audit-entry"),
    path("<slug:agency>/trail/", trail, name="trail"),
    path("<slug:agency>/trail/<int:number>/", trail_entry, name="trail-entry"),
]
