"""Requester: who asks, with what art. 29 demands. Personal data: shown to casework alone, every look written down."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from .request import InfoRequest


class Requester(models.Model):
    """The person or organisation behind a request; the name itself stands in `InfoRequest.applicant`."""

    request = models.OneToOneField(InfoRequest, on_delete=models.PROTECT, related_name="requester")
    identity_kind = models.CharField("证件名称", max_length=40, blank=True)
    identity_number = models.CharField("证件号码", max_length=60, blank=True)
    representative = models.CharField("法定代表人", max_length=60, blank=True)
    contact = models.CharField("联系人", max_length=60, blank=True)
    phone = models.CharField("联系电话", max_length=40, blank=True)
    fax = models.CharField("传真", max_length=40, blank=True)
    email = models.CharField("电子邮箱", max_length=120, blank=True)
    address = models.CharField("通信地址", max_length=200, blank=True)
    postcode = models.CharField("邮政编码", max_length=12, blank=True)
    agent = models.CharField("代理人", max_length=60, blank=True)
    agent_identity = models.CharField("代理人证件号码", max_length=60, blank=True)
    needs_help = models.CharField("需要的帮助", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "申请人资料"
        indexes: ClassVar = [models.Index(fields=["identity_number"], name="requester_by_identity")]

    def __str__(self) -> str:
        return self.request.number
