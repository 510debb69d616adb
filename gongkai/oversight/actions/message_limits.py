"""How often a visitor may write: counted in the database before it is done, as with the request form."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from gongkai.agencies.models import Agency
from gongkai.inforequests.actions.limits import TooOften
from gongkai.inforequests.models import PortalTry
from gongkai.sign_in.sealing import digest

__all__ = ["TooOften", "be_sure_may_ask", "count_draft", "count_failure", "count_submission"]
_HOUR, _DAY = timedelta(hours=1), timedelta(hours=24)
_OTHERWISE = "急的请打电话、写信或者当面说，不受这个限制。"


def count_draft(agency: Agency, address: str, now: datetime) -> None:
    """A form is begun. Raises `TooOften`."""
    _count("msg_draft", agency, address, now)
    if _by_address("msg_draft", address, now - _HOUR) > settings.REQUEST_DRAFTS_HOUR:
        raise TooOften(f"这个网络地址一小时内开始填写的留言太多，请过一小时再来。{_OTHERWISE}")


def count_submission(agency: Agency, address: str, now: datetime) -> None:
    """A form is submitted. Raises `TooOften`; what was typed stays."""
    _count("msg_submit", agency, address, now)
    if _by_address("msg_submit", address, now - _DAY) > settings.REQUEST_ADDRESS_DAY:
        raise TooOften(
            f"这个网络地址 24 小时内提交的留言已经到了上限。您填写的内容保留 24 小时，请晚些时候再提交。{_OTHERWISE}"
        )
    since = PortalTry.objects.filter(what="msg_submit", agency=agency, at__gt=now - _HOUR)
    if since.count() > settings.REQUEST_AGENCY_HOUR:
        raise TooOften(f"现在提交的留言太多。您填写的内容保留 24 小时，请过一小时再提交。{_OTHERWISE}")


def be_sure_may_ask(address: str, now: datetime) -> None:
    """Before a number and a code are compared. Raises `TooOften`."""
    if _by_address("msg_track", address, now - _HOUR) >= settings.REQUEST_TRACK_FAILURES:
        raise TooOften("输错的次数太多，请过一小时再查。急的请打电话，告诉工作人员编号。")


def count_failure(agency: Agency, address: str, now: datetime) -> None:
    """A number and a code that do not belong together."""
    _count("msg_track", agency, address, now)


def _count(what: str, agency: Agency, address: str, now: datetime) -> None:
    PortalTry.objects.create(what=what, agency=agency, key=digest(address, "portal"), at=now)


def _by_address(what: str, address: str, since: datetime) -> int:
    return PortalTry.objects.filter(what=what, key=digest(address, "portal"), at__gt=since).count()
