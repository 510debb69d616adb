"""`gongkai export-site`: the public site as files."""

from __future__ import annotations

from pathlib import Path

import click

from .chinese import ChineseCommand
from .platform import start


@click.command("export-site", cls=ChineseCommand)
@click.argument("folder", metavar="文件夹", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--base", metavar="网址", default="", help="文件将来的网址，例如 https://www.example.gov.cn/zwgk。"
)
@click.option("--agency", metavar="代号", default="", help="只导出这一个机关。")
@click.option("--fragments", is_flag=True, help="只要正文部分，不带页头页脚，用来放进政府网站自己的页面里。")
def export_site(folder: Path, base: str, agency: str, fragments: bool) -> None:
    """把公开网站写成静态文件；再执行一次只更新变了的，撤回的会去掉。"""
    start()
    from django.conf import settings
    from django.core.management import call_command

    from gongkai.agencies.queries import open_agencies
    from gongkai.portal.export.walking import Walk
    from gongkai.portal.export.writing import Folder, NotOurs
    from gongkai.portal.frame import Exporting

    if base and not base.startswith(("https://", "http://")):
        raise click.ClickException(
            "--base 应以 https:// 或者 http:// 开头，例如 https://www.example.gov.cn/zwgk。"
        )
    if agency and not open_agencies().filter(slug=agency).exists():
        raise click.ClickException(f"没有代号是“{agency}”、已经开设公开栏目的机关。")
    call_command("collectstatic", interactive=False, verbosity=0)
    target = Folder(folder)
    try:
        target.begin()
    except (NotOurs, OSError) as error:
        raise click.ClickException(str(error)) from None
    how = Exporting(base=base.rstrip("/"), live=settings.SITE_ADDRESS, fragments=fragments, agency=agency)
    Walk(target, how, lambda said: click.echo(said, err=True)).run(agency)
    click.echo(f"写入 {target.written} 个文件，没有变化 {target.same} 个，去掉 {target.removed} 个：{folder}")
