"""The policy allows no style and no script inside a page; a browser would leave them out without a word."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2] / "gongkai"
BARRED = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.I),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.I),
    "an inline script": re.compile(r"<script(?![^>]*\ssrc=)[^>]*>", re.I),
    "an inline style": re.compile(r"<style\b", re.I),
    "an address of script": re.compile(r"javascript:", re.I),
    "something from elsewhere": re.compile(
        r"<(?:script|link|img|iframe)[^>]*(?:src|href)=[\"'](?:https?:)?//", re.I
    ),
}


def test_no_template_holds_style_or_script_of_its_own() -> None:
    templates = list(ROOT.rglob("templates/**/*.html"))
    assert len(templates) > 50
    found = [
        f"{path.relative_to(ROOT)}: {what}"
        for path in templates
        for what, pattern in BARRED.items()
        if pattern.search(path.read_text(encoding="utf-8"))
    ]
    assert not found


def test_no_widget_writes_any_either() -> None:
    found = [
        str(path.relative_to(ROOT))
        for path in ROOT.rglob("*.py")
        if not {"statute", "config"} & set(path.parts)
        and re.search(
            r"[\"']style[\"']\s*:|[\"']on(?:click|change|submit|input)[\"']\s*:",
            path.read_text(encoding="utf-8"),
        )
    ]
    assert not found
