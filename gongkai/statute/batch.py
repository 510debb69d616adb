"""Many deadlines at once: one JSON case a line in, one JSON answer a line out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from .clock import deadline, parse_event
from .days import parse_day
from .workdays import WorkCalendar

_LINE_LIMIT = 1_000_000


class CaseError(ValueError):
    """A line of the batch is not a case; the message says in Chinese what is missing."""


def run(lines: Iterable[str], calendar: WorkCalendar) -> Iterator[str]:
    """One answer a line for each line, in order and one at a time, without line ends.

    In: {"received": "2025-03-03", "events": [the forms of `events.parse_event`]}; other keys are left alone.
    Out: {"due", "provisional", "steps"}, with "running": false besides while a consultation is open.
    A line that cannot be read or counted gives {"error": "第 N 行：…"} and the next goes on; an empty line is
    such a line, so that answers stay beside their cases. A second extension is left out, as a step says.
    """
    for number, line in enumerate(lines, 1):
        try:
            yield _answer(line, calendar)
        except ValueError as error:
            yield _dump({"error": f"第 {number} 行：{error}"})


def _answer(line: str, calendar: WorkCalendar) -> str:
    case = _case(line)
    if case.get("received") is None:
        raise CaseError("缺少收到申请之日（received）")
    events = case.get("events")
    if events is not None and not isinstance(events, list):
        raise CaseError("事件（events）应当是一个列表，没有事件写 []")
    found = deadline(
        parse_day(case["received"]), [parse_event(e) for e in events or ()], calendar, strict=False
    )
    answer: dict[str, object] = {
        "due": found.due.isoformat(),
        "provisional": found.provisional,
        "steps": found.steps,
    }
    if not found.running:
        answer["running"] = False
    return _dump(answer)


def _case(line: str) -> dict[str, object]:
    if len(line) > _LINE_LIMIT:
        raise CaseError(f"这一行太长，超过{_LINE_LIMIT}个字符")
    if not line.strip():
        raise CaseError('这一行是空的，请写成 {"received":"2025-03-03","events":[]}')
    try:
        case = json.loads(line.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        raise CaseError('不是合格的 JSON，请写成 {"received":"2025-03-03","events":[]}') from None
    if not isinstance(case, dict):
        raise CaseError('应当是一个对象，请写成 {"received":"2025-03-03","events":[]}')
    return case


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
