"""`gongkai serve`: the site."""

from __future__ import annotations

import click

from .chinese import ChineseCommand


@click.command(cls=ChineseCommand)
@click.option(
    "--port", type=click.IntRange(1, 65535), metavar="端口", help="端口；不写时用环境变量 PORT，再不然 8000。"
)
def serve(port: int | None) -> None:
    """启动网站。"""
    try:
        from gongkai.config.serve import main
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] not in {"django", "granian", "gongkai"}:
            raise
        raise click.ClickException("网站部分没有安装，请先执行：pip install 'gongkai[platform]'") from None
    main(port)
