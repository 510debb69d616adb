"""更正: a record about the requester is said to be wrong; what came of the check (art. 41). A case of its own kind: it
asks for no information and counts in no row of table three."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.agencies.actor import Actor

from ..models import Decision, InfoRequest
from .base import CannotDo
from .deciding import decide


@dataclass(frozen=True, slots=True)
class Result:
    """What may come of it: its word, what has to be said, and how the letter says it around that."""

    slug: str
    label: str
    asks: str
    words: str


RESULTS: dict[str, Result] = {
    one.slug: one
    for one in (
        Result(
            "corrected",
            "审核属实，已经更正",
            "请写明改了什么，原来怎样、现在怎样。",
            "您反映的情况属实，本机关已经更正：{}",
        ),
        Result(
            "accurate",
            "记录准确，不更正",
            "请写明核查的依据、为什么不更正。",
            "经审核，现有记录准确，不予更正：{}",
        ),
        Result(
            "forwarded",
            "不归本机关更正，已转送",
            "请写明转送给了哪个机关、哪一天。",
            "您要求更正的信息不由本机关更正，已转送有权更正的机关：{}",
        ),
        Result(
            "directed",
            "不归本机关更正，告知向谁提出",
            "请写明向哪个机关提出、怎样联系。",
            "您要求更正的信息不由本机关更正，请向有权更正的机关提出：{}",
        ),
    )
}
REPLY = "other_correction"


def decide_correction(
    request: InfoRequest,
    *,
    by: Actor,
    on: date,
    result: str,
    facts: str,
    detail: str,
    search: Sequence[Mapping[str, str]] = (),
    note: str = "",
) -> Decision:
    """Draft the answer to a request for correction; it goes to the review, the signature and the requester as every
    answer does. Raises `CannotDo` for a case of another kind, or where the letter would leave something open."""
    found = RESULTS.get(result)
    if found is None:
        raise CannotDo("请选择核查的结果。")
    if request.matter != InfoRequest.Matter.CORRECTION:
        raise CannotDo("这件是申请公开信息的，不能用更正答复。")
    if not detail.strip():
        raise CannotDo(found.asks)
    states = correction_states(result, facts, detail)
    return decide(request, by=by, on=on, reply=REPLY, states=states, search=search, note=note)


def correction_states(result: str, facts: str, detail: str) -> dict[str, str]:
    """What the letter states, of a result that there is."""
    said = detail.strip().rstrip("。")
    return {
        "facts": facts.strip().rstrip("。"),
        "correction_result": RESULTS[result].words.format(said),
        "correction": result,
        "correction_detail": said,
    }
