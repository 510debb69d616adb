"""今日待办: the order of things to do, their time in working days, and that each seat sees its own."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.actions.welcome import put_away_first_week
from gongkai.agencies.models import Person, Seat
from gongkai.agencies.readiness import readiness_of
from gongkai.agencies.rights import NotAllowed
from gongkai.audit.models import Entry
from gongkai.desk import owed, owed_by_site  # noqa: F401 - they say what is owed
from gongkai.desk.firstweek import steps_of, week_of
from gongkai.desk.todo import Desk, Lists, Todo, at_desk, of_site_desk, sorted_out, timed
from gongkai.outbox.queries import notices_of
from gongkai.reports.actions.prepare import enter_figure
from gongkai.reports.queries import made_of
from gongkai.tasks.actions.tasks import give_task
from tests.cast import Cast

pytestmark = pytest.mark.django_db
FRIDAY = date(2025, 2, 21)


def thing(title: str, due: date | None = None, **more: object) -> Todo:
    return Todo(title, "", "/x/", "办", due_on=due, **more)  # type: ignore[arg-type]


def titles(lists: Lists) -> dict[str, list[str]]:
    return {
        name: [one.todo.title for one in getattr(lists, name)]
        for name in ("today", "week", "later", "waiting")
    }


def test_the_most_urgent_comes_first() -> None:
    told = [
        thing("没有期限"),
        thing("下周五", date(2025, 2, 28)),
        thing("今天", FRIDAY),
        thing("急"),
        thing("逾期一天", date(2025, 2, 20)),
        thing("下个月", date(2025, 3, 20)),
        thing("逾期很久", date(2024, 12, 1)),
        thing("急事", pressing=True),
        thing("下周一", date(2025, 2, 24)),
        thing("等人", date(2025, 2, 20), waits_for="主要负责人发布"),
    ]
    assert titles(sorted_out(told, FRIDAY)) == {
        "today": ["逾期很久", "逾期一天", "今天", "急事"],
        "week": ["下周一", "下周五"],
        "later": ["下个月", "没有期限", "急"],
        "waiting": ["等人"],
    }


@pytest.mark.parametrize(
    ("due", "words", "mark"),
    [
        (date(2025, 2, 24), "还剩 1 个工作日", "due"),
        (date(2025, 2, 26), "还剩 3 个工作日", "due"),
        (date(2025, 2, 27), "还剩 4 个工作日", "doing"),
        (FRIDAY, "今天办完", "due"),
        (date(2025, 2, 22), "今天办完", "due"),
        (date(2025, 2, 11), "逾期 10 天", "late"),
        # The May holiday of 2025: 1 to 5 May off, Sunday 27 April worked.
        (date(2025, 5, 6), "还剩 50 个工作日", "doing"),
    ],
)
def test_time_is_told_in_working_days(due: date, words: str, mark: str) -> None:
    one = timed(thing("事", due), FRIDAY)
    if due == date(2025, 5, 6):
        # Counted by hand from the notice: weekdays after 21 February up to 6 May, less 4 April (清明), less 1, 2
        # and 5 May, and 27 April worked.
        days = [FRIDAY + timedelta(n) for n in range(1, (due - FRIDAY).days + 1)]
        off = {date(2025, 4, 4), date(2025, 5, 1), date(2025, 5, 2), date(2025, 5, 5)}
        count = sum((d.weekday() < 5 and d not in off) or d == date(2025, 4, 27) for d in days)
        words = f"还剩 {count} 个工作日"
    assert (one.words, one.mark) == (words, mark)


def test_a_year_without_a_notice_is_provisional() -> None:
    assert timed(thing("事", date(2093, 1, 30)), date(2093, 1, 2)).words.endswith("（暂定）")


def test_one_thing_is_begun_with() -> None:
    lists = sorted_out([thing("后"), thing("先", FRIDAY), thing("等", FRIDAY, waits_for="谁")], FRIDAY)
    assert lists.first is not None
    assert lists.first.todo.title == "先"
    assert sorted_out([thing("等", FRIDAY, waits_for="谁")], FRIDAY).first is None


MAY_OPEN = {"clerk", "drafter", "section_head", "reviewer", "ogi_head", "leader", "head"}


@pytest.mark.parametrize("who", sorted(MAY_OPEN))
def test_each_seat_is_told_only_what_it_can_do(cast: Cast, who: str) -> None:
    client, day = cast.browse(who), timezone.localdate()
    lists = at_desk(Desk(cast.actor(who), cast.agency, day))
    told = [one for part in (lists.today, lists.week, lists.later, lists.waiting) for one in part]
    about_reports = [one for one in told if "年报" in one.todo.title]
    assert bool(about_reports) == (who in {"clerk", "ogi_head", "leader", "head"})
    for one in told:
        if one.todo.url:
            assert client.get(one.todo.url).status_code == 200, one.todo.title
            assert one.todo.button
    page = client.get(reverse("desk:today", args=[cast.agency.slug])).content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    assert main.count('class="button"') == (1 if lists.first else 0)


def about(cast: Cast, who: str, day: date) -> dict[str, list[tuple[str, str, str]]]:
    """What is told of the report on 2025: its list, the title, the button, whom it waits for."""
    lists = at_desk(Desk(cast.actor(who, day), cast.agency, day))
    found: dict[str, list[tuple[str, str, str]]] = {}
    for name in ("today", "week", "later", "waiting"):
        for one in getattr(lists, name):
            if "2025年年报" in one.todo.title:
                found.setdefault(name, []).append((one.todo.title, one.todo.button, one.todo.waits_for))
    return found


def test_handing_in_is_offered_only_when_nothing_is_missing_and_the_year_is_over(cast: Cast) -> None:
    after, during = date(2026, 1, 28), date(2025, 12, 20)
    missing = sorted(made_of(cast.agency, 2025).missing)
    for day in (after, during):
        ((title, button, waits),) = about(cast, "head", day)["waiting"]
        assert f"还有 {len(missing)} 个数没有填报" in title
        assert (button, waits) == ("打开2025年年报", "经办员填报")
    ((_, button, waits),) = about(cast, "clerk", after)["week"]
    assert (button, waits) == ("打开2025年年报", "")
    by = cast.actor("clerk")
    for cell in missing:
        enter_figure(cast.draft, cell=cell, value=0, source="台账", reason="测试", by=by, at=timezone.now())
    ((title, button, waits),) = about(cast, "clerk", after)["week"]
    assert "数字已填全，检查没有发现错误。" in title
    assert (button, waits) == ("去送签2025年年报", "")
    assert about(cast, "head", after)["waiting"][0][2] == "经办员送签"
    ((title, button, waits),) = about(cast, "head", during)["waiting"]
    assert (button, waits) == ("打开2025年年报", "2025年结束")


def test_an_error_is_first_for_the_clerk(cast: Cast) -> None:
    by, day = cast.actor("clerk"), date(2026, 1, 28)
    for cell in sorted(made_of(cast.agency, 2025).missing):
        enter_figure(cast.draft, cell=cell, value=0, source="台账", reason="测试", by=by, at=timezone.now())
    enter_figure(
        cast.draft, cell="t3.new.total", value=3, source="手工", reason="测试", by=by, at=timezone.now()
    )
    ((title, _, waits),) = about(cast, "head", day)["waiting"]
    assert "处错误要改正" in title
    assert waits == "经办员改正"


def test_who_is_late_is_told_whose_turn_it_is(cast: Cast) -> None:
    day = date(2026, 11, 24)

    def why(who: str) -> str:
        lists = at_desk(Desk(cast.actor(who, day), cast.agency, day))
        return next(
            t.todo.why for t in (*lists.today, *lists.waiting) if t.todo.title.startswith("2025年年报没有")
        )

    assert why("head").endswith("请督促经办员尽快编好、送签。")
    assert why("clerk").endswith("请尽快编好、送签。")


def test_a_task_stands_at_its_seat_and_with_who_gave_it(cast: Cast) -> None:
    seat = Seat.objects.get(person=cast.drafter)
    day = timezone.localdate()
    give_task(by=cast.actor("clerk"), seat=seat, title="补充材料", why="年报要用", due_on=day)
    assert "补充材料" in titles(at_desk(Desk(cast.actor("drafter"), cast.agency, day)))["today"]
    assert "补充材料" in titles(at_desk(Desk(cast.actor("clerk"), cast.agency, day)))["waiting"]
    for who in ("section_head", "reviewer", "head"):
        shown = titles(at_desk(Desk(cast.actor(who), cast.agency, day)))
        assert all("补充材料" not in part for part in shown.values())


def test_missing_data_and_stranded_seats(cast: Cast) -> None:
    day = timezone.localdate()
    cast.agency.court = ""
    cast.agency.save()
    Person.objects.filter(pk=cast.drafter.pk).update(is_active=False)
    clerk, head = (titles(at_desk(Desk(cast.actor(who), cast.agency, day))) for who in ("clerk", "head"))
    assert any("管辖法院" in title for title in clerk["later"])
    assert any("法治股·股室起草人的账号已停用" in title for title in head["today"])
    assert not any("账号已停用" in title for part in clerk.values() for title in part)


def test_each_administrator_is_told_of_its_own(cast: Cast) -> None:
    day = timezone.localdate()
    told = {who: titles(of_site_desk(cast.actor(who), day)) for who in ("sysadmin", "secadmin", "auditor")}
    assert "还没有备份过。" in told["sysadmin"]["today"]
    assert "后台程序没有运行。" in told["sysadmin"]["today"]
    assert "审计记录还没有核对过。" in told["auditor"]["today"]
    assert told["secadmin"] == {"today": [], "week": [], "later": ["有 1 条消息没有看。"], "waiting": []}
    november = titles(of_site_desk(cast.actor("sysadmin", date(2092, 11, 1)), date(2092, 11, 1)))
    october = titles(of_site_desk(cast.actor("sysadmin", date(2092, 10, 31)), date(2092, 10, 31)))
    assert any(t.startswith("2093年的放假安排还没有录入") for t in november["later"])
    assert not any("放假安排" in t for t in october["later"])
    for who in told:
        client = cast.browse(who)
        assert client.get(reverse("desk:site-home")).status_code == 200
        lists = of_site_desk(cast.actor(who), day)
        for one in (*lists.today, *lists.later):
            if one.todo.url:
                assert client.get(one.todo.url).status_code == 200, one.todo.title


def test_the_first_week_ticks_itself_off(cast: Cast) -> None:
    day, actor = timezone.localdate(), cast.actor("clerk")
    steps = {step.title: step.done for step in steps_of(actor, cast.agency, readiness_of(cast.agency, day))}
    assert steps["人员和岗位到位"]
    assert steps["设置股室"]
    assert not steps["安排代班"]
    cast.clerk.seats.update(person=None)
    assert not {s.title: s.done for s in steps_of(actor, cast.agency, readiness_of(cast.agency, day))}[
        "人员和岗位到位"
    ]
    assert week_of(Desk(actor, cast.agency, day))
    assert week_of(Desk(cast.actor("head"), cast.agency, day)) == []


def test_the_first_week_is_put_away_once_and_written_down(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        put_away_first_week(cast.agency, by=cast.actor("head"))
    home = reverse("desk:today", args=[cast.agency.slug])
    client = cast.browse("clerk")
    assert "看第一周清单" in client.get(home).content.decode()
    client.post(reverse("desk:first-week-put-away", args=[cast.agency.slug]))
    assert "看第一周清单" not in client.get(home).content.decode()
    assert Entry.objects.filter(act="agency.welcome", result="done").count() == 1


def test_the_refusal_says_who_can(cast: Cast) -> None:
    answer = cast.browse("head").get(reverse("desk:first-week", args=[cast.agency.slug]))
    assert answer.status_code == 403
    text = answer.content.decode()
    assert "您的岗位不能“收起第一周清单”。能办这件事的岗位：经办员、公开机构负责人。" in text


def test_the_way_is_told_on_every_page(cast: Cast) -> None:
    text = cast.browse("clerk").get(reverse("desk:report", args=[cast.agency.slug, 2024])).content.decode()
    way = text[text.index('class="crumbs"') : text.index("</nav>", text.index('class="crumbs"'))]
    assert "年报</a>" in way
    assert '<span aria-current="page">2024年年报</span>' in way


def test_the_administrators_have_notices_help_and_a_way_back(cast: Cast) -> None:
    client = cast.browse("sysadmin")
    home = client.get(reverse("desk:site-home")).content.decode()
    for name in ("site-notices", "site-help", "account"):
        assert f'href="{reverse(f"desk:{name}")}"' in home
    assert '<span class="count-badge">1<' in home
    notice = notices_of(cast.actor("sysadmin")).get()
    assert notice.subject in client.get(reverse("desk:site-notice", args=[notice.pk])).content.decode()
    assert "count-badge" not in client.get(reverse("desk:site-home")).content.decode()
    assert client.post(reverse("desk:site-notices-read")).status_code == 302
    text = client.get(reverse("desk:site-help")).content.decode()
    main = text[text.index("<main") :]
    assert "新增机关" in main
    assert reverse("desk:site-audit") not in main
    Seat.objects.create(kind="system_admin", person=cast.clerk)
    both = cast.browse("clerk").get(reverse("desk:site-home")).content.decode()
    assert f'href="{reverse("desk:today", args=[cast.agency.slug])}"' in both
