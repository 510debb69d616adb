"""SeatProposal: a seat asked for with an imported list, which the security administrator has yet to give."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from .agency import Agency, Section
from .person import Person
from .seat import BUSINESS, Kind


class SeatProposal(models.Model):
    """A seat asked for (拟授岗位). It permits nothing. It is gone once the seat is given or the asking declined:
    the trail tells who asked, who gave and who declined."""

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="proposed_seats", verbose_name="人员"
    )
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="proposed_seats", verbose_name="机关"
    )
    section = models.ForeignKey(
        Section,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="proposed_seats",
        verbose_name="股室",
    )
    kind = models.CharField("岗位", max_length=20, choices=Kind.choices)
    proposed_at = models.DateTimeField("提出时间")
    proposed_by = models.CharField("谁提出的", max_length=60)

    class Meta:
        verbose_name = verbose_name_plural = "拟授岗位"
        ordering: ClassVar = ["agency__name", "section__order", "section_id", "person__username", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "agency", "kind"],
                condition=Q(section__isnull=True),
                name="one_proposal_of_a_kind",
            ),
            models.UniqueConstraint(
                fields=["person", "section", "kind"],
                condition=Q(section__isnull=False),
                name="one_proposal_of_a_kind_a_section",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=sorted(BUSINESS)), name="administrators_are_not_proposed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}：{self.where}·{self.get_kind_display()}"

    @property
    def where(self) -> str:
        """The section or the agency."""
        return str(self.section or self.agency)
