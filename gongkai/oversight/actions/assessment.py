"""考核方案: written, put in force once its points sum to a hundred; from then on a copy nobody changes."""

from __future__ import annotations

from decimal import Decimal

from django.db import IntegrityError, transaction

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Agency
from gongkai.agencies.rights import acting

from ..assessment_measures import MEASURES
from ..assessment_points import FULL, JUDGED, Indicator, as_frozen
from ..models import AssessmentIndicator, AssessmentScheme

State = AssessmentScheme.State
MOST = 40
"""Indicators of one scheme."""


class CannotAssess(ValueError):
    """It cannot be done as asked; the message says in Chinese what to do instead."""


def locked(scheme: AssessmentScheme, *states: str) -> AssessmentScheme:
    """The scheme locked and read anew, inside an act; raises `CannotAssess` where it is in none of the states."""
    rows = AssessmentScheme.objects.select_for_update(no_key=True, of=("self",)).select_related("agency")
    row = rows.get(pk=scheme.pk)
    if row.state not in states:
        raise CannotAssess(f"这个方案现在是“{row.get_state_display()}”，不能这样做。请刷新页面看最新情况。")
    return row


def begin(agency: Agency, *, by: Actor, year: int, like: AssessmentScheme | None = None) -> AssessmentScheme:
    """Begin the scheme of a year, empty or with the indicators of an earlier one. For the supervisor. Raises
    `CannotAssess` where there is one already."""
    with acting(by, "assessment.edit", agency, year=year) as doing:
        try:
            with transaction.atomic():
                scheme = AssessmentScheme.objects.create(agency=agency, year=year, made_by=by.name[:60])
        except IntegrityError as error:
            raise CannotAssess(f"{year}年已经有考核方案。") from error
        if like is not None and like.agency_id == agency.pk:
            for row in like.indicators.all():
                row.pk, row.scheme = None, scheme
                row.save(force_insert=True)
        doing.target = scheme
    return scheme


def keep_indicator(
    scheme: AssessmentScheme,
    *,
    by: Actor,
    name: str,
    points: int,
    measure: str = "",
    step: Decimal | None = None,
    rule: str = "",
    pk: int | None = None,
) -> AssessmentIndicator:
    """Write an indicator, a new one or in place of one, while the scheme is being written. Raises `CannotAssess`."""
    with acting(by, "assessment.edit", scheme, indicator=name):
        row = locked(scheme, State.DRAFT)
        _complete(name, points, measure, step, rule)
        found = row.indicators.filter(pk=pk).first() if pk else None
        if pk and found is None:
            raise CannotAssess("没有这个指标，可能已经删除。")
        if found is None:
            last = row.indicators.order_by("-order").first()
            if row.indicators.count() >= MOST:
                raise CannotAssess(f"一个方案最多 {MOST} 个指标。")
            found = AssessmentIndicator(scheme=row, order=last.order + 1 if last else 1)
        found.name, found.points, found.measure = name.strip(), points, measure
        found.step, found.rule = (step if measure else None), rule.strip()
        found.save()
    return found


def drop_indicator(scheme: AssessmentScheme, *, by: Actor, pk: int) -> None:
    """Take an indicator out, while the scheme is being written."""
    with acting(by, "assessment.edit", scheme, dropped=pk):
        locked(scheme, State.DRAFT).indicators.filter(pk=pk).delete()


def put_in_force(scheme: AssessmentScheme, *, by: Actor) -> None:
    """生效: the indicators are frozen as they stand. Raises `CannotAssess` where the points do not sum to a hundred."""
    with acting(by, "assessment.edit", scheme, in_force=True) as doing:
        row = locked(scheme, State.DRAFT)
        told = [as_indicator(one, n) for n, one in enumerate(row.indicators.all(), start=1)]
        total = sum(one.points for one in told)
        if total != FULL:
            raise CannotAssess(f"各指标的满分加起来要正好 {FULL} 分，现在是 {total} 分。")
        row.frozen = [as_frozen(one) for one in told]
        row.state, row.in_force_on = State.IN_FORCE, by.day
        row.save()
        doing.target = row
    scheme.refresh_from_db()


def as_indicator(row: AssessmentIndicator, serial: int) -> Indicator:
    """The indicator as points are counted from it."""
    measure = MEASURES.get(row.measure)
    return Indicator(
        serial=serial,
        name=row.name,
        points=row.points,
        form=measure.form if measure else JUDGED,
        measure=row.measure,
        step=row.step if row.step is not None else Decimal(1),
        rule=row.rule,
        unit=measure.unit if measure else "分",
    )


def _complete(name: str, points: int, measure: str, step: Decimal | None, rule: str) -> None:
    if not name.strip():
        raise CannotAssess("请写明指标的名称。")
    if not 1 <= points <= FULL:
        raise CannotAssess(f"满分请填 1 到 {FULL} 的整数。")
    if measure and measure not in MEASURES:
        raise CannotAssess("请选择怎样统计。")
    if not measure and not rule.strip():
        raise CannotAssess("由人评分的，请写明评分标准。")
    if measure and MEASURES[measure].form in ("deduct", "reach") and (step is None or step <= 0):
        raise CannotAssess("请填每件扣几分，或者目标是多少，要大于 0。")
