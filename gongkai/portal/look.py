"""大字、高对比: how a visitor wants to read, kept in a cookie of the browser; no script is needed.

Pages stay the same for everybody, so that anybody may keep them: only one small style sheet, which every page asks
for, depends on the cookie.
"""

from __future__ import annotations

from importlib.resources import files

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

COOKIE = "gongkai-look"
YEAR = 365 * 24 * 60 * 60
SIZES = ("small", "normal", "large")
COLOURS = ("plain", "contrast")
_STYLES = files("gongkai.portal").joinpath("looks")


def look_of(request: HttpRequest) -> tuple[str, str]:
    """The size and the colours this browser reads in."""
    size, _, colours = request.COOKIES.get(COOKIE, "").partition(".")
    return size if size in SIZES else "normal", colours if colours in COLOURS else "plain"


@require_safe
@login_not_required
def look(request: HttpRequest) -> HttpResponse:
    """Keep what was chosen, and back to the page one came from; to the front where that is none of ours."""
    size, colours = look_of(request)
    asked = request.GET.get("set", "")
    size = asked if asked in SIZES else size
    colours = asked if asked in COLOURS else colours
    if asked == "default":
        size, colours = "normal", "plain"
    back = request.GET.get("back", "")
    ours = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    answer = redirect(back if ours else reverse("portal:front"))
    place = reverse("portal:front")
    answer.set_cookie(
        COOKIE,
        f"{size}.{colours}",
        max_age=YEAR,
        path=place,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer


@require_safe
@login_not_required
def look_css(request: HttpRequest) -> HttpResponse:
    """The style sheet of this browser's choice; marks in the head of the page what was chosen."""
    size, colours = look_of(request)
    parts = [f".look-{size}, .look-{colours} {{ font-weight: 700; text-decoration: none; }}"]
    parts += [_style(name) for name in (size, colours) if name not in ("normal", "plain")]
    answer = HttpResponse("\n".join(parts), content_type="text/css; charset=utf-8")
    answer.headers["Cache-Control"] = "private, no-cache"
    patch_vary_headers(answer, ["Cookie"])
    return answer


def _style(name: str) -> str:
    return _STYLES.joinpath(f"{name}.css").read_text(encoding="utf-8")


for _view in (look, look_css):
    _view.same_for_everybody = True  # type: ignore[attr-defined]
PATTERNS = [path("look/", look, name="look"), path("look.css", look_css, name="look-css")]
