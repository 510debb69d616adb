"""What the three administrators have to do: each sees what that seat may do, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time

from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.agencies.readiness import seats_asked_for
from gongkai.agencies.rights import may
from gongkai.audit.latest import last_entry
from gongkai.dictionaries.queries import calendar
from gongkai.outbox.queries import counts_by_state, unread_count
from gongkai.sign_in.queries import locked_counters
from gongkai.tasks.queries import job_runs
from gongkai.tasks.worker import last_sign

from .links import link
from .todo import Todo, owed_by_site

BACKUP_DAYS, VERIFY_DAYS = 2, 7
"""After how many days without one a backup, a verification of the trail, is asked for."""
NOTICE_MONTH = 11
"""From November on the State Council office's notice on next year's days off is expected."""


def _now(day: date) -> datetime:
    """This moment, when `day` is today; the noon of the day otherwise."""
    now = timezone.localtime()
    return now if now.date() == day else timezone.make_aware(datetime.combine(day, time(12)))


def _days_since(day: date, *acts: str) -> int | None:
    last = last_entry(*acts)
    return (day - timezone.localdate(last.at)).days if last else None


@owed_by_site
def accounts(actor: Actor, day: date) -> Iterator[Todo]:
    """Accounts locked after failed sign-ins, and seats asked for; for the security administrator."""
    if may(actor, "person.secure"):
        locked = locked_counters(_now(day)).count()
        if locked:
            yield Todo(
                f"有 {locked} 处登录被锁定。",
                "密码输错次数太多会锁定一会儿。请核对是不是本人，再解锁或者重置密码。",
                link("site-sign-in"),
                "去核对",
                pressing=True,
            )
    if may(actor, "seat.give"):
        asked = seats_asked_for()
        if asked:
            yield Todo(
                f"有 {asked} 个拟授岗位等您核对。",
                "岗位由安全管理员授予，名单导入后不会自动生效。",
                link("site-proposals") or link("site-people"),
                "去核对",
                pressing=True,
            )


@owed_by_site
def sending(actor: Actor, day: date) -> Iterator[Todo]:
    """Messages that could not be sent, a worker that is not running, jobs that failed."""
    if not may(actor, "outbox.view"):
        return
    url = link("site-outbox")
    lost = counts_by_state()["given_up"]
    if lost:
        why = "多次重试仍然发不出去，收件人不知道有事要办。请检查邮件和短信设置，再重新发送。"
        yield Todo(
            f"有 {lost} 条邮件或者短信没有发出。",
            why,
            link("site-outbox-state", "given_up") or url,
            "去查看",
            pressing=True,
        )
    at, running = last_sign(_now(day))
    if not running:
        since = f"上次运行是{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else "还没有运行过"
        why = (
            f"后台程序{since}。它停着的时候，不发邮件和短信，也不提醒到期。请在服务器上运行 gongkai worker。"
        )
        yield Todo("后台程序没有运行。", why, url, "看发送情况", pressing=True)
    failed = [run.name for run in job_runs() if run.failed]
    if failed:
        yield Todo(
            f"定时任务出错：{'、'.join(failed)}。",
            "原因在“发送”页和服务器日志里。",
            url,
            "看原因",
            pressing=True,
        )


@owed_by_site
def running(actor: Actor, day: date) -> Iterator[Todo]:
    """Backups and the calendar of next year; for the system administrator."""
    if not may(actor, "dictionary.edit"):
        return
    days = _days_since(day, "site.backup")
    if days is None or days > BACKUP_DAYS:
        said = "还没有备份过。" if days is None else f"最近一次备份在 {days} 天以前。"
        why = "请在服务器上运行 gongkai backup，并把备份文件存到另一台机器上。建议设成每天自动备份。"
        yield Todo(said, why, pressing=True)
    year = day.year + 1
    if day.month >= NOTICE_MONTH and not calendar().covers(year):
        why = "国务院办公厅一般在十一月公布下一年的放假安排。在录入以前，跨到下一年的期限都是暂定的。公布后请在“字典”里录入。"
        yield Todo(
            f"{year}年的放假安排还没有录入，工作日暂定。",
            why,
            link("dictionaries:dictionaries_holidaynotice_add"),
            "录入放假安排",
        )


@owed_by_site
def trail(actor: Actor, day: date) -> Iterator[Todo]:
    """When the trail was last verified; for the audit administrator."""
    if not may(actor, "audit.view"):
        return
    days = _days_since(day, "audit.verify", "audit.checkpoint")
    if days is None or days > VERIFY_DAYS:
        said = "审计记录还没有核对过。" if days is None else f"审计记录上次核对在 {days} 天以前。"
        why = (
            "核对能发现记录被改动、删除或者插入。在服务器上运行 gongkai audit verify，也可以在审计页面核对。"
        )
        yield Todo(said, why, link("site-audit"), "去审计页面", pressing=True)


@owed_by_site
def notices(actor: Actor, day: date) -> Iterator[Todo]:
    """Notices that were not opened."""
    count = unread_count(actor)
    if count:
        why = "消息告诉您岗位的变动和要您办理的事。"
        yield Todo(f"有 {count} 条消息没有看。", why, link("site-notices"), "看消息")
