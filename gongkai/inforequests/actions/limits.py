"""How often a visitor may try: counted in the database before it is done, so that many at once are counted too."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from gongkai.agencies.models import Agency
from gongkai.sign_in.sealing import digest

from ..models import PortalTry

_HOUR, _DAY = timedelta(hours=1), timedelta(hours=24)


class TooOften(Exception):
    """Too many tries; the message tells the visitor when to come again and how to ask otherwise."""


def count_draft(agency: Agency, address: str, now: datetime) -> None:
    """A form is begun. Raises `TooOften`."""
    _count("draft", agency, address, now)
    if _by_address("draft", address, now - _HOUR) > settings.REQUEST_DRAFTS_HOUR:
        raise TooOften("这个网络地址一小时内开始填写的申请太多。请过一小时再来，或者当面提交、邮寄申请表。")


def count_submission(agency: Agency, address: str, now: datetime) -> None:
    """A form is submitted. Raises `TooOften`; what was typed stays."""
    _count("submit", agency, address, now)
    if _by_address("submit", address, now - _DAY) > settings.REQUEST_ADDRESS_DAY:
        raise TooOften(
            "这个网络地址 24 小时内提交的申请已经到了上限。您填写的内容保留 24 小时，"
            "请晚些时候再提交；急需的，请当面提交或者邮寄申请表，不受这个限制。"
        )
    if (
        PortalTry.objects.filter(what="submit", agency=agency, at__gt=now - _HOUR).count()
        > settings.REQUEST_AGENCY_HOUR
    ):
        raise TooOften(
            "现在网上提交的申请太多。您填写的内容保留 24 小时，请过一小时再提交，或者当面提交、邮寄申请表。"
        )


def be_sure_may_ask(address: str, now: datetime) -> None:
    """Before a number and a code are compared. Raises `TooOften`."""
    if _by_address("track", address, now - _HOUR) >= settings.REQUEST_TRACK_FAILURES:
        raise TooOften("输错的次数太多，请过一小时再查。急需了解的，请打电话询问，告诉工作人员申请编号。")


def count_failure(agency: Agency, address: str, now: datetime) -> None:
    """A number and a code that do not belong together."""
    _count("track", agency, address, now)


def _count(what: str, agency: Agency, address: str, now: datetime) -> None:
    PortalTry.objects.create(what=what, agency=agency, key=digest(address, "portal"), at=now)


def _by_address(what: str, address: str, since: datetime) -> int:
    return PortalTry.objects.filter(what=what, key=digest(address, "portal"), at__gt=since).count()
