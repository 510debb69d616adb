"""登记结果: write down how a case ended."""

from __future__ import annotations

from datetime import date

from gongkai.agencies.actor import Actor
from gongkai.agencies.rights import acting
from gongkai.statute.days import in_words

from ..models import Remedy
from .accept import CannotTake


def conclude(
    case: Remedy, *, by: Actor, on: date, result: str, decision: str, redo_by: date | None = None
) -> None:
    """Write down the day and result of the decision or judgment, in the three classes of table four.

    维持 where the answer stands (also a dismissal on the merits), 纠正 where it was revoked, changed, held illegal or
    had to be done again, 其他 for all else (not accepted, withdrawn, settled). `redo_by` is the day by which the
    request has to be handled anew. A result written down wrongly is written down again; the trail keeps both.
    """
    kind = Remedy.Result(result)
    if not decision.strip():
        raise CannotTake("请写明决定或者裁判的内容，例如“驳回诉讼请求”。")
    if not case.accepted_on <= on <= by.day:
        raise CannotTake(f"审结之日要在受理的{in_words(case.accepted_on)}到今天之间。")
    with acting(by, "remedy.edit", case, result=result, before=case.result):
        locked = Remedy.objects.select_for_update(no_key=True).get(pk=case.pk)
        locked.decided_on, locked.result, locked.decision, locked.redo_by = (
            on,
            kind,
            decision.strip(),
            redo_by,
        )
        locked.save()
    case.refresh_from_db()
