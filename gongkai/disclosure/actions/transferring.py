"""移交: write down that the list of a year's publications was handed over, to whom and when (条例第二十五条)."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Agency
from gongkai.agencies.rights import acting
from gongkai.files.actions.made import keep_made

from ..models import Transfer
from ..transfers import handed_over, heading, list_of, to_hand_over
from .base import CannotDo


def newest_handed(agency: Agency, year: int, to: str) -> int:
    """The newest publication already handed over of this year to this receiver; 0 where nothing was."""
    last = (
        handed_over(agency).filter(year=year, to=to).order_by("-last").values_list("last", flat=True).first()
    )
    return last or 0


def hand_over(
    agency: Agency, year: int, *, to: str, receiver: str, handed_on: date, by: Actor, whole: bool = False
) -> Transfer:
    """Write it down and keep the list as it was. What this receiver already has of the year is not on it, unless the
    `whole` list was handed over again. For the clerk and the OGI head. Raises `NotAllowed`, `CannotDo`."""
    if to not in Transfer.To.values or not receiver.strip():
        raise CannotDo("请选择移交给谁，写明接收单位和接收人。")
    if not date(year, 1, 1) <= handed_on <= by.day:
        raise CannotDo("移交日期不能早于这一年，也不能晚于今天。")
    made = Transfer(agency=agency, year=year, to=to, receiver=receiver.strip()[:100], handed_on=handed_on)
    made.person, made.at = by.name, timezone.now()
    with acting(by, "disclosure.transfer", made, year=year, to=to) as doing:
        # Two clicks at once are one hand-over: the second finds nothing left.
        Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)
        after = 0 if whole else newest_handed(agency, year, to)
        found = to_hand_over(agency, year, after)
        newest = found.order_by("-pk").values_list("pk", flat=True).first()
        if newest is None:
            raise CannotDo("没有要移交的信息：这一年发布的都已经移交过了。")
        made.count, made.last = found.count(), newest
        made.save()
        with list_of(agency, year, "xlsx", after) as file:
            content = file.read()
        made.file = keep_made(
            by=by, agency=agency, name=f"{heading(agency, year)}.xlsx", content=content, owner=made
        )
        made.save(update_fields=["file"])
        doing.target = made
        doing.detail["count"] = made.count
    return made
