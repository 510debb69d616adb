"""What is behind a figure: what was counted or who entered it, in words, with the records themselves."""

from __future__ import annotations

from dataclasses import dataclass, field

from gongkai.inforequests.charges import fee_year
from gongkai.statute.report.editions import COLUMN_LABELS, edition, row_label
from gongkai.statute.report.model import Number

from .behind import Behind, behind
from .composition import PROCESSING_FEE, Composition
from .fact_sources import facts_from, source_of
from .models import EnteredFigure, ReportYear
from .prose import Fact
from .register_origins import said_of
from .sentences_requests import GROUPS


class NoSuchFigure(LookupError):
    """A key that names no figure of this report."""


@dataclass(slots=True)
class Origin:
    """What made a figure. `kind` is items, requests, remedies, registers, fees, entered, sum or missing; `said` tells in words what was
    looked at and what was found; `parts` are the figures a sum is made of; `behind` the list of the records it was
    counted from; `register` the one they stand in, `set_aside` a figure entered for it that does not count; `page`
    is where the records are that another room counted."""

    key: str
    kind: str
    label: str
    place: str
    value: Number | None
    said: str
    behind: Behind | None = None
    register: str = ""
    set_aside: EnteredFigure | None = None
    entered: EnteredFigure | None = None
    parts: list[Fact] = field(default_factory=list)
    page: str = ""

    @property
    def part(self) -> str:
        """Of a figure of documents: made, repealed or valid."""
        return self.key.split(".")[2] if self.register and self.key.count(".") == 2 else ""


KIND_WORDS = {
    "items": "按公开信息统计",
    "requests": "按登记的申请统计",
    "remedies": "按登记的复议和诉讼统计",
    "registers": "按台账统计",
    "fees": "按登记的收费通知统计",
    "source": "按平台上的记录统计",
    "entered": "人工填报",
    "sum": "由各项相加",
    "missing": "尚未填报",
}


def origins_in_words(made: Composition) -> list[tuple[str, str, int]]:
    """How the figures of the tables and of the prose came about, each figure once: (kind, words, how many)."""
    in_prose = [piece.fact for lines in made.prose.values() for line in lines for piece in line if piece.fact]
    kinds = [kind_of(made, key) for key in dict.fromkeys([*made.report.cells, *in_prose])]
    return [(kind, words, kinds.count(kind)) for kind, words in KIND_WORDS.items() if kind in kinds]


def kind_of(made: Composition, key: str) -> str:
    """How the figure came about; a key of `KIND_WORDS`."""
    if key in made.entered_rows:
        return "entered"
    if key == PROCESSING_FEE or key.startswith("fee."):
        return "fees"
    if source_of(key):
        return "source"
    if key.startswith("group."):
        return "sum"
    if key.startswith("items"):
        return "items"
    if key in made.missing:
        return "missing"
    if key.startswith("t2."):
        return "registers"
    if key.startswith("t4."):
        return "sum" if key.endswith(".total") else "remedies"
    return "requests"


def origin_of(made: Composition, work: ReportYear, key: str) -> Origin:
    """Everything behind one figure; raises `NoSuchFigure`."""
    fact = made.facts.get(key) or _from_source(work, key)
    if fact is None and key not in made.report.cells:
        raise NoSuchFigure(key)
    kind = kind_of(made, key)
    label = fact.label if fact else row_label(made.report.edition, key)
    origin = Origin(key, kind, label, _place(key), fact.value if fact else None, "")
    origin.behind = behind(made, work, key)
    if fact is not None and kind == "source":
        origin.said, origin.page = fact.said or f"由{fact.label}的记录统计。", fact.page
    return _FILL[kind](made, work, origin)


def _from_source(work: ReportYear, key: str) -> Fact | None:
    source = source_of(key)
    found = facts_from([source.slug], work.agency, work.year) if source else ()
    return next((fact for fact in found if fact.key == key), None)


def _counted(made: Composition, key: str) -> int:
    """How many records were counted for a cell, whatever stands in it."""
    return sum(getattr(record, "count", 1) for record in made.tally.behind(key))


def _parts(made: Composition, key: str) -> list[Fact]:
    """The figures that add up to a total of a table."""
    return [made.facts[part] for part in made.tally.parts(key) if part in made.facts]


def _place(key: str) -> str:
    tables = {"t2": "第二部分 表格", "t3": "第三部分 表格", "t4": "第四部分 表格"}
    if key == PROCESSING_FEE or key.startswith("fee."):
        return "第六部分"
    return tables.get(key.split(".")[0], "第一部分 总体情况")


def _items(made: Composition, work: ReportYear, origin: Origin) -> Origin:
    column = origin.key.partition(".")[2]
    where = f"“{origin.label}”栏目" if column else "各栏目"
    origin.said = (
        f"统计了{made.report.agency}在{where}发布、发布日期在{work.year}年1月1日至12月31日之间的公开信息，"
        f"共{origin.value}条。"
    )
    if not column:
        origin.parts = [made.facts[k] for k in made.facts if k.startswith("items.")]
    return origin


def _requests(made: Composition, work: ReportYear, origin: Origin) -> Origin:
    _, slug, column = origin.key.split(".")
    found = _counted(made, origin.key)
    origin.parts = _parts(made, origin.key)
    if not made.considered:
        origin.said = (
            f"{made.report.agency}没有登记过{work.year}年收到的申请，也没有登记过上年结转的申请，所以是0。"
        )
        return origin
    whose = "" if column == "total" else f"、申请人为{COLUMN_LABELS[column]}"
    origin.said = (
        f"查看了{made.report.agency}登记的、与{work.year}年有关的申请{made.considered}件，"
        f"其中{_row_words(made, slug, work.year)}{whose}的有{found}件。"
    )
    if not found:
        origin.said += "没有符合的记录，所以是0。"
    return origin


def _remedies(made: Composition, work: ReportYear, origin: Origin) -> Origin:
    origin.set_aside = made.set_aside.get(origin.key)
    origin.said = (
        f"查看了{work.agency.name}登记的、{work.year}年内审结或者年底没有审结的行政复议和行政诉讼{len(made.cases)}件，"
        f"其中属于这一格的有{_counted(made, origin.key)}件。"
    )
    return origin


def _registers(made: Composition, work: ReportYear, origin: Origin) -> Origin:
    origin.register = origin.key.split(".")[1]
    origin.said = said_of(made, work, origin.key)
    origin.set_aside = made.set_aside.get(origin.key)
    return origin


def _fees(made: Composition, work: ReportYear, origin: Origin) -> Origin:
    of_year = fee_year(work.agency, work.year)
    origin.said = (
        f"{work.year}年发出收费通知{of_year.notices}件、{of_year.asked}元；本年缴清{of_year.paid}件、"
        f"{of_year.paid_yuan}元；本年逾期未缴{of_year.lapsed}件、{of_year.lapsed_yuan}元。"
        "每一件在“申请”的“信息处理费”里。"
    )
    return origin


def _row_words(made: Composition, slug: str, year: int) -> str:
    words = {
        "new": f"{year}年1月1日至12月31日收到",
        "carried_in": f"{year - 1}年12月31日以前收到、到{year}年1月1日仍未办结",
        "carried_out": f"到{year}年12月31日仍未办结",
        "result_total": f"{year}年内办结",
    }
    if slug in words:
        return words[slug]
    row = next(r for r in edition(made.report.edition).table3_data if r.slug == slug)
    return f"{year}年内办结、办理结果为“{row.label.partition('.')[2] or row.label}”"


def _entered(made: Composition, work: ReportYear, origin: Origin) -> Origin:
    row = made.entered_rows[origin.key]
    origin.entered = row
    against = next((o for o in made.tally.overridden if o.cell == origin.key), None)
    if against is not None:
        register = origin.key.split(".")[1] if origin.key in made.registers.cells else ""
        origin.register = register
        what = "台账" if register else "登记的申请"
        origin.said = f"按{what}统计为{against.counted}，人工改填为{row.number}，理由、来源和填报人如下。"
    elif origin.key in made.registers.cells:
        origin.register = origin.key.split(".")[1]
        origin.said = "这个数由人工填报，与按台账统计的结果相同，来源和填报人如下。"
    elif origin.key.startswith("t3."):
        origin.said = "这个数由人工填报，与按登记的申请统计的结果相同，来源和填报人如下。"
    else:
        origin.said = "本平台没有登记这类事项的台账，这个数由人工填报，来源和填报人如下。"
    return origin


def _source(made: Composition, work: ReportYear, origin: Origin) -> Origin:
    return origin


def _sum(made: Composition, work: ReportYear, origin: Origin) -> Origin:
    prefix, _, group = origin.key.rpartition(".")
    if prefix == "group":
        origin.parts = [made.facts[f"t3.{row}.total"] for row in GROUPS[group][1]]
        origin.said = "这个数由下面各项相加得到。"
        return origin
    origin.parts = _parts(made, origin.key)
    origin.said = "这个数由下面各项相加得到。"
    return origin


def _missing(made: Composition, work: ReportYear, origin: Origin) -> Origin:
    origin.said = "本平台没有登记这类事项的台账，也还没有人填报，所以空着。填报时要写明来源。"
    return origin


_FILL = {
    "items": _items,
    "requests": _requests,
    "remedies": _remedies,
    "registers": _registers,
    "fees": _fees,
    "source": _source,
    "entered": _entered,
    "sum": _sum,
    "missing": _missing,
}
