"""A notice entered later moves the open cases it concerns, tells which, and leaves the others alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.urls import reverse

from gongkai.audit.models import Entry
from gongkai.dictionaries.actions.notices import import_notice
from gongkai.inforequests.actions import recount as recounting
from gongkai.inforequests.actions.period import extend
from gongkai.inforequests.actions.recount import (
    counting_anew,
    recount,
    recount_after_notice,
    recount_agency,
)
from gongkai.inforequests.actions.register import Intake, register
from gongkai.inforequests.models import InfoRequest, MovedCase, Recount
from gongkai.outbox.models import Message
from tests.cast import SYSTEM, Cast
from tests.inforequests.cases import answer, new_case

NOTICE = (
    "date,kind,name,notice_no\n2027-01-01,off,元旦,测试〔2026〕1号\n2027-01-04,off,元旦,测试〔2026〕1号\n"
)


def test_what_a_notice_moves(cast: Cast, queries: Callable[[Callable[[], Any]], int]) -> None:
    crossing = new_case(cast, date(2026, 12, 21))
    early = new_case(cast, date(2026, 3, 2))
    closed = new_case(cast, date(2026, 12, 21))
    answer(cast, closed, "granted_provided", date(2026, 12, 22))
    assert (crossing.due_on, crossing.due_provisional) == (date(2027, 1, 18), True)
    assert recount(by=SYSTEM) == []
    import_notice(by=cast.actor("sysadmin"), content=NOTICE)
    (moved,) = recount(by=SYSTEM)
    # Friday 1 and Monday 4 January are off: 8 days counted in December, 12 by Friday 8, 17 by Friday 15, the 20th on Wednesday 20.
    assert (moved.request, moved.before, moved.after) == (crossing, date(2027, 1, 18), date(2027, 1, 20))
    crossing.refresh_from_db()
    assert (crossing.due_on, crossing.due_provisional) == (date(2027, 1, 20), False)
    entry = Entry.objects.first()
    assert entry is not None
    assert (entry.act, entry.object_name) == ("requests.recount", crossing.number)
    assert recount(by=SYSTEM) == []
    early.refresh_from_db()
    assert early.due_on == date(2026, 3, 30)
    few = queries(lambda: recount(by=SYSTEM))
    for n in range(20):
        new_case(cast, date(2026, 3, 3 + n))
    assert queries(lambda: recount(by=SYSTEM)) == few


def test_an_act_done_while_the_cases_are_counted_is_not_undone(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cases are read in lots; one is extended between the reading of its lot and its own turn."""
    case = new_case(cast, date(2026, 12, 21))
    import_notice(by=cast.actor("sysadmin"), content=NOTICE)
    stale = list(recounting._open())
    day = date(2026, 12, 22)
    extend(
        InfoRequest.objects.get(pk=case.pk), by=cast.actor("ogi_head", day), on=day, days=5, reason="材料多"
    )
    case.refresh_from_db()
    extended = case.due_on
    assert extended is not None
    assert extended > date(2027, 1, 20)
    monkeypatch.setattr(recounting, "_open", lambda agency: iter(stale))
    assert recount(by=SYSTEM) == []
    case.refresh_from_db()
    assert case.due_on == extended


NOW = datetime(2026, 12, 22, 1, tzinfo=UTC)


def test_agency_after_agency_and_gone_on_with_after_a_break(cast: Cast) -> None:
    """The counting stopped after the bureau: the neighbour's due day is not shown as sure, then the rest is done, and
    nobody is told twice."""
    own, day = new_case(cast, date(2026, 12, 21)), date(2026, 12, 21)
    paper = Intake("in_person", "natural", "乙某", "申请公开预算", day)
    theirs = register(cast.other, paper, by=cast.actor("neighbour", day))
    recount_after_notice(NOW)
    assert not counting_anew()
    import_notice(by=cast.actor("sysadmin"), content=NOTICE)
    assert counting_anew()
    kept = Recount.objects.create(mark=recounting._mark()[0], why="测试", at=NOW)
    recount_agency(kept, cast.agency.pk, by=SYSTEM)
    own.refresh_from_db()
    theirs.refresh_from_db()
    assert (own.due_on, theirs.due_on) == (date(2027, 1, 20), date(2027, 1, 18))
    assert counting_anew()
    shown = cast.browse("neighbour").get(reverse("desk:requests", args=[cast.other.slug])).content.decode()
    assert "正在重新计算期限" in shown
    assert "个工作日（暂定）" in shown
    assert recount_after_notice(NOW) == kept
    theirs.refresh_from_db()
    assert theirs.due_on == date(2027, 1, 20)
    assert not counting_anew()
    assert recount_after_notice(NOW) is None
    assert MovedCase.objects.filter(recount=kept).count() == 2
    told = Message.objects.filter(key__startswith="request-recount:")
    assert {m.person_id for m in told} == {cast.clerk.pk, cast.neighbour.pk}
    assert told.count() == 2
    shown = cast.browse("neighbour").get(reverse("desk:requests", args=[cast.other.slug])).content.decode()
    assert "正在重新计算期限" not in shown
