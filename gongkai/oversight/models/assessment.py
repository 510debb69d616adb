"""考核: the scheme of a year as the county's office set it, the points of each agency, objections."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gongkai.agencies.models import Agency


class AssessmentScheme(models.Model):
    """The scheme of a year, of one office for the agencies under it. In force, `frozen` is the copy that counts: a list
    of indicators, never changed again. `cut_off` is the last day of which the records count."""

    class State(models.TextChoices):
        """How far it is."""

        DRAFT = "draft", "正在编写"
        IN_FORCE = "in_force", "已生效"
        TOLD = "told", "征求机关意见"
        FINAL = "final", "已公布结果"

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="assessment_schemes")
    year = models.PositiveSmallIntegerField("年")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.DRAFT)
    frozen = models.JSONField("生效的指标", default=list, blank=True)
    made_by = models.CharField("谁编写的", max_length=60)
    in_force_on = models.DateField("生效之日", null=True, blank=True)
    cut_off = models.DateField("统计截止之日", null=True, blank=True)
    told_on = models.DateField("征求意见之日", null=True, blank=True)
    object_until = models.DateField("最迟哪一天提异议", null=True, blank=True)
    final_on = models.DateField("公布之日", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "考核方案"
        ordering: ClassVar = ["-year"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "year"], name="one_scheme_a_year"),
            models.CheckConstraint(
                condition=Q(state="draft", in_force_on__isnull=True)
                | (~Q(state="draft") & Q(in_force_on__isnull=False)),
                name="schemes_in_force_have_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}年政府信息公开工作考核"


class AssessmentIndicator(models.Model):
    """An indicator of a scheme that is being written. `measure` is a slug of `assessment_measures.MEASURES`; empty, a
    person judges. `step` is what the formula needs: points a piece takes away, or the goal to be reached."""

    scheme = models.ForeignKey(AssessmentScheme, on_delete=models.CASCADE, related_name="indicators")
    order = models.PositiveSmallIntegerField("顺序")
    name = models.CharField("指标", max_length=60)
    points = models.PositiveSmallIntegerField("满分")
    measure = models.CharField("怎样统计", max_length=24, blank=True)
    step = models.DecimalField("每件扣分或者目标值", max_digits=6, decimal_places=1, null=True, blank=True)
    rule = models.CharField("评分标准", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "考核指标"
        ordering: ClassVar = ["order", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(points__gte=1, points__lte=100), name="indicator_points"),
            models.CheckConstraint(condition=~Q(measure="") | ~Q(rule=""), name="judged_by_a_rule"),
        ]

    def __str__(self) -> str:
        return self.name


class AssessmentResult(models.Model):
    """The points of an agency for an indicator of the frozen copy (`serial` is its place there), with the figure behind
    them, how they came about in words, and what was counted: `evidence`, without anybody's data."""

    scheme = models.ForeignKey(AssessmentScheme, on_delete=models.PROTECT, related_name="results")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="assessment_results")
    serial = models.PositiveSmallIntegerField("第几个指标")
    value = models.DecimalField("统计值", max_digits=9, decimal_places=2, null=True, blank=True)
    points = models.DecimalField("得分", max_digits=5, decimal_places=2)
    words = models.CharField("怎样得出", max_length=300)
    evidence = models.JSONField("依据", default=list, blank=True)
    reason = models.CharField("评分理由", max_length=500, blank=True)
    changed_from = models.DecimalField("异议前得分", max_digits=5, decimal_places=2, null=True, blank=True)
    by = models.CharField("谁评的", max_length=60)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "考核得分"
        ordering: ClassVar = ["scheme", "agency", "serial"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["scheme", "agency", "serial"], name="one_result_an_indicator"),
            models.CheckConstraint(condition=Q(points__gte=0, points__lte=100), name="result_points"),
        ]
        indexes: ClassVar = [models.Index(fields=["agency", "scheme"], name="results_by_agency")]

    def __str__(self) -> str:
        return f"{self.scheme_id} {self.agency_id} {self.serial}"


class AssessmentObjection(models.Model):
    """异议 of an agency against its points, once; the office decides with a reason."""

    scheme = models.ForeignKey(AssessmentScheme, on_delete=models.PROTECT, related_name="objections")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="assessment_objections")
    serial = models.PositiveSmallIntegerField("对第几个指标")
    reason = models.TextField("理由")
    by = models.CharField("谁提的", max_length=60)
    on = models.DateField("提出之日")
    accepted = models.BooleanField("采纳", null=True, blank=True)
    decision = models.TextField("决定的理由", blank=True)
    decided_by = models.CharField("谁决定的", max_length=60, blank=True)
    decided_on = models.DateField("决定之日", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "考核异议"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["scheme", "agency"], name="one_objection_an_agency"),
            models.CheckConstraint(
                condition=Q(accepted__isnull=True, decision="", decided_on__isnull=True)
                | (Q(accepted__isnull=False) & ~Q(decision="") & Q(decided_on__isnull=False)),
                name="objections_decided_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme_id} {self.agency_id}"
