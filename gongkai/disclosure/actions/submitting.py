"""送审: put a draft under review as it stands; take it back before it is through."""

from __future__ import annotations

from django.utils import timezone

from gongkai.agencies.actor import Actor

from ..completeness import lacking
from ..content import content_of, digest_of, same_but_note
from ..gate import is_unchanged, newest_sheet
from ..models import Item, ReviewSheet, ReviewStep
from ..planning import NobodyToSign, way_of
from ..routes import Route
from ..telling import tell_next
from .base import CannotDo, must_be, on_item
from .reopening import close_open

State = Item.State


def submit(item: Item, *, by: Actor, note: str = "") -> ReviewSheet:
    """Put the item under review: a new sheet (审查表) with its content, its digest and the steps to be signed; who is
    first is told. For the seats that draft.

    Of an item already passed only when it was altered since. Raises `NotAllowed`; `CannotDo` with what is lacking, or
    when the people there are cannot sign it.
    """
    with on_item(item, "disclosure.submit", by=by) as (found, doing):
        must_be(found, "不能送审。", State.DRAFT, State.SENT_BACK, State.IN_REVIEW, State.PASSED)
        last = newest_sheet(found)
        if found.state in (State.IN_REVIEW, State.PASSED) and last and is_unchanged(found, last):
            raise CannotDo("已经送审，内容没有改动，不用再送。")
        _must_differ(found, last, note)
        if missing := lacking(found):
            raise CannotDo("".join(missing))
        close_open(found, ReviewSheet.Result.CHANGED, "内容有改动，重新送审")
        try:
            route = way_of(found, by)
        except NobodyToSign as error:
            raise CannotDo(str(error)) from error
        sheet = _begin(found, route, by, note)
        found.state = State.IN_REVIEW
        found.publish_at = found.publish_until = None
        found.save(update_fields=["state", "publish_at", "publish_until"])
        doing.detail |= {"sheet": sheet.serial, "digest": sheet.digest, "route": route.name}
        tell_next(sheet, by)
    return sheet


def _must_differ(item: Item, last: ReviewSheet | None, note: str) -> None:
    """Nobody is asked to review what they sent back and is the same, or what the public reads already."""
    live = item.publications.filter(ended_at__isnull=True).first()
    if live is not None and live.column_id == item.column_id and same_but_note(item, live.content):
        raise CannotDo(
            "这一版和公众现在看到的一样，一个字也没有改。请先改正文、目录信息或者附件；不用改了的，请“放弃修订”。"
        )
    if item.state == State.SENT_BACK and last and is_unchanged(item, last) and not note.strip():
        raise CannotDo(
            "退回以后内容没有改动。请按退回的原因修改；认为不用改的，在“给审查的人的话”里写明为什么，再送审。"
        )


def _begin(item: Item, route: Route, by: Actor, note: str) -> ReviewSheet:
    content = content_of(item)
    sheet = ReviewSheet.objects.create(
        item=item,
        serial=item.sheets.count() + 1,
        version=item.version,
        content=content,
        digest=digest_of(content),
        route=route.name,
        submitted_by=by.person,
        submitted_by_name=by.name,
        submitted_at=timezone.now(),
        note=note.strip()[:300],
    )
    ReviewStep.objects.bulk_create(steps_of(sheet, route))
    return sheet


def steps_of(sheet: ReviewSheet, route: Route) -> list[ReviewStep]:
    """The steps of a way as rows of a sheet, not saved."""
    return [
        ReviewStep(
            sheet=sheet,
            order=n,
            stage=step.stage,
            level=step.level,
            check_slug=step.check,
            kinds=list(step.kinds),
            together=step.together,
        )
        for n, step in enumerate(route.steps, 1)
    ]


def recall(item: Item, *, by: Actor, why: str = "") -> None:
    """Take the item back from review, to go on writing. For the seats that draft. Raises `NotAllowed`, `CannotDo`."""
    with on_item(item, "disclosure.submit", by=by, recalled=True) as (found, _):
        must_be(found, "不用撤回送审。", State.IN_REVIEW)
        close_open(found, ReviewSheet.Result.RECALLED, why.strip() or f"{by.name}撤回送审")
        found.state = State.DRAFT
        found.save(update_fields=["state"])
