"""What is wrong in a workbook: where, and what to do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to put right: the sheet, the row and the column as the clerk sees them, and what to do. The row is
    0 for what concerns a whole sheet, the sheet is empty for what concerns the whole file."""

    sheet: str
    row: int
    column: str
    said: str

    def __str__(self) -> str:
        where = f"“{self.sheet}”" if self.sheet else ""
        where += f"第{self.row}行" if self.row else ""
        where += f"“{self.column}”列" if self.column else ""
        return f"{where}：{self.said}" if where else self.said


class Unfit(ValueError):
    """The workbook cannot be imported; `problems` says why, row by row. Nothing has been written."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems
