"""Random facts of a year that hold together as the form wants it, and the report they make."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from gongkai.inforequests.charges import FeeYear
from gongkai.reports.composition import fee_facts, group_facts
from gongkai.reports.prose import Fact, YearFacts
from gongkai.statute.report.editions import edition, row_label
from gongkai.statute.report.model import AnnualReport, Cell, Number, Paragraph, Section

FORM = edition("2021")
COLUMNS = ("政务公开", "人事信息", "财政信息", "机构信息", "法治宣传", "执法公示", "复议信息")
_small = st.one_of(st.just(0), st.integers(0, 3), st.integers(0, 200))
_rare = st.one_of(st.just(0), st.just(0), st.integers(1, 40))
CHANNELS = {"in_person": "当面提交", "signed_mail": "邮寄（需签收）", "online": "网上提交"}


@st.composite
def cells(draw: st.DrawFn) -> dict[str, Number]:
    """The cells of the tables, every sum of the form kept."""
    found: dict[str, Number] = dict.fromkeys(FORM.cell_ids, 0)
    for leaf in FORM.leaves:
        found[f"t3.{leaf}.natural"] = draw(_rare)
    closed = sum(found[f"t3.{leaf}.natural"] for leaf in FORM.leaves)
    left = draw(_rare)
    carried = draw(st.integers(0, int(closed) + left))
    found["t3.result_total.natural"], found["t3.carried_out.natural"] = closed, left
    found["t3.carried_in.natural"], found["t3.new.natural"] = carried, closed + left - carried
    for row in FORM.table3_data:
        found[f"t3.{row.slug}.total"] = found[f"t3.{row.slug}.natural"]
    for group in FORM.groups4:
        values = [draw(_rare) for _ in range(4)]
        for cell, value in zip(group.cells, [*values, sum(values)], strict=True):
            found[cell] = value
    for cell in found:
        if cell.startswith("t2."):
            found[cell] = draw(_small)
    found["t2.fees_10k_yuan"] = draw(st.sampled_from([0, Decimal("1.25"), 30]))
    return found


@st.composite
def years(draw: st.DrawFn) -> tuple[YearFacts, AnnualReport]:
    """What composers know of a year, and the report with its tables and no prose yet."""
    table = draw(cells())
    facts = {key: Fact(key, value, row_label("2021", key)) for key, value in table.items()}
    facts |= group_facts(facts)
    counts = [draw(_small) for _ in range(draw(st.integers(0, len(COLUMNS))))]
    keys = [f"items.c{n}" for n in range(len(counts))]
    facts["items"] = Fact("items", sum(counts), "主动公开政府信息")
    facts |= {key: Fact(key, n, COLUMNS[at]) for at, (key, n) in enumerate(zip(keys, counts, strict=True))}
    facts |= draw(_more(int(table["t3.new.total"])))
    known = YearFacts(2024, "我局", tuple(k for k in keys if facts[k].value), facts)
    report = AnnualReport(
        agency="测试局",
        year=2024,
        title="测试局2024年政府信息公开工作年度报告",
        period=(date(2024, 1, 1), date(2024, 12, 31)),
        cells={key: Cell(value) for key, value in table.items()},
        tables={"t2", "t3", "t4"},
    )
    return known, report


@st.composite
def _more(draw: st.DrawFn, new: int) -> dict[str, Fact]:
    """Facts of the other sources, each of which may be lacking."""
    found: dict[str, Number] = {}
    if draw(st.booleans()):
        passed, back = draw(_small), draw(_rare)
        found |= {"review.held": passed + back, "review.items": passed, "review.sent_back": back}
        found |= {"review.withdrawn": draw(_rare), "review.redacted": draw(_rare)}
    if draw(st.booleans()):
        kept = draw(st.integers(1, 40))
        found |= {"columns.kept": kept, "columns.updated": draw(st.integers(0, kept))}
    if draw(st.booleans()):
        defects = draw(_rare)
        found |= {"inspection.rounds": draw(_rare), "inspection.found": defects}
        found |= {"inspection.mended": draw(st.integers(0, defects))}
    if draw(st.booleans()):
        found |= {
            "training.sessions": draw(_rare),
            "training.people": draw(_rare),
            "training.hours": draw(_rare),
        }
    if draw(st.booleans()):
        found |= {
            "handling.extended": draw(_rare),
            "handling.clarified": draw(_rare),
            "handling.consulted": draw(_rare),
        }
        found |= {"handling.days": Decimal(draw(st.integers(0, 400))) / 10}
    facts = {key: Fact(key, value, key) for key, value in found.items()}
    cut = sorted([draw(st.integers(0, new)), draw(st.integers(0, new))])
    parts = [cut[0], cut[1] - cut[0], new - cut[1]]
    for (slug, label), n in zip(CHANNELS.items(), parts, strict=True):
        if n:
            key = f"handling.channel_{slug}"
            facts[key] = Fact(key, n, f"申请渠道：{label}（件）")
    return facts | draw(_fees())


@st.composite
def _fees(draw: st.DrawFn) -> dict[str, Fact]:
    if draw(st.booleans()):
        return {}
    notices, lapsed = draw(_rare), draw(_rare)
    asked = notices * draw(st.integers(1, 900))
    return fee_facts(FeeYear(notices=notices, asked=asked, paid_yuan=draw(_rare), lapsed=lapsed))


def with_prose(report: AnnualReport, lines: dict[str, list[str]]) -> AnnualReport:
    """The report with these paragraphs in its parts."""
    report.sections = [
        Section(h.key, h.title, h.ordinal, [Paragraph(line) for line in lines.get(h.key, [])])
        for h in FORM.headings
    ]
    return report
