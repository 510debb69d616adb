"""定期评估: what is not disclosed unasked is looked at again every year (条例第十八条)."""

from __future__ import annotations

from gongkai.agencies.actor import Actor
from gongkai.statute.duties import next_evaluation

from ..duedays import set_due
from ..models import Evaluation, Item
from .base import CannotDo, must_be, on_item
from .reopening import wrote


def evaluate(item: Item, *, result: str, reason: str, by: Actor) -> Evaluation:
    """Write down the result. 维持不公开 sets the next day; the others make a draft of the next version with the other
    access class, which goes through the gate like any; 转为主动公开 sets the
    day by which it is to be public. For the OGI head. Raises `NotAllowed`, `CannotDo`."""
    with on_item(item, "disclosure.evaluate", by=by, result=result) as (found, _):
        must_be(found, "不用评估。", Item.State.KEPT)
        if result not in Evaluation.Result.values or not reason.strip():
            raise CannotDo("请选择评估结果，写明理由。")
        keeps = result == Evaluation.Result.KEEP
        made = Evaluation.objects.create(
            item=found,
            on=by.day,
            result=result,
            reason=reason.strip()[:500],
            by=by.name,
            next_on=next_evaluation(by.day) if keeps else None,
        )
        found.evaluate_on = made.next_on
        if not keeps:
            found.version += 1
            found.state, found.access = Item.State.DRAFT, result
            if result == Item.Access.PROACTIVE:
                found.access_reason = found.access_basis = ""
                found.disclosable_on = by.day
            set_due(found)
            wrote(found, by)
        found.save()
    return made
