"""`gongkai worker` and `gongkai tick`: what the site does without being asked."""

from __future__ import annotations

import os
import sys

import click

from .chinese import ChineseCommand


def _set_up() -> None:
    """Django with its settings; ends the process with a plain sentence where that cannot be."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
    try:
        import django
        from django.core.exceptions import ImproperlyConfigured
    except ModuleNotFoundError:
        raise click.ClickException("网站部分没有安装，请先执行：pip install 'gongkai[platform]'") from None
    try:
        django.setup()
    except ImproperlyConfigured as error:
        sys.exit(f"设置有误，没有启动：{error}")


@click.command(cls=ChineseCommand)
@click.option("--parent", type=int, default=0, hidden=True)
def worker(parent: int) -> None:
    """发送邮件和短信，定时提醒；按 Ctrl+C 停止。"""
    _set_up()
    from gongkai.tasks.worker import run_until_told

    if not parent:
        click.echo("发送程序已启动（按 Ctrl+C 停止）")
    run_until_told(parent)


@click.command(cls=ChineseCommand)
def tick() -> None:
    """把到时间的提醒和清理做一遍，然后结束；可以由系统的定时任务每分钟运行一次。"""
    _set_up()
    from django.utils import timezone

    from gongkai.tasks.jobs import tick as run

    ran = run(timezone.now())
    for one in ran:
        click.echo(f"{one.job.label}：{one.result}")
    if any(one.failed for one in ran):
        raise SystemExit(1)
