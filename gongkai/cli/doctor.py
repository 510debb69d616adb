"""`gongkai doctor`: what is wrong with this installation, in words."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

import click

from .chinese import ChineseCommand
from .platform import start


@click.command(cls=ChineseCommand)
@click.option("--json", "as_json", is_flag=True, help="给程序读的结果。")
def doctor(as_json: bool) -> None:
    """检查这里的安装：有什么不对，怎么办。不改动任何东西；有要办的，结束状态为 1。"""
    start()
    from gongkai.operations.doctor.examining import examine

    found = list(examine())
    todo = [one for one in found if not one.well]
    if as_json:
        rows = [{**asdict(one), "well": one.well} for one in found]
        click.echo(json.dumps({"well": not todo, "findings": rows}, ensure_ascii=False, indent=1))
    else:
        for one in found:
            click.echo(f"{'正常' if one.well else '要办'}　{one.subject}：{one.state}")
            if one.todo:
                click.echo(f"　　　→ {one.todo}")
        click.echo(f"共检查 {len(found)} 项，" + (f"{len(todo)} 项要办。" if todo else "都正常。"))
    sys.exit(1 if todo else 0)
