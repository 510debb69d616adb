"""审查: sign what of a sheet is one's own to sign, or send the item back with words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.agencies.rights import Doing, acting, may
from gongkai.statute.duties import next_evaluation

from ..completeness import AskAgain, obstacles
from ..gate import is_unchanged
from ..models import Item, ReviewSheet, ReviewStep, Signature
from ..routes import LEVEL_LABELS, RIGHTS
from ..scanning import scan_ahead
from ..searching import index_item
from ..signing import current, narrowed, signable, what_of, why_barred, why_not_now
from ..telling import tell_drafters, tell_next, tell_passed
from .base import CannotDo, locked

Result = ReviewSheet.Result


@dataclass(slots=True)
class _Signing:
    """A signature under way: the locked sheet and item, what is being signed, the act."""

    sheet: ReviewSheet
    item: Item
    steps: list[ReviewStep]
    doing: Doing


def sign(sheet: ReviewSheet, *, by: Actor, grounds: str) -> Signature:
    """Agree, with grounds, to all that is this person's to sign on the sheet now. The last signature passes the sheet:
    the item may then be published, or is kept where it is not to be disclosed unasked.

    For the seats named by the step that hold its right, never for who wrote on it, and once a sheet for each person.
    Raises `NotAllowed`; `CannotDo` when the content is no longer what was put under review, when it is not this
    person's turn, without grounds, or while an answer of another organ is awaited.
    """
    if signable(sheet, by):
        scan_ahead(sheet.item)
    with _signing(sheet, by) as now:
        made = _put_down(now, by, grounds, agreed=True)
        ReviewStep.objects.filter(pk__in=[step.pk for step in now.steps]).update(signature=made)
        rest = list(now.sheet.steps.filter(signature__isnull=True))
        if not rest:
            _must_be_clear(now.item)
            _pass(now, by)
        elif current(rest)[0].stage != now.steps[0].stage:
            tell_next(now.sheet, by)
    sheet.refresh_from_db()
    return made


def send_back(sheet: ReviewSheet, *, by: Actor, words: str) -> Signature:
    """Send the item back to its drafter with what is to be changed; the sheet is over. For who could sign it now.

    Raises `NotAllowed`, `CannotDo`.
    """
    with _signing(sheet, by) as now:
        made = _put_down(now, by, words, agreed=False)
        _close(now, Result.SENT_BACK, made.grounds, Item.State.SENT_BACK)
        tell_drafters(now.sheet, by, made.grounds)
    sheet.refresh_from_db()
    return made


@contextmanager
def _signing(sheet: ReviewSheet, by: Actor) -> Iterator[_Signing]:
    """The frame of a signature: right, locks, order, bars, and that the content is still what was put under review."""
    steps = list(sheet.steps.all())
    mine = signable(sheet, by, steps)
    asked = mine or current(steps)
    if not asked or sheet.result != Result.OPEN:
        raise CannotDo("这张审查表已经办结。")
    if not mine and _turn_comes_later(sheet, by, steps):
        raise CannotDo(why_barred(sheet, by) or "还没有轮到您签，前面的环节签完会通知您。")
    if not mine and not why_barred(sheet, by) and (later := why_not_now(sheet, by, steps)):
        raise CannotDo(later)
    right = RIGHTS[what_of(asked[-1])]
    with acting(narrowed(by, asked[-1]), right, sheet, item=sheet.item_id) as doing:
        item = locked(sheet.item)
        row = ReviewSheet.objects.select_for_update(no_key=True).get(pk=sheet.pk)
        row.item = item
        if why := why_barred(row, by):
            raise CannotDo(why)
        fresh = signable(row, by)
        if not fresh or {step.pk for step in fresh} != {step.pk for step in mine}:
            raise CannotDo("还没有轮到您签，或者刚刚有人签过。请刷新页面再看。")
        if not is_unchanged(item, row):
            raise CannotDo("送审以后内容或者附件有改动，不能签字。请拟稿人重新送审。")
        doing.target = row
        yield _Signing(row, item, fresh, doing)
        index_item(item)


def _turn_comes_later(sheet: ReviewSheet, by: Actor, steps: list[ReviewStep]) -> bool:
    """True when the actor holds a seat for some step of the sheet, though not for one of those to be signed now."""
    here = {step.pk for step in current(steps)}
    mine = {step.pk for step in steps if may(narrowed(by, step), RIGHTS[what_of(step)], sheet)}
    return bool(mine) and not mine & here


def _put_down(now: _Signing, by: Actor, grounds: str, *, agreed: bool) -> Signature:
    if not grounds.strip():
        raise CannotDo("请写审查意见和理由。" if agreed else "请写明退回的原因，要改什么。")
    told = [step.check_slug or LEVEL_LABELS[step.level] for step in now.steps]
    now.doing.detail |= {"agreed": agreed, "signed": told, "digest": now.sheet.digest}
    return Signature.objects.create(
        sheet=now.sheet,
        person=by.somebody,
        name=by.name,
        seat=by.who(now.doing.seat).seat,
        stage=now.steps[0].stage,
        covers=[what_of(step) for step in now.steps],
        agreed=agreed,
        grounds=grounds.strip(),
        digest=now.sheet.digest,
        at=timezone.now(),
        signed_on=by.day,
    )


def _must_be_clear(item: Item) -> None:
    try:
        found = obstacles(item)
    except AskAgain as error:
        raise CannotDo(str(error)) from error
    if found:
        raise CannotDo("".join(found))


def _pass(now: _Signing, by: Actor) -> None:
    item = now.item
    if item.access == Item.Access.PROACTIVE:
        _close(now, Result.PASSED, "", Item.State.PASSED)
    else:
        item.evaluate_on = next_evaluation(by.day)
        _close(now, Result.PASSED, "", Item.State.KEPT)
    tell_passed(now.sheet, by)


def _close(now: _Signing, result: ReviewSheet.Result, words: str, state: Item.State) -> None:
    now.sheet.result, now.sheet.closed_at, now.sheet.closed_words = result, timezone.now(), words
    now.sheet.save(update_fields=["result", "closed_at", "closed_words"])
    now.item.state = state
    now.item.save(update_fields=["state", "evaluate_on"])
