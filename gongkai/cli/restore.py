"""`gongkai restore`: a backup into this installation."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from .chinese import ChineseCommand
from .platform import start


@click.command(cls=ChineseCommand)
@click.argument("source", type=click.Path(path_type=Path, dir_okay=False), metavar="备份文件")
@click.option(
    "--force",
    is_flag=True,
    help="这里已经有数据也恢复：原来的 SQLite 数据库和文件改名留着，PostgreSQL 的表会删除。",
)
@click.option("--trial", is_flag=True, hidden=True)
def restore(source: Path, force: bool, trial: bool) -> None:
    """把备份恢复到这里。请先停止网站。"""
    start()
    from django.db import DatabaseError
    from django.utils import timezone

    from gongkai.agencies.actor import Actor
    from gongkai.operations.actions.restore import NotRestored
    from gongkai.operations.actions.restore import restore as bring_back
    from gongkai.operations.archive import BadArchive

    by = Actor.system(timezone.localdate(), "gongkai restore")
    try:
        bring_back(source, by=by, force=force, trial=trial, say=click.echo)
    except (NotRestored, BadArchive) as error:
        click.echo(f"没有恢复成功。{error}", err=True)
        sys.exit(1)
    except (DatabaseError, OSError) as error:
        reason = " ".join(str(error).split())
        click.echo(
            f"没有恢复成功，数据可能只恢复了一部分：{reason}。请排除原因后加 --force 重新恢复。", err=True
        )
        sys.exit(1)
