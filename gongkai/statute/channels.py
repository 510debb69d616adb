"""Channels: the ways a request arrives, and which day is the day of receipt (收到申请之日, art. 31)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

from .days import in_words
from .refs import Ref

Counts = Literal["submitted", "arrived", "confirmed"]
_RECEIPT = Ref("ogi", 31)


class ReceiptError(ValueError):
    """The three dates of a request contradict each other, or the channel is unknown; says so in Chinese."""


@dataclass(frozen=True, slots=True)
class Channel:
    """One way to file a request.

    `counts` names the date that is the day of receipt; `basic` channels may never be refused;
    `rule` is the rule in a sentence, `missing` what to do while that date is not there yet.
    """

    slug: str
    label: str
    counts: Counts
    basic: bool
    rule: str
    missing: str
    ref: Ref = _RECEIPT


@dataclass(frozen=True, slots=True)
class Receipt:
    """The day of receipt and why; while there is none, `on` is None and `missing` says what to do."""

    on: date | None
    reason: str
    missing: str
    ref: Ref


_ASK = "请与申请人确认收到了申请，并登记确认的日期、方式和经办人；确认之前不算收到，答复期限还没有起算。"

CHANNELS: tuple[Channel, ...] = (
    Channel(
        "in_person",
        "当面提交",
        "submitted",
        True,
        "当面提交的，提交之日为收到申请之日",
        "请登记申请人提交的日期。",
    ),
    Channel(
        "signed_mail",
        "邮寄（需签收）",
        "arrived",
        True,
        "挂号信、特快专递等需要签收的邮件，本机关签收之日为收到申请之日",
        "邮件还没有签收；签收后请登记签收日期。",
    ),
    Channel(
        "ordinary_mail",
        "邮寄（平常信函）",
        "confirmed",
        True,
        "平常信函等不需要签收的，收到信的当日与申请人确认，确认之日为收到申请之日",
        _ASK,
    ),
    Channel("online", "网络", "confirmed", False, "通过互联网提交的，双方确认之日为收到申请之日", _ASK),
    Channel("fax", "传真", "confirmed", False, "用传真提交的，双方确认之日为收到申请之日", _ASK),
    Channel("email", "电子邮件", "confirmed", False, "用电子邮件提交的，双方确认之日为收到申请之日", _ASK),
    Channel(
        "oral",
        "口头",
        "submitted",
        False,
        "书面确有困难、当面口头提出的，由本机关代为填写申请，提出之日为收到申请之日",
        "请代为填写申请，并登记提出的日期。",
        Ref("ogi", 29),
    ),
)
BY_SLUG: dict[str, Channel] = {channel.slug: channel for channel in CHANNELS}


def receipt(
    channel: str,
    submitted_on: date | None,
    arrived_on: date | None = None,
    confirmed_on: date | None = None,
) -> Receipt:
    """The legal day of receipt of a request and its reason in words (art. 31).

    The dates are when the requester sent or handed it in, when it reached the agency, and when both sides
    confirmed it. Raises `ReceiptError` for an unknown channel or dates in an impossible order.
    """
    found = BY_SLUG.get(channel)
    if found is None:
        raise ReceiptError(f"没有“{channel}”这种申请渠道，可用的是：{'、'.join(BY_SLUG)}")
    _in_order(submitted_on, arrived_on, confirmed_on)
    on = {"submitted": submitted_on, "arrived": arrived_on, "confirmed": confirmed_on}[found.counts]
    if on is None:
        return Receipt(None, f"{found.rule}（{found.ref}）。", found.missing, found.ref)
    reason = f"{found.rule}（{found.ref}），即{in_words(on)}。"
    if found.slug == "ordinary_mail" and arrived_on is not None and on > arrived_on:
        reason += f"信在{in_words(arrived_on)}已经收到，应当在当日确认。"
    return Receipt(on, reason, "", found.ref)


def received_on(
    channel: str,
    submitted_on: date | None,
    arrived_on: date | None = None,
    confirmed_on: date | None = None,
) -> date | None:
    """The day of receipt alone, None while the request does not yet count as received; see `receipt`."""
    return receipt(channel, submitted_on, arrived_on, confirmed_on).on


def _in_order(submitted_on: date | None, arrived_on: date | None, confirmed_on: date | None) -> None:
    dates = [("提交", submitted_on), ("到达", arrived_on), ("确认", confirmed_on)]
    known = [(name, day) for name, day in dates if day is not None]
    for (earlier, before), (later, after) in pairwise(known):
        if after < before:
            raise ReceiptError(
                f"{later}日期{in_words(after)}早于{earlier}日期{in_words(before)}，请核对两个日期"
            )
