"""The facts this floor's own rooms supply: the review before publication, the columns, the handling of requests."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from gongkai.agencies.models import Agency
from gongkai.disclosure import figures
from gongkai.files.queries import redacted_in
from gongkai.inforequests.handling import handling_of_year

from .fact_sources import register_facts
from .prose import Fact


def review_facts(agency: Agency, year: int) -> Iterator[Fact]:
    """What the gate kept of the year; nothing where no review was held, for then the office may have reviewed
    elsewhere."""
    found = figures.reviews_of_year(agency, year)
    page = reverse("desk:items", args=[agency.slug])
    if found.held:
        yield Fact(
            "review.held", found.held, "公开前审查（次）", f"{year}年审查通过和退回修改的审查次数。", page
        )
        yield Fact(
            "review.items",
            found.items,
            "审查通过的信息（条）",
            f"{year}年审查通过的信息，一条只计一次。",
            page,
        )
        yield Fact(
            "review.sent_back", found.sent_back, "退回修改（次）", f"{year}年审查后退回修改的次数。", page
        )
    if found.held or found.withdrawn:
        yield Fact(
            "review.withdrawn", found.withdrawn, "撤回已公开的信息（条）", f"{year}年撤回的公开信息。", page
        )
    redacted = redacted_in(agency, year)
    if redacted:
        said = f"{year}年在本平台遮盖过内容、生成公开副本的文件。"
        yield Fact(
            "review.redacted",
            redacted,
            "遮盖处理的文件（份）",
            said,
            reverse("desk:redaction", args=[agency.slug]),
        )


def column_facts(agency: Agency, year: int) -> Iterator[Fact]:
    """The columns kept, and those in which something was published in the year."""
    kept = len(figures.columns_named(agency))
    if kept:
        page = reverse("desk:columns", args=[agency.slug])
        updated = len(figures.counts_by_column(agency, year))
        yield Fact("columns.kept", kept, "设置的栏目（个）", "本机关现在设置的栏目，上级栏目也计在内。", page)
        said = f"{year}年内发布过信息的栏目。"
        yield Fact("columns.updated", updated, "年内有更新的栏目（个）", said, page)


def handling_facts(agency: Agency, year: int) -> Iterator[Fact]:
    """How requests came and how they were handled; nothing where none came and nothing was done."""
    found = handling_of_year(agency, year)
    page = reverse("desk:requests", args=[agency.slug])
    for slug, label, n in found.channels:
        yield Fact(
            f"handling.channel_{slug}",
            n,
            f"申请渠道：{label}（件）",
            f"{year}年收到的申请，按申请渠道。",
            page,
        )
    if found.received or found.extended or found.clarified or found.consulted or found.days is not None:
        yield Fact(
            "handling.extended", found.extended, "延长答复期限（件）", f"{year}年内延长答复期限的申请。", page
        )
        yield Fact(
            "handling.clarified", found.clarified, "告知补正（件）", f"{year}年内发出补正告知书的申请。", page
        )
        yield Fact(
            "handling.consulted",
            found.consulted,
            "征求第三方意见（件）",
            f"{year}年内征求第三方意见的申请。",
            page,
        )
    if found.days is not None:
        said = (
            f"{year}年内答复的申请，从收到申请到答复的自然日，取平均数，保留一位小数；不再处理和撤回的不算。"
        )
        yield Fact("handling.days", found.days, "平均办理时间（天）", said, page)


def register_own_facts() -> None:
    """Name them."""
    register_facts("review", "公开前审查", review_facts)
    register_facts("columns", "栏目", column_facts)
    register_facts("handling", "申请办理", handling_facts)
