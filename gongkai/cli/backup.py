"""`gongkai backup`: database and files into one file, tried out by restoring it."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from .chinese import ChineseCommand
from .platform import start


@click.command(cls=ChineseCommand)
@click.argument(
    "folder", type=click.Path(path_type=Path, file_okay=False), required=False, metavar="[文件夹]"
)
@click.option("--keep", type=click.IntRange(1, 10000), metavar="份数", help="只留最近这么多份，更旧的删除。")
@click.option("--no-verify", is_flag=True, help="不试着恢复（快一些，但是不能确定备份可用）。")
@click.option("--with-keys", is_flag=True, help="把密钥也放进备份。放进去的备份必须像密钥一样保管。")
def backup(folder: Path | None, keep: int | None, no_verify: bool, with_keys: bool) -> None:
    """备份数据库和文件。网站不用停。不写文件夹时用 GONGKAI_BACKUP_DIR。"""
    start()
    from django.conf import settings
    from django.utils import timezone

    from gongkai.agencies.actor import Actor
    from gongkai.operations.actions.backup import BackupFailed, back_up
    from gongkai.operations.folders import key_files
    from gongkai.operations.rows import UnknownMigrations

    if folder is None and not settings.BACKUP_DIR:
        raise click.UsageError("请写明备份放在哪个文件夹，或者设置 GONGKAI_BACKUP_DIR")
    place = folder or Path(settings.BACKUP_DIR).expanduser()
    by = Actor.system(timezone.localdate(), "gongkai backup")
    try:
        back_up(place, by=by, keep=keep or 0, verify=not no_verify, keys=with_keys, say=click.echo)
    except BackupFailed as error:
        click.echo(f"没有备份成功。{error}", err=True)
        sys.exit(1)
    except UnknownMigrations as error:
        click.echo(f"没有备份：数据库由更新的版本建立（{error}）。请用那个版本备份。", err=True)
        sys.exit(1)
    if with_keys:
        click.echo("注意：备份里有密钥，拿到它的人能读出全部文件。请加密保管，不要和网站放在一起。")
    else:
        places = "、".join(str(path) for path in key_files()) or "环境变量 GONGKAI_SECRET_KEY 等"
        click.echo(f"注意：备份里没有密钥。没有密钥，上传的文件和第二因素无法读出。请另外保管：{places}")
