"""ReviewRoute: an agency's own way of review, where it differs from the one that comes with the platform."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from gongkai.agencies.models import Agency


class ReviewRoute(models.Model):
    """The stages a sheet of this agency goes through, for all items or for routine ones. `stages` is what
    `routes.read` reads. Sheets begun keep the stages they began with."""

    class Use(models.TextChoices):
        """For which items."""

        STANDARD = "standard", "一般信息"
        ROUTINE = "routine", "日常信息"

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="review_routes")
    use = models.CharField("用于", max_length=10, choices=Use.choices)
    name = models.CharField("名称", max_length=60)
    stages = models.JSONField("环节")

    class Meta:
        verbose_name = verbose_name_plural = "审查流程"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "use"], name="one_review_route_a_use")
        ]

    def __str__(self) -> str:
        return self.name
