"""Requests that may be the same as another: by the same requester, or about the same words by anybody. Only a hint:
whether one repeats another, a person decides (art. 36 item 6); what several ask may be published for all (art. 44)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from gongkai.agencies.models import Agency
from gongkai.statute.outcomes import REPLY_BY_SLUG
from gongkai.statute.states import STATES

from .charges import same_requester
from .models import InfoRequest, Letter
from .queries import bare
from .searching import found_by

if TYPE_CHECKING:
    from .actions.register import Intake

MOST = 8
"""How many are shown."""
LIKE = 0.6
"""Share of pairs of characters two texts have in common from which they count as alike."""
_LOOKED_AT = 100
_RUN = re.compile(r"[0-9A-Za-z一-鿿]{2,}")
_EMPTY_WORDS = re.compile(
    r"申请公开|政府信息公开|政府信息|请求公开|请公开|申请|公开|关于|有关|相关|请贵局|贵局|贵单位|本人|我|你们|以及|和|的|及|与|或者"
)


@dataclass(frozen=True, slots=True)
class Alike:
    """An earlier request, what makes it alike, and how it was answered: in words, with the number and day of the
    answer's letter where there is one."""

    request: InfoRequest
    same_requester: bool
    likeness: float
    answered: str
    letter: str
    other_name: bool = False
    """By its identity number the same requester, under another name."""

    @property
    def why(self) -> str:
        """What makes it alike, in words."""
        words = "内容相同" if self.likeness == 1 else "内容相近" if self.likeness >= LIKE else ""
        who = "同一申请人" if self.same_requester else "别的申请人"
        if self.other_name:
            who = "证件号码相同、姓名不同：请核对证件，是改了名、写错了字，还是号码抄错了"
        return "，".join(part for part in (who, words) if part)


def alike(request: InfoRequest, most: int = MOST) -> list[Alike]:
    """Earlier and later requests of the agency that may be the same, those of the same requester with like words
    first, then other requesters' with like words, then the requester's others. Five queries."""
    wanted = bare(request.content)
    own = {one.pk: one for one in _others(same_requester(request), request).order_by("-id")[:_LOOKED_AT]}
    by_words = [pk for pk in _by_words(request) if pk != request.pk and pk not in own]
    theirs = _others(InfoRequest.objects.filter(pk__in=by_words), request)
    found = [(one, one.pk in own, likeness(wanted, bare(one.content))) for one in [*own.values(), *theirs]]
    found = [row for row in found if row[1] or row[2] >= LIKE]
    found.sort(key=lambda row: (row[2] < LIKE, not row[1], -row[2], -row[0].pk))
    shown = found[:most]
    letters = _letters([one for one, _, _ in shown])
    return [
        Alike(
            one, same, like, _answered(one), letters.get(one.pk, ""),
            other_name=same and one.applicant != request.applicant,
        )
        for one, same, like in shown
    ]  # fmt: skip


def same_paper(agency: Agency, intake: Intake) -> InfoRequest | None:
    """A request registered before that says the same in everything a paper says: its applicant, its words, its way and
    its day. Usually it is the very same paper, registered once more after going back in the browser."""
    found = InfoRequest.objects.filter(
        agency=agency,
        applicant=intake.applicant.strip(),
        content=intake.content.strip(),
        channel=intake.channel,
        submitted_on=intake.submitted_on,
    )
    if intake.submission_key:
        found = found.exclude(submission_key=intake.submission_key)
    return found.order_by("-id").first()


def answered_before(request: InfoRequest) -> Alike | None:
    """The last answer to the same requester about the same: what a reply to a repeated request names."""
    own = [one for one in alike(request) if one.same_requester and one.likeness >= LIKE]
    return next((one for one in own if one.letter and one.request.closed_on), None)


def likeness(one: str, other: str) -> float:
    """From 0 to 1: the share of pairs of neighbouring characters that both have, of all that either has."""
    if one == other:
        return 1.0
    first, second = _pairs(one), _pairs(other)
    return len(first & second) / max(len(first | second), 1) * 0.999


def _pairs(text: str) -> set[str]:
    return {text[n : n + 2] for n in range(len(text) - 1)}


def _by_words(request: InfoRequest) -> list[int]:
    """Requests that have the three longest runs of words that tell something, by the index."""
    told = _EMPTY_WORDS.sub(" ", unicodedata.normalize("NFKC", request.content))
    runs = sorted(set(_RUN.findall(told)), key=len, reverse=True)[:3]
    words = " ".join(run[:12] for run in runs)
    return found_by(request.agency, words, _LOOKED_AT) if words else []


def _others(found: QuerySet[InfoRequest], request: InfoRequest) -> QuerySet[InfoRequest]:
    return found.exclude(pk=request.pk).filter(agency_id=request.agency_id)


def _answered(one: InfoRequest) -> str:
    if one.closed_on is None:
        return STATES[one.state].label if one.state in STATES else one.state
    reply = REPLY_BY_SLUG.get(one.reply)
    return reply.label if reply else "已办结"


def _letters(requests: list[InfoRequest]) -> dict[int, str]:
    """The number of the last answer's letter of each that was answered."""
    done: list[Any] = [one.pk for one in requests if one.closed_on]
    rows = Letter.objects.filter(request__in=done, kind__startswith="reply_").order_by("id")
    return dict(rows.values_list("request", "number"))
