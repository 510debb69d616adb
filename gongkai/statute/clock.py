"""The clock of a request: from the day of receipt and the events to the day the answer is due, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from .days import in_words
from .events import (
    Clarified,
    Consulted,
    Event,
    EventError,
    Extended,
    Paid,
    parse_event,
    parse_event_text,
)
from .periods import PERIODS, assumed
from .refs import Ref
from .workdays import WorkCalendar

__all__ = [
    "Clarified",
    "ClockError",
    "Consulted",
    "Deadline",
    "Event",
    "EventError",
    "Extended",
    "Paid",
    "deadline",
    "parse_event",
    "parse_event_text",
]

_ANSWER = PERIODS["answer"]
_RECEIPT, _CLARIFIED, _CLOCK, _DAY_ZERO = (
    Ref("ogi", 31),
    Ref("ogi", 30),
    Ref("ogi", 33),
    Ref("civil_code", 201),
)
_PAID = Ref("fee_2020")


class ClockError(ValueError):
    """The events of a case contradict each other or the day of receipt; says so in Chinese."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day on which the answer is in time, and how it was found.

    `running` is False while a consultation is open; `due` is then the earliest day it can be.
    `provisional` (暂定) when a counted day lies in a year without a notice.
    `steps` are plain Chinese sentences, one a fact, with the article each rests on.
    """

    due: date
    running: bool
    provisional: bool
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Pause:
    """A consultation with its end settled for counting; `open` if it has not ended, `cut` if it lasted longer than the
    law gives it."""

    start: date
    end: date
    open: bool
    cut: bool


def deadline(
    received: date,
    events: Iterable[Event],
    calendar: WorkCalendar,
    *,
    strict: bool = True,
    as_of: date | None = None,
) -> Deadline:
    """The day an answer is due (art. 33), counted as a walk from day to day.

    Day 0 is the day of receipt. Each later day that is a working day and not in a consultation counts one;
    the day the count reaches 20 is the due day.
    * Restart: on the latest of the days the corrected request or the fee came in, day 0 becomes that day and
      20 fresh working days begin, even if the old period had run out meanwhile. Consultation days up to that
      day and an extension given before it belong to the old period.
    * Consultation: days d with start < d <= end are not counted, overlapping ones once. One that starts on or
      after the day the count is full changes nothing; none takes longer than its `at_most`.
    * Extension: adds its working days if given from day 0 up to the due day of that moment, once in a case.
      A late one changes nothing. On the same day a restart comes before the extension.
    An open consultation is taken to last up to `as_of`, or to the latest day any event names, so that `due` is
    the earliest day possible.

    Raises `ClockError` for a restart before the day of receipt and, if `strict`, for a second extension (else
    it is left out and a step says so); `CalendarRangeError` past the year 9999.
    """
    listed = list(events)
    restarts = _restarts(received, listed)
    extension, surplus = _extensions(listed, strict)
    pauses = _pauses(listed, received, as_of)
    day0 = restarts[-1].on if restarts else received
    merged = _merged(pauses, day0)

    first_due = _advance(day0, _ANSWER.n, merged, calendar)
    valid = extension is not None and day0 <= extension.on <= first_due
    limit = _ANSWER.n + (extension.days if valid and extension else 0)
    due = _advance(day0, limit, merged, calendar)
    unknown = calendar.unknown_years(day0, due)
    running = not any(pause.open and pause.start < due for pause in pauses)

    steps = [
        f"{in_words(received)}收到申请，当日不计，期限从次日起算（{_RECEIPT}、{_DAY_ZERO}）。",
        *(_restart_step(event) for event in restarts),
        f"答复期限{_ANSWER}（{_CLOCK}），不计其他情形应在{in_words(calendar.add(day0, _ANSWER.n))}前答复，含当日。",
        *_pause_steps(pauses, day0, due, calendar),
        *_extension_steps(extension, day0, first_due, due),
        *(f"{in_words(late.on)}的延期不计：一件申请只能延期一次（{_CLOCK}）。" for late in surplus),
        *_special_steps(day0, due, calendar),
        _last_step(due, running),
        *assumed(unknown),
    ]
    return Deadline(due, running, bool(unknown), tuple(steps))


def _restarts(received: date, events: Sequence[Event]) -> list[Clarified | Paid]:
    restarts = sorted((e for e in events if isinstance(e, Clarified | Paid)), key=lambda e: e.on)
    if restarts and restarts[0].on < received:
        what = "收到补正" if isinstance(restarts[0], Clarified) else "缴费"
        raise ClockError(
            f"{what}的{in_words(restarts[0].on)}早于收到申请的{in_words(received)}，请核对两个日期"
        )
    return restarts


def _extensions(events: Sequence[Event], strict: bool) -> tuple[Extended | None, list[Extended]]:
    """The one extension of the case, and those beyond it."""
    found = sorted((e for e in events if isinstance(e, Extended)), key=lambda e: e.on)
    if strict and len(found) > 1:
        days = "、".join(in_words(e.on) for e in found)
        raise ClockError(f"一件申请只能延期一次，这里有{len(found)}次：{days}（{_CLOCK}）")
    return (found[0] if found else None), found[1:]


def _pauses(events: Sequence[Event], received: date, as_of: date | None) -> list[_Pause]:
    """The consultations by start; an open one ends for counting on the latest day anything is known of."""
    consulted = [e for e in events if isinstance(e, Consulted)]
    if not consulted:
        return []
    known = [received, *(e.end or e.start if isinstance(e, Consulted) else e.on for e in events)]
    latest = max(known if as_of is None else [*known, as_of])
    return sorted((_pause(e, latest) for e in consulted), key=lambda p: (p.start, p.end))


def _pause(event: Consulted, latest: date) -> _Pause:
    end = event.end or latest
    if event.at_most is not None and end > event.at_most:
        return _Pause(event.start, event.at_most, open=False, cut=True)
    return _Pause(event.start, end, open=event.end is None, cut=False)


def _merged(pauses: Iterable[_Pause], day0: date) -> list[tuple[date, date]]:
    """The union of the pauses after day 0 as disjoint (start, end] in order."""
    merged: list[tuple[date, date]] = []
    for pause in pauses:
        start, end = max(pause.start, day0), pause.end
        if end <= start:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _advance(day0: date, n: int, pauses: Iterable[tuple[date, date]], calendar: WorkCalendar) -> date:
    """The day on which the count of working days after day 0 outside the pauses reaches n."""
    at, left = day0, n
    for start, end in pauses:
        counted = calendar.between(at, start)
        if counted >= left:
            break
        at, left = end, left - counted
    return calendar.add(at, left)


def _restart_step(event: Clarified | Paid) -> str:
    if isinstance(event, Clarified):
        return f"{in_words(event.on)}收到补正后的申请，答复期限从次日起重新计算（{_CLARIFIED}）。"
    return f"{in_words(event.on)}缴清信息处理费，答复期限从次日起重新计算（{_PAID}）。"


def _pause_steps(pauses: Iterable[_Pause], day0: date, due: date, calendar: WorkCalendar) -> list[str]:
    """One sentence a consultation with the working days it newly takes out of the count."""
    steps, counted_to = [], day0
    for pause in pauses:
        until = "起尚未结束，暂计至" if pause.open else "至"
        cut = "（最多算到对方收到后第15个工作日）" if pause.cut else ""
        span = f"{in_words(pause.start)}{until}{in_words(pause.end)}征求意见{cut}"
        if pause.end <= day0 and not pause.open:
            steps.append(f"{span}，在期限起算之前，不再影响期限。")
        elif pause.start >= due:
            steps.append(f"{span}，开始时期限已经届满，不影响期限。")
        else:
            excluded = calendar.between(max(pause.start, counted_to), pause.end)
            overlap = "，与前面重叠的日子只算一次" if day0 < counted_to and pause.start < counted_to else ""
            steps.append(f"{span}，其间{excluded}个工作日不计入期限{overlap}（{_CLOCK}）。")
            counted_to = max(counted_to, pause.end)
    return steps


def _extension_steps(extension: Extended | None, day0: date, first_due: date, due: date) -> list[str]:
    if extension is None:
        return []
    given = f"{in_words(extension.on)}决定延期{extension.days}个工作日"
    if extension.on < day0:
        return [f"{given}，属于重新计算以前的期限，不再影响现在的期限。"]
    if extension.on > first_due:
        return [f"{given}，已在期限届满的{in_words(first_due)}之后，不起作用（{_CLOCK}）。"]
    return [f"{given}，期限由{in_words(first_due)}延长到{in_words(due)}（{_CLOCK}）。"]


def _special_steps(day0: date, due: date, calendar: WorkCalendar) -> list[str]:
    """One sentence on the holidays and make-up days that lie in the period, if any."""
    specials = calendar.specials(day0, due)
    if not specials:
        return []
    parts = []
    for kind, what in (("off", "放假，不是工作日"), ("work", "调休上班，是工作日")):
        days = [f"{d.date.month}月{d.date.day}日" for d in specials if d.kind == kind]
        if days:
            parts.append(f"{'、'.join(days)}{what}")
    names = "、".join(dict.fromkeys(d.name for d in specials))
    return [f"其间按{names}放假安排：{'；'.join(parts)}。"]


def _last_step(due: date, running: bool) -> str:
    if running:
        return f"因此最迟应在{in_words(due)}答复。"
    return f"征求意见还没有结束，期限暂停；最早的届满日是{in_words(due)}，结束后再定。"
