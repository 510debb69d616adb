"""What is asked about the self-inspection."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, QuerySet

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Agency
from gongkai.statute.inspection import FIX_DAYS, GROUPS, RULES, UNITS, Rule

from .inspection.contact import guide_checked_on
from .limits import FIX, FIX_LABELS, FIX_MOST, limits_for
from .models import Finding, InspectionRun

__all__ = [
    "Asked",
    "Finding",
    "InspectionRun",
    "NoFinding",
    "Set",
    "Sum",
    "counted",
    "finding_of",
    "findings_of",
    "guide_checked_on",
    "last_done",
    "last_run",
    "limits_told",
    "listed",
    "owed",
    "rule_of",
    "says_of",
]
NoFinding = Finding.DoesNotExist
"""The agency has no such finding."""
State = Finding.State
STATES = State.choices
GRAVITIES = Finding.Gravity.choices


def findings_of(agency: Agency, *states: str) -> QuerySet[Finding]:
    """The agency's findings in these states, open ones where none is named; the gravest and most urgent first."""
    found = Finding.objects.filter(agency=agency, state__in=states or (State.OPEN,))
    return found.select_related("seat__section", "seat__person").order_by("gravity", "due_on", "id")


def finding_of(agency: Agency, pk: int) -> Finding:
    """One of them; raises `NoFinding`."""
    rows = Finding.objects.select_related("agency", "seat__section", "seat__person", "task", "seen_run")
    return rows.get(agency=agency, pk=pk)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the list."""

    rule: str = ""
    state: str = State.OPEN

    @property
    def narrowed(self) -> bool:
        """Whether anything but what is open is asked for."""
        return bool(self.rule) or self.state != State.OPEN


def listed(agency: Agency, asked: Asked) -> QuerySet[Finding]:
    """The findings asked for; those closed last first where closed ones are."""
    found = findings_of(agency, asked.state)
    if asked.rule:
        found = found.filter(rule=asked.rule)
    return found.order_by("-closed_at", "-id") if asked.state == State.CLOSED else found


def last_run(agency: Agency) -> InspectionRun | None:
    """The newest run of the agency, finished or not."""
    return InspectionRun.objects.filter(agency=agency).order_by("-id").first()


def last_done(agency: Agency) -> InspectionRun | None:
    """The newest run that came to its end."""
    return InspectionRun.objects.filter(agency=agency, state=InspectionRun.State.DONE).order_by("-id").first()


@dataclass(frozen=True, slots=True)
class Sum:
    """How much is open against a rule, and by when the first of it is to be put right."""

    rule: Rule
    open: int
    due_on: date


def counted(agency: Agency) -> list[Sum]:
    """What is open, by rule, the gravest first; one query."""
    rows = (
        Finding.objects.filter(agency=agency, state=State.OPEN)
        .order_by()
        .values("rule")
        .annotate(open=Count("id"), due=Min("due_on"), gravity=Min("gravity"))
    )
    known = sorted((row for row in rows if row["rule"] in RULES), key=lambda r: (r["gravity"], r["due"]))
    return [Sum(RULES[row["rule"]], row["open"], row["due"]) for row in known]


def owed(actor: Actor, agency: Agency) -> list[Sum]:
    """Vetoes that are open in the agency and lie with somebody else than the actor: what its heads must know of."""
    mine = [seat.pk for seat in actor.at(agency)]
    rows = (
        Finding.objects.filter(agency=agency, state=State.OPEN, gravity=Finding.Gravity.VETO)
        .exclude(seat__in=mine)
        .order_by()
        .values("rule")
        .annotate(open=Count("id"), due=Min("due_on"))
    )
    return [Sum(RULES[row["rule"]], row["open"], row["due"]) for row in rows if row["rule"] in RULES]


def rule_of(finding: Finding) -> Rule | None:
    """The rule a finding is against; None for one that is no more."""
    return RULES.get(finding.rule)


def says_of(finding: Finding) -> str:
    """What counts as found, with the numbers that hold for the agency."""
    rule = RULES.get(finding.rule)
    return rule.said(limits_for(finding.agency).all_of(rule.slug)) if rule else ""


@dataclass(frozen=True, slots=True)
class Set:
    """A limit as it stands for an agency: the number that holds, the standard, who set another, how it compares."""

    rule: str
    name: str
    group: str
    what: str
    label: str
    value: int
    standard: int
    unit: str
    least: int
    most: int
    compared: str
    law: str
    by: str = ""
    reason: str = ""
    own: bool = False


def limits_told(agency: Agency) -> Iterator[Set]:
    """Every limit in the order of the sheet, then the days for putting things right."""
    limits = limits_for(agency)
    for rule in RULES.values():
        for one in rule.limits:
            row = limits.set.get((rule.slug, one.name))
            value = row.value if row else one.n
            yield Set(
                rule=rule.slug,
                name=one.name,
                group=GROUPS[rule.group],
                what=rule.label,
                label=one.label,
                value=value,
                standard=one.n,
                unit=UNITS[one.unit],
                least=one.least,
                most=one.most,
                compared=one.compared(value),
                law=str(rule.ref),
                by=f"{row.agency.name}（{row.by}）" if row else "",
                reason=row.reason if row else "",
                own=bool(row and row.agency_id == agency.pk),
            )
    for name, label in FIX_LABELS.items():
        row = limits.set.get((FIX, name))
        value, standard = limits.fix(name), FIX_DAYS[name]
        yield Set(
            rule=FIX,
            name=name,
            group="整改期限",
            what="整改期限",
            label=f"{label}的，发现以后",
            value=value,
            standard=standard,
            unit="个工作日内整改",
            least=1,
            most=FIX_MOST,
            compared="" if value == standard else "更严" if value < standard else "更宽",
            law="平台的办法",
            by=f"{row.agency.name}（{row.by}）" if row else "",
            reason=row.reason if row else "",
            own=bool(row and row.agency_id == agency.pk),
        )
