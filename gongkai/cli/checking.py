"""Checking many files on all cores: in order, in flat memory, and a file that kills its process costs only itself."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import click

from gongkai.statute.report.blocks import Unreadable
from gongkai.statute.report.findings import Finding, Level
from gongkai.statute.report.model import AnnualReport

SUFFIXES = frozenset(
    [
        ".html",
        ".htm",
        ".txt",
        ".md",
        ".docx",
        ".xlsx",
        ".pdf",
        ".json",
        ".xls",
        ".doc",
        ".wps",
        ".ofd",
        ".rtf",
        ".mht",
    ]
)
"""What is taken from a folder; a single file named is always tried."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One file: its findings, or the sentence why it could not be read."""

    file: str
    agency: str
    year: int | None
    findings: tuple[Finding, ...]
    unreadable: str = ""

    @property
    def status(self) -> int:
        """0 no error-level finding, 1 errors found, 2 could not be read."""
        if self.unreadable:
            return 2
        return 1 if any(f.level is Level.ERROR for f in self.findings) else 0


def check_one(path: str, previous: AnnualReport | None = None) -> Checked:
    """Read and check one file; never raises for what stands in the file."""
    from gongkai.statute.report.checks import check
    from gongkai.statute.report.readers import read

    try:
        report = read(Path(path))
    except Unreadable as error:
        return Checked(path, "", None, (), str(error))
    except OSError as error:
        missing = isinstance(error, FileNotFoundError)
        return Checked(
            path, "", None, (), "没有这个文件，请核对文件名。" if missing else "打不开，请检查文件权限。"
        )
    return Checked(path, report.agency, report.year, tuple(check(report, previous)))


def files_in(paths: Iterable[Path]) -> Iterator[str]:
    """The files named, and the report files of the folders named, in name order."""
    for path in paths:
        if not path.is_dir():
            yield str(path)
            continue
        for folder, folders, names in os.walk(path):
            folders.sort()
            yield from (str(p) for p in (Path(folder, n) for n in sorted(names)) if _may_be_report(p))


def _may_be_report(path: Path) -> bool:
    suffix = path.suffix.lower()
    if suffix != ".json":
        return suffix in SUFFIXES
    # Folders hold JSON of every kind; only what looks like a report of ours is taken.
    try:
        with path.open("rb") as file:
            head = file.read(2000)
    except OSError:
        return False
    return b'"agency"' in head and b'"edition"' in head


def check_in_parallel(paths: Iterable[str], previous: AnnualReport | None, jobs: int) -> Iterator[Checked]:
    """Check on `jobs` processes, results in the order given, never more than a few files a process ahead."""
    todo, ahead = iter(paths), deque[tuple[str, Future[Checked]]]()
    pool = _pool(jobs)
    try:
        while True:
            while len(ahead) < jobs * 8 and (path := next(todo, None)) is not None:
                ahead.append((path, pool.submit(check_one, path, previous)))
            if not ahead:
                return
            path, future = ahead.popleft()
            try:
                yield future.result()
            except BrokenProcessPool:
                # One file took its process down, and with it every file in flight: each is tried alone.
                pool.shutdown(wait=False, cancel_futures=True)
                for name in [path, *(p for p, _ in ahead)]:
                    yield _alone(name, previous)
                ahead.clear()
                pool = _pool(jobs)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _pool(jobs: int) -> ProcessPoolExecutor:
    # spawn: forking a process that has drawn a progress bar can hang; recycling keeps the memory flat.
    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), max_tasks_per_child=2000)


def _alone(path: str, previous: AnnualReport | None) -> Checked:
    with _pool(1) as pool:
        try:
            return pool.submit(check_one, path, previous).result()
        except BrokenProcessPool:
            return Checked(
                path, "", None, (), "读取这个文件时程序异常中止，请换一种格式（.docx、.html）再试。"
            )


def check_many(
    paths: Iterable[Path], previous: AnnualReport | None, *, as_json: bool, jobs: int | None
) -> int:
    """Check files and folders, print what was found, and give the exit status 0, 1 or 2."""
    from .show import console

    paths = list(paths)
    names = list(files_in(paths))
    if not names:
        click.echo("文件夹里没有年度报告文件（.docx .pdf .html .txt .xlsx 等）。", err=True)
        return 2
    jobs = min(jobs or os.cpu_count() or 1, len(names))
    results = (
        (check_one(name, previous) for name in names)
        if len(names) < 4
        else check_in_parallel(names, previous, jobs)
    )
    progress = console(stderr=True) if len(names) > 3 and sys.stderr.isatty() else None
    shown = _with_progress(results, len(names), progress)
    return _print_json(shown) if as_json else _print_words(shown, many=len(names) > 1)


def _with_progress(results: Iterable[Checked], total: int, out: Any) -> Iterator[Checked]:
    if out is None:
        yield from results
        return
    from rich.progress import track

    yield from track(results, description="正在检查", total=total, console=out)


def _print_json(results: Iterable[Checked]) -> int:
    status, first = 0, True
    write = sys.stdout.write
    write("[")
    for checked in results:
        status = max(status, checked.status)
        rows = [f.as_dict() for f in checked.findings]
        if checked.unreadable:
            rows = [Finding(Level.ERROR, "READ", checked.unreadable).as_dict()]
        for row in rows:
            write("\n" if first else ",\n")
            write(json.dumps({**row, "file": checked.file}, ensure_ascii=False))
            first = False
    write("\n]\n")
    return status


def _print_words(results: Iterable[Checked], many: bool) -> int:
    from .show import console, show_findings

    out, status, count = console(), 0, Counter[str]()
    for checked in results:
        status = max(status, checked.status)
        count["files"] += 1
        count[("sound", "wrong", "unreadable")[checked.status]] += 1
        count["warnings"] += sum(f.level is Level.WARNING for f in checked.findings)
        if checked.unreadable:
            click.echo(f"{checked.file}：{checked.unreadable}", err=True)
            continue
        errors = sum(f.level is Level.ERROR for f in checked.findings)
        if many and not errors and not any(f.level is Level.WARNING for f in checked.findings):
            continue
        who = f"{checked.agency or '未识别单位'}{checked.year or ''}年"
        out.print(f"{checked.file}（{who}）", style="bold", markup=False)
        show_findings(checked.findings, out)
    if many:
        out.print(
            f"共{count['files']}份：无错误{count['sound']}份，有错误{count['wrong']}份，"
            f"读不了{count['unreadable']}份；另有提醒{count['warnings']}条。"
        )
    elif status == 0:
        out.print("没有发现错误。")
    return status
