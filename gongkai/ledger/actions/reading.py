"""导入旧台账, the middle: rows are read lot by lot, what is unclear is asked, every row is checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from gongkai.agencies.actor import Actor
from gongkai.agencies.rights import acting
from gongkai.inforequests.queries import InfoRequest, bare
from gongkai.statute.ledger.columns import NOTHING
from gongkai.statute.ledger.grid import MOST_ROWS, UnreadableLedger, opened
from gongkai.statute.ledger.reading import heads_of, is_foot

from ..checking import Checked, asked_of
from ..models import LedgerImport, LedgerLine
from .begin import CannotImport, Step, content_on_disk, locked

LOT = 500
MOST_QUESTIONS = 60
_EXAMPLES = 3


def read(ledger: LedgerImport, *, by: Actor) -> None:
    """Read the rows, going on where an interruption left it; then ask what is unclear, or check at once. For the person
    who began it, or the platform."""
    problem = ""
    try:
        with content_on_disk(ledger) as file:
            problem = _read(ledger, file)
    except UnreadableLedger as error:
        problem = str(error)
    with acting(by, "ledger.import", ledger, step="读取", row=ledger.done):
        now = locked(ledger, Step.READING)
        now.problem = problem
        if not now.lines.exists():
            now.step = Step.COLUMNS
            now.problem = problem or "表头下面没有读到内容，请核对选的工作表和栏目。"
        else:
            now.questions = _questions(now)
            now.step = Step.QUESTIONS if now.questions else Step.READY
            if not now.questions:
                check(now, by.day)
        now.save()
    ledger.refresh_from_db()


def _read(ledger: LedgerImport, file: Any) -> str:
    places = {int(place): slug for place, slug in ledger.columns.items()}
    lot: list[LedgerLine] = []
    at = ledger.done
    with opened(file) as grid:
        for at, texts in grid.rows(ledger.sheet):
            if at <= max(ledger.head_row, ledger.done):
                continue
            if is_foot(texts):
                break
            found = {slug: texts[n] for n, slug in places.items() if n < len(texts) and texts[n]}
            if _tells_nothing(found) or heads_of(texts):
                continue
            lot.append(LedgerLine(ledger=ledger, row=at, texts=found, number=found.get("number", "")[:200]))
            if len(lot) == LOT:
                _keep(ledger, lot, at)
                lot = []
    _keep(ledger, lot, at)
    return f"只读了前 {MOST_ROWS} 行，其余请另存一份再导入。" if at >= MOST_ROWS else ""


def _tells_nothing(found: Mapping[str, str]) -> bool:
    """A row that registers no request: empty, or 无 under 申请人."""
    rest = {slug for slug, text in found.items() if text and slug != "applicant"}
    return not rest and found.get("applicant", "") in ("", NOTHING)


def _keep(ledger: LedgerImport, lot: list[LedgerLine], at: int) -> None:
    with transaction.atomic():
        # The import may have been given up, or read by somebody else, while the file was read.
        if locked(ledger, Step.READING).done != ledger.done:
            raise CannotImport("这份台账正在读取，请过一会儿再看。")
        LedgerLine.objects.bulk_create(lot)
        LedgerImport.objects.filter(pk=ledger.pk).update(done=at)
    ledger.done = at


def lots(ledger: LedgerImport) -> Iterator[list[LedgerLine]]:
    """The lines in lots, a lot at a time, in the order of the file."""
    last = 0
    while lot := list(ledger.lines.filter(row__gt=last).order_by("row")[:LOT]):
        yield lot
        last = lot[-1].row


def _questions(ledger: LedgerImport) -> list[dict[str, Any]]:
    """What only a person can say, the most frequent first; past the sixtieth it has to be mended in the file."""
    counts: Counter[tuple[str, str, str]] = Counter()
    examples: dict[str, list[str]] = {}
    for lot in lots(ledger):
        for line in lot:
            for asked in asked_of(line.texts):
                counts[asked] += 1
                few = examples.setdefault(asked[0], [])
                name = line.texts.get("applicant", "")
                if asked[0].startswith("group:") and len(few) < _EXAMPLES and name not in few:
                    few.append(name)
    return [
        {"key": key, "column": column, "word": word, "count": count, "examples": examples.get(key, [])}
        for (key, column, word), count in counts.most_common(MOST_QUESTIONS)
    ]


def answer(ledger: LedgerImport, answers: Mapping[str, str], *, by: Actor) -> None:
    """Say what the unclear words mean; every row is then checked. Raises `CannotImport` while one is not answered."""
    asked = {question["key"] for question in ledger.questions}
    given = {key: value for key, value in answers.items() if key in asked and value}
    if asked - given.keys():
        raise CannotImport("还有没有选的，请每一条都选；拿不准的可以选“这些行先不导入”。")
    with acting(by, "ledger.import", ledger, step="回答问题"):
        now = locked(ledger, Step.QUESTIONS, Step.READY)
        now.answers, now.step = given, Step.READY
        check(now, by.day)
        now.save()
    ledger.refresh_from_db()


def check(ledger: LedgerImport, today: date) -> None:
    """Look at every row with the answers given, against the others and against what stands on the platform."""
    seen: dict[str, int] = {}
    tally: Counter[str] = Counter()
    years: dict[int, list[int]] = {}
    spans: set[tuple[int, int]] = set()
    for lot in lots(ledger):
        numbers = [line.number for line in lot if line.number]
        there = {
            one.number: one for one in InfoRequest.objects.filter(agency=ledger.agency, number__in=numbers)
        }
        changed = []
        for line in lot:
            before = (line.problems, line.standing_id)
            case = _judge(line, Checked(line.texts, ledger.answers, today), seen, there.get(line.number))
            tally["wrong" if line.wrong else "there" if line.standing_id else "good"] += 1
            if case is not None:
                day = case.received_on or case.submitted_on
                years.setdefault(day.year, [0, 0])[bool(case.closed_on)] += 1
                spans.add((day.year, case.closed_on.year if case.closed_on else today.year))
            if before != (line.problems, line.standing_id):
                changed.append(line)
        # Most rows are as they were: good, and not there.
        LedgerLine.objects.bulk_update(changed, ["problems", "wrong", "standing"])
    ledger.counted = {**dict.fromkeys(("good", "there", "wrong"), 0), **tally, "years": sorted(years.items())}
    ledger.counted["spans"] = sorted(spans)


def _judge(line: LedgerLine, checked: Checked, seen: dict[str, int], old: InfoRequest | None) -> Any:
    """Put on the line what was found; the case where it is good and new."""
    problems = [[p.column, p.said] for p in checked.problems]
    line.standing = None
    if line.number in seen and line.number:
        problems.append(["number", f"编号与第{seen[line.number]}行重复，请核对。"])
    elif old is not None and _same(old, line):
        line.standing, problems = old, []
    elif old is not None:
        problems.append(["number", "平台上已有这个编号，申请内容却不同，请核对编号。"])
    seen.setdefault(line.number, line.row)
    line.problems, line.wrong = problems, bool(problems)
    return None if line.wrong or line.standing else checked.case


def _same(old: InfoRequest, line: LedgerLine) -> bool:
    return bare(old.content) == bare(line.texts.get("content", ""))
