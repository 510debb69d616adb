"""`gongkai due`: the day an answer is due, and why."""

from __future__ import annotations

import json
import sys
from datetime import date

import click

from .chinese import ChineseCommand


def parse_day(text: str) -> date:
    """A day as 2025-03-03; raises click.BadParameter with a Chinese sentence otherwise."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"“{text}”不是日期，请写成 2025-03-03 的样子") from None


@click.command(cls=ChineseCommand)
@click.option("--received", metavar="日期", help="收到申请之日，如 2025-03-03。")
@click.option(
    "--event",
    "events",
    multiple=True,
    metavar="事件",
    help="clarified:日期（收到补正）、consulted:起..止（征求意见）、extended:日期[:工作日数]（延期）、"
    "paid:日期（缴费）；可写多次。",
)
@click.option("--batch", metavar="文件", help="一行一个申请的 JSONL 文件，逐行算出期限；- 为标准输入。")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出。")
def due(received: str | None, events: tuple[str, ...], batch: str | None, as_json: bool) -> None:
    """算出答复期限的最后一天，并逐步说明理由。"""
    if batch is not None:
        _batch(batch)
        return
    if received is None:
        raise click.UsageError("请用 --received 写明收到申请之日，或用 --batch 给出文件")
    from gongkai.statute.clock import deadline, parse_event_text
    from gongkai.statute.workdays import WorkCalendar

    try:
        found = deadline(parse_day(received), [parse_event_text(e) for e in events], WorkCalendar.official())
    except ValueError as error:
        raise click.UsageError(str(error).rstrip("。")) from None
    if as_json:
        answer = {"due": found.due.isoformat(), "provisional": found.provisional, "steps": list(found.steps)}
        click.echo(json.dumps(answer, ensure_ascii=False))
        return
    for number, step in enumerate(found.steps, start=1):
        click.echo(f"{number}. {step}")
    click.echo(f"答复期限：{found.due.isoformat()}{'（暂定）' if found.provisional else ''}")


def _batch(name: str) -> None:
    from gongkai.statute.batch import run
    from gongkai.statute.workdays import WorkCalendar

    try:
        source = sys.stdin if name == "-" else open(name, encoding="utf-8-sig", errors="replace")  # noqa: SIM115 closed below
    except OSError:
        raise click.UsageError(f"打不开文件“{name}”，请核对文件名") from None
    with source:
        for answer in run(source, WorkCalendar.official()):
            sys.stdout.write(answer)
            sys.stdout.write("\n")
