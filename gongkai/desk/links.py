"""Addresses of pages, some of which may not be there in an installation."""

from __future__ import annotations

from typing import Any

from django.urls import NoReverseMatch, reverse


def link(name: str, *args: Any) -> str:
    """The address of a desk page, or of one named with its space; empty when there is no such page."""
    try:
        return reverse(name if ":" in name else f"desk:{name}", args=args)
    except NoReverseMatch:
        return ""
