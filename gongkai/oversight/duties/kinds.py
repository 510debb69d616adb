"""Who is in charge of a duty unless the agency says otherwise, and where it is done."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse

from gongkai.agencies.models import Kind

USUAL: dict[str, Kind] = {
    "report": Kind.CLERK,
    "transfer_archive": Kind.CLERK,
    "transfer_library": Kind.CLERK,
    "inspection": Kind.OGI_HEAD,
    "guide": Kind.CLERK,
    "training": Kind.OGI_HEAD,
    "evaluation": Kind.OGI_HEAD,
}
"""The kind of seat by duty."""
INSTEAD = (Kind.OGI_HEAD, Kind.CLERK, Kind.LEADER, Kind.HEAD, Kind.SUPERVISOR)
"""Who is in charge where there is no such seat, in this order."""
PAGES: dict[str, tuple[str, str]] = {
    "report": ("reports", "去编写年报"),
    "transfer_archive": ("transfers", "去登记移交"),
    "transfer_library": ("transfers", "去登记移交"),
    "inspection": ("inspection-sheet", "去看自查表"),
    "guide": ("guide-check", "去核对"),
    "training": ("trainings", "去登记培训"),
    "evaluation": ("items", "去看不予公开的信息"),
}
"""Where a duty is done: the page of the desk and the word on its button."""
ELSEWHERE = frozenset({"report", "evaluation"})
"""Duties of which other rooms tell on the desk themselves and remind: they become no task of the calendar."""
LATE_FOR = 30
"""Calendar days past its day within which a duty that nobody was told of still becomes a task."""
SOON = 15
"""Working days before its day from which a duty is at hand, and becomes a task of its seat."""


def page_of(key: str, agency_slug: str, year: int, part: int) -> tuple[str, str]:
    """The address and the button of a duty; empty where it is done outside the platform."""
    name, button = PAGES.get(key, ("", ""))
    args: list[object] = [agency_slug, year, part] if key == "inspection" else [agency_slug]
    try:
        return (reverse(f"desk:{name}", args=args), button) if name else ("", "")
    except NoReverseMatch:
        return "", ""
