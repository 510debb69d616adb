"""Decision: what is answered and on what ground, and who reviewed and signed exactly that."""

from __future__ import annotations

import hashlib
import json
from typing import ClassVar

from django.db import models
from django.db.models import Q

from gongkai.agencies.models import Person

from .request import InfoRequest


class Decision(models.Model):
    """One draft of an answer. A draft that was sent back stays; the next one has the next number.

    `reply` is a kind of reply of `statute.outcomes`; `states` holds what its letter must state, by slug; `search` what
    was searched where, by whom, for which words, when, with what result (the court file must show it); `papers` the
    material that goes out with it, each with the digest of its content.
    """

    request = models.ForeignKey(InfoRequest, on_delete=models.PROTECT, related_name="decisions")
    number = models.PositiveSmallIntegerField("第几稿")
    reply = models.CharField("答复类型", max_length=40)
    states = models.JSONField("告知书写明的内容", default=dict)
    search = models.JSONField("检索记录", default=list)
    papers = models.JSONField("随答复公开的材料", default=list)
    note = models.TextField("经办意见", blank=True)
    drafted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField("拟稿时间")

    class Meta:
        verbose_name = verbose_name_plural = "答复稿"
        ordering: ClassVar = ["request", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["request", "number"], name="decision_number_once_a_request")
        ]

    def __str__(self) -> str:
        return f"{self.request_id} 第{self.number}稿"

    @property
    def digest(self) -> str:
        """What a signature is bound to: changes with any word of the draft."""
        content = [self.reply, self.states, self.search, *([self.papers] if self.papers else [])]
        plain = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(plain.encode()).hexdigest()


class DecisionReview(models.Model):
    """One signature under a draft: of the reviewer or of the leader, bound to its digest."""

    class Level(models.TextChoices):
        """The two levels over the draft; one person signs one of them only."""

        REVIEW = "review", "审核"
        SIGNATURE = "signature", "签发"

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="reviews")
    level = models.CharField("环节", max_length=10, choices=Level.choices)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    seat = models.CharField("岗位", max_length=200, blank=True)
    agreed = models.BooleanField("同意")
    opinion = models.TextField("意见", blank=True)
    digest = models.CharField("内容摘要值", max_length=64)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "答复审核"
        ordering: ClassVar = ["decision", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["decision", "person"], name="one_level_a_person_a_draft"),
            models.UniqueConstraint(fields=["decision", "level"], name="one_signature_a_level"),
            models.CheckConstraint(condition=Q(agreed=True) | ~Q(opinion=""), name="sent_back_with_words"),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.level}"
