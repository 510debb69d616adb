"""What has to go on by itself: backups, sending, the holiday notices."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from gongkai.outbox.queries import counts_by_state
from gongkai.statute.workdays import WorkCalendar
from gongkai.tasks.worker import last_sign

from ..actions.backup import backups
from ..folders import files_folder
from .finding import Check, Finding

OLDEST_BACKUP = timedelta(days=2)
_NOVEMBER = 11


def backup() -> Finding:
    """There is a fresh backup, and not beneath what it is to save."""
    if not settings.BACKUP_DIR:
        return Finding(
            "备份",
            "没有设置备份放在哪里",
            "请设置 GONGKAI_BACKUP_DIR，并每天执行 gongkai backup，见 docs/operator/backup.md。",
        )
    folder = Path(settings.BACKUP_DIR).expanduser()
    found = backups(folder) if folder.is_dir() else []
    if not found:
        return Finding("备份", f"{folder} 里没有备份", "请执行 gongkai backup，并设成每天自动执行。")
    at = timezone.make_aware(datetime.fromtimestamp(found[0].stat().st_mtime))  # noqa: DTZ006 - made aware here
    age = timezone.now() - at
    said = f"最近一次 {timezone.localtime(at):%Y-%m-%d %H:%M}，共 {len(found)} 份"
    if age > OLDEST_BACKUP:
        return Finding(
            "备份", f"{said}，已经超过两天", "请查看定时任务为什么没有执行，并马上执行 gongkai backup。"
        )
    if folder.resolve().is_relative_to(settings.DATA_DIR.resolve()) or folder.resolve().is_relative_to(
        files_folder()
    ):
        return Finding("备份", f"{said}，和数据放在同一个文件夹", "请把备份放到另一块磁盘或者另一台机器上。")
    return Finding("备份", said)


def worker() -> Finding:
    """The worker was heard of in the last minutes."""
    at, running = last_sign(timezone.now())
    if running:
        return Finding("发送程序", "在运行")
    since = f"{timezone.localtime(at):%Y-%m-%d %H:%M} 以后没有消息" if at else "从来没有运行过"
    return Finding("发送程序", since, "请启动 gongkai serve 或者 gongkai worker，否则提醒和邮件不会发出。")


def given_up() -> Finding:
    """Nothing waits for somebody to look at it."""
    if count := counts_by_state()["given_up"]:
        return Finding(
            "未能发送",
            f"有 {count} 条邮件、短信没有发出",
            "请系统管理员打开“系统管理 → 发送”查看原因，改好后重新发送。",
        )
    return Finding("未能发送", "没有")


def mail() -> Finding:
    """Mail goes out, and not in the clear."""
    if not settings.EMAIL_HOST:
        return Finding("邮件", "没有设置邮件服务器，提醒只在工作台上显示")
    if not (settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL) and settings.EMAIL_HOST not in (
        "localhost",
        "127.0.0.1",
    ):
        return Finding(
            "邮件", f"{settings.EMAIL_HOST}，不加密", "请把 GONGKAI_MAIL_TLS 设为 starttls 或者 tls。"
        )
    return Finding("邮件", settings.EMAIL_HOST)


def holidays() -> Finding:
    """The State Council's notice for this year, and from November for the next."""
    today, known = timezone.localdate(), WorkCalendar.official()
    years = [today.year, *([today.year + 1] if today.month >= _NOVEMBER else [])]
    if missing := [str(year) for year in years if not known.covers(year)]:
        return Finding(
            "放假通知",
            f"没有 {'、'.join(missing)} 年的放假安排，这一年的期限只是暂定",
            "请在通知发布后升级平台；通知一般在十一月发布。",
        )
    return Finding("放假通知", "、".join(map(str, years)) + " 年的都有")


CHECKS: tuple[Check, ...] = (backup, worker, given_up, mail, holidays)
