"""定稿: the quarter's sheet as it is handed in stays as it is, whatever is found later."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Agency
from gongkai.agencies.rights import acting
from gongkai.statute.inspection import quarter_days

from ..models import InspectionSheet
from ..sheet import made


class CannotSettle(ValueError):
    """The sheet cannot be settled; says why."""


def settle_sheet(agency: Agency, *, by: Actor, year: int, quarter: int, now: datetime) -> InspectionSheet:
    """Keep the sheet of a quarter as it stands now. For the head of the office and of the agency, once the quarter is
    in its last month, and once. Raises `CannotSettle`.
    """
    _, last = quarter_days(year, quarter)
    if by.day < last.replace(day=1):
        raise CannotSettle("这个季度还没有到最后一个月，请到季度末再定稿。")
    with acting(by, "inspection.sheet", agency, year=year, quarter=quarter) as doing:
        content = made(agency, year, quarter, now)
        if not content["runs"]:
            raise CannotSettle("这个季度没有做完过自查，请先按“现在检查”。")
        try:
            with transaction.atomic():
                row = InspectionSheet.objects.create(
                    agency=agency,
                    year=year,
                    quarter=quarter,
                    content=content,
                    settled_by=by.name[:60],
                    settled_at=now,
                )
        except IntegrityError as error:
            raise CannotSettle("这个季度的自查表已经定稿。") from error
        doing.target = row
    return row
