"""Forty reports are added up: every cell is the sum of its parties, two that do not agree are named, one that changed
is told; and whose report an office is owed."""

from __future__ import annotations

import io
import random
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from openpyxl import load_workbook

from gongkai.agencies.models import Agency
from gongkai.audit.triggers import aside
from gongkai.oversight.rollup.adding import Party, add_up, changed_since, stopping
from gongkai.oversight.rollup.owing import missing, owing, parties_of
from gongkai.oversight.rollup.sheet import TOTAL, rows_of, write_sheet
from gongkai.reports.models import ReportVersion, ReportYear, Submission
from gongkai.statute.report.editions import edition
from gongkai.statute.report.merge import CannotMerge
from gongkai.statute.report.model import AnnualReport, Cell, Number, Paragraph, Section
from gongkai.statute.report.writers.json import to_dict
from tests.cast import Cast

FORM = edition("2021")


def figures(lot: random.Random) -> dict[str, Number]:
    """The cells of the three tables with every sum of the form kept."""
    found: dict[str, Number] = dict.fromkeys(FORM.cell_ids, 0)
    found |= {cell: lot.randint(0, 90) for cell in found if cell.startswith("t2.")}
    for leaf in FORM.leaves:
        found[f"t3.{leaf}.natural"] = lot.choice([0, 0, lot.randint(1, 30)])
    closed = sum(int(found[f"t3.{leaf}.natural"]) for leaf in FORM.leaves)
    left = lot.randint(0, 5)
    carried = lot.randint(0, closed + left)
    found["t3.result_total.natural"], found["t3.carried_out.natural"] = closed, left
    found["t3.carried_in.natural"], found["t3.new.natural"] = carried, closed + left - carried
    for row in FORM.table3_data:
        found[f"t3.{row.slug}.total"] = found[f"t3.{row.slug}.natural"]
    for group in FORM.groups4:
        values = [lot.randint(0, 4) for _ in range(4)]
        found |= dict(zip(group.cells, [*values, sum(values)], strict=True))
    return found


def report(name: str, lot: random.Random, year: int = 2025) -> AnnualReport:
    cells = {cell: Cell(value, str(value)) for cell, value in figures(lot).items()}
    parts = [Section(h.key, h.title, h.ordinal, [Paragraph(f"{name}依法办理。")]) for h in FORM.headings]
    title = FORM.title.format(agency=name, year=year)
    return AnnualReport(
        agency=name, year=year, title=title, cells=cells, sections=parts, tables={"t2", "t3", "t4"}
    )


def forty() -> list[Party]:
    lot = random.Random(7)  # noqa: S311 - figures of a test
    return [Party(report(f"第{n}局", lot), digest=str(n)) for n in range(1, 41)]


def with_cell(party: Party, cell: str, value: int, digest: str = "") -> Party:
    """The same party with one other figure."""
    cells = party.report.cells | {cell: Cell(value, str(value))}
    return replace(party, report=replace(party.report, cells=cells), digest=digest or party.digest)


def test_every_cell_is_the_sum_of_its_parties() -> None:
    parties = forty()
    roll = add_up(parties, "某县人民政府")
    assert set(roll.report.cells) == set(FORM.cell_ids)
    for cell in FORM.cell_ids:
        naive: Number = 0
        for party in parties:
            naive += party.report.cells[cell].value or 0
        assert roll.report.cells[cell].value == naive
        behind = roll.behind(cell)
        assert [part.agency for part in behind] == [party.name for party in parties]
        assert [part.value for part in behind] == [party.report.cells[cell].value for party in parties]


def test_two_with_broken_sums_are_named_then_mended() -> None:
    good = forty()
    bad = list(good)
    for at in (3, 17):
        bad[at] = with_cell(good[at], "t3.result_total.total", 9_999)
    with pytest.raises(CannotMerge) as wrong:
        add_up(bad, "某县人民政府")
    assert {problem.split("”")[0] for problem in wrong.value.problems} == {"“第4局", "“第18局"}
    assert all(one.message in str(wrong.value) for one in stopping(bad[3]))
    assert add_up(good, "某县人民政府").report.cells["t3.result_total.total"].value == sum(
        int(party.report.cells["t3.result_total.total"].value or 0) for party in good
    )


def test_a_report_changed_after_adding_is_told_by_cell() -> None:
    parties = forty()
    roll = add_up(parties, "某县人民政府")
    assert changed_since(roll, parties) == []
    was = int(parties[0].report.cells["t2.licences"].value or 0)
    now = [with_cell(parties[0], "t2.licences", was + 2, "new"), *parties[1:-1]]
    one, gone = changed_since(roll, now)
    assert (one.name, [(c.cell, c.change) for c in one.cells]) == ("第1局", [("t2.licences", "+2")])
    assert (gone.name, gone.gone) == ("第40局", True)


def test_a_sum_is_a_party_of_the_office_above() -> None:
    parties = forty()
    counties = [add_up(parties[:15], "甲县人民政府"), add_up(parties[15:], "乙县人民政府")]
    city = add_up([Party(county.report) for county in counties], "某市人民政府")
    whole = add_up(parties, "某市人民政府")
    assert {c: x.value for c, x in city.report.cells.items()} == {
        c: x.value for c, x in whole.report.cells.items()
    }


def test_the_sheet_has_a_row_for_each_party_and_the_sum() -> None:
    roll, out = add_up(forty(), "某县人民政府"), io.BytesIO()
    write_sheet(roll, out)
    again = io.BytesIO()
    write_sheet(roll, again)
    assert out.getvalue() == again.getvalue()
    read = [list(row) for row in load_workbook(out).worksheets[0].iter_rows(values_only=True)]
    assert read == list(rows_of(roll))
    assert (len(read), read[-1][0]) == (42, TOTAL)
    for column in range(1, len(read[0])):
        assert read[-1][column] == sum(row[column] for row in read[1:-1])


def hand_in(cast: Cast, agency: Agency, year: int, *, submitted: bool = True) -> ReportVersion:
    """A public version of the agency's report, handed in to the office above."""
    work, _ = ReportYear.objects.get_or_create(agency=agency, year=year)
    number = work.versions.count() + 1
    at = datetime(year + 1, 1, 20, number, tzinfo=UTC)
    lot = random.Random(agency.pk)  # noqa: S311 - figures of a test
    with aside(connection):  # who signed it is not what is tested here
        version = ReportVersion.objects.create(
            report=work,
            number=number,
            snapshot=to_dict(report(agency.name, lot, year)),
            digest=f"{number:064}",
            published_at=at,
            published_by=cast.head,
        )
    if submitted:
        Submission.objects.create(
            report=work, version=version, organ="县政府", on=at.date(), way="平台", by=cast.head, at=at
        )
    return version


@pytest.mark.django_db
def test_whose_report_is_owed_and_what_came(cast: Cast) -> None:
    Agency.objects.filter(pk=cast.other.pk).update(ended_on=date(2031, 6, 1))
    stranger = Agency.objects.create(name="外县财政局", short_name="外县财政局", slug="stranger", code="wx")
    hand_in(cast, stranger, 2031)
    hand_in(cast, cast.agency, 2031)
    second = hand_in(cast, cast.agency, 2031)
    hand_in(cast, cast.agency, 2031, submitted=False)
    rows = owing(cast.county, 2031)
    assert {row.agency.pk: row.version for row in rows} == {cast.agency.pk: second, cast.other.pk: None}
    assert [agency.pk for agency in missing(rows)] == [cast.other.pk]
    assert [row.agency.pk for row in owing(cast.county, 2032)] == [cast.agency.pk]
    (party,) = parties_of(rows)
    assert (party.name, party.digest) == (cast.agency.name, second.digest)


@pytest.mark.django_db
def test_reading_takes_the_same_few_queries_for_many(
    cast: Cast, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    for n in range(12):
        hand_in(
            cast,
            Agency.objects.create(
                name=f"第{n}分局",
                short_name=f"{n}分局",
                slug=f"part-{n}",
                code=f"p{n}",
                supervisor=cast.county,
            ),
            2031,
        )
    with django_assert_num_queries(4):  # type: ignore[operator]
        assert len(parties_of(owing(cast.county, 2031))) == 12
