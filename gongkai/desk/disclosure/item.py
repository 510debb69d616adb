"""一条信息: how far it has come, what is done next, what is public of it; its files and its text as people see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import path, reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from gongkai.agencies.actor import Actor
from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import may, note_view
from gongkai.disclosure.actions.drafting import EDITABLE
from gongkai.disclosure.clean import clean_html, with_addresses
from gongkai.disclosure.completeness import lacking
from gongkai.disclosure.duedays import due_day
from gongkai.disclosure.foresight import is_stuck
from gongkai.disclosure.found import Find
from gongkai.disclosure.gate import newest_sheet
from gongkai.disclosure.listing import Attachment, Item, Publication, ReviewSheet
from gongkai.disclosure.routes import CHECK_LABELS, LEVEL_LABELS
from gongkai.disclosure.scanning import finds
from gongkai.disclosure.signing import current, signable
from gongkai.disclosure.stale import stale_attachments
from gongkai.files.queries import Sealed, content_of

from ..frame import actor_of, of_agency, page
from .drafts import STEPS, item_at

MARKS = {
    "draft": "plain",
    "sent_back": "due",
    "in_review": "doing",
    "passed": "due",
    "published": "done",
    "withdrawn": "plain",
    "expired": "plain",
    "kept": "plain",
}
"""The kind of mark of each state."""
_SHOWN_INLINE = ("image/png", "image/jpeg", "image/gif")
_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"


def shown_text(agency: Agency, item: Item, html: str) -> str:
    """A text as staff see it: cleaned, its files under the addresses of the desk."""
    own = {one.hex for one in item.attachments.values_list("file", flat=True)}
    return with_file_addresses(agency, item, clean_html(html, own))


def with_file_addresses(agency: Agency, item: Item, cleaned: str) -> str:
    """A cleaned text, its files under the addresses of the desk."""
    return with_addresses(
        cleaned, lambda number: reverse("desk:item-file", args=[agency.slug, item.pk, UUID(number)])
    )


def finds_by_file(item: Item) -> dict[int, list[Find]]:
    """What was found in each attachment, by its number."""
    by_file: dict[int, list[Find]] = {}
    for find in finds(item):
        if find.attachment is not None:
            by_file.setdefault(find.attachment, []).append(find)
    return by_file


@dataclass(frozen=True, slots=True)
class Step:
    """A step of writing: its page and word, whether it is done, a note."""

    name: str
    word: str
    done: bool
    note: str


def steps_of(item: Item, found: list[Find], missing: list[str]) -> list[Step]:
    """The task list of a draft."""
    open_now = [find for find in found if find.open]
    files = item.attachments.count()
    related = item.relations.count()
    told: dict[str, tuple[bool, str]] = {
        "item-text": (
            not any(one.startswith(("请填写标题", "请填写内容概述", "请写正文")) for one in missing),
            "",
        ),
        "item-catalogue": (not any("废止" in one for one in missing), f"索引号 {item.index_number}"),
        "item-access": (
            not any("不主动公开" in one or "负责公开" in one for one in missing),
            item.get_access_display(),
        ),
        "item-attachments": (True, f"{files} 个" if files else "没有附件"),
        "item-relations": (True, f"{related} 条" if related else "没有"),
        "item-findings": (
            not open_now,
            f"{len(open_now)} 处要处理" if open_now else "没有要处理的",
        ),
        "item-submit": (False, f"还缺 {len(missing)} 项" if missing else "" if open_now else "可以送审"),
    }
    return [Step(name, word, *told[name]) for name, word in STEPS]


def label_of(step: Any) -> str:
    """初审, 文字关 …, 终审."""
    return CHECK_LABELS.get(step.check_slug) or LEVEL_LABELS[step.level]


@dataclass(frozen=True, slots=True)
class Do:
    """Something that may be done with an item now: its page, the word on the button, when it applies."""

    url: str
    word: str
    when: str
    first: bool = False


def doable(agency: Agency, item: Item, by: Actor, live: Publication | None) -> list[Do]:
    """What this actor may do with the item now, the likeliest first."""
    rows = (
        ("publish", item.state == "passed" and not item.publish_at, "审查通过，可以现在发布，也可以定一个时间。"),
        ("unschedule", item.publish_at is not None, "已经定时，要改时间或者不发了。"),
        ("revise", item.state in ("published", "withdrawn", "expired", "kept"), "内容要更正、补充的，写一版新的，重新审查。"),
        ("recall", item.state == "in_review", "送审以后发现要改的，先撤回送审。"),
        ("give-up", live is not None and item.state in EDITABLE, "不改了，公众看到的还是现在这一版。"),
        ("withdraw", live is not None, "不该公开、有错误，或者处罚决定变更撤销的，撤回，公众看到撤回的理由。"),
        ("reword", item.state == "withdrawn", "公众看到的撤回理由写错了，或者有不该公开的内容。"),
        ("evaluate", item.state == "kept", "每年看一次：还不公开，还是改为公开（《条例》第十八条）。"),
        ("throw-away", item.state == "draft" and item.version == 1 and not item.sheets.exists(), "写错了、不要了。索引号不再使用。"),
    )  # fmt: skip
    from .acts import ACTS  # noqa: PLC0415 - its pages lead back here

    return [
        Do(
            reverse("desk:item-act", args=[agency.slug, item.pk, slug]),
            ACTS[slug].word,
            when,
            slug == "publish",
        )
        for slug, now, when in rows
        if now and may(by, ACTS[slug].right, item)
    ]


@require_safe
@of_agency("disclosure.view")
def one(request: HttpRequest, agency: Agency, pk: int) -> HttpResponse:
    """One item: state, what is next, the steps while it is written, reviews and versions."""
    item, actor = item_at(agency, pk), actor_of(request)
    writes = item.state in EDITABLE and bool(may(actor, "disclosure.draft", item))
    sheet = newest_sheet(item)
    live = item.publications.filter(ended_at__isnull=True).defer("content").first()
    found = finds(item) if item.state in EDITABLE else []
    steps = steps_of(item, found, lacking(item)) if writes else []
    return page(
        request, agency, "disclosure/item", "items",
        item=item, mark=MARKS[item.state], sheet=sheet, live=live, writes=writes,
        steps=steps, next_step=next((step for step in steps if not step.done), None),
        begun=any(step.done for step in steps[:1]), writing=bool(steps) and item.state in ("draft", "sent_back"),
        open_finds=[find for find in found if find.open], old_files=stale_attachments(item) if writes else [],
        buttons=doable(agency, item, actor, live),
        waits=_waits(sheet), stuck=sheet is not None and is_stuck(sheet, actor.day), signs=bool(sheet and signable(sheet, actor)),
        due=due_day(item) if item.due_on and live is None and not item.publications.exists() else None,
        versions=list(item.publications.defer("content").order_by("-id")),
        sheets=list(item.sheets.defer("content").order_by("-serial")),
        files=list(item.attachments.select_related("file")),
        relations=list(item.relations.select_related("to")),
        text=shown_text(agency, item, item.text),
        evaluations=list(item.evaluations.all()), origin=_origin(agency, item, actor),
        no_withdrawing=may(actor, "disclosure.withdraw", item).why, day=actor.day,
    )  # fmt: skip


def _origin(agency: Agency, item: Item, by: Actor) -> str:
    """The address of the request it was begun from, for who may read requests."""
    if item.request_id is None or not may(by, "requests.view", item):
        return ""
    return reverse("desk:request", args=[agency.slug, item.request_id])


def _waits(sheet: ReviewSheet | None) -> str:
    """Which steps are awaited, in words."""
    if sheet is None or sheet.result != ReviewSheet.Result.OPEN:
        return ""
    return "、".join(label_of(step) for step in current(list(sheet.steps.all())))


@require_safe
@of_agency("disclosure.view")
def hand_out(request: HttpRequest, agency: Agency, pk: int, number: UUID) -> HttpResponse:
    """A file of the item, for who may see the item; a picture shows, the rest is saved. Each look is written down."""
    item, actor = item_at(agency, pk), actor_of(request)
    found = item.attachments.filter(file=number, file__removed_at__isnull=True).select_related("file").first()
    if found is None:
        raise Http404
    shows = found.file.content_type in _SHOWN_INLINE
    if not shows:
        note_view(actor, "disclosure.view", item, may(actor, "disclosure.view", item).seat, file=str(number))
    return _streamed(found, shows)


def _streamed(found: Attachment, shows: bool) -> HttpResponse:
    try:
        content = content_of(found.file)
    except Sealed as error:
        raise Http404 from error
    stream = StreamingHttpResponse(
        content,
        content_type=found.file.content_type,
        headers={
            "Content-Length": str(found.file.size),
            "Content-Disposition": content_disposition_header(not shows, found.name) or "attachment",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": _POLICY,
            "Cache-Control": "private, no-store",
        },
    )
    return cast(HttpResponse, stream)


_ITEM = "<slug:agency>/items/<int:pk>/"
PATTERNS = [
    path(_ITEM, one, name="item"),
    path(f"{_ITEM}files/<uuid:number>/", hand_out, name="item-file"),
]
