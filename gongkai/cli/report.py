"""`gongkai report`: read, check, convert, diff, merge."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from gongkai.statute.report.blocks import Unreadable
from gongkai.statute.report.model import AnnualReport

from .chinese import ChineseGroup

_FILE = click.Path(path_type=Path)


@click.group(cls=ChineseGroup)
def report() -> None:
    """年度报告：读取、检查、转换、比较、汇总。"""


def load(path: Path) -> AnnualReport:
    """The report in this file; ends the program with status 2 and one sentence when it cannot be read."""
    from gongkai.statute.report.readers import read

    try:
        return read(path)
    except Unreadable as error:
        click.echo(f"{path}：{error}", err=True)
    except OSError as error:
        reason = (
            "没有这个文件，请核对文件名" if isinstance(error, FileNotFoundError) else "打不开，请检查文件权限"
        )
        click.echo(f"{path}：{reason}。", err=True)
    sys.exit(2)


def _print_json(data: Any) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


@report.command()
@click.argument("file", type=_FILE, metavar="文件")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出（空白为 null）。")
def read(file: Path, as_json: bool) -> None:
    """读出一份年度报告的全部数字和文字。"""
    from gongkai.cli.show import console, show_report
    from gongkai.statute.report.writers.json import to_dict

    found = load(file)
    if as_json:
        _print_json(to_dict(found))
    else:
        show_report(found, console())


@report.command()
@click.argument("files", type=_FILE, nargs=-1, required=True, metavar="文件…")
@click.option("--previous", type=_FILE, metavar="文件", help="上一年度的报告，用于核对结转等跨年关系。")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出。")
@click.option("--jobs", type=click.IntRange(1, 256), metavar="个数", help="同时检查的进程数，默认用全部核。")
def check(files: tuple[Path, ...], previous: Path | None, as_json: bool, jobs: int | None) -> None:
    """检查年度报告（文件或文件夹）：勾稽关系、格式、文字与数字、跨年关系。"""
    from .checking import check_many

    sys.exit(check_many(files, load(previous) if previous else None, as_json=as_json, jobs=jobs))


@report.command()
@click.argument("file", type=_FILE, metavar="文件")
@click.option(
    "-o",
    "--out",
    type=_FILE,
    required=True,
    metavar="文件",
    help="写成的文件，按扩展名定格式：docx pdf html xlsx json。",
)
def convert(file: Path, out: Path) -> None:
    """把年度报告写成另一种格式。"""
    _write(load(file), out)


@report.command("diff")
@click.argument("a", type=_FILE, metavar="甲")
@click.argument("b", type=_FILE, metavar="乙")
def diff_(a: Path, b: Path) -> None:
    """并排比较两份年度报告。"""
    from gongkai.cli.show import console, show_difference
    from gongkai.statute.report.diff import diff

    show_difference(diff(load(a), load(b)), (a.name, b.name), console())


@report.command("merge")
@click.argument("files", type=_FILE, nargs=-1, required=True, metavar="文件…")
@click.option("-o", "--out", type=_FILE, required=True, metavar="文件", help="汇总报告的文件名。")
@click.option("--agency", default="汇总", metavar="名称", help="汇总报告的单位名称。")
def merge_(files: tuple[Path, ...], out: Path, agency: str) -> None:
    """把多份年度报告按格相加，汇总成一份。"""
    from gongkai.statute.report.merge import CannotMerge, merge

    try:
        merged = merge([load(file) for file in files], agency)
    except CannotMerge as error:
        for problem in error.problems:
            click.echo(f"不能汇总：{problem}。", err=True)
        sys.exit(1)
    for note in merged.report.notes:
        click.echo(f"注：{note}")
    _write(merged.report, out)


def _write(found: AnnualReport, out: Path) -> None:
    from gongkai.statute.report.writers import write

    try:
        write(found, out)
    except OSError as error:
        reason = "没有这个文件夹" if isinstance(error, FileNotFoundError) else "不能在那里写文件"
        click.echo(f"写不进“{out}”：{reason}，请换一个位置。", err=True)
        sys.exit(2)
    except ValueError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    click.echo(f"已写成 {out}")
