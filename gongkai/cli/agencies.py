"""`gongkai agencies`: the list of agencies, sections, people and seats, in and out."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from .chinese import ChineseGroup
from .platform import start


@click.group(cls=ChineseGroup)
def agencies() -> None:
    """机关、股室、人员与岗位：用表格导入、导出。"""


@agencies.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="文件")
@click.option("--confirm", is_flag=True, help="岗位立即授予，不等安全管理员确认（只在初次安装时用）。")
@click.option(
    "--passwords",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="文件",
    help="新增人员的初始密码写到这个 .xlsx；不写就显示在屏幕上，只显示一次。",
)
@click.option("--check", is_flag=True, help="只检查，不写入。")
def import_(file: Path, confirm: bool, passwords: Path | None, check: bool) -> None:
    """导入机关、股室、人员与岗位。有一处不对就什么都不写入，并逐行列出。"""
    start()
    from django.utils import timezone

    from gongkai.agencies.actions.importing import import_workbook, preview
    from gongkai.agencies.actor import Actor
    from gongkai.agencies.fitness import NotPossible
    from gongkai.agencies.sheets.problems import Unfit

    if passwords is not None and passwords.exists():
        raise click.UsageError(f"{passwords.name} 已经存在，请换一个文件名")
    by = Actor.system(timezone.localdate(), "gongkai agencies import")
    data = file.read_bytes()
    try:
        if check:
            _tell("检查通过，没有写入。导入后：", preview(data, by=by))
            return
        done = import_workbook(data, by=by, give_seats=confirm)
    except Unfit as unfit:
        click.echo(f"有{len(unfit.problems)}处要改，什么都没有写入：", err=True)
        for problem in unfit.problems:
            click.echo(str(problem), err=True)
        sys.exit(1)
    except NotPossible as refused:
        click.echo(f"什么都没有写入。{refused}", err=True)
        sys.exit(1)
    _tell("已导入：", done.counts)
    if confirm:
        click.echo(f"已授予{done.seats_given}个岗位。")
    _hand_out(done.passwords, passwords)


def _tell(before: str, counts: dict[str, int]) -> None:
    said = "，".join(f"{word}{count}个" for word, count in counts.items())
    click.echo(f"{before}{said or '和现有的内容一样，没有改动'}。")


def _hand_out(rows: list[tuple[str, str, str]], place: Path | None) -> None:
    from gongkai.agencies.sheets.writing import passwords_workbook

    if not rows:
        return
    if place is not None:
        descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            out.write(passwords_workbook(rows))
        click.echo(f"{len(rows)}个初始密码写在 {place}，只有您能读。分发以后请删除。")
        return
    click.echo("初始密码（只显示这一次，首次登录必须修改）：")
    for username, name, password in rows:
        click.echo(f"{username}\t{name}\t{password}")


@agencies.command("export")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), metavar="文件")
def export(file: Path) -> None:
    """把现有的机关、股室、人员与岗位写到一个 .xlsx（不含管理员）。"""
    start()
    from django.db import transaction
    from django.utils import timezone

    from gongkai.agencies.actor import Actor
    from gongkai.agencies.sheets.writing import whole_list
    from gongkai.audit.trail import record

    by = Actor.system(timezone.localdate(), "gongkai agencies export")
    if file.exists():
        raise click.UsageError(f"{file.name} 已经存在，请换一个文件名")
    file.write_bytes(whole_list())
    with transaction.atomic():
        record(by.who(), "person.view", "导出机关和人员名单", file.name)
    click.echo(f"已写到 {file}。里面有手机号等个人信息，请妥善保管。")
