"""Settle what stands before a report: last year's report brought in, a step confirmed, a warning explained."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from gongkai.agencies.actor import Actor
from gongkai.agencies.names import name_in_year
from gongkai.agencies.rights import acting
from gongkai.files.actions.adding import Examined, add_file
from gongkai.statute.report.editions import edition_for_year
from gongkai.statute.report.findings import Level
from gongkai.statute.report.model import AnnualReport, Cell, Number
from gongkai.statute.report.writers.json import to_dict

from ..findings import key_of
from ..lastyear import cells_to_type
from ..models import FindingAnswer, LastYear, ReportYear, StepMark
from ..queries import state_of
from .base import CannotPrepare, be_open, locked

WORDS_MOST = 500


def bring_last_year(
    work: ReportYear, report: AnnualReport, *, name: str, file: Examined | None, by: Actor, at: datetime
) -> LastYear:
    """Take last year's report as it was read from a file of this name; the file is kept, enciphered, where it is of a
    kind that is kept. Raises `CannotPrepare` for the report of another year, `NotAllowed`."""
    if report.year != work.year - 1:
        told = f"{report.year}年" if report.year else "看不出年份"
        raise CannotPrepare(f"这个文件是{told}的年报，这里要的是{work.year - 1}年的。请换一个文件。")
    if not any(report.value(cell) is not None for cell, _ in cells_to_type(work.year)):
        raise CannotPrepare("这个文件里没有读到年报的表格。请换一个文件，或者手工录入上年的几个数。")
    with acting(by, "report.prepare", work, brings="last year", file=name) as doing:
        work = locked(work)
        be_open(work)
        row = _bring(work, report, how=LastYear.How.FILE, source=f"文件“{name}”", by=by, at=at)
        if file is not None:
            row.file = add_file(by=by, agency=work.agency, upload=file, owner=work)
            row.save(update_fields=["file"])
            doing.detail.update(digest=row.file.digest)
    return row


def type_last_year(
    work: ReportYear, figures: Mapping[str, Number], *, source: str, by: Actor, at: datetime
) -> LastYear:
    """Take the few figures of last year's report that this year follows from, as typed in. Raises `CannotPrepare`,
    `NotAllowed`."""
    form = edition_for_year(work.year - 1)
    if form is None:
        raise CannotPrepare(f"{work.year - 1}年没有法定的年度报告格式，没有可以核对的数。")
    if not source.strip():
        raise CannotPrepare("请写明这些数是从哪里看到的，例如“上年年报纸质件”。")
    known = {cell for cell, _ in cells_to_type(work.year)}
    cells = {cell: Cell(value, str(value), "手工录入") for cell, value in figures.items() if cell in known}
    out = [cell for cell in cells if cell.startswith("t3.carried_out.")]
    if len(out) == sum(cell.startswith("t3.carried_out.") for cell in known):
        total = sum(int(cells[cell].counted) for cell in out)
        cells["t3.carried_out.total"] = Cell(total, str(total), "由手工录入的各列相加")
    agency = name_in_year(work.agency, work.year - 1)
    report = AnnualReport(
        agency=agency,
        year=work.year - 1,
        edition=form.id,
        title=form.title.format(agency=agency, year=work.year - 1),
        cells=cells,
        tables={cell.partition(".")[0] for cell in cells},
    )
    with acting(by, "report.prepare", work, brings="last year", typed=len(cells)):
        work = locked(work)
        be_open(work)
        return _bring(work, report, how=LastYear.How.TYPED, source=source.strip(), by=by, at=at)


def _bring(
    work: ReportYear, report: AnnualReport, *, how: str, source: str, by: Actor, at: datetime
) -> LastYear:
    # The prose and the ledger of an old report are not needed, and a ledger may name people.
    kept = replace(report, ledger=[])
    row, _ = LastYear.objects.update_or_create(
        report=work,
        defaults={
            "how": how,
            "snapshot": to_dict(kept),
            "file": None,
            "source": source[:200],
            "brought_by": by.somebody,
            "brought_at": at,
        },
    )
    return row


def drop_last_year(work: ReportYear, *, by: Actor) -> None:
    """Take back what was brought in, so that the public version here stands again, or nothing. Raises `CannotPrepare`,
    `NotAllowed`."""
    with acting(by, "report.prepare", work, drops="last year"):
        work = locked(work)
        be_open(work)
        LastYear.objects.filter(report=work).delete()


def confirm(
    work: ReportYear, step: str, *, seen: str, now: str, words: str, by: Actor, at: datetime
) -> StepMark:
    """Confirm a step as the page showed it (`seen`), while it is still so (`now`). Raises `CannotPrepare`,
    `NotAllowed`."""
    if seen != now:
        raise CannotPrepare("打开这一页以后记录有变化，请看过新的内容再确认。")
    if len(words) > WORDS_MOST:
        raise CannotPrepare(f"说明最多 {WORDS_MOST} 个字，请缩短。")
    with acting(by, "report.prepare", work, confirms=step):
        work = locked(work)
        be_open(work)
        return StepMark.objects.create(
            report=work, step=step, seen=seen, words=words.strip(), by=by.somebody, at=at
        )


def explain(work: ReportYear, words: Mapping[str, str], *, by: Actor, at: datetime) -> int:
    """Say a sentence to each of these warnings, by their keys; an empty one takes back what was said. How many
    changed. Raises `CannotPrepare`, `NotAllowed`."""
    if any(len(said) > WORDS_MOST for said in words.values()):
        raise CannotPrepare(f"每条说明最多 {WORDS_MOST} 个字，请缩短。")
    with acting(by, "report.prepare", work, explains=[]) as doing:
        work = locked(work)
        be_open(work)
        standing = {row.key: row for row in work.answers.all()}
        warnings = {key_of(one): one for one in state_of(work).at(Level.WARNING)}
        changed = []
        for key, said in words.items():
            text, row = said.strip(), standing.get(key)
            if key not in warnings or text == (row.words if row else ""):
                continue
            changed.append(warnings[key].code)
            if not text and row is not None:
                row.delete()
                continue
            FindingAnswer.objects.update_or_create(
                report=work,
                key=key,
                defaults={
                    "code": warnings[key].code,
                    "message": warnings[key].message,
                    "words": text,
                    "by": by.somebody,
                    "at": at,
                },
            )
        doing.detail["explains"] = changed
    return len(changed)
