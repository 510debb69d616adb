"""Made reports to measure with: sums that hold, prose in our own words, in every format."""

from __future__ import annotations

import random
from decimal import Decimal

from gongkai.statute.report.editions import COLUMNS, edition
from gongkai.statute.report.model import AnnualReport, Cell, Paragraph, Section
from gongkai.statute.report.writers import docx, html, pdf, xlsx

_PROSE = {
    "overview": (
        "（一）主动公开方面",
        "全年累计公开政府信息{items}条，其中政策文件{a}条、财政信息{b}条、工作动态{c}条。重点做好便民信息的更新，"
        "公开内容与群众关心的事项逐项对应，发布后由专人复核。" * 3,
        "（二）依申请公开方面",
        "全年收到政府信息公开申请{new}件，上年结转{carried_in}件，办结{done}件，结转下年度{carried_out}件。",
        "（三）政府信息管理方面",
        "拟公开的信息逐件审查，属性在拟稿时确定。全年制发行政规范性文件{made}件。" * 2,
        "（四）平台建设方面",
        "按栏目要求维护专栏，检查链接和附件，及时更正差错。" * 4,
        "（五）监督保障方面",
        "明确分管领导和经办人员，按季度自查，参加培训。" * 4,
    ),
    "problems": ("经办人员兼职较多，业务还不够熟。下一年将安排培训，把审查流程写成清单。",),
    "other": ("信息处理费：本年度没有收取信息处理费。",),
}


def report(seed: int, agency: str = "") -> AnnualReport:
    """A sound report of 2024 with figures drawn from `seed`."""
    draw = random.Random(seed)
    form = edition("2021")
    rows = {slug: [draw.choice((0, 0, 0, draw.randrange(40))) for _ in range(6)] for slug in form.leaves}
    done = [sum(rows[s][n] for s in form.leaves) for n in range(6)]
    out = [draw.randrange(3) for _ in range(6)]
    carried = [min(draw.randrange(3), d + o) for d, o in zip(done, out, strict=True)]
    rows |= {"result_total": done, "carried_out": out, "carried_in": carried}
    rows["new"] = [d + o - c for d, o, c in zip(done, out, carried, strict=True)]
    cells: dict[str, int | Decimal] = {c: draw.randrange(60) for c in form.cell_ids if c.startswith("t2.")}
    cells["t2.fees_10k_yuan"] = Decimal(draw.randrange(100000)) / 100
    for slug, row in rows.items():
        cells |= dict(zip((f"t3.{slug}.{c}" for c in COLUMNS), [*row, sum(row)], strict=True))
    for group in form.groups4:
        four = [draw.randrange(9) for _ in range(4)]
        cells |= dict(zip(group.cells, [*four, sum(four)], strict=True))
    a, b, c = (draw.randrange(90) for _ in range(3))
    facts = {
        "items": a + b + c,
        "a": a,
        "b": b,
        "c": c,
        "done": sum(done),
        "made": cells["t2.normative_documents.made"],
    }
    facts |= {slug: sum(rows[slug]) for slug in ("new", "carried_in", "carried_out")}
    made = AnnualReport(
        agency=agency or f"测量用第{seed}局", year=2024, edition="2021", tables={"t2", "t3", "t4"}
    )
    made.title = form.title.format(agency=made.agency, year=2024)
    made.preface = [Paragraph("本报告依照有关规定编制，统计期限为2024年1月1日至2024年12月31日。")]
    made.cells = {c: Cell(cells[c], str(cells[c])) for c in form.cell_ids}
    made.sections = [
        Section(h.key, h.title, h.ordinal, [Paragraph(t.format(**facts)) for t in _PROSE.get(h.key, ())])
        for h in form.headings
    ]
    return made


def as_text(made: AnnualReport) -> str:
    """The report as text with one cell a line, as word processors save it."""
    form, lines = edition(made.edition), [made.title, *(p.text for p in made.preface)]
    han = "一二三四五六"
    for section in made.sections:
        lines += [
            f"{han[(section.ordinal or 1) - 1]}、{section.title}",
            *(p.text for p in section.paragraphs),
        ]
        if section.key == "proactive":
            for block in form.table2:
                lines += [f"\t{block.caption}", *(f"\t{h}" for h in block.head)]
                lines += [
                    f"\t{x}" for r in block.rows for x in (r.label, *(made.cells[c].raw for c in r.cells))
                ]
        elif section.key == "requests":
            lines += [
                f"\t{form.table3_note}",
                f"\t{form.table3_head}",
                "\t自然人",
                f"\t{form.table3_group}",
                "\t总计",
            ]
            lines += ["\t商业企业", "\t科研机构", "\t社会公益组织", "\t法律服务机构", "\t其他"]
            lines += [f"\t{x}" for r in form.table3 for x in (r.label, *(made.cells[c].raw for c in r.cells))]
        elif section.key == "remedies":
            lines += ["\t行政复议", "\t行政诉讼", *(f"\t{label}" for _, label in form.results4)]
            lines += [
                "\t未经复议直接起诉",
                "\t复议后起诉",
                *(f"\t{label}" for _ in range(2) for _, label in form.results4),
            ]
            lines += [f"\t{made.cells[c].raw}" for g in form.groups4 for c in g.cells]
    return "\n".join(lines)


def files(made: AnnualReport) -> dict[str, bytes]:
    """The report in every format that is measured."""
    return {
        "text": as_text(made).encode(),
        "html": html.to_html(made),
        "docx": docx.to_docx(made),
        "xlsx": xlsx.to_xlsx(made),
        "pdf": pdf.to_pdf(made),
    }
