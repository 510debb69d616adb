"""`gongkai search`: the indexes of the desk's search and of the public's."""

from __future__ import annotations

import click

from .chinese import ChineseCommand, ChineseGroup
from .platform import start

_LABELS = {"item": "公开信息", "request": "申请", "report": "年报", "seat": "人员"}


@click.group(cls=ChineseGroup)
def search() -> None:
    """工作台和公众网站的检索。"""


@search.command(cls=ChineseCommand)
@click.option(
    "--processes",
    type=click.IntRange(1, 64),
    default=1,
    metavar="个数",
    help="PostgreSQL 上同时用几个进程，默认 1 个。",
)
def rebuild(processes: int) -> None:
    """按数据库里的内容补齐和改正检索，网站不用停。"""
    start()
    from django.utils import timezone

    from gongkai.agencies.actor import Actor
    from gongkai.agencies.rights import acting, require
    from gongkai.search.indexing import rebuild as run
    from gongkai.search.shown import rebuild_shown

    by = Actor.system(timezone.localdate(), "gongkai search rebuild")
    require(by, "search.rebuild")
    counts = run()
    public = rebuild_shown(_tell, at_once=True, processes=processes)
    with acting(
        by, "search.rebuild", **counts, **{f"public_{kind}": count for kind, count in public.items()}
    ):
        pass
    for kind, count in counts.items():
        click.echo(f"{_LABELS.get(kind, kind)}：{count} 条")
    for kind, count in public.items():
        click.echo(f"公众检索，{_LABELS.get(kind, kind)}：{count} 条")


def _tell(kind: str, done: int) -> None:
    """How far it is, every thousand, where progress does not disturb the answer."""
    if done % 1000 == 0:
        click.echo(f"公众检索，{_LABELS.get(kind, kind)}：已核对 {done} 条", err=True)
