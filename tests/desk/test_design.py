"""The design system: contrast computed from the tokens, templates without inline style, script or outside resource."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2] / "gongkai"
TEMPLATES = sorted(ROOT.glob("*/templates/**/*.html"))
STATIC = sorted(p for room in ("design", "portal", "desk") for p in (ROOT / room / "static").rglob("*.*"))
TOKENS = (ROOT / "design" / "static" / "design" / "tokens.css").read_text(encoding="utf-8")


def palette(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block))


LIGHT = palette(TOKENS.partition("@media")[0])
CONTRAST = LIGHT | palette(TOKENS.partition("@media")[2])


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


PAIRS = [
    *((ink, on) for ink in ("ink", "ink-soft", "accent") for on in ("paper", "ground", "tint")),
    ("accent-deep", "tint"),
    ("on-accent", "accent"),
    ("on-accent", "accent-deep"),
    ("red", "paper"),
    ("red", "red-tint"),
    ("red", "amber-tint"),
    ("green", "green-tint"),
    ("amber", "amber-tint"),
    ("amber", "paper"),
    ("ink", "red-tint"),
    ("ink", "amber-tint"),
    ("ink-soft", "red-tint"),
    ("ink-soft", "amber-tint"),
]


@pytest.mark.parametrize("theme", [LIGHT, CONTRAST], ids=["light", "high contrast"])
@pytest.mark.parametrize(("ink", "on"), PAIRS, ids=[f"{a} on {b}" for a, b in PAIRS])
def test_text_has_seven_to_one(theme: dict[str, str], ink: str, on: str) -> None:
    assert contrast(theme[ink], theme[on]) >= 7


def test_the_measure_of_contrast_is_right() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_field_borders_and_focus_can_be_seen() -> None:
    assert contrast(LIGHT["line-strong"], LIGHT["paper"]) >= 3
    page = (ROOT / "design" / "static" / "design" / "page.css").read_text(encoding="utf-8")
    assert re.search(r":focus-visible \{ outline: 3px solid", page)
    assert contrast(LIGHT["focus"], LIGHT["ink"]) >= 3


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_template_is_short_and_pure(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 150
    assert not re.search(r"\bstyle=|<style|\son[a-z]+=|javascript:", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"""(?:src|href|action)=["'](?:https?:)?//""", text)


@pytest.mark.parametrize("path", STATIC, ids=lambda p: p.name)
def test_nothing_is_fetched_from_outside(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"https?://|//[a-z]|@import|url\(", text)


def test_every_class_in_a_template_is_drawn() -> None:
    css = "".join(p.read_text(encoding="utf-8") for p in STATIC if p.suffix == ".css")
    drawn = set(re.findall(r"\.([a-z][a-z0-9-]*)", css))
    used: set[str] = set()
    for path in TEMPLATES:
        if "admin" in path.parts:
            continue  # drawn by Django's own style sheets
        for value in re.findall(r'class="([^"]*)"', path.read_text(encoding="utf-8")):
            used |= set(re.sub(r"[\w-]*\{[{%].*?[}%]\}[\w-]*", " ", value).split())
    # Words that only name a page for the reader of the markup; how to read (look-…) is drawn by portal/look.py.
    left = {name for name in used - drawn if not name.startswith("look-")}
    assert left <= {"who"}, left
