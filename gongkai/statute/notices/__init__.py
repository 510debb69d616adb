"""Yearly holiday notices (放假通知) as data: one file a year beside this one, or one imported by the agency."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Literal

from ..days import in_words, shown

Kind = Literal["off", "work"]
_KINDS: dict[str, Kind] = {"off": "off", "work": "work", "放假": "off", "上班": "work"}
_COLUMNS = {"date": "日期", "kind": "类别", "name": "名称", "notice_no": "通知文号"}
_YEARS = range(2000, 2200)
_STATUTORY_DAYS = 13
_STATUTORY_SINCE = 2025
_DAY = re.compile(r"([0-9]{4})(?:-|/|\.|年)([0-9]{1,2})(?:-|/|\.|月)([0-9]{1,2})日?")


class NoticeError(ValueError):
    """A notice cannot be used; `problems` says in Chinese, row by row, what is wrong and what to do."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("；".join(self.problems))


@dataclass(frozen=True, slots=True, order=True)
class SpecialDay:
    """A day that a notice names: off (a day off, weekend days inside a holiday included) or work (调休上班)."""

    date: date
    kind: Kind
    name: str
    notice_no: str


@dataclass(frozen=True, slots=True)
class Notice:
    """All the special days of one year; days of the December before may stand among them (元旦).

    A notice is the whole list for its year: importing one replaces all that was known about that year.
    """

    year: int
    days: tuple[SpecialDay, ...]

    @classmethod
    def from_csv(cls, data: str | bytes) -> Notice:
        """Read a table with the columns date, kind (off or work), name, notice_no (Chinese heads allowed too).

        Bytes may be UTF-8 or GB18030, as spreadsheets write them. Raises `NoticeError`.
        """
        reader = csv.DictReader(io.StringIO(_text(data), newline=""), strict=True)
        try:
            head = [(cell or "").strip() for cell in reader.fieldnames or ()]
            names = {heading: key for key, label in _COLUMNS.items() for heading in (key, label)}
            reader.fieldnames = [names.get(cell.lower(), cell) for cell in head]
            missing = [f"{key}（{label}）" for key, label in _COLUMNS.items() if key not in reader.fieldnames]
            if missing:
                raise NoticeError([f"第 1 行应当是表头，缺少这些列：{'、'.join(missing)}"])
            read = ((f"第 {reader.line_num} 行", {key: row.get(key) for key in _COLUMNS}) for row in reader)
            rows = [(place, row) for place, row in read if any((cell or "").strip() for cell in row.values())]
        except csv.Error as error:
            raise NoticeError([f"第 {reader.line_num} 行附近不是合格的 CSV 表格（{error}）"]) from error
        return cls._checked(rows)

    @classmethod
    def from_toml(cls, data: str | bytes) -> Notice:
        """Read `notice_no = "…"` and one `[[days]]` table a day with date, kind, name. Raises `NoticeError`."""
        try:
            content = tomllib.loads(_text(data))
        except tomllib.TOMLDecodeError as error:
            raise NoticeError([f"不是合格的 TOML 文件（{error}）"]) from error
        days = content.get("days")
        if not isinstance(days, list) or not all(isinstance(day, dict) for day in days):
            raise NoticeError(["文件里没有 [[days]] 表，每个放假日和上班日都要写一个"])
        number = content.get("notice_no")
        rows = [(f"第 {n} 个 [[days]]", {"notice_no": number, **day}) for n, day in enumerate(days, 1)]
        return cls._checked(rows)

    @classmethod
    def _checked(cls, rows: Iterable[tuple[str, Mapping[str, object]]]) -> Notice:
        problems: list[str] = []
        days: dict[date, SpecialDay] = {}
        for place, row in rows:
            day, found = _read(row)
            problems.extend(f"{place}：{problem}" for problem in found)
            if day is None:
                continue
            if day.date in days:
                problems.append(f"{place}：{in_words(day.date)}已经出现过，同一天只能写一次")
            days.setdefault(day.date, day)
        if not days and not problems:
            problems.append("通知里一天也没有，请至少写入一个放假日")
        year = max((day.year for day in days), default=0)
        problems.extend(_strays(days, year))
        if problems:
            raise NoticeError(problems)
        return cls(year, tuple(days[day] for day in sorted(days)))

    def doubts(self) -> tuple[str, ...]:
        """What looks wrong though it may be right, in Chinese; empty when the notice looks whole.

        From 2025 there are 13 statutory days a year, each on a weekday or made up by one
        (《全国年节及纪念日放假办法》): weekdays off less make-up days must come to 13.
        """
        off = sum(day.kind == "off" and day.date.weekday() < 5 for day in self.days)
        net = off - sum(day.kind == "work" for day in self.days)
        if self.year < _STATUTORY_SINCE or net == _STATUTORY_DAYS:
            return ()
        return (
            f"{self.year}年全体公民放假的节日共 {_STATUTORY_DAYS} 天，"
            f"这份通知放假的周一至周五减去调休上班日却是 {net} 天，请对照原文核对是否漏行或多行",
        )


def _text(data: str | bytes) -> str:
    if isinstance(data, str):
        return data.removeprefix("\ufeff")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NoticeError(["文件的文字编码认不出来，请另存为 UTF-8 后再导入"])


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    match = _DAY.fullmatch(str(value or "").strip())
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def _read(row: Mapping[str, object]) -> tuple[SpecialDay | None, list[str]]:
    """One row as a day, or what is wrong with it."""
    cells = {column: str(row.get(column) or "").strip() for column in _COLUMNS}
    day, kind = _day(row.get("date")), _KINDS.get(cells["kind"].lower())
    found = [f"缺少{_COLUMNS[column]}（{column}）" for column in ("name", "notice_no") if not cells[column]]
    if day is None:
        found.append(f"日期“{shown(cells['date'])}”不是一个日子，请写成 2026-02-14 这样")
    elif day.year not in _YEARS:
        found.append(f"{in_words(day)}的年份不在 {_YEARS[0]} 年至 {_YEARS[-1]} 年之间，请核对")
    elif kind == "work" and day.weekday() < 5:
        found.append(f"{in_words(day)}写的是上班（work），但它不是周末；调休上班只能在星期六或星期日")
    if kind is None:
        found.append(f"类别“{shown(cells['kind'])}”不认识，放假写 off，调休上班写 work")
    if found or day is None or kind is None:
        return None, found
    return SpecialDay(day, kind, cells["name"], cells["notice_no"]), []


def _strays(days: Iterable[date], year: int) -> Iterator[str]:
    for day in sorted(days):
        if day.year != year and (day.year, day.month) != (year - 1, 12):
            yield f"{in_words(day)}不属于{year}年；一份通知只管一年（元旦可以连到上一年12月）"


@cache
def shipped() -> tuple[Notice, ...]:
    """The notices that come with the software, by year."""
    found = [
        Notice.from_csv(file.read_bytes())
        for file in files("gongkai.statute.notices").iterdir()
        if file.name.endswith(".csv")
    ]
    return tuple(sorted(found, key=lambda notice: notice.year))
