"""Relation: which items belong together; PublishedRelation: which the public reads as belonging together."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from .item import Item


class Relation(models.Model):
    """`item` stands in this relation to `to`. Part of what is reviewed of `item`; on the page of `to` it shows the
    other way round, once `item` is public."""

    class Kind(models.TextChoices):
        """What `item` is to `to`."""

        INTERPRETS = "interprets", "解读"
        FORM_OF = "form_of", "附表、表格"
        REPLACES = "replaces", "代替"
        REPEALS = "repeals", "废止"
        CLARIFIES = "clarifies", "澄清"
        SEE_ALSO = "see_also", "相关"

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="relations")
    to = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="related_from")
    kind = models.CharField("关系", max_length=12, choices=Kind.choices)

    class Meta:
        verbose_name = verbose_name_plural = "相关信息"
        ordering: ClassVar = ["kind", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "to", "kind"], name="relation_once"),
            models.CheckConstraint(condition=~models.Q(item=models.F("to")), name="related_to_another"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.kind} {self.to_id}"


class PublishedRelation(models.Model):
    """A relation as a publication has it, from its content: what is being drafted does not show. Asked for what stands
    beside an item; the page reads the publication's own content in any case."""

    publication = models.ForeignKey(
        "disclosure.Publication", on_delete=models.CASCADE, related_name="related_as_published"
    )
    to = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField("关系", max_length=12, choices=Relation.Kind.choices)

    class Meta:
        verbose_name = verbose_name_plural = "公开的相关信息"
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.publication_id} {self.kind} {self.to_id}"
