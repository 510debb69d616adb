"""`gongkai audit`: the trail verified, exported, its head printed, what is too old moved out."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .chinese import ChineseGroup
from .platform import start

if TYPE_CHECKING:
    from gongkai.agencies.actor import Actor
    from gongkai.audit.verifying import Verdict

_DAY = click.DateTime(["%Y-%m-%d"])


@click.group(cls=ChineseGroup)
def audit() -> None:
    """审计记录：验证、导出、显示摘要值、移出到期的记录。"""


def _by(what: str) -> Actor:
    from django.utils import timezone

    from gongkai.agencies.actor import Actor

    return Actor.system(timezone.localdate(), f"gongkai audit {what}")


@audit.command()
@click.option("--head", "noted", metavar="摘要值", default="", help="以前抄下的摘要值：核对它还在不在。")
@click.option("--from", "since", type=click.IntRange(1), metavar="序号", help="从这一条开始验证。")
@click.option(
    "--file",
    "path",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="文件",
    help="验证移出的记录文件，不看数据库。",
)
def verify(noted: str, since: int | None, path: Path | None) -> None:
    """逐条验证审计记录有没有被改动；有问题时指出第一处，结束状态为 1。"""
    start()
    from gongkai.audit import retiring, verifying

    try:
        found = retiring.verify_file(path) if path else verifying.verify(since, noted.strip().lower())
    except ValueError as error:
        click.echo(f"文件读不了：{error}", err=True)
        sys.exit(2)
    if path:
        from gongkai.audit.chain import sm3

        click.echo(f"文件的摘要值（与清理时的操作记录核对）：{sm3(path.read_bytes())}")
    _say(found)


def _say(found: Verdict) -> None:
    if found.broken:
        click.echo(f"审计记录有问题。{found.broken.words}")
        if found.count:
            click.echo(f"在它之前的 {found.count} 条没有问题（第 {found.first} 条到第 {found.last} 条）。")
        sys.exit(1)
    if not found.count:
        click.echo("没有要验证的记录。")
        return
    click.echo(f"完整：第 {found.first} 条到第 {found.last} 条，共 {found.count} 条，没有被改动。")
    click.echo(f"请抄下这个摘要值，另外保存，以后用 --head 核对：{found.digest}")


@audit.command("head")
def show_head() -> None:
    """显示最后一条记录的序号和摘要值，供抄录。"""
    start()
    from gongkai.audit.verifying import head

    number, digest = head()
    click.echo(f"第 {number} 条 {digest}" if number else "还没有审计记录。")


@audit.command()
@click.option("--from", "since", type=_DAY, metavar="日期", help="从哪一天起，如 2025-02-21。")
@click.option("--to", "until", type=_DAY, metavar="日期", help="到哪一天止。")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    metavar="文件",
    help="写到哪里：.csv 或 .xlsx。",
)
def export(since: datetime | None, until: datetime | None, output: Path) -> None:
    """导出审计记录。导出本身也会记入审计。"""
    if output.suffix not in (".csv", ".xlsx"):
        raise click.UsageError("文件名要以 .csv 或 .xlsx 结尾。")
    start()
    from gongkai.agencies.queries import agency_names
    from gongkai.agencies.rights import acting
    from gongkai.audit.exporting import csv_parts, xlsx_file
    from gongkai.audit.queries import Wanted, head, stream

    wanted = Wanted(since=since.date() if since else None, until=until.date() if until else None)
    last = head()[0]
    with acting(_by("export"), "audit.export", **{"文件": output.name, "到第几条": last}):
        pass
    names = agency_names()
    entries = stream(wanted, last)
    with output.open("wb") as file:
        if output.suffix == ".csv":
            file.writelines(csv_parts(entries, lambda pk: names.get(pk or 0, "")))
        else:
            with xlsx_file(entries, lambda pk: names.get(pk or 0, "")) as made:
                while part := made.read(1 << 20):
                    file.write(part)
    click.echo(f"已写入 {output}")


@audit.command()
def retire() -> None:
    """把超过保存天数（GONGKAI_AUDIT_KEEP_DAYS）的记录写入文件并移出数据库。"""
    start()
    from django.conf import settings
    from django.utils import timezone

    from gongkai.agencies.actions.trail import BrokenTrail
    from gongkai.agencies.actions.trail import retire as move_out

    if not settings.AUDIT_KEEP_DAYS:
        click.echo("设置为永久保存（GONGKAI_AUDIT_KEEP_DAYS=0），没有要移出的。")
        return
    folder = settings.DATA_DIR / "audit"
    try:
        point = move_out(timezone.now(), by=_by("retire"), keep_days=settings.AUDIT_KEEP_DAYS, folder=folder)
    except BrokenTrail as error:
        click.echo(f"没有移出：审计记录有问题。{error}", err=True)
        sys.exit(1)
    if point is None:
        click.echo("没有到期的记录。")
    else:
        click.echo(f"已移出到{point}，写入 {folder / point.file_name}，文件的摘要值：{point.file_digest}")
