"""The page of the search around its answers: an agency's own, or the site's where several agencies live."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from gongkai.agencies.queries import Agency

from .frame import column_page, site_words


def shell(request: HttpRequest, here: Agency | None, own: dict[str, Any]) -> HttpResponse:
    """Render the answers. What was looked for is nobody's business: nobody on the way keeps the page. The box in the
    head is left out, there is a larger one."""
    own = {**own, "search": ""}
    if here is not None:
        response = column_page(request, here, "search", [("搜索", "")], **own)
    else:
        response = render(
            request,
            "portal/search_site.html",
            {**site_words(request), "crumbs": [("全部机关", reverse("portal:front")), ("搜索", "")], **own},
        )
    response.headers["Cache-Control"] = "private, max-age=0, must-revalidate"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
