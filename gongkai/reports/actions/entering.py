"""Enter the figures of a table at once, take one back: one save, one transaction, what is wrong said of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from gongkai.agencies.actor import Actor
from gongkai.agencies.rights import acting
from gongkai.statute.report.editions import edition_for_year

from ..composition import PROCESSING_FEE, compose
from ..entering import counted_cells, is_amount
from ..models import EnteredFigure, ReportYear
from .base import CannotPrepare, be_open, locked

SOURCE_MOST = 200


@dataclass(frozen=True, slots=True)
class Given:
    """A figure as somebody gives it: for which cell, the value, where from, and why it differs from the count."""

    cell: str
    value: int | Decimal
    source: str
    reason: str = ""


class CannotEnter(CannotPrepare):
    """Figures that cannot be taken: what is wrong by (cell, field), the field being value, source or reason."""

    def __init__(self, wrong: dict[tuple[str, str], str]) -> None:
        super().__init__("；".join(wrong.values()))
        self.wrong = wrong


def enter_figures(work: ReportYear, given: Sequence[Given], *, by: Actor, at: datetime) -> int:
    """Enter or replace these figures, all or none; how many changed. Raises `CannotEnter`, `CannotPrepare`,
    `NotAllowed`."""
    with acting(by, "report.prepare", work, figures=[]) as doing:
        work = locked(work)
        be_open(work)
        standing = {row.cell: row for row in work.entered.all()}
        new = [one for one in given if not _is_same(standing.get(one.cell), one)]
        if wrong := _wrong(work, new):
            raise CannotEnter(wrong)
        for one in new:
            EnteredFigure.objects.update_or_create(
                report=work,
                cell=one.cell,
                defaults={
                    "value": Decimal(one.value),
                    "source": one.source.strip(),
                    "reason": one.reason.strip(),
                    "entered_by": by.somebody,
                    "entered_at": at,
                },
            )
        doing.detail["figures"] = [
            {"cell": one.cell, "value": str(one.value), "before": _said(standing.get(one.cell))}
            for one in new
        ]
    return len(new)


def withdraw_figure(work: ReportYear, cell: str, *, by: Actor) -> None:
    """Take an entered figure back: the count stands again, or the cell is empty. Raises `CannotPrepare`, `NotAllowed`."""
    with acting(by, "report.prepare", work, cell=cell) as doing:
        work = locked(work)
        be_open(work)
        row = work.entered.filter(cell=cell).first()
        if row is None:
            raise CannotPrepare("这一格没有填报的数，可能刚才已经撤回。")
        doing.detail.update(withdrawn=_said(row))
        row.delete()


def _said(row: EnteredFigure | None) -> str:
    return f"{row.number}（{row.source}）" if row else ""


def _is_same(row: EnteredFigure | None, one: Given) -> bool:
    return row is not None and (row.value, row.source, row.reason) == (
        one.value,
        one.source.strip(),
        one.reason.strip(),
    )


def _wrong(work: ReportYear, given: Sequence[Given]) -> dict[tuple[str, str], str]:
    form = edition_for_year(work.year)
    known = {*form.cell_ids, PROCESSING_FEE} if form else set()
    wrong: dict[tuple[str, str], str] = {}
    counted = counted_cells(compose(work)) if given else {}
    for one in given:
        if one.cell not in known:
            wrong[one.cell, "value"] = "表中没有这一格，请重新打开这一页。"
        elif one.value < 0:
            wrong[one.cell, "value"] = "数值不能是负数。"
        elif not is_amount(one.cell) and one.value % 1:
            wrong[one.cell, "value"] = "件数要填整数。"
        if not one.source.strip():
            wrong[one.cell, "source"] = "请写明这个数的来源，例如“行政执法台账”。"
        elif len(one.source) > SOURCE_MOST:
            wrong[one.cell, "source"] = f"来源最多 {SOURCE_MOST} 个字，请缩短。"
        if one.cell not in counted:
            continue
        if one.value == counted[one.cell]:
            wrong[one.cell, "value"] = "与按记录统计的数相同，不用填报。"
        elif not one.reason.strip():
            wrong[one.cell, "reason"] = "请写明与统计不同的理由；记录有错的，请更正记录，不要改数。"
        elif len(one.reason) > SOURCE_MOST:
            wrong[one.cell, "reason"] = f"理由最多 {SOURCE_MOST} 个字，请缩短。"
    return wrong
