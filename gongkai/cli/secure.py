"""`gongkai secure`: the way back in for somebody who has lost password and second factor, on the server."""

from __future__ import annotations

import sys

import click

from .chinese import ChineseCommand
from .platform import start


@click.command(cls=ChineseCommand)
@click.argument("username", metavar="用户名")
@click.option("--yes", is_flag=True, help="不再询问，直接重置。")
def secure(username: str, yes: bool) -> None:
    """重置一个人的登录：新密码（只显示这一次）、解除第二因素和锁定。管理员忘了密码时用。"""
    start()
    from django.utils import timezone

    from gongkai.agencies.actor import Actor
    from gongkai.sign_in.actions.rescue import NotPossible, rescue

    if not yes:
        click.confirm(
            f"重置“{username}”的密码，解除第二因素，并结束他的全部登录？全体管理员会收到通知", abort=True
        )
    try:
        password = rescue(username, by=Actor.system(timezone.localdate(), "gongkai secure"))
    except NotPossible as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    click.echo(f"新密码（只显示这一次，请交给本人，第一次登录时要改）：\n  {username}  {password}")
    click.echo("第二因素已经解除，管理员登录后要重新启用。这次操作已记入审计记录。")
