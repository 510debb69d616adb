"""A notice entered later moves the open cases it concerns, tells which, and leaves the others alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from gongkai.audit.models import Entry
from gongkai.dictionaries.actions.notices import import_notice
from gongkai.inforequests.actions import recount as recounting
from gongkai.inforequests.actions.period import extend
from gongkai.inforequests.actions.recount import recount
from gongkai.inforequests.models import InfoRequest
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
    monkeypatch.setattr(recounting, "_open", lambda: iter(stale))
    assert recount(by=SYSTEM) == []
    case.refresh_from_db()
    assert case.due_on == extended
