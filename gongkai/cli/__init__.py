"""The command line: gongkai report read|check|convert|diff|merge · gongkai due · gongkai fee · gongkai serve."""

from __future__ import annotations

import sys

import click

from .chinese import ChineseGroup, speak_chinese


@click.group(cls=ChineseGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="gongkai", message="公开 %(version)s", help="显示版本。")
def cli() -> None:
    """政府信息公开：年度报告的读取、检查、转换、比较、汇总，答复期限与信息处理费的计算，网站。"""


def _add_commands() -> None:
    from . import (
        agencies,
        audit,
        backup,
        doctor,
        due,
        fee,
        files,
        report,
        restore,
        search,
        secure,
        serve,
        setup,
        site,
        worker,
    )

    cli.add_command(report.report)
    cli.add_command(agencies.agencies)
    cli.add_command(due.due)
    cli.add_command(fee.fee)
    cli.add_command(serve.serve)
    cli.add_command(setup.setup)
    cli.add_command(secure.secure)
    cli.add_command(files.files)
    cli.add_command(search.search)
    cli.add_command(audit.audit)
    cli.add_command(backup.backup)
    cli.add_command(restore.restore)
    cli.add_command(doctor.doctor)
    cli.add_command(site.export_site)
    cli.add_command(worker.worker)
    cli.add_command(worker.tick)


_add_commands()


def main() -> None:
    """Entry point of `gongkai`: messages in Chinese, exit status 0, 1 (errors found) or 2 (cannot be done)."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
    with speak_chinese():
        cli()
