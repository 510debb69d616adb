"""`gongkai files`: the keys and the health of the file store."""

from __future__ import annotations

import sys

import click

from .chinese import ChineseCommand, ChineseGroup
from .platform import start


@click.group(cls=ChineseGroup)
def files() -> None:
    """上传的文件：更换密钥，检查是否完好。"""


@files.command(cls=ChineseCommand)
@click.option("--new-key", is_flag=True, help="先生成一把新密钥（密钥存在数据文件夹里时才能用）。")
def rotate(new_key: bool) -> None:
    """把文件改用现在的密钥和加密方式；中断后再执行一次就接着做，网站不用停。"""
    start()
    from django.conf import settings
    from django.utils import timezone

    from gongkai.agencies.actor import Actor
    from gongkai.files.actions.keeping import rotate as run
    from gongkai.files.keys import add_key, kept_keys

    if new_key:
        if settings.FILE_KEYS_FILE is None:
            raise click.ClickException(
                "密钥由 GONGKAI_FILE_KEYS 给出，请把新密钥写在它的最前面，再执行本命令。"
            )
        click.echo(f"生成了新密钥 {add_key(settings.FILE_KEYS_FILE)}，请备份 {settings.FILE_KEYS_FILE}。")
        settings.FILE_KEYS = kept_keys(settings.FILE_KEYS_FILE)
    told = run(by=Actor.system(timezone.localdate(), "gongkai files rotate"))
    click.echo(f"改用密钥 {next(iter(settings.FILE_KEYS))}（{settings.FILE_CIPHER}）：{told.done} 个文件。")
    for number, why in told.failed:
        click.echo(f"没有改成：{number}，{why}", err=True)
    if told.failed:
        click.echo("没有改成的文件保持原样，旧密钥要留着。请从备份里恢复这些文件，再执行一次。", err=True)
        sys.exit(1)


@files.command(cls=ChineseCommand)
def check() -> None:
    """逐个打开文件，核对内容，列出损坏的、丢失的和无主的。"""
    start()
    from gongkai.files.actions.keeping import check as run

    told = run()
    click.echo(f"完好：{told.good} 个文件。")
    for key_id, count in sorted(told.by_key.items()):
        click.echo(f"使用密钥 {key_id}：{count} 个。")
    for number, name, why in told.damaged:
        click.echo(f"损坏：{number}（{name}），{why}", err=True)
    for number, name in told.missing:
        click.echo(f"丢失：{number}（{name}），存储里没有", err=True)
    for path in told.strays:
        click.echo(f"无主：{path}，没有登记；满一天后自动清理")
    for number in told.removed:
        click.echo(f"已删除但还在磁盘上：{number}；满一天后自动清理")
    if not told.fine:
        click.echo("请从备份里恢复损坏和丢失的文件。", err=True)
        sys.exit(1)
