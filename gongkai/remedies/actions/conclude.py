"""登记结果: write down how a case ended; take a result back that was written down wrongly."""

from __future__ import annotations

from datetime import date

from gongkai.agencies.actor import Actor
from gongkai.agencies.rights import acting
from gongkai.statute.days import in_words

from ..models import Remedy
from ..queries import carried_out
from .facts import CannotTake, locked_case


def conclude(
    case: Remedy,
    *,
    by: Actor,
    on: date,
    result: str,
    decision: str,
    redo: bool = False,
    redo_by: date | None = None,
) -> None:
    """Write down the day and result of the decision or judgment, in the three classes of table four.

    维持 where the answer stands (also a dismissal on the merits), 纠正 where it was revoked, changed, held illegal or
    had to be done again, 其他 for all else (not accepted, withdrawn, settled). `redo` where the request has to be
    handled anew, `redo_by` the day set for that. A result written down wrongly is written down again; the trail keeps
    both.
    """
    kind = Remedy.Result(result)
    redo = redo or redo_by is not None
    if not decision.strip():
        raise CannotTake("请写明决定或者裁判的内容，例如“驳回诉讼请求”。")
    if not case.accepted_on <= on <= by.day:
        raise CannotTake(f"审结之日要在受理的{in_words(case.accepted_on)}到今天之间。")
    if redo and kind is Remedy.Result.UPHELD:
        raise CannotTake("结果维持的，不会要求重新办理，请核对结果。")
    if redo_by is not None and redo_by < on:
        raise CannotTake(f"重新办理的最后一天要在审结的{in_words(on)}以后。")
    with acting(by, "remedy.edit", case, result=result, before=case.result, redo=redo):
        locked = locked_case(case)
        _before_its_suits(locked, on)
        locked.decided_on, locked.result, locked.decision = on, kind, decision.strip()
        locked.redo, locked.redo_by = redo, redo_by
        locked.save()
    case.refresh_from_db()


def _before_its_suits(case: Remedy, on: date) -> None:
    """A suit after reconsideration comes after its decision (行政诉讼法 45), but where none came in time."""
    suit = case.followed_by.filter(cancelled="", early="", accepted_on__lt=on).order_by("accepted_on").first()
    if suit is not None:
        raise CannotTake(
            f"审结之日晚于诉讼{suit.number}受理的{in_words(suit.accepted_on)}，请核对两个日期。复议机关逾期没有决定、"
            "申请人先起诉的，请先更正那件诉讼，写明先起诉的原因。"
        )


def take_back(case: Remedy, *, by: Actor) -> None:
    """尚未审结: the result was written down by mistake, the case is still pending.

    Raises `CannotTake` where nothing was concluded, or where the request was handled anew because of it.
    """
    with acting(by, "remedy.edit", case, result="pending", before=case.result):
        locked = locked_case(case)
        if locked.decided_on is None:
            raise CannotTake("这件案子本来就没有登记结果，不用改。")
        if locked.redo and carried_out(locked):
            raise CannotTake("已经按这个结果重新办理申请，不能改回尚未审结。结果登记错了的，请选正确的结果。")
        locked.decided_on, locked.result, locked.decision = None, "", ""
        locked.redo, locked.redo_by = False, None
        locked.save()
    case.refresh_from_db()
