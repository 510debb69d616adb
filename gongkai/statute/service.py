"""Ways of service (送达): which day counts as the day of the answer, and what proves it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from .days import in_words
from .refs import Ref

Counts = Literal["sent", "signed"]
_REPLY = Ref("reply_2016_235")
_FORM = Ref("ogi", 40)


class ServiceError(ValueError):
    """The service is not complete or its days contradict each other; says in Chinese what to enter."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way of service. `counts` names the day that is the day of the answer: posted or sent, or signed for.

    `needs` are what has to be written down at once: mail_number, signed_by, consent. `rule` says it in a sentence.
    """

    slug: str
    label: str
    counts: Counts
    needs: tuple[str, ...]
    rule: str
    ref: Ref


WAYS: tuple[Way, ...] = (
    Way(
        "in_person",
        "当面领取",
        "signed",
        ("signed_by",),
        "当面交给申请人的，申请人签收之日为答复之日",
        _REPLY,
    ),
    Way(
        "ems",
        "邮政特快专递",
        "sent",
        ("mail_number",),
        "通过邮政企业邮寄的，交邮之日为答复之日；不能用其他快递公司，不能让申请人付邮费",
        _REPLY,
    ),
    Way("registered", "挂号信", "sent", ("mail_number",), "通过邮政企业邮寄的，交邮之日为答复之日", _REPLY),
    Way(
        "through_agency",
        "由其他机关转交",
        "signed",
        ("signed_by",),
        "由其他机关转交的，申请人签收之日为答复之日",
        _REPLY,
    ),
    Way(
        "email", "电子邮件", "sent", ("consent",), "申请人要求或者同意用电子邮件的，发出之日为答复之日", _FORM
    ),
    Way("fax", "传真", "sent", ("consent",), "申请人要求或者同意用传真的，发出之日为答复之日", _FORM),
    Way(
        "online",
        "网络平台",
        "sent",
        ("consent",),
        "申请人要求或者同意在网上获取的，可以下载之日为答复之日",
        _FORM,
    ),
)
"""The ways; by post only through the postal enterprise."""
BY_SLUG: dict[str, Way] = {way.slug: way for way in WAYS}
BY_LABEL: dict[str, Way] = {way.label: way for way in WAYS}
ASKED_FOR: dict[str, str] = {
    "mail_number": "请填写邮件号码，这是按时答复的证据。",
    "signed_by": "请填写谁签收的，并保存有签名的回执。",
    "consent": "请写明申请人要求或者同意这样送达的依据，例如“申请表上选了电子邮件”。",
}
"""What to do where something a way needs is not there."""


def answered_on(way: str, sent_on: date, signed_for_on: date | None = None) -> date:
    """The day of the answer: of posting or sending, or of the signature where the paper is handed over
    (国办公开办函〔2016〕235号). Raises `ServiceError` for an unknown way, a signature that is missing or too early."""
    found = BY_SLUG.get(way)
    if found is None:
        raise ServiceError(f"没有“{way}”这种送达方式，可以选：{'、'.join(w.label for w in WAYS)}。")
    if signed_for_on is not None and signed_for_on < sent_on:
        raise ServiceError(
            f"签收的日期{in_words(signed_for_on)}早于寄出或者交出的日期{in_words(sent_on)}，请核对两个日期。"
        )
    if found.counts == "sent":
        return sent_on
    if signed_for_on is None:
        if way == "in_person":
            return sent_on
        raise ServiceError(f"{found.rule}，请填写签收的日期；还没有签收的，等签收以后再登记。")
    return signed_for_on
