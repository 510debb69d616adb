"""The records behind a figure, as a list: one query a figure, cut into pages or streamed into a sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from gongkai.agencies.names import NamesBorne
from gongkai.disclosure.figures import published_in
from gongkai.disclosure.registers.counting import entries_of
from gongkai.disclosure.registers.kinds import REGISTERS
from gongkai.inforequests.charges import as_notice, notices_of
from gongkai.inforequests.counting import counted_in
from gongkai.inforequests.records import first_answers, to_record
from gongkai.remedies.queries import in_table_four
from gongkai.statute.ledger.rows import numbered, shaded
from gongkai.statute.records import DocumentRecord
from gongkai.statute.requesters import BY_SLUG as KINDS

from .composition import PROCESSING_FEE, Composition
from .models import ReportYear

LOT = 2000
"""Records held at a time while a sheet is written."""


@dataclass(frozen=True, slots=True)
class Line:
    """A record as a row of texts; `opens` is the page of the desk that shows it, with what its address needs."""

    texts: tuple[str, ...]
    opens: tuple[str | int, ...] = ()


@dataclass(frozen=True, slots=True)
class Behind:
    """The list: what its records are called and counted in, its heads, its records
    (a query, or a short list), and how one reads."""

    name: str
    unit: str
    heads: tuple[str, ...]
    records: Any
    line: Callable[[Any], Line]

    def __len__(self) -> int:
        return self.records.count() if isinstance(self.records, QuerySet) else len(self.records)

    def all_lines(self) -> Iterator[Line]:
        """Every row, so many at a time: however long the list is, it is never held."""
        found = self.records
        return map(self.line, found.iterator(chunk_size=LOT) if isinstance(found, QuerySet) else iter(found))


def behind(made: Composition, work: ReportYear, key: str) -> Behind | None:
    """The records that were counted for this figure; None where none are kept here.

    Names and numbers of persons read as in the lists before anybody opens them (个人信息保护法 51).
    """
    table, *rest = key.split(".")
    agency, year = work.agency, work.year
    if table == "items":
        return _items(published_in(agency, year, ".".join(rest)))
    if table == "t3":
        return _requests(made, work, counted_in(agency, year, *rest))
    if table == "t4" and made.kept:
        track, result = rest
        return _remedies(in_table_four(agency, year, track, "" if result == "total" else result))
    if table == "t2" and key in made.registers.cells:
        return _register(made, work, key, rest[0])
    if (key == PROCESSING_FEE or table == "fee") and key not in made.entered_rows:
        return _fees(work, key)
    return None


def _day(day: date | None) -> str:
    return day.isoformat() if day else "—"


def _items(found: QuerySet[Any]) -> Behind:
    def line(one: Any) -> Line:
        first = timezone.localdate(one.first_at)
        return Line((one.title, one.column.name, one.index_number, _day(first)), ("item", one.item_id))

    return Behind("公开信息", "条", ("标题", "栏目", "索引号", "发布日期"), found, line)


_REQUEST = ("编号", "申请人", "申请人类别", "申请内容", "收到申请之日", "答复时间", "办理结果")


def _requests(made: Composition, work: ReportYear, found: QuerySet[Any]) -> Behind:
    name, first = NamesBorne(work.agency).in_year(work.year), first_answers(work.agency)

    def line(one: Any) -> Line:
        record = to_record(one, name, first.get(one.pk))
        (plain,) = numbered([record])
        row, kind = shaded(plain, record), KINDS[record.requester].label
        days = (_day(record.received_on), _day(record.closed_on))
        return Line(
            (row.number, row.applicant, kind, row.content, *days, row.result or "—"), ("request", one.pk)
        )

    return Behind("申请", "件", _REQUEST, found, line)


def _remedies(found: QuerySet[Any]) -> Behind:
    def line(one: Any) -> Line:
        texts = (one.number, one.get_track_display(), one.organ, one.request.number if one.request else "—")
        days = (_day(one.accepted_on), _day(one.decided_on))
        return Line((*texts, *days, one.get_result_display() or "尚未审结"), ("remedy", one.pk))

    heads = ("案号", "类别", "复议机关或者法院", "申请编号", "受理之日", "审结之日", "结果")
    return Behind("复议和诉讼", "件", heads, found, line)


def _register(made: Composition, work: ReportYear, key: str, kind: str) -> Behind:
    register = REGISTERS[kind]
    if register.issued:
        return _documents(register.name, made.tally.behind(key))
    charge = kind == "fees_10k_yuan"

    def line(one: Any) -> Line:
        more = f"{one.amount}" if charge else one.category or "—"
        texts = (one.number or "—", one.title, _day(one.day), more, one.named or "—")
        return Line(texts, ("register-entry", kind, one.pk))

    heads = (
        "文号",
        "名称",
        register.day,
        "金额（元）" if charge else "种类",
        "缴费人" if charge else "相对人",
    )
    return Behind(
        f"{register.name}台账", register.unit, heads, entries_of(work.agency, [kind], work.year), line
    )


def _documents(name: str, found: Sequence[Any]) -> Behind:
    """Few of these, and from two places: entries of the register and items that are marked as documents."""

    def line(one: DocumentRecord) -> Line:
        return Line((one.number or "—", one.title, _day(one.made_on), _day(one.ended_on)))

    return Behind(name, "件", ("发文字号", "名称", "制发日期", "废止或者失效日期"), found, line)


_ENDS = {"": "没有缴，也没有结束", "paid": "已缴清", "lapsed": "逾期未缴", "withdrawn": "申请已撤回"}


def _fees(work: ReportYear, key: str) -> Behind:
    """Of what came in, the notices paid in the year; of what lapsed, those; else the notices given in it."""
    days = (date(work.year, 1, 1), date(work.year, 12, 31))
    found = notices_of(work.agency, work.year).select_related("request")
    ended = {PROCESSING_FEE: "receive_payment", "fee.lapsed": "lapse_no_payment"}.get(key)
    found = found.filter(end=ended, end_on__range=days) if ended else found.filter(on__range=days)

    def line(one: Any) -> Line:
        notice = as_notice(one)
        ends = (_ENDS[notice.ended], _day(notice.ended_on))
        return Line(
            (notice.request.number, _day(notice.on), str(notice.yuan), _day(notice.until), *ends),
            ("request", notice.request.pk),
        )

    heads = ("申请编号", "通知日期", "金额（元）", "最迟缴费之日", "结果", "结果之日")
    return Behind("收费通知", "件", heads, found, line)
