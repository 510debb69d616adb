"""Cases to test with, registered and moved by the same acts as in earnest."""

from __future__ import annotations

from datetime import date

from gongkai.inforequests.actions.deciding import GIVES, NO_FILES, decide, review, serve, sign
from gongkai.inforequests.actions.register import Intake, register
from gongkai.inforequests.models import InfoRequest
from gongkai.statute.outcomes import COMMON_STATEMENTS, REPLY_BY_SLUG
from tests.cast import Cast

DAY = date(2025, 2, 21)


def new_case(cast: Cast, on: date = DAY, **more: object) -> InfoRequest:
    """A request handed in at the counter on this day."""
    fields: dict[str, object] = {
        "channel": "in_person",
        "requester_kind": "natural",
        "applicant": "甲某",
        "content": "申请公开某项目的批复文件",
        "submitted_on": on,
    }
    return register(cast.agency, Intake(**{**fields, **more}), by=cast.actor("clerk", on))  # type: ignore[arg-type]


def said_of(reply: str) -> dict[str, str]:
    """Every statement that this kind of reply needs, with words that tell them apart."""
    common = {s.slug for s in COMMON_STATEMENTS}
    said = {s.slug: f"写明：{s.label}" for s in REPLY_BY_SLUG[reply].missing(list(common))}
    got = {NO_FILES: "申请人到办公室领取"} if reply in GIVES else {}
    return {"facts": "查明：有关情况", **said, **got}


SEARCH = [
    {
        "where": "本机关档案室",
        "who": "经办员",
        "terms": "项目 批复",
        "on": "2025-03-03",
        "result": "没有检索到",
    }
]


def answer(cast: Cast, case: InfoRequest, reply: str, on: date) -> None:
    """Draft, review, sign and serve on one day, each by somebody else."""
    decide(case, by=cast.actor("clerk", on), on=on, reply=reply, states=said_of(reply), search=SEARCH)
    review(case, by=cast.actor("reviewer", on), on=on)
    sign(case, by=cast.actor("leader", on), on=on)
    serve(case, by=cast.actor("clerk", on), on=on, how="邮政特快专递", mail_number="TEST0001")
