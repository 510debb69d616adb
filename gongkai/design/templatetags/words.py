"""Filters and tags that say dates, sizes and states the way the screens say them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.http import QueryDict
from django.shortcuts import resolve_url
from django.template import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils import timezone

register = template.Library()
_WEEKDAYS = "一二三四五六日"


def _day(value: date | datetime | None) -> date | None:
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


@register.filter
def long_day(value: date | datetime | None) -> str:
    """2025年2月21日（星期五）; nothing for no day."""
    day = _day(value)
    return f"{day.year}年{day.month}月{day.day}日（星期{_WEEKDAYS[day.weekday()]}）" if day else ""


@register.filter
def short_day(value: date | datetime | None) -> str:
    """2025年2月21日; nothing for no day."""
    return long_day(value).partition("（")[0]


@register.filter
def iso_day(value: date | datetime | None) -> str:
    """2025-02-21, as lists show it."""
    day = _day(value)
    return day.isoformat() if day else ""


@register.filter
def minute(value: datetime | None) -> str:
    """2025-02-21 09:30, as the page tags want it."""
    return timezone.localtime(value).strftime("%Y-%m-%d %H:%M") if value else ""


@register.inclusion_tag("design/tag.html")
def status(kind: str, text: str) -> dict[str, str]:
    """A state as word, colour and shape: kind is done, doing, due, late or plain."""
    shapes = {"done": "✓", "doing": "●", "due": "▲", "late": "■", "plain": "○"}
    return {"kind": kind, "text": text, "shape": shapes[kind]}


@register.inclusion_tag("design/way_back.html", takes_context=True)
def way_back(context: dict[str, Any]) -> dict[str, Any]:
    """Out of a page with nothing on it: for who is signed in back to the work, for the public to the front."""
    user = context.get("user")
    signed_in = user is not None and user.is_authenticated
    return {
        "url": resolve_url(settings.LOGIN_REDIRECT_URL if signed_in else "portal:front"),
        "label": "回到工作台" if signed_in else "回到首页",
        "signed_in": signed_in,
    }


@register.simple_tag(takes_context=True)
def own_title(context: Context) -> str:
    """The page's own title, from its block page_title, for the end of the breadcrumbs; empty inside an include."""
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    block = blocks.get_block("page_title") if blocks else None
    return str(block.nodelist.render(context)).strip().removeprefix("错误：") if block else ""


@register.inclusion_tag("design/pagination.html", takes_context=True)
def pagination(context: dict[str, Any], page: Page[Any]) -> dict[str, Any]:
    """The pages of a list, as links that keep what was asked of it."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    asked = context["request"].GET.copy() if "request" in context else QueryDict(mutable=True)
    asked.pop("page", None)
    kept = f"{asked.urlencode()}&" if asked else ""
    return {"page": page, "numbers": list(numbers), "gap": page.paginator.ELLIPSIS, "kept": kept}
