"""政策文件库: the documents of policy, by whether they hold, by year, by number or words of the title."""

from __future__ import annotations

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone

from gongkai.disclosure import queries as disclosure

from .columns import items_page
from .frame import agency_here, column_page
from .items import VALIDITY
from .keeping import public_page
from .tags import column_tags

LONGEST = 60


@public_page("page", "validity", "year", "q")
def policies(request: HttpRequest, agency: str) -> HttpResponse:
    """Each document with its number, the day it was signed, and whether it holds today."""
    found = agency_here(agency)
    rows = disclosure.policies(found, timezone.localdate())
    validity, words = (
        request.GET.get("validity", ""),
        request.GET.get("q", "").replace("\0", "").strip()[:LONGEST],
    )
    years = disclosure.policy_years(found)
    year = next((one for one in years if str(one) == request.GET.get("year")), None)
    if words:
        rows = rows.filter(Q(document_number__icontains=words) | Q(title__icontains=words))
    if year:
        rows = rows.filter(formed_on__year=year)
    counted = dict(rows.order_by().values_list("holds").annotate(n=Count("pk")))
    if validity in VALIDITY:
        rows = rows.filter(holds=validity)
    else:
        validity = ""
    return column_page(
        request,
        found,
        "policies",
        [("政策文件", "")],
        tags=column_tags(
            "政策文件",
            "行政规范性文件和其他政策文件，按有效性、年份、文号查找",
            "政策文件,规范性文件",
            "信息公开,政策文件",
        ),
        page=items_page(request, rows),
        kinds=[("", "全部", sum(counted.values()))]
        + [(k, label, counted.get(k, 0)) for k, label in VALIDITY.items()],
        labels=VALIDITY,
        validity=validity,
        years=years,
        year=year,
        words=words,
    )


PATTERNS = [path("zfxxgk/<slug:agency>/policies/", policies, name="policies")]
