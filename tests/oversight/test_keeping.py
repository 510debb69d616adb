"""A finding is the same as long as it is found; explained it waits; only a re-check closes it; tasks follow."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from gongkai.agencies.actions.seats import end_seat
from gongkai.agencies.models import Agency, Seat
from gongkai.agencies.rights import NotAllowed
from gongkai.oversight.actions.explain import CannotExplain, explain, take_back
from gongkai.oversight.actions.guide import guide_is_right
from gongkai.oversight.actions.limits import CannotSet, clear_limit, set_limit
from gongkai.oversight.actions.run import ask, recheck
from gongkai.oversight.actions.sheet import CannotSettle, settle_sheet
from gongkai.oversight.limits import limits_for
from gongkai.oversight.models import Finding, InspectionRun
from gongkai.oversight.queries import limits_told
from gongkai.oversight.sheet import made, sheet_of
from gongkai.statute.inspection import quarter_of
from gongkai.tasks.actions.tasks import do_task
from gongkai.tasks.models import Task
from tests.cast import Cast
from tests.oversight.site import bring, freshen, inspect, open_rules


def lapsed(cast: Cast) -> Finding:
    """A clean site with one document past its end, found."""
    today = timezone.localdate()
    freshen(cast)
    old = today - timedelta(days=300)
    bring(cast, "zwgk", "过期的", formed=old, published=old, lapses_on=today - timedelta(days=1))
    inspect(cast)
    return Finding.objects.get(agency=cast.agency)


def test_explained_it_waits_and_comes_back(cast: Cast) -> None:
    finding = lapsed(cast)
    today, head = timezone.localdate(), cast.actor("ogi_head")
    with pytest.raises(NotAllowed):
        explain(finding, by=cast.actor("clerk"), reason="修订中", until=today)
    for reason, until in (
        (" ", today),
        ("修订中", today - timedelta(days=1)),
        ("修订中", today.replace(year=2199)),
    ):
        with pytest.raises(CannotExplain):
            explain(finding, by=head, reason=reason, until=until)
    explain(finding, by=head, reason="修订中，下月重新发布", until=today)
    assert open_rules(cast) == []
    assert Task.objects.get(findings=finding).done_at is not None
    inspect(cast)
    assert open_rules(cast) == []
    Finding.objects.filter(pk=finding.pk).update(explained_until=today - timedelta(days=1))
    run = inspect(cast)
    assert open_rules(cast) == ["lapsed"]
    assert (run.new, Finding.objects.count()) == (1, 1)
    finding.refresh_from_db()
    assert (finding.times, finding.reason, finding.task.done_at if finding.task else 0) == (1, "", None)
    explain(finding, by=head, reason="再等一等", until=today)
    assert take_back(finding, by=head).state == "open"
    with pytest.raises(CannotExplain):
        take_back(finding, by=head)


def test_a_task_done_by_hand_puts_nothing_right(cast: Cast) -> None:
    finding = lapsed(cast)
    assert finding.task is not None
    do_task(finding.task, by=cast.actor("clerk"), result="办了")
    inspect(cast)
    finding.refresh_from_db()
    assert finding.state == "open"
    assert finding.task is not None
    assert finding.task.done_at is None
    assert Task.objects.filter(findings__isnull=False).distinct().count() == 1


def test_what_comes_back_is_the_same_finding(cast: Cast) -> None:
    freshen(cast)
    Agency.objects.filter(pk=cast.agency.pk).update(phone="")
    inspect(cast)
    first = Finding.objects.get()
    Agency.objects.filter(pk=cast.agency.pk).update(phone="0731-00000000")
    assert recheck(first, by=cast.actor("clerk"), at=timezone.now()).state == "closed"
    Agency.objects.filter(pk=cast.agency.pk).update(phone="")
    inspect(cast)
    again = Finding.objects.get()
    assert (again.pk, again.state, again.times) == (first.pk, "open", 2)
    assert again.task_id != first.task_id


def test_one_task_for_each_rule_and_its_day_moves(cast: Cast) -> None:
    finding = lapsed(cast)
    today = timezone.localdate()
    old = today - timedelta(days=300)
    bring(cast, "zwgk", "又一件", formed=old, published=old, lapses_on=today - timedelta(days=2))
    inspect(cast)
    assert Finding.objects.filter(task=finding.task).count() == 2
    first, second = Finding.objects.order_by("id")
    Finding.objects.filter(pk=first.pk).update(due_on=today)
    inspect(cast)
    assert Task.objects.get(findings=first).due_on == today
    explain(first, by=cast.actor("leader"), reason="测试", until=today)
    assert Task.objects.get(findings=second).due_on == second.due_on


def test_findings_go_with_the_seat(cast: Cast) -> None:
    finding = lapsed(cast)
    seat = Seat.objects.get(agency=cast.agency, kind="ogi_head")
    assert finding.seat is not None
    end_seat(finding.seat, by=cast.actor("secadmin"), to=seat)
    finding.refresh_from_db()
    assert finding.seat == seat
    assert finding.task is not None
    assert finding.task.seat == seat


def test_one_run_at_a_time(cast: Cast) -> None:
    clerk, now = cast.actor("clerk"), timezone.now()
    assert ask(cast.agency, by=clerk, at=now) == ask(cast.agency, by=cast.actor("ogi_head"), at=now)
    with pytest.raises(NotAllowed):
        ask(cast.agency, by=cast.actor("neighbour"), at=now)
    assert InspectionRun.objects.count() == 1


def test_limits_of_the_nearest_office_hold(cast: Cast) -> None:
    head = cast.actor("head")
    for value, reason in ((0, "测试"), (99, "测试"), (7, " ")):
        with pytest.raises(CannotSet):
            set_limit(cast.agency, by=head, rule="home_stale", name="days", value=value, reason=reason)
    with pytest.raises(CannotSet):
        set_limit(cast.agency, by=head, rule="home_stale", name="weeks", value=7, reason="测试")
    from gongkai.oversight.models import InspectionLimit

    InspectionLimit.objects.create(
        agency=cast.county,
        rule="home_stale",
        name="days",
        value=10,
        reason="考核",
        by="甲某",
        at=timezone.now(),
    )
    assert limits_for(cast.agency).of("home_stale") == 10
    assert limits_for(cast.other).of("home_stale") == 10
    set_limit(cast.agency, by=head, rule="home_stale", name="days", value=30, reason="测试")
    set_limit(cast.agency, by=head, rule="fix", name="veto", value=1, reason="当天改")
    assert (limits_for(cast.agency).of("home_stale"), limits_for(cast.other).of("home_stale")) == (30, 10)
    told = {(one.rule, one.name): one for one in limits_told(cast.agency)}
    assert (told["home_stale", "days"].compared, told["fix", "veto"].compared) == ("更宽", "更严")
    assert cast.agency.name in told["home_stale", "days"].by
    theirs = {(one.rule, one.name): one for one in limits_told(cast.other)}["home_stale", "days"]
    assert (theirs.compared, theirs.own, theirs.by) == ("更严", False, f"{cast.county.name}（甲某）")
    assert clear_limit(cast.agency, by=head, rule="home_stale", name="days")
    assert limits_for(cast.agency).of("home_stale") == 10


def test_a_stricter_limit_finds_more(cast: Cast) -> None:
    freshen(cast, days_ago=10)
    inspect(cast)
    assert [rule for rule in open_rules(cast) if rule != "column_soon"] == []
    for rule, name in (("home_stale", "days"), ("column_stale", "news")):
        set_limit(cast.agency, by=cast.actor("head"), rule=rule, name=name, value=7, reason="测试")
    inspect(cast)
    assert [rule for rule in open_rules(cast) if rule != "column_soon"] == ["column_stale", "home_stale"]


def test_the_guide_is_looked_at_once_a_year(cast: Cast) -> None:
    freshen(cast)
    cast.agency.guide_checks.update(on=timezone.localdate() - timedelta(days=365))
    inspect(cast)
    assert open_rules(cast) == []
    cast.agency.guide_checks.update(on=timezone.localdate() - timedelta(days=366))
    inspect(cast)
    assert open_rules(cast) == ["guide_unchecked"]
    guide_is_right(cast.agency, by=cast.actor("clerk"))
    inspect(cast)
    assert open_rules(cast) == []


def test_the_sheet_stays_as_it_was_settled(cast: Cast) -> None:
    head, now = cast.actor("head"), timezone.now()
    year, quarter = quarter_of(timezone.localdate() - timedelta(days=95))
    with pytest.raises(CannotSettle, match="没有做完过自查"):
        settle_sheet(cast.agency, by=head, year=year, quarter=quarter, now=now)
    with pytest.raises(CannotSettle, match="最后一个月"):
        settle_sheet(cast.agency, by=head, year=year + 2, quarter=1, now=now)
    finding = lapsed(cast)
    long_ago = now - timedelta(days=95)
    InspectionRun.objects.update(finished_at=long_ago)
    Finding.objects.update(found_at=long_ago)
    sheet = settle_sheet(cast.agency, by=head, year=year, quarter=quarter, now=now)
    assert sheet.content["totals"] == {"found": 1, "closed": 0, "explained": 0, "open": 1}
    assert [one["what"] for one in sheet.content["findings"]] == [finding.what]
    explain(finding, by=cast.actor("leader"), reason="测试", until=timezone.localdate())
    assert sheet_of(cast.agency, year, quarter, now) == sheet.content
    assert made(cast.agency, year, quarter, now)["totals"]["explained"] == 1
    with pytest.raises(CannotSettle, match="已经定稿"):
        settle_sheet(cast.agency, by=head, year=year, quarter=quarter, now=now)
