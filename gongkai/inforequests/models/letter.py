"""Letter: what was written to the requester or to somebody consulted; LetterTemplate: an office's own wording."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gongkai.agencies.models import Agency
from gongkai.files.models import StoredFile

from .consultation import Consultation
from .decision import Decision
from .request import InfoRequest


class LetterTemplate(models.Model):
    """A template of one kind that an office edited in Word. One of a kind may be in use; none means the platform's
    own. What was uploaded stays, so that one can go back. `note` is what is worth knowing of it."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="letter_templates")
    kind = models.CharField("文书", max_length=60)
    version = models.PositiveSmallIntegerField("第几版")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    in_use = models.BooleanField("使用", default=False)
    note = models.CharField("提示", max_length=300, blank=True)
    added_by = models.CharField("谁上传的", max_length=60)
    added_at = models.DateTimeField("上传时间")

    class Meta:
        verbose_name = verbose_name_plural = "文书模板"
        ordering: ClassVar = ["kind", "-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "kind", "version"], name="template_version_once"),
            models.UniqueConstraint(
                fields=["agency", "kind"], condition=Q(in_use=True), name="one_template_in_use"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} 第{self.version}版"


class Letter(models.Model):
    """A letter of a case, in Word and as PDF. Made anew, it gets the next version; what was sent stays.

    `fields` are the words it was filled with. `number` is the case's number with the suffix of the kind; a second
    letter of a kind, to somebody else or after the first went out, has a numeral behind it. `decision` is the draft
    it tells of, `consultation` whom it was written to; `set_aside` says why it is not sent.
    """

    request = models.ForeignKey(InfoRequest, on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField("文书", max_length=60)
    number = models.CharField("文号", max_length=80)
    version = models.PositiveSmallIntegerField("第几版")
    fields = models.JSONField("写明的内容", default=dict)
    template = models.ForeignKey(
        LetterTemplate, on_delete=models.PROTECT, null=True, blank=True, related_name="letters"
    )
    dated = models.DateField("成文日期")
    word = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    pdf = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="letters"
    )
    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, null=True, blank=True, related_name="letters"
    )
    set_aside = models.CharField("不寄发的原因", max_length=200, blank=True)
    made_by = models.CharField("谁制作的", max_length=60)
    made_at = models.DateTimeField("制作时间")

    class Meta:
        verbose_name = verbose_name_plural = "文书"
        ordering: ClassVar = ["request", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["request", "kind", "number", "version"], name="letter_version_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} 第{self.version}版"
