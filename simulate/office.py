"""What an office does in a year besides requests: registers, items, reconsiderations and suits, all by the real acts."""

from __future__ import annotations

import random
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Agency
from gongkai.disclosure.actions.columns import add_column
from gongkai.disclosure.actions.history import Past, SignedOnPaper, bring_in
from gongkai.disclosure.actions.register_keeping import keep
from gongkai.disclosure.actions.registering import cancel, enter
from gongkai.disclosure.registers.kinds import REGISTERS
from gongkai.inforequests.models import InfoRequest
from gongkai.remedies.actions import correct
from gongkai.remedies.actions.accept import accept
from gongkai.remedies.actions.conclude import conclude
from gongkai.remedies.models import Remedy
from gongkai.reports.actions.prepare import open_year, write_prose
from gongkai.reports.actions.prose import answer_nothing, lay_out
from gongkai.reports.composition import compose
from gongkai.reports.models import ReportYear
from simulate.life import Cast

DOCUMENTS = ("regulations", "normative_documents")
_SHANGHAI = ZoneInfo("Asia/Shanghai")
_RESULTS = ("upheld", "corrected", "other")


class Office:
    """The office over the years. `openings` are its documents in force when the first year began, by kind."""

    def __init__(self, agency: Agency, cast: Cast, seed: int, first: int) -> None:
        self.agency, self.cast, self.first = agency, cast, first
        self.draw = random.Random(f"office {seed}")
        self.openings = {kind: self.draw.randint(4, 9) for kind in DOCUMENTS}
        self.pending: list[Remedy] = []
        self.decided: list[Remedy] = []
        self.serial = 0
        self.written = dict.fromkeys(("register_entries", "remedies", "items"), 0)
        by = cast("ogi_head", date(first, 1, 1))
        for kind in REGISTERS:
            keep(agency, kind, since=first, opening=self.openings.get(kind), by=by)
        self.column = add_column(agency, slug="news", name="工作动态", by=Actor.system(by.day, "模拟"))

    def live(self, year: int) -> None:
        """One year, written down on its last day."""
        self.year, self.last = year, date(year, 12, 31)
        self.by = self.cast("clerk", self.last)
        for kind in REGISTERS:
            for _ in range(self.draw.randint(1, 5)):
                self._enter(kind)
        self._publish(self.draw.randint(1, 4))
        for case in list(self.pending):
            self._decide(case, 0.6)
        for _ in range(self.draw.randint(2, 5)):
            self._sue()

    def _day(self, after: date | None = None) -> date:
        start = max(after or date(self.year, 1, 1), date(self.year, 1, 1))
        return start + timedelta(days=self.draw.randint(0, (self.last - start).days))

    def _number(self, sign: str) -> str:
        self.serial += 1
        return f"{sign}〔{self.year}〕{self.serial}号"

    def _enter(self, kind: str) -> None:
        """An entry of the year; a few are cancelled, a few documents repealed, among them some of before the first year."""
        day, texts = self._day(), {"title": "模拟的事项", "number": self._number("模")}
        if kind in DOCUMENTS:
            old = self.openings[kind] > 0 and self.draw.random() < 0.2
            if old or self.draw.random() < 0.3:
                texts["ended_on"] = self._day(day).isoformat()
            if old:
                day = date(self.first, 1, 1) - timedelta(days=self.draw.randint(1, 2000))
        if kind == "fees_10k_yuan":
            texts["amount"] = f"{self.draw.randint(1, 10**6) / 100:.2f}"
        row = enter(self.agency, kind, texts | {"day": day.isoformat()}, by=self.by)
        self.written["register_entries"] += 1
        if "ended_on" not in texts and self.draw.random() < 0.15:
            cancel(row, why="重复登记", by=self.by)

    def _publish(self, count: int) -> None:
        """Items of the year, brought in with a made-up review on paper, as the sample's are."""
        past = []
        for _ in range(count):
            day = self._day()
            signed = (
                SignedOnPaper("审查员", "模拟岗位", day, ("text", "policy", "political", "secrecy")),
                SignedOnPaper("负责人", "模拟岗位", day, ("final",)),
            )
            at = datetime.combine(day, time(9, 30), _SHANGHAI)
            past.append(
                Past(self.column, self._number("模拟的消息"), "<p>模拟。</p>", day, at, signed=signed)
            )
        self.written["items"] += count
        bring_in(self.agency, past, reason="模拟", by=Actor.system(self.last, "模拟"))

    def _sue(self) -> None:
        """A case accepted in the year; some about a request answered in it, a suit perhaps after a reconsideration."""
        track: str = self.draw.choice(Remedy.Track.values)
        more: dict[str, Any] = {}
        day = self._day()
        if track == Remedy.Track.AFTER:
            ready = [one for one in self.decided if one.track == Remedy.Track.RECONSIDERATION]
            if not ready:
                track = Remedy.Track.DIRECT
            else:
                more["follows"] = first = self.draw.choice(ready)
                day = self._day(first.decided_on)
        elif self.draw.random() < 0.5:
            request = self._answered()
            if request is not None:
                more["request"], day = request, self._day(request.closed_on)
        case = accept(
            self.agency, by=self.by, track=track, organ="某机关（模拟）", number=self._number("案"),
            about="不服答复", accepted_on=day, **more,
        )  # fmt: skip
        self.written["remedies"] += 1
        if self.draw.random() < 0.1:
            return correct.cancel(case, by=self.by, why="重复登记")
        self.pending.append(case)
        self._decide(case, 0.5)

    def _answered(self) -> InfoRequest | None:
        days = (date(self.year, 1, 1), self.last)
        found = InfoRequest.objects.filter(agency=self.agency, closed_on__range=days, state="archived")
        return found.order_by("pk").first()

    def _decide(self, case: Remedy, share: float) -> None:
        if self.draw.random() >= share:
            return
        result = self.draw.choice(_RESULTS)
        conclude(case, by=self.by, on=self._day(case.accepted_on), result=result, decision="模拟的决定")
        self.pending.remove(case)
        self.decided.append(case)

    def prepare(self, year: int) -> ReportYear:
        """The report of a year that is over, its words laid out; what no record says is written by hand."""
        by = self.cast("clerk", date(year + 1, 1, 1))
        work = open_year(self.agency, year, by=by)
        if lay_out(work, by=by):
            write_prose(
                work, "problems", [{"text": f"{year}年存在的问题：更新不及时。改进措施：按月核对。"}], by=by
            )
            for block in compose(work).blocks:
                if block.row.section == "other" and not block.printed:
                    answer_nothing(block.row, by=by)
        return work
