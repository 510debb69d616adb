"""Which day counts as the day of receipt, channel by channel (art. 31)."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.statute.channels import BY_SLUG, CHANNELS, ReceiptError, receipt, received_on
from gongkai.statute.refs import Ref

SENT, CAME, SURE = date(2025, 3, 3), date(2025, 3, 5), date(2025, 3, 6)


def test_the_seven_channels() -> None:
    assert list(BY_SLUG) == ["in_person", "signed_mail", "ordinary_mail", "online", "fax", "email", "oral"]
    assert [c.slug for c in CHANNELS if c.basic] == ["in_person", "signed_mail", "ordinary_mail"]
    assert len({c.label for c in CHANNELS}) == 7


@pytest.mark.parametrize(
    ("channel", "day"),
    [
        ("in_person", SENT),
        ("oral", SENT),
        ("signed_mail", CAME),
        ("ordinary_mail", SURE),
        ("online", SURE),
        ("fax", SURE),
        ("email", SURE),
    ],
)
def test_the_day_of_receipt(channel: str, day: date) -> None:
    assert received_on(channel, SENT, CAME, SURE) == day
    found = receipt(channel, SENT, CAME, SURE)
    assert found.on == day
    assert found.missing == ""
    assert f"{day.year}年{day.month}月{day.day}日" in found.reason
    assert str(found.ref) in found.reason
    assert found.ref in (Ref("ogi", 31), Ref("ogi", 29))


@pytest.mark.parametrize("channel", ["ordinary_mail", "online", "fax", "email"])
def test_not_received_until_both_sides_confirmed(channel: str) -> None:
    found = receipt(channel, SENT, CAME, None)
    assert found.on is None
    assert "与申请人确认" in found.missing
    assert "期限还没有起算" in found.missing


def test_what_is_missing_elsewhere() -> None:
    assert "还没有签收" in receipt("signed_mail", SENT).missing
    assert "提交的日期" in receipt("in_person", None).missing
    assert "代为填写" in receipt("oral", None).missing
    assert received_on("signed_mail", None, None, SURE) is None


def test_a_plain_letter_confirmed_late_is_remarked() -> None:
    assert "应当在当日确认" in receipt("ordinary_mail", SENT, CAME, SURE).reason
    assert "应当在当日确认" not in receipt("ordinary_mail", SENT, CAME, CAME).reason
    assert "应当在当日确认" not in receipt("online", SENT, CAME, SURE).reason


@pytest.mark.parametrize(
    ("dates", "says"),
    [
        ((CAME, SENT, None), "到达日期2025年3月3日（星期一）早于提交日期2025年3月5日（星期三）"),
        ((None, SURE, CAME), "确认日期2025年3月5日（星期三）早于到达日期2025年3月6日（星期四）"),
        ((SURE, None, CAME), "早于提交日期"),
    ],
)
def test_dates_in_an_impossible_order(dates: tuple[date | None, date | None, date | None], says: str) -> None:
    with pytest.raises(ReceiptError, match=says):
        receipt("online", *dates)


def test_an_unknown_channel() -> None:
    with pytest.raises(ReceiptError, match=r"没有“pigeon”这种申请渠道.*in_person"):
        received_on("pigeon", SENT)
