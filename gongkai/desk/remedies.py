"""复议、诉讼: the register of remedies."""

from __future__ import annotations

from django.urls import URLPattern

PATTERNS: list[URLPattern] = []
