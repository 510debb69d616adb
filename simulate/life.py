"""One request's life: what befalls it, act by act, and beside it a plain diary that the judges read."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Agency
from gongkai.inforequests.actions import clarification, closing, consultation, deciding, fees, period
from gongkai.inforequests.actions.cancel_number import cancel_number
from gongkai.inforequests.actions.confirm_receipt import confirm_receipt
from gongkai.inforequests.actions.register import Intake, register
from gongkai.inforequests.actions.split import split
from gongkai.inforequests.models import InfoRequest
from gongkai.statute.channels import CHANNELS
from gongkai.statute.outcomes import COMMON_STATEMENTS, REPLIES, REPLY_BY_SLUG
from gongkai.statute.requesters import KINDS
from gongkai.statute.states import CLOSED
from simulate.diary import Diary

_COMMON = [statement.slug for statement in COMMON_STATEMENTS]
_LAPSES = ("other_no_correction", "other_no_fee", "other_withdrawn")
_CORRECTION = "other_correction"
ANSWERS = [reply.slug for reply in REPLIES if reply.slug not in (*_LAPSES, _CORRECTION)]
SEARCH = [{"where": "档案室", "who": "经办员", "terms": "批复", "on": "2024-01-01", "result": "没有"}]
WAYS = (*["answer"] * 5, *["consult"] * 3, "clarify", "reasons", "extend", "fee", "later")
_REPEATED = dict.fromkeys(("answered", "lapsed", "archived"), 0.12)
Cast = Callable[[str, date], Actor]


class Life:
    """A request from its letter to its end. `day` is when something befalls it next; None once nothing will."""

    def __init__(self, cast: Cast, draw: random.Random, case: InfoRequest, diary: Diary, day: date) -> None:
        self.cast, self.draw, self.case, self.diary = cast, draw, case, diary
        self.used: set[str] = set()
        self.until = day
        self.today = self.told = day
        self.day: date | None = day
        self.parts: list[Life] = []
        self._wait(14)

    def act(self) -> None:
        """What befalls it on its day; then its next day is drawn."""
        self.today = self.day or self.today
        if self.case.state not in (*CLOSED, "unconfirmed") and self.draw.random() < 0.01:
            self._withdraw()
        else:
            getattr(self, f"_{self.case.state}")()
        if self.day is not None:
            self._wait(120 if self.case.state in CLOSED else 14)

    def _wait(self, most: int) -> None:
        self.day = self.today + timedelta(days=self.draw.randint(0, most))

    def _by(self, who: str) -> Actor:
        return self.cast(who, self.today)

    def _on(self) -> str:
        return self.today.isoformat()

    def _often(self, share: float) -> bool:
        return self.draw.random() < share

    @property
    def _in_time(self) -> bool:
        due = self.diary.due()
        return due is not None and self.today <= due

    def _withdraw(self) -> None:
        closing.withdraw(self.case, by=self._by("clerk"), on=self.today, how="书面")
        self.diary.close(self.today, "other_other")

    def begin(self) -> None:
        """Right after it came in: a few were registered by mistake, a few ask for several things at once."""
        if self._often(0.01):
            cancel_number(self.case, by=self._by("ogi_head"), reason="重复登记")
            self.diary.cancelled, self.day = True, None
        elif self._often(0.03):
            contents = [f"第{n}项" for n in range(self.draw.randint(2, 4))]
            for part in split(self.case, contents, by=self._by("clerk")):
                own = Diary(self.diary.requester, self.diary.received, self.diary.zero)
                own.correction = self.diary.correction
                self.parts.append(Life(self.cast, self.draw, part, own, self.today))

    def _unconfirmed(self) -> None:
        if self._often(0.05):
            return self._withdraw()
        confirm_receipt(self.case, by=self._by("clerk"), on=self.today, how="电话")
        self.diary.receive(self.today)

    def _handling(self) -> None:
        way = self.draw.choice(WAYS)
        clerk = {"by": self._by("clerk"), "on": self.today}
        if way == "clarify" and "clarify" not in self.used:
            self.used.add("clarify")
            self.until = self.today + timedelta(days=self.draw.randint(1, 30))
            clarification.ask_clarification(self.case, points=["不明确"], until=self.until, **clerk)  # type: ignore[arg-type]
        elif way == "consult":
            self._consult()
        elif way == "reasons":
            until = self.today + timedelta(days=10)
            period.ask_reasons(self.case, facts="数量多", until=until, **clerk)  # type: ignore[arg-type]
        elif way == "later":
            self._set_later()
        elif way == "extend":
            self._extend()
        elif way == "fee" and self._in_time:
            self._give_fee_notice()
        else:
            self._decide()

    def _set_later(self) -> None:
        due = self.diary.due()
        later = max(due, self.today) if due else self.today
        self.diary.later = later + timedelta(days=self.draw.randint(1, 60))
        by = self._by("ogi_head")
        period.set_later_date(self.case, by=by, on=self.today, until=self.diary.later, reason="量大")

    def _extend(self) -> None:
        if "extend" in self.used or not self._in_time:
            return
        self.used.add("extend")
        days = self.draw.randint(1, 20)
        period.extend(self.case, by=self._by("ogi_head"), on=self.today, days=days, reason="检索量大")
        self.diary.add("extended", on=self._on(), days=days)

    def _give_fee_notice(self) -> None:
        units = self.draw.randint(31, 90)
        by = self._by("ogi_head")
        fees.give_fee_notice(self.case, by=by, on=self.today, basis="pages", units=units, reason="页数多")
        notice = self.case.events.get(serial=self.case.events.count())
        self.until, self.told = date.fromisoformat(notice.data["until"]), self.today

    def _decide(self) -> None:
        correction = self.case.matter == InfoRequest.Matter.CORRECTION
        self.reply = _CORRECTION if correction else self.draw.choice(ANSWERS)
        said = {s.slug: "写明" for s in REPLY_BY_SLUG[self.reply].missing(_COMMON)} | {
            deciding.NO_FILES: "写明"
        }
        by = self._by("clerk")
        deciding.decide(self.case, by=by, on=self.today, reply=self.reply, states=said, search=SEARCH)

    def _consult(self) -> None:
        whom = self.draw.choice(("third_party", "agency", "joint_maker"))
        answer_by = self.today + timedelta(days=self.draw.randint(5, 25))
        made = consultation.consult(
            self.case, by=self._by("clerk"), on=self.today, whom=whom, name="乙单位", about="材料", answer_by=answer_by
        )  # fmt: skip
        self.diary.add("consulted", **{"from": self._on(), "to": None, "which": made.pk})

    def _awaited(self) -> set[int]:
        return {
            event["which"]
            for event in self.diary.events
            if event["kind"] == "consulted" and event["to"] is None
        }

    def _consulting(self) -> None:
        if self._often(0.3):
            return self._consult()
        if self._often(0.1):
            return self._extend()
        one = self.draw.choice(
            [c for c in self.case.consultations.filter(ended_on__isnull=True) if c.pk in self._awaited()]
        )
        mine = next(event for event in self.diary.events if event.get("which") == one.pk)
        if one.reached_on is None and self._often(0.2):
            mine["arrived"] = self.today
            return consultation.reached(one, by=self._by("clerk"), on=self.today)
        opinion = "silent" if one.answer_by and self.today > one.answer_by else "agrees"
        consultation.receive_opinion(one, by=self._by("clerk"), on=self.today, opinion=opinion)
        self.case.refresh_from_db()
        mine["to"] = self._on()

    def _awaiting_clarification(self) -> None:
        if self.today > self.until and self._often(0.7):
            clarification.lapse_no_clarification(self.case, by=self._by("clerk"), on=self.today)
            return self.diary.close(self.today, "other_no_correction")
        content = f"补正后的内容（{self._on()}）"
        clarification.receive_clarification(self.case, by=self._by("clerk"), on=self.today, content=content)
        self.diary.add("clarified", on=self._on())

    def _awaiting_reasons(self) -> None:
        if self._often(0.1):
            return self._extend()
        reasons = self.draw.choice(("研究需要", ""))
        period.receive_reasons(self.case, by=self._by("clerk"), on=self.today, reasons=reasons)
        if reasons and self._often(0.5):
            self._set_later()

    def _awaiting_payment(self) -> None:
        if self.today > self.until:
            by = self._by("clerk")
            fees.lapse_no_payment(self.case, by=by, on=self.today, received_on=self.told)
            self.diary.close(self.today, "other_no_fee")
        elif self._often(0.5):
            fees.receive_payment(self.case, by=self._by("clerk"), on=self.today)
            self.diary.add("paid", on=self._on())

    def _in_review(self) -> None:
        if self._often(0.15):
            return deciding.send_back(self.case, by=self._by("reviewer"), on=self.today, reason="改")
        if self._often(0.05):
            return self._extend()
        deciding.review(self.case, by=self._by("reviewer"), on=self.today)

    def _awaiting_signature(self) -> None:
        if self._often(0.08):
            return deciding.send_back(self.case, by=self._by("leader"), on=self.today, reason="改")
        deciding.sign(self.case, by=self._by("leader"), on=self.today)

    def _signed(self) -> None:
        if self._often(0.05):
            return deciding.send_back(self.case, by=self._by("leader"), on=self.today, reason="日期写错")
        deciding.serve(self.case, by=self._by("clerk"), on=self.today, how="邮寄")
        self.diary.close(self.today, REPLY_BY_SLUG[self.reply].outcome)

    def _answered(self) -> None:
        if self._often(_REPEATED.get(self.case.state, 0)):
            ordered = self.today + timedelta(days=self.draw.randint(5, 60)) if self._often(0.5) else None
            by = self._by("clerk")
            closing.reopen(self.case, by=by, on=self.today, ordered_by="市政府复议决定", until=ordered)
            self.used.clear()
            self.diary.reopen(self.today, ordered)
        elif self.case.state == "archived":
            self.day = None
        else:
            closing.archive(self.case, by=self._by("clerk"), on=self.today, place="2025年第3卷")

    _lapsed = _withdrawn = _archived = _answered


def come_in(agency: Agency, cast: Cast, draw: random.Random, day: date) -> Life:
    """A request by any channel, of any kind of requester, on this day."""
    channel, diary = draw.choice(CHANNELS), Diary(draw.choice(KINDS).slug)
    diary.correction = draw.random() < 0.03
    matters = InfoRequest.Matter
    intake = Intake(
        channel=channel.slug,
        requester_kind=diary.requester,
        applicant="甲某",
        content="模拟的申请",
        submitted_on=day,
        arrived_on=None if channel.counts == "submitted" else day,
        matter=matters.CORRECTION if diary.correction else matters.DISCLOSURE,
    )
    if channel.counts != "confirmed":
        diary.receive(day)
    return Life(cast, draw, register(agency, intake, by=cast("clerk", day)), diary, day)
