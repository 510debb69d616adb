"""`gongkai setup`: the three administrators of a new installation."""

from __future__ import annotations

import os

import click

from .chinese import ChineseCommand

_ROLES = (
    ("system", "system_admin", "系统管理员", "sysadmin"),
    ("security", "security_admin", "安全管理员", "secadmin"),
    ("audit", "audit_admin", "审计管理员", "auditor"),
)


def _option(name: str, label: str) -> click.Option:
    return click.Option(
        [f"--{name}"], metavar="用户名:姓名", help=f"{label}，例如 zhang.san:张三；不写就问。"
    )


def _set_up(**given: str | None) -> None:
    """建立三个管理员账号（系统、安全、审计，三个人），初始密码只显示这一次。"""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
    try:
        import django
    except ModuleNotFoundError:
        raise click.ClickException("网站部分没有安装，请先执行：pip install 'gongkai[platform]'") from None
    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    from gongkai.agencies.actions.setup import NotPossible, set_up_administrators
    from gongkai.agencies.actor import Actor
    from gongkai.agencies.models import Kind

    call_command("migrate", verbosity=0)
    rows = [(Kind(kind), *_asked(given[name], label, usual)) for name, kind, label, usual in _ROLES]
    try:
        made = set_up_administrators(rows, by=Actor.system(timezone.localdate(), "gongkai setup"))
    except NotPossible as error:
        raise click.ClickException(str(error)) from None
    click.echo("管理员账号（密码只显示这一次，请分别交给本人，第一次登录时要改）：")
    for (_, _, label, _), (person, password) in zip(_ROLES, made, strict=True):
        click.echo(f"  {person.username}  {password}  {person.name}（{label}）")


def _asked(given: str | None, label: str, usual: str) -> tuple[str, str]:
    if given is None:
        return (
            click.prompt(f"{label}的用户名", default=usual),
            click.prompt(f"{label}的姓名"),
        )
    username, _, name = given.replace("：", ":").partition(":")
    if not username.strip() or not name.strip():
        raise click.UsageError(f"{label}请写成 用户名:姓名，例如 zhang.san:张三")
    return username.strip(), name.strip()


setup = ChineseCommand(
    "setup",
    callback=_set_up,
    params=[_option(name, label) for name, _, label, _ in _ROLES],
    help=_set_up.__doc__,
)
