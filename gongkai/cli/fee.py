"""`gongkai fee`: the processing fee in 元, with its arithmetic."""

from __future__ import annotations

import click

from .chinese import ChineseCommand


@click.command(cls=ChineseCommand)
@click.option("--pieces", type=int, metavar="件数", help="同一申请人当月累计申请件数（按件计收）。")
@click.option("--pages", type=int, metavar="页数", help="一件申请提供的页数（按量计收）。")
def fee(pieces: int | None, pages: int | None) -> None:
    """算出信息处理费（元），按件或按量，一件申请只用一种。"""
    if (pieces is None) == (pages is None):
        raise click.UsageError("请在 --pieces（按件）和 --pages（按量）中选一种，一件申请不能两种都收")
    from gongkai.statute.fees import by_pages, by_pieces

    try:
        found = by_pieces(pieces) if pieces is not None else by_pages(pages or 0)
    except ValueError as error:
        raise click.UsageError(str(error).rstrip("。")) from None
    for line in found.lines:
        click.echo(line)
