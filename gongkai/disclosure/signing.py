"""Who may sign what of a sheet now: asked by the page, by the act and by the list of what waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gongkai.agencies.actor import Actor
from gongkai.agencies.rights import may

from .foresight import leaves_nobody, staff_of
from .models import Drafter, ReviewSheet, ReviewStep, Signature
from .routes import RIGHTS

Level = tuple[str, str]


def what_of(step: ReviewStep) -> str:
    """The key of `routes.RIGHTS` a step stands for."""
    return step.check_slug or step.level


def current(steps: Sequence[ReviewStep]) -> list[ReviewStep]:
    """The steps of the first stage that is not signed through, those not signed yet; none when all are."""
    waiting = [step for step in steps if step.signature_id is None]
    first = min((step.stage for step in waiting), default=0)
    return [step for step in waiting if step.stage == first]


def narrowed(by: Actor, step: ReviewStep) -> Actor:
    """The actor with those seats only that this sheet lets sign the step."""
    return replace(by, seats=tuple(seat for seat in by.seats if seat.kind in step.kinds))


def signable(sheet: ReviewSheet, by: Actor, steps: Sequence[ReviewStep] | None = None) -> list[ReviewStep]:
    """What the actor may sign of this sheet now, all at once; nothing for who drafted or signed it already, nor for
    who has to keep the pen for a later level."""
    mine = turn_of(sheet, by, steps)
    return [] if not mine or why_barred(sheet, by) or why_not_now(sheet, by, steps) else mine


def why_not_now(sheet: ReviewSheet, by: Actor, steps: Sequence[ReviewStep] | None = None) -> str:
    """Why this person had better not sign what could be signed now: nobody else could sign what comes after."""
    mine = turn_of(sheet, by, steps)
    every = list(sheet.steps.all()) if steps is None else list(steps)
    if not mine or by.person is None or len(mine) == sum(step.signature_id is None for step in every):
        return ""
    staff = staff_of(sheet.item.agency_id, by.day)
    if not leaves_nobody(sheet, every, mine, by.person.pk, staff):
        return ""
    return "后面的层级只有您能签，一个人不能签同一条信息的两个层级。这一关请别人签，轮到您时会通知您。"


def turn_of(sheet: ReviewSheet, by: Actor, steps: Sequence[ReviewStep] | None = None) -> list[ReviewStep]:
    """What the actor's seats may sign of this sheet now, whatever bars the person; asks the database for nothing but
    the steps."""
    if sheet.result != ReviewSheet.Result.OPEN or by.person is None:
        return []
    here = current(list(sheet.steps.all()) if steps is None else steps)
    mine = [step for step in here if may(narrowed(by, step), RIGHTS[what_of(step)], sheet)]
    if here and here[0].together and len(mine) < len(here):
        return []
    return mine


def why_barred(sheet: ReviewSheet, by: Actor) -> str:
    """Why this person can sign nothing of the sheet, whatever the seats held; empty when nothing bars."""
    if by.person is None:
        return "审查意见要由人来签。"
    if sheet.submitted_by_id == by.person.pk or _wrote(sheet, by.person.pk):
        return "您拟稿或者修改过这一条，不能审查它，请没有改过的人来签。"
    if Signature.objects.filter(sheet=sheet, person=by.person).exists():
        return "您已经在这张审查表上签过字。一个人不能签同一条信息的两个层级。"
    if sheet.referrals.filter(answered_on__isnull=True).exists():
        return "已经报请确定，等答复以后再签。"
    return ""


def _wrote(sheet: ReviewSheet, person: int) -> bool:
    return Drafter.objects.filter(item=sheet.item_id, version=sheet.version, person=person).exists()
