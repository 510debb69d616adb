"""考核结果: counted from the records, judged with a reason, shown to the agencies, objected to, decided, made known."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Agency, Kind, Seat
from gongkai.agencies.rights import acting
from gongkai.files.actions.adding import Examined, add_file
from gongkai.tasks.telling import tell

from ..assessment_measures import measured
from ..assessment_points import CENT, JUDGED, Indicator, from_frozen, plain, points_of, worked_out
from ..models import AssessmentObjection, AssessmentResult, AssessmentScheme
from .assessment import CannotAssess, State, locked


def assessed(office: Agency) -> list[Agency]:
    """Who is assessed: the agencies directly under the office that have not ended."""
    return list(Agency.objects.filter(supervisor=office, ended_on__isnull=True).order_by("name"))


def compute(scheme: AssessmentScheme, *, by: Actor, cut_off: date) -> None:
    """Count every counted indicator of every agency as of the cut-off day; may be done again until the agencies are
    asked. What was judged stays. Raises `CannotAssess`."""
    with acting(by, "assessment.score", scheme, cut_off=cut_off) as doing:
        row = locked(scheme, State.IN_FORCE)
        if not date(row.year, 1, 1) <= cut_off <= min(by.day, date(row.year + 1, 3, 31)):
            raise CannotAssess("截止日要在考核的那一年里，不晚于今天。")
        agencies = assessed(row.agency)
        if not agencies:
            raise CannotAssess("没有下级机关可以考核。")
        row.results.exclude(agency__in=agencies).delete()
        for indicator in from_frozen(row.frozen):
            if indicator.form != JUDGED:
                _count(row, indicator, agencies, by, cut_off)
        row.cut_off = cut_off
        row.save()
        doing.target = row
    scheme.refresh_from_db()


def _count(
    row: AssessmentScheme, indicator: Indicator, agencies: list[Agency], by: Actor, last: date
) -> None:
    found = measured(indicator.measure, agencies, row.year, last)
    row.results.filter(serial=indicator.serial).delete()
    now = timezone.now()
    AssessmentResult.objects.bulk_create(
        AssessmentResult(
            scheme=row,
            agency=agency,
            serial=indicator.serial,
            value=found[agency.pk].value,
            points=points_of(indicator, found[agency.pk].value),
            words=f"{found[agency.pk].said}。{worked_out(indicator, found[agency.pk].value)}"[:300],
            evidence=found[agency.pk].evidence,
            by=by.name[:60],
            at=now,
        )
        for agency in agencies
    )


def judge(
    scheme: AssessmentScheme,
    *,
    by: Actor,
    agency: Agency,
    serial: int,
    points: Decimal,
    reason: str,
    file: Examined | None,
) -> AssessmentResult:
    """评分: a judged indicator of one agency, with the reason and the evidence on file. Raises `CannotAssess`."""
    with acting(by, "assessment.score", scheme, agency=agency.pk, indicator=serial):
        row = locked(scheme, State.IN_FORCE)
        indicator = _indicator(row, serial)
        if indicator.form != JUDGED:
            raise CannotAssess("这个指标由平台统计，不能由人评分。")
        if agency.supervisor_id != row.agency_id:
            raise CannotAssess("这个机关不在考核范围里。")
        _be_points(points, indicator)
        if not reason.strip():
            raise CannotAssess("请写明评分的理由。")
        before = row.results.filter(agency=agency, serial=serial).first()
        if before is None and file is None:
            raise CannotAssess("请附上评分的依据（检查记录、截图等）。")
        result, _ = AssessmentResult.objects.update_or_create(
            scheme=row,
            agency=agency,
            serial=serial,
            defaults={
                "points": points.quantize(CENT, ROUND_HALF_UP),
                "words": f"主管部门评 {plain(points)} 分",
                "reason": reason.strip()[:500],
                "by": by.name[:60],
                "at": timezone.now(),
            },
        )
        if file is not None:
            add_file(by=by, agency=row.agency, upload=file, owner=result, most=10)
    return result


def ask_agencies(scheme: AssessmentScheme, *, by: Actor, until: date) -> None:
    """征求机关意见: every agency sees its own result and may object once until a day. Raises `CannotAssess` where points
    are missing."""
    with acting(by, "assessment.score", scheme, until=until) as doing:
        row = locked(scheme, State.IN_FORCE)
        if until < by.day:
            raise CannotAssess("提异议的最后一天要在今天以后。")
        lacking = missing(row)
        if lacking:
            raise CannotAssess(f"还有 {lacking} 项没有得分：先“统计得分”，由人评分的逐个评完。")
        row.state, row.told_on, row.object_until = State.TOLD, by.day, until
        row.save()
        _tell(
            row, by.day, "told", f"{row}：请看本机关的得分", "对得分有异议的，可以在期限内提一次，写明理由。"
        )
        doing.target = row
    scheme.refresh_from_db()


def missing(scheme: AssessmentScheme) -> int:
    """How many points are not there yet."""
    return len(scheme.frozen) * len(assessed(scheme.agency)) - scheme.results.count()


def object_to(
    scheme: AssessmentScheme, *, by: Actor, agency: Agency, serial: int, reason: str
) -> AssessmentObjection:
    """提异议, once an agency and with a reason; for its heads. Raises `CannotAssess`."""
    with acting(by, "assessment.object", agency, scheme=scheme.pk, indicator=serial):
        row = locked(scheme, State.TOLD)
        if row.object_until is not None and by.day > row.object_until:
            raise CannotAssess(f"提异议的期限已过（{row.object_until}）。")
        if not row.results.filter(agency=agency, serial=serial).exists():
            raise CannotAssess("请选择对哪个指标有异议。")
        if not reason.strip():
            raise CannotAssess("请写明异议的理由。")
        try:
            with transaction.atomic():
                made = AssessmentObjection.objects.create(
                    scheme=row,
                    agency=agency,
                    serial=serial,
                    reason=reason.strip()[:2000],
                    by=by.name[:60],
                    on=by.day,
                )
        except IntegrityError as error:
            raise CannotAssess("本机关已经提过异议，每年一次。") from error
    return made


def decide(
    objection: AssessmentObjection, *, by: Actor, accepted: bool, decision: str, points: Decimal | None = None
) -> None:
    """对异议作决定, with the reason; accepted, the points are changed and what they were stays. Raises `CannotAssess`."""
    with acting(by, "assessment.decide", objection.scheme, objection=objection.pk, accepted=accepted):
        row = locked(objection.scheme, State.TOLD)
        found = AssessmentObjection.objects.select_for_update(no_key=True).get(pk=objection.pk)
        if found.accepted is not None:
            raise CannotAssess("这件异议已经决定过。")
        if not decision.strip():
            raise CannotAssess("请写明决定的理由。")
        if accepted:
            indicator = _indicator(row, found.serial)
            if points is None:
                raise CannotAssess("采纳的，请填改成多少分。")
            _be_points(points, indicator)
            result = row.results.get(agency=found.agency, serial=found.serial)
            result.changed_from, result.points = result.points, points.quantize(CENT, ROUND_HALF_UP)
            result.reason = f"异议采纳：{decision.strip()}"[:500]
            result.save()
        found.accepted, found.decision = accepted, decision.strip()[:2000]
        found.decided_by, found.decided_on = by.name[:60], by.day
        found.save()
    objection.refresh_from_db()


def make_known(scheme: AssessmentScheme, *, by: Actor) -> None:
    """公布结果 to the agencies, inside the government: nothing of it goes to the public site. Raises `CannotAssess` while
    objections may come or are undecided."""
    with acting(by, "assessment.decide", scheme, made_known=True) as doing:
        row = locked(scheme, State.TOLD)
        if row.object_until is not None and by.day <= row.object_until:
            raise CannotAssess(f"提异议的期限到{row.object_until}，过了这一天再公布。")
        if row.objections.filter(accepted__isnull=True).exists():
            raise CannotAssess("还有异议没有决定。")
        row.state, row.final_on = State.FINAL, by.day
        row.save()
        _tell(row, by.day, "final", f"{row}结果已公布", "请到“考核”看本机关的得分和各机关的比较。")
        doing.target = row
    scheme.refresh_from_db()


def _indicator(scheme: AssessmentScheme, serial: int) -> Indicator:
    found = next((one for one in from_frozen(scheme.frozen) if one.serial == serial), None)
    if found is None:
        raise CannotAssess("没有这个指标。")
    return found


def _be_points(points: Decimal, indicator: Indicator) -> None:
    if not Decimal(0) <= points <= indicator.points:
        raise CannotAssess(f"得分请填 0 到 {indicator.points}。")


def _tell(scheme: AssessmentScheme, day: date, key: str, subject: str, body: str) -> None:

    kinds = (Kind.CLERK, Kind.OGI_HEAD, Kind.HEAD)
    seats = Seat.objects.filter(agency__in=assessed(scheme.agency), kind__in=kinds, ended_on__isnull=True)
    for seat in seats.select_related("agency"):
        if seat.agency is not None:
            url = reverse("desk:assessment-own", args=[seat.agency.slug])
            tell(
                seat,
                subject=subject,
                body=body,
                key=f"assessment:{scheme.pk}:{key}:{seat.pk}",
                day=day,
                url=url,
            )
