"""One request's life: what befalls it, act by act, and beside it a plain diary that the judges read."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Agency
from gongkai.inforequests.actions import clarification, closing, consultation, deciding, fees, period
from gongkai.inforequests.actions.confirm_receipt import confirm_receipt
from gongkai.inforequests.actions.register import Intake, register
from gongkai.inforequests.models import InfoRequest
from gongkai.statute.channels import CHANNELS
from gongkai.statute.outcomes import COMMON_STATEMENTS, REPLIES, REPLY_BY_SLUG
from gongkai.statute.requesters import KINDS

_COMMON = [statement.slug for statement in COMMON_STATEMENTS]
_LAPSES = ("other_no_correction", "other_no_fee", "other_withdrawn")
ANSWERS = [reply.slug for reply in REPLIES if reply.slug not in _LAPSES]
SEARCH = [{"where": "档案室", "who": "经办员", "terms": "批复", "on": "2024-01-01", "result": "没有"}]
Cast = Callable[[str, date], Actor]


@dataclass(slots=True)
class Diary:
    """What happened, in the judges' plain form: nothing here is read back from the platform."""

    requester: str
    received: date | None = None
    events: list[dict[str, Any]] = field(default_factory=list)
    closed: date | None = None
    row: str = ""
    acts: int = 0


class Life:
    """A request from its letter to its end, or to the last day of the simulation."""

    def __init__(self, agency: Agency, cast: Cast, draw: random.Random, day: date, last: date) -> None:
        self.agency, self.cast, self.draw, self.day, self.last = agency, cast, draw, day, last
        self.diary = Diary(draw.choice(KINDS).slug)
        self.used: set[str] = set()
        self.case: InfoRequest = self._come_in()

    def _by(self, who: str) -> Actor:
        return self.cast(who, self.day)

    def _wait(self, most: int) -> bool:
        """Some days pass; False when the simulation is over before."""
        day = self.day + timedelta(days=self.draw.randint(0, most))
        if day > self.last:
            return False
        self.day = day
        return True

    def _come_in(self) -> InfoRequest:
        channel = self.draw.choice(CHANNELS)
        intake = Intake(
            channel=channel.slug,
            requester_kind=self.diary.requester,
            applicant="甲某",
            content="模拟的申请",
            submitted_on=self.day,
            arrived_on=None if channel.counts == "submitted" else self.day,
        )
        if channel.counts != "confirmed":
            self.diary.received = self.day
        return register(self.agency, intake, by=self._by("clerk"))

    def live(self, judge: Callable[[InfoRequest, Diary], None]) -> Diary:
        """Live on until closed or the time is over; `judge` looks after every act."""
        while self.case.closed_on is None and self._wait(14):
            getattr(self, f"_{self.case.state}")()
            self.diary.acts += 1
            judge(self.case, self.diary)
        return self.diary

    def _close(self, row: str) -> None:
        self.diary.closed, self.diary.row = self.day, row

    def _unconfirmed(self) -> None:
        if self.draw.random() < 0.05:
            closing.withdraw(self.case, by=self._by("clerk"), on=self.day, how="书面")
            return self._close("other_other")
        confirm_receipt(self.case, by=self._by("clerk"), on=self.day, how="电话")
        self.diary.received = self.day

    def _handling(self) -> None:
        ways = ["answer"] * 5 + ["consult"] * 3 + ["clarify", "reasons", "extend", "fee", "withdraw"]
        way = self.draw.choice(ways)
        in_time = self.case.due_on is not None and self.day <= self.case.due_on
        if way == "clarify" and "clarify" not in self.used:
            self.used.add("clarify")
            self.until = self.day + timedelta(days=self.draw.randint(1, 30))
            clarification.ask_clarification(
                self.case, by=self._by("clerk"), on=self.day, points=["不明确"], until=self.until
            )
        elif way == "consult":
            self._consult()
        elif way == "reasons":
            until = self.day + timedelta(days=10)
            period.ask_reasons(self.case, by=self._by("clerk"), on=self.day, facts="数量多", until=until)
        elif way == "extend":
            self._extend()
        elif way == "fee" and in_time:
            units = self.draw.randint(31, 90)
            fees.give_fee_notice(
                self.case, by=self._by("ogi_head"), on=self.day, basis="pages", units=units, reason="页数多"
            )
        elif way == "withdraw":
            closing.withdraw(self.case, by=self._by("clerk"), on=self.day, how="书面")
            self._close("other_other")
        else:
            reply = self.draw.choice(ANSWERS)
            said = {s.slug: "写明" for s in REPLY_BY_SLUG[reply].missing(_COMMON)}
            deciding.decide(
                self.case, by=self._by("clerk"), on=self.day, reply=reply, states=said, search=SEARCH
            )
            self.reply = reply

    def _extend(self) -> None:
        in_time = self.case.due_on is not None and self.day <= self.case.due_on
        if "extend" in self.used or not in_time:
            return
        self.used.add("extend")
        days = self.draw.randint(1, 20)
        period.extend(self.case, by=self._by("ogi_head"), on=self.day, days=days, reason="检索量大")
        self.diary.events.append({"kind": "extended", "on": self.day.isoformat(), "days": days})

    def _consult(self) -> None:
        whom = self.draw.choice(("third_party", "agency", "joint_maker"))
        answer_by = self.day + timedelta(days=self.draw.randint(5, 25))
        consultation.consult(
            self.case,
            by=self._by("clerk"),
            on=self.day,
            whom=whom,
            name="乙单位",
            about="材料",
            answer_by=answer_by,
        )
        self.diary.events.append({"kind": "consulted", "from": self.day.isoformat(), "to": None})

    def _consulting(self) -> None:
        if self.draw.random() < 0.3:
            return self._consult()
        if self.draw.random() < 0.1:
            return self._extend()
        waiting = list(self.case.consultations.filter(ended_on__isnull=True))
        one = self.draw.choice(waiting)
        opinion = "silent" if one.answer_by and self.day > one.answer_by else "agrees"
        consultation.receive_opinion(one, by=self._by("clerk"), on=self.day, opinion=opinion)
        self.case.refresh_from_db()
        mine = [e for e in self.diary.events if e["kind"] == "consulted" and e["to"] is None]
        matching = [e for e in mine if e["from"] == one.sent_on.isoformat()]
        matching[0]["to"] = self.day.isoformat()

    def _awaiting_clarification(self) -> None:
        if self.day > self.until and self.draw.random() < 0.7:
            clarification.lapse_no_clarification(self.case, by=self._by("clerk"), on=self.day)
            return self._close("other_no_correction")
        clarification.receive_clarification(self.case, by=self._by("clerk"), on=self.day, content="补正后")
        self.diary.events.append({"kind": "clarified", "on": self.day.isoformat()})

    def _awaiting_reasons(self) -> None:
        period.receive_reasons(self.case, by=self._by("clerk"), on=self.day, reasons="研究需要")

    def _awaiting_payment(self) -> None:
        until = date.fromisoformat(self.case.events.filter(act="give_fee_notice").last().data["until"])  # type: ignore[union-attr]
        if self.day > until:
            fees.lapse_no_payment(self.case, by=self._by("clerk"), on=self.day)
            return self._close("other_no_fee")
        if self.draw.random() < 0.5:
            fees.receive_payment(self.case, by=self._by("clerk"), on=self.day)
            self.diary.events.append({"kind": "paid", "on": self.day.isoformat()})

    def _in_review(self) -> None:
        if self.draw.random() < 0.15:
            return deciding.send_back(self.case, by=self._by("reviewer"), on=self.day, reason="改")
        deciding.review(self.case, by=self._by("reviewer"), on=self.day)

    def _awaiting_signature(self) -> None:
        deciding.sign(self.case, by=self._by("leader"), on=self.day)

    def _signed(self) -> None:
        deciding.serve(self.case, by=self._by("clerk"), on=self.day, how="邮寄")
        self._close(REPLY_BY_SLUG[self.reply].outcome)
