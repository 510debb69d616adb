"""Seat: a place of work in an agency or section, who holds it, who held it, who stands in for the holder.

Work belongs to the seat, not to the person: when a seat is handed over, everything in hand goes with it.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from .agency import Agency, Section
from .person import Person


class Kind(models.TextChoices):
    """The kinds of seats. The three administrators belong to the site, all others to an agency."""

    CLERK = "clerk", "经办员"
    DRAFTER = "drafter", "股室起草人"
    SECTION_HEAD = "section_head", "股室负责人"
    TEXT_REVIEWER = "text_reviewer", "文字审查员"
    POLICY_REVIEWER = "policy_reviewer", "政策审查员"
    POLITICAL_REVIEWER = "political_reviewer", "政治审查员"
    SECRECY_REVIEWER = "secrecy_reviewer", "保密审查员"
    OGI_HEAD = "ogi_head", "公开机构负责人"
    LEADER = "leader", "分管领导"
    HEAD = "head", "主要负责人"
    SUPERVISOR = "supervisor", "主管部门督导员"
    SYSTEM_ADMIN = "system_admin", "系统管理员"
    SECURITY_ADMIN = "security_admin", "安全管理员"
    AUDIT_ADMIN = "audit_admin", "审计管理员"


ADMINISTRATORS = frozenset({Kind.SYSTEM_ADMIN, Kind.SECURITY_ADMIN, Kind.AUDIT_ADMIN})
"""The three administrators, never two of them in one person (GB/T 22239, separation of administrator roles)."""
REVIEWERS = (Kind.TEXT_REVIEWER, Kind.POLICY_REVIEWER, Kind.POLITICAL_REVIEWER, Kind.SECRECY_REVIEWER)
"""The four reviews, in the order in which they are usually made."""
BUSINESS = frozenset(Kind) - ADMINISTRATORS
"""The seats inside an agency."""
IN_SECTIONS = frozenset({Kind.DRAFTER, Kind.SECTION_HEAD})
"""The seats that are always in a section."""
OF_THE_WHOLE = frozenset({Kind.OGI_HEAD, Kind.LEADER, Kind.HEAD, Kind.SUPERVISOR})
"""The seats that are never in a section."""
_ADMIN = sorted(ADMINISTRATORS)


class Seat(models.Model):
    """A place of work: kind, agency, section. `person` holds it now; nobody does while it is vacant."""

    Kind = Kind

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="seats", verbose_name="人员"
    )
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="seats", verbose_name="机关"
    )
    section = models.ForeignKey(
        Section, on_delete=models.PROTECT, null=True, blank=True, related_name="seats", verbose_name="股室"
    )
    kind = models.CharField("岗位", max_length=20, choices=Kind.choices)
    ended_on = models.DateField("撤销之日", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "岗位"
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["agency", "kind"], name="seat_by_agency_and_kind")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "agency", "kind"],
                condition=Q(section__isnull=True, ended_on__isnull=True),
                name="one_seat_of_a_kind",
            ),
            models.UniqueConstraint(
                fields=["person", "section", "kind"],
                condition=Q(section__isnull=False, ended_on__isnull=True),
                name="one_seat_of_a_kind_a_section",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(kind__in=_ADMIN, ended_on__isnull=True),
                name="one_administrator_seat_a_person",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=_ADMIN, agency__isnull=True, section__isnull=True)
                | (~Q(kind__in=_ADMIN) & Q(agency__isnull=False)),
                name="administrators_belong_to_the_site",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.where}·{self.get_kind_display()}"

    @property
    def where(self) -> str:
        """The section, the agency or 全平台."""
        return str(self.section or self.agency or "全平台")

    @property
    def title(self) -> str:
        """The kind with its section, as people of the agency say it: 法治股·股室起草人."""
        own = f"{self.section}·" if self.section else ""
        return f"{own}{self.get_kind_display()}"


class Tenure(models.Model):
    """Who held a seat from when to when: the history of hand-overs."""

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="tenures")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="tenures")
    since = models.DateField("从哪一天起")
    until = models.DateField("到哪一天止", null=True, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "任职"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["seat"], condition=Q(until__isnull=True), name="one_holder_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="tenure_ends_after_it_begins"
            ),
        ]


class Deputy(models.Model):
    """Somebody who works in a seat for its holder from one day to another, both included (holiday cover)."""

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="deputies")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="deputising")
    since = models.DateField("从哪一天起")
    until = models.DateField("到哪一天止")
    reason = models.CharField("原因", max_length=100, blank=True)
    given_by = models.CharField("谁安排的", max_length=60)
    cancelled_on = models.DateField("提前结束之日", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "代班"
        ordering: ClassVar = ["since", "id"]
        indexes: ClassVar = [models.Index(fields=["person", "until"], name="deputy_by_person")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="deputy_ends_after_it_begins")
        ]

    def stands_in_on(self, day: date) -> bool:
        """True when the deputy works in the seat on this day."""
        return self.cancelled_on is None and self.since <= day <= self.until
