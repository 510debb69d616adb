"""`gongkai search`: the index of the desk's search."""

from __future__ import annotations

import click

from .chinese import ChineseCommand, ChineseGroup
from .platform import start

_LABELS = {"item": "公开信息", "request": "申请", "report": "年报", "seat": "人员"}


@click.group(cls=ChineseGroup)
def search() -> None:
    """工作台的检索。"""


@search.command(cls=ChineseCommand)
def rebuild() -> None:
    """按数据库里的内容补齐和改正检索，网站不用停。"""
    start()
    from django.utils import timezone

    from gongkai.agencies.actor import Actor
    from gongkai.agencies.rights import acting, require
    from gongkai.search.indexing import rebuild as run

    by = Actor.system(timezone.localdate(), "gongkai search rebuild")
    require(by, "search.rebuild")
    counts = run()
    with acting(by, "search.rebuild", **counts):
        pass
    for kind, count in counts.items():
        click.echo(f"{_LABELS.get(kind, kind)}：{count} 条")
