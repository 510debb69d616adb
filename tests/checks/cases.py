"""For every check a report it passes and a report it fails."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.statute.records import RequestRecord
from gongkai.statute.report.checks import check
from gongkai.statute.report.findings import Finding
from gongkai.statute.report.model import AmbiguousRun, AnnualReport, Cell, CellKind, Paragraph
from tests.checks.builders import blank_form, busy, changed, fill_row, on_requests, put, say


@dataclass(frozen=True)
class Given:
    """What a check is given."""

    report: AnnualReport
    previous: AnnualReport | None = None
    records: Sequence[RequestRecord] | None = None

    def findings(self) -> list[Finding]:
        """All findings on it."""
        return check(self.report, self.previous, records=self.records)


Builder = Callable[[], Given]


def _with(change: Callable[[AnnualReport], object], base: Callable[[], AnnualReport] = busy) -> Builder:
    return lambda: Given(changed(base(), change))


def _cell(cell: str, value: object, base: Callable[[], AnnualReport] = busy) -> Builder:
    return _with(lambda r: put(r, cell, value), base)  # type: ignore[arg-type]


def _requests(text: str) -> Builder:
    return lambda: Given(on_requests(busy(), text))


def _overview(text: str, base: Callable[[], AnnualReport] = busy) -> Builder:
    return lambda: Given(say(base(), text))


def _drop(*prefixes: str) -> Callable[[AnnualReport], None]:
    def drop(report: AnnualReport) -> None:
        report.cells = {k: v for k, v in report.cells.items() if not k.startswith(prefixes)}
        report.tables -= set(prefixes)

    return drop


def _merge_other(report: AnnualReport) -> None:
    _drop("t3.other_")(report)
    fill_row(report, "other_all", 12, 2)


def _ambiguous(report: AnnualReport) -> None:
    cells = ("t2.licences",)
    report.cells["t2.licences"] = Cell(None, "1234", "第3行", CellKind.AMBIGUOUS, (1, 12))
    report.ambiguous.append(AmbiguousRun(cells, "1234", ((1,), (12,)), "第3行"))


def last_year() -> AnnualReport:
    """The report before `busy`: two carried out, 42 documents valid."""
    report = blank_form(2023)
    fill_row(report, "new", 5)
    fill_row(report, "granted", 3)
    fill_row(report, "result_total", 3)
    fill_row(report, "carried_out", 2)
    put(report, "t2.normative_documents.valid", 42)
    return report


def _after(change: Callable[[AnnualReport], object] = lambda r: None) -> Builder:
    return lambda: Given(busy(), changed(last_year(), change))


def _pending(report: AnnualReport) -> None:
    put(report, "t4.reconsideration.pending", 3)
    put(report, "t4.reconsideration.total", 3)


_LONG = (
    "".join(f"第{n}季度围绕{chr(0x4E00 + n * 7)}{chr(0x5000 + n * 11)}工作推进公开，" for n in range(1, 40))
    + "完成任务。"
)


def _alike(then: str) -> Builder:
    return lambda: Given(say(busy(), _LONG), say(last_year(), then))


def _published(day: str) -> Builder:
    return _with(lambda r: r.preface.append(Paragraph(f"发布时间：{day}")))


def record(
    number: int, received: str, closed: str = "", outcome: str | None = None, who: str = "natural"
) -> RequestRecord:
    """A request received and closed on these days."""
    return RequestRecord(
        f"〔{number}〕",
        who,
        date.fromisoformat(received),
        date.fromisoformat(closed) if closed else None,
        outcome,
    )


def ledger_report() -> AnnualReport:
    """The report that `ledger_records` make."""
    report = blank_form(2024)
    fill_row(report, "new", 2, 1)
    fill_row(report, "carried_in", 1)
    fill_row(report, "granted", 1)
    fill_row(report, "partial", 1, 1)
    fill_row(report, "result_total", 2, 1)
    fill_row(report, "carried_out", 1)
    return report


def ledger_records() -> list[RequestRecord]:
    """Five requests: one closed the year before, one carried in, two closed in the year, one still open."""
    return [
        record(1, "2023-05-01", "2023-05-20", "granted"),
        record(2, "2023-12-25", "2024-01-20", "granted"),
        record(3, "2024-03-01", "2024-03-20", "partial"),
        record(4, "2024-04-01", "2024-04-20", "partial", "commercial"),
        record(5, "2024-12-20", "2025-01-10", "granted"),
        RequestRecord("未确认", "natural", None),
    ]


def _ledger(change: Callable[[AnnualReport], object] = lambda r: None) -> Builder:
    return lambda: Given(changed(ledger_report(), change), None, ledger_records())


def _annex(*applicants: str) -> Builder:
    rows = [["序号", "申请人", "申请渠道"], *([str(n), who, ""] for n, who in enumerate(applicants, start=1))]
    return _with(lambda r: r.ledger.extend([*rows, ["9", "", ""]]), blank_form)


def _no_year(report: AnnualReport) -> None:
    report.year = report.period = None
    report.title = ""


def _suits(report: AnnualReport) -> None:
    put(report, "t4.litigation_direct.upheld", 5)
    put(report, "t4.litigation_direct.total", 5)


def _old() -> AnnualReport:
    return blank_form(2019, "2019")


def _other(text: str, unpaid: int = 0) -> Builder:
    def make() -> Given:
        report = say(blank_form(), text, key="other")
        for slug in ("new", "other_no_fee", "result_total"):
            fill_row(report, slug, unpaid)
        return Given(report)

    return make


def _swap_parts(report: AnnualReport) -> None:
    report.sections[0], report.sections[1] = report.sections[1], report.sections[0]


ALL_SIX = "答复35件，其中予以公开9件，部分公开0件，不予公开2件，无法提供10件，不予处理0件，其他处理{}件。"
SOUND: Builder = lambda: Given(busy())  # noqa: E731

CASES: dict[str, tuple[Builder, Builder]] = {
    "T3-01": (SOUND, _cell("t3.carried_out.natural", 2)),
    "T3-02": (SOUND, _cell("t3.granted.natural", 8)),
    "T3-03": (SOUND, _cell("t3.granted.total", 8)),
    "T4-01": (SOUND, _cell("t4.reconsideration.total", 2)),
    "V-01": (SOUND, _cell("t2.penalties", -1)),
    "V-02": (SOUND, _cell("t2.penalties", "0.5")),
    "V-03": (SOUND, _cell("t2.penalties", "3件")),
    "V-04": (_cell("t2.fees_10k_yuan", "7730.28"), _cell("t2.fees_10k_yuan", -3)),
    "V-05": (SOUND, _cell("t2.penalties", "/")),
    "V-06": (SOUND, _with(_ambiguous)),
    "T2-01": (_cell("t2.fees_10k_yuan", "316441"), _cell("t2.fees_10k_yuan", "251000元")),
    "T2-02": (SOUND, _cell("t2.normative_documents.made", 56)),
    "T2-03": (
        _cell("t2.regulations.public_total", 3, _old),
        _cell("t2.regulations.newly_public", 3, _old),
    ),
    "Y-01": (_after(), _after(lambda r: fill_row(r, "carried_out", 0))),
    "Y-02": (_after(), _after(lambda r: put(r, "t2.normative_documents.valid", 50))),
    "Y-03": (_after(), _after(_pending)),
    "Y-04": (_after(), _after(lambda r: setattr(r, "agency", "白河县水利局"))),
    "F-01": (SOUND, _with(lambda r: setattr(r, "title", "青石县民政局2023年政府信息公开工作年度报告"))),
    "F-02": (SOUND, _with(lambda r: r.sections.pop())),
    "F-03": (SOUND, _with(_swap_parts)),
    "F-04": (SOUND, _with(_drop("t4"))),
    "F-05": (SOUND, _with(_drop("t3.partial."))),
    "F-06": (SOUND, _with(_drop("t3.granted.research"))),
    "F-07": (SOUND, _with(_merge_other)),
    "F-08": (SOUND, lambda: Given(blank_form(2023, "2019"))),
    "F-09": (SOUND, _cell("t2.local_documents", 5)),
    "F-10": (SOUND, lambda: Given(say(busy(), "无。", key="problems"))),
    "F-11": (SOUND, _with(lambda r: setattr(r, "period", (date(2024, 1, 1), date(2024, 11, 30))))),
    "F-12": (
        _with(lambda r: r.notes.append("“规范性文件”按相近程度认作“行政规范性文件”（第1个表格第4行）")),
        _with(lambda r: r.notes.append("第三部分表格另有一行“其他”，不是规定的数据行，没有计入")),
    ),
    "P-01": (SOUND, lambda: Given(say(busy(), "无其他需要报告的事项。", key="other"))),
    "P-02": (
        _other("全年发出收费通知3件，通知收费共1200元，实收信息处理费400元。", 1),
        _other("本年度收取信息处理费400元。", 1),
    ),
    "D-01": (_published("2025-01-20"), _published("2025-02-05 09:00")),
    "R-01": (SOUND, _with(_suits)),
    "S-01": (_alike("今年工作有新的做法，" * 1 + _LONG[::-1]), _alike(_LONG)),
    "L-01": (_ledger(), _ledger(lambda r: put(r, "t3.new.natural", 3))),
    "L-02": (_ledger(), _ledger(lambda r: put(r, "t3.carried_in.natural", 0))),
    "L-03": (_ledger(), _ledger(lambda r: put(r, "t3.partial.commercial", 0))),
    "L-04": (_ledger(), _ledger(lambda r: put(r, "t3.carried_out.natural", 0))),
    "L-05": (_ledger(), _ledger(_no_year)),
    "L-06": (_annex("无"), _annex("王某", "李某")),
    "N-01": (_requests("全年收到政府信息公开申请34件。"), _requests("全年收到政府信息公开申请43件。")),
    "N-02": (_requests("上年结转申请2件，结转下年度1件。"), _requests("上年结转申请2件，结转下年度3件。")),
    "N-03": (_requests("答复政府信息公开申请35件。"), _requests("答复政府信息公开申请33件。")),
    "N-04": (_requests("申请中予以公开9件，无法提供10件。"), _requests("申请中予以公开9件，无法提供12件。")),
    "N-05": (_requests(ALL_SIX.format(14)), _requests(ALL_SIX.format(13))),
    "N-06": (
        _requests("申请中无法提供10件，占28.6%。"),
        _requests("申请中无法提供10件，占38.6%。"),
    ),
    "N-07": (
        lambda: Given(on_requests(blank_form(), "全年未收到政府信息公开申请。")),
        _requests("全年未收到政府信息公开申请。"),
    ),
    "N-08": (
        _requests("未发生因政府信息公开工作被提起行政诉讼的情况。"),
        _requests("未发生因政府信息公开工作被申请行政复议、提起行政诉讼的情况。"),
    ),
    "N-09": (
        _requests("因政府信息公开工作被申请行政复议1件。"),
        _requests("因政府信息公开工作被申请行政复议2件。"),
    ),
    "N-10": (
        lambda: Given(on_requests(blank_form(), "所有申请均已按要求办理完成。")),
        _requests("所有申请均已按要求办理完成。"),
    ),
    "N-11": (
        _requests("因政府信息公开被申请行政复议1件，均获维持。"),
        lambda: Given(
            on_requests(changed(busy(), _pending), "因政府信息公开被申请行政复议，均获维持。"),
        ),
    ),
    "N-12": (
        _overview("全年公开信息66条。其中政策9条，人事5条，动态52条等。"),
        _overview("全年公开信息66条。其中政策9条，人事5条，动态53条等。"),
    ),
    "N-13": (_overview("全年制发行政规范性文件13件。"), _overview("全年制发行政规范性文件14件。")),
    "N-14": (_overview("全年作出行政处罚决定2件。"), _overview("全年作出行政处罚决定3件。")),
    "N-15": (
        lambda: Given(
            say(changed(busy(), lambda r: put(r, "t2.fees_10k_yuan", "7.5")), "行政事业性收费7.5万元。")
        ),
        _overview("行政事业性收费7.5万元。"),
    ),
    "N-16": (
        _requests("收到的申请中自然人32件，法人2件。"),
        _requests("收到的申请中自然人30件，法人2件。"),
    ),
}
