"""What every act on a report asks first: is the year's work open?"""

from __future__ import annotations

from ..models import ReportSheet, ReportYear


class CannotPrepare(ValueError):
    """A figure, a paragraph or a step that cannot be taken; the message says what to mend."""


def locked(work: ReportYear) -> ReportYear:
    """The work on the year, its row locked for this act."""
    return ReportYear.objects.select_for_update(no_key=True).select_related("agency").get(pk=work.pk)


def be_open(work: ReportYear) -> None:
    """Raises `CannotPrepare` where nothing of it may be changed now: archived, or being signed."""
    if work.archived_at is not None:
        raise CannotPrepare(f"{work.year}年年报已经归档。要改，请先在“归档”里重新打开。")
    if work.sheets.filter(result=ReportSheet.Result.OPEN).exists():
        raise CannotPrepare("年报正在签批，不能改。要改，请经办人先撤回，或者请签批的人退回。")
