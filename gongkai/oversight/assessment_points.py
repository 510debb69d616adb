"""How points come about: four simple forms, the same in words and in numbers. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

SHARE, DEDUCT, REACH, JUDGED = "share", "deduct", "reach", "judged"
CENT = Decimal("0.01")
FULL = 100
"""What the full points of a scheme sum to."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator of a scheme in force."""

    serial: int
    name: str
    points: int
    form: str
    measure: str = ""
    step: Decimal = Decimal(1)
    rule: str = ""
    unit: str = ""

    @property
    def says(self) -> str:
        """The formula in words."""
        if self.form == SHARE:
            return f"得分 = {self.points} 分 × 百分比"
        if self.form == DEDUCT:
            return f"{self.points} 分起，每{self.unit}扣 {plain(self.step)} 分，扣完为止"
        if self.form == REACH:
            goal = f"{plain(self.step)} {self.unit}"
            return f"达到 {goal}得 {self.points} 分，没有达到的按比例：{self.points} 分 × 实际 ÷ {plain(self.step)}"
        return f"由主管部门评分，0 到 {self.points} 分：{self.rule}"


def points_of(indicator: Indicator, value: Decimal) -> Decimal:
    """The points for a figure, to two places; never below none and never above the full ones."""
    full = Decimal(indicator.points)
    if indicator.form == SHARE:
        got = full * value / 100
    elif indicator.form == DEDUCT:
        got = full - indicator.step * value
    elif indicator.form == REACH:
        got = full if value >= indicator.step else full * value / indicator.step
    else:
        got = value
    return min(full, max(Decimal(0), got)).quantize(CENT, ROUND_HALF_UP)


def worked_out(indicator: Indicator, value: Decimal) -> str:
    """The sum written out, as somebody may check it by hand."""
    got = plain(points_of(indicator, value))
    if indicator.form == SHARE:
        return f"{indicator.points} × {plain(value)}% = {got} 分"
    if indicator.form == DEDUCT:
        return f"{indicator.points} − {plain(indicator.step)} × {plain(value)} = {got} 分" + (
            "（扣完为止）" if got == "0" and value else ""
        )
    if value >= indicator.step:
        return f"{plain(value)} {indicator.unit}，达到目标，{got} 分"
    return f"{indicator.points} × {plain(value)} ÷ {plain(indicator.step)} = {got} 分"


def plain(value: Decimal) -> str:
    """The number without zeros at its end."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def from_frozen(rows: list[dict[str, str]]) -> list[Indicator]:
    """The indicators of the copy in force."""
    return [
        Indicator(
            serial=n,
            name=row["name"],
            points=int(row["points"]),
            form=row["form"],
            measure=row["measure"],
            step=Decimal(row["step"] or "1"),
            rule=row["rule"],
            unit=row["unit"],
        )
        for n, row in enumerate(rows, start=1)
    ]


def as_frozen(indicator: Indicator) -> dict[str, str]:
    """The indicator as it is kept in force."""
    return {
        "name": indicator.name,
        "points": str(indicator.points),
        "form": indicator.form,
        "measure": indicator.measure,
        "step": str(indicator.step),
        "rule": indicator.rule,
        "unit": indicator.unit,
    }
