"""One row of an old ledger: the case it tells of, or in words what must be mended; words that need explaining."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.inforequests.actions.past_cases import PastCase
from gongkai.statute.ledger.columns import NOTHING
from gongkai.statute.ledger.meaning import (
    GENERAL_CLOSED,
    channel_of,
    group_of,
    kind_of,
    outcome_of,
    state_of,
)
from gongkai.statute.ledger.reading import day_of
from gongkai.statute.states import CLOSED

from .heads import FIELDS, KIND, RECEIVED

LATER = "later"
"""The answer to a question that leaves its rows out for now."""
_LAPSED = frozenset({"other_no_correction", "other_no_fee"})
_LONGEST = {"applicant": 100, "number": 60, "obtain": 60, "publication": 20}
_STANDING = frozenset({"unconfirmed", "handling"})
"""Open states in which a case may be taken over: every other needs papers that are not in a ledger."""

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to mend in a row: in which column, and how."""

    column: str
    said: str


def asked_of(texts: Texts) -> Iterator[tuple[str, str, str]]:
    """What of this row only a person can say: a key, the column, and the word. The same word is asked once."""
    channel = texts.get("channel", "")
    if channel_of(channel) is None:
        yield f"channel:{channel}", "channel", channel
    kind = texts.get(KIND, "")
    if kind:
        if kind_of(kind) is None:
            yield f"kind:{kind}", KIND, kind
    elif kind_of(texts.get("applicant", "")) is None:
        slug, said = group_of(texts.get("applicant", ""))
        yield f"group:{slug}", KIND, said
    state, result = texts.get("state", ""), texts.get("result", "")
    if state and state_of(state) is None:
        yield f"state:{state}", "state", state
    if result and outcome_of(result) is None:
        yield f"result:{result}", "result", result


class Checked:
    """A row looked at with the answers given: `case`, or what is wrong with it in `problems`."""

    def __init__(self, texts: Texts, answers: Mapping[str, str], today: date) -> None:
        self.texts, self.answers, self.today = texts, answers, today
        self.problems: list[Problem] = []
        self.case: PastCase | None = None
        self._left_out()
        self._texts_fit()
        submitted, received, closed = (self._day(n) for n in ("submitted_on", RECEIVED, "closed_on"))
        state, outcome = self._state(closed)
        self._in_order(submitted, received, closed)
        if not self.problems and submitted is not None:
            self._make(submitted, received, closed, state, outcome)

    def _wrong(self, column: str, said: str) -> None:
        self.problems.append(Problem(column, said))

    def _left_out(self) -> None:
        for key, column, word in asked_of(self.texts):
            answer = self.answers.get(key, "")
            if not answer or answer == LATER:
                name = FIELDS[column]
                written = f"写的“{word}”" if key.partition(":")[0] not in ("group",) else f"（{word}）"
                self._wrong(column, f"{name}{written}还没有定下是哪一种，请在表里改成明确的说法。")

    def _texts_fit(self) -> None:
        applicant = self.texts.get("applicant", "")
        if not applicant or applicant == NOTHING:
            self._wrong("applicant", "没有申请人，请补写姓名或者名称。")
        if not self.texts.get("content"):
            self._wrong("content", "没有申请内容，请补写申请人要的是什么信息。")
        if not self.texts.get("number"):
            self._wrong("number", "没有编号，请补写一个不重复的，例如“2021-补1”。")
        for slug, most in _LONGEST.items():
            if len(self.texts.get(slug, "")) > most:
                self._wrong(slug, f"超过{most}个字，请缩短。")

    def _day(self, slug: str) -> date | None:
        raw = self.texts.get(slug, "")
        if not raw:
            if slug == "submitted_on":
                self._wrong(slug, "没有申请时间，请按登记补写，例如 2024-03-05。")
            return None
        day = day_of(raw)
        if day is None:
            self._wrong(slug, f"“{raw[:30]}”不是日期，请写成 2024-03-05 的样子。")
        elif day > self.today:
            self._wrong(slug, f"“{raw[:30]}”还没有到，请核对年份。")
        return day

    def _in_order(self, submitted: date | None, received: date | None, closed: date | None) -> None:
        if submitted and received and received < submitted:
            self._wrong(RECEIVED, "收到申请之日早于申请时间，请核对两个日期。")
        start = received or submitted
        if start and closed and closed < start:
            self._wrong("closed_on", "答复时间早于申请时间，请核对两个日期。")

    def _state(self, closed: date | None) -> tuple[str, str]:
        """The state and the outcome; what contradicts itself becomes a problem."""
        result, said = self.texts.get("result", ""), self.texts.get("state", "")
        outcome = (outcome_of(result) or self.answers.get(f"result:{result}", "")) if result else ""
        state = (state_of(said) or self.answers.get(f"state:{said}", "")) if said else ""
        written = bool(self.texts.get("closed_on"))
        if not state:
            state = GENERAL_CLOSED if written else "handling"
        finished = state == GENERAL_CLOSED or state in CLOSED
        if finished and not written:
            self._wrong("closed_on", "已经办结的要有答复时间，请补写。")
        if finished and not result:
            self._wrong("result", "已经办结的要有办理结果，请照年报表三的写法补写，例如“予以公开”。")
        if not finished and (written or result):
            self._wrong("state", f"处理状态写着“{said}”，却有答复时间或者办理结果，请核对。")
        if state == GENERAL_CLOSED:
            state = "lapsed" if outcome in _LAPSED else "answered"
        if not finished and state not in _STANDING:
            state = "handling"
        return state, outcome

    def _make(
        self, submitted: date, received: date | None, closed: date | None, state: str, outcome: str
    ) -> None:
        texts = self.texts
        kind, applicant, channel = texts.get(KIND, ""), texts["applicant"], texts.get("channel", "")
        group = f"group:{group_of(applicant)[0]}"
        known = kind_of(kind) or self.answers.get(f"kind:{kind}", "") if kind else kind_of(applicant)
        self.case = PastCase(
            number=texts["number"],
            requester_kind=known or self.answers.get(group, ""),
            applicant=applicant,
            channel=channel_of(channel) or self.answers.get(f"channel:{channel}", ""),
            submitted_on=submitted,
            received_on=None if state == "unconfirmed" else received or submitted,
            content=texts["content"],
            state=state,
            closed_on=closed,
            outcome=outcome,
            obtain=texts.get("obtain", ""),
            publication=texts.get("publication", ""),
            printed={k: v for k, v in texts.items() if v and k in ("channel", "agency", "state", "result")},
        )
