"""What is exported and imported again changes nothing, whatever stands; what cannot be opened is refused in words."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from gongkai.agencies.actions.importing import import_workbook, preview
from gongkai.agencies.models import IN_SECTIONS, OF_THE_WHOLE, Agency, Kind, Person, Seat, Section, Tenure
from gongkai.agencies.sheets.layout import GUIDE, MAX_BYTES, SHEETS
from gongkai.agencies.sheets.problems import Unfit
from gongkai.agencies.sheets.writing import blank_workbook, whole_list
from gongkai.audit.models import Entry
from tests.agencies.sheet_of_a_county import AGENCY_HEADS, county, packed, workbook
from tests.cast import SYSTEM, Cast

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cn", "Co"]), min_size=1, max_size=20
).filter(lambda text: text == text.strip() and "\u2028" not in text and "\u2029" not in text)
LINES = st.lists(WORDS, max_size=3).map("\n".join)
KINDS = sorted(set(Kind) - {Kind.SYSTEM_ADMIN, Kind.SECURITY_ADMIN, Kind.AUDIT_ADMIN})


@st.composite
def places(draw: Callable[..., Any]) -> dict[str, Any]:
    """A few agencies with odd names, sections, people, seats; supervisors without a ring."""
    size = draw(st.integers(1, 4))
    names = draw(st.lists(WORDS, min_size=size, max_size=size, unique=True))
    return {
        "agencies": [
            {
                "name": f"机关{name}",
                "code": f"H{n}",
                "slug": f"hyp-{n}",
                "level": draw(st.sampled_from(Agency.Level.values)),
                "self_name": draw(WORDS),
                "address": draw(
                    st.one_of(st.just(""), WORDS, st.sampled_from(["=1+1", "+86", "-", "@x", "007"]))
                ),
                "postcode": draw(st.sampled_from(["", "011200", "411200"])),
                "reconsideration_organs": draw(LINES),
                "makes_rules": draw(st.booleans()),
                "portal_open": draw(st.booleans()),
                "above": draw(st.one_of(st.none(), st.integers(0, n - 1))) if n else None,
            }
            for n, name in enumerate(names)
        ],
        "sections": draw(
            st.lists(
                st.tuples(st.integers(0, size - 1), WORDS, st.integers(0, 99)),
                unique_by=lambda s: s[:2],
                max_size=5,
            )
        ),
        "people": draw(st.lists(st.tuples(WORDS, st.sampled_from(["", "13800138000"])), max_size=4)),
        "seats": draw(
            st.lists(st.tuples(st.integers(0, 3), st.sampled_from(KINDS), st.integers(0, 4)), max_size=8)
        ),
    }


def build(made: dict[str, Any]) -> None:
    """Bring what was drawn into the database."""
    agencies: list[Agency] = []
    for given_fields in made["agencies"]:
        above = given_fields.pop("above")
        agencies.append(
            Agency.objects.create(supervisor=agencies[above] if above is not None else None, **given_fields)
        )
    sections = [
        Section.objects.create(agency=agencies[n], name=name, order=o) for n, name, o in made["sections"]
    ]
    people = [
        Person.objects.create(username=f"hyp{n}", name=name, phone=phone)
        for n, (name, phone) in enumerate(made["people"])
    ]
    for who, kind, where in made["seats"]:
        section = sections[where] if where < len(sections) and kind not in OF_THE_WHOLE else None
        if who < len(people) and (section or kind not in IN_SECTIONS):
            agency = section.agency if section else agencies[where % len(agencies)]
            Seat.objects.get_or_create(person=people[who], kind=kind, agency=agency, section=section)


def everything() -> list[list[dict[str, Any]]]:
    return [list(m.objects.order_by("pk").values()) for m in (Agency, Section, Person, Seat, Entry)]


@given(places())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_exported_and_imported_again_changes_nothing(db: None, made: dict[str, Any]) -> None:
    with transaction.atomic():
        build({**made, "agencies": [dict(fields) for fields in made["agencies"]]})
        before, data = everything(), whole_list()
        assert whole_list() == data
        assert preview(data, by=SYSTEM) == {}
        assert import_workbook(data, by=SYSTEM).counts == {}
        assert everything() == before
        transaction.set_rollback(True)


def test_the_list_of_one_site_makes_the_same_list_on_another(db: None) -> None:
    import_workbook(packed(county(6, 20)), by=SYSTEM, give_seats=True)
    data = whole_list()
    with transaction.atomic():
        for model in (Agency, Section, Person, Seat):
            assert model.objects.exists()
        Tenure.objects.all().delete()
        for model in (Seat, Person, Section):
            model.objects.all().delete()
        Agency.objects.update(supervisor=None)
        Agency.objects.all().delete()
        import_workbook(data, by=SYSTEM, give_seats=True)
        rows, again = (
            {
                sheet.title: list(sheet.iter_rows(values_only=True))
                for sheet in load_workbook(io.BytesIO(d)).worksheets
            }
            for d in (data, whole_list())
        )
        assert rows == again
        transaction.set_rollback(True)


def test_the_cast_goes_round(cast: Cast) -> None:
    assert preview(whole_list(), by=cast.actor("sysadmin")) == {}
    assert not {"sysadmin", "secadmin", "auditor"} & {
        row[0] for row in load_workbook(io.BytesIO(whole_list()))["人员与岗位"].iter_rows(values_only=True)
    }


def test_the_blank_workbook_explains_itself_and_imports_as_nothing(db: None) -> None:
    book = load_workbook(io.BytesIO(blank_workbook()))
    assert book.sheetnames == [GUIDE, *(sheet.name for sheet in SHEETS)]
    for layout in SHEETS:
        heads = [cell.value for cell in book[layout.name][1]]
        assert heads == [column.head for column in layout.columns]
        listed = [rule for rule in book[layout.name].data_validations.dataValidation if rule.type == "list"]
        assert len(listed) == sum(bool(column.choices) for column in layout.columns)
        # A list longer than this Excel does not open.
        assert all(len(rule.formula1) <= 257 for rule in listed)
    guide = "\n".join(str(cell.value) for row in book[GUIDE].iter_rows() for cell in row if cell.value)
    assert all(column.hint in guide for layout in SHEETS for column in layout.columns)
    assert preview(blank_workbook(), by=SYSTEM) == {}


def said(data: bytes) -> list[str]:
    """What the import says of this file; nothing may have been written."""
    before = everything()
    with pytest.raises(Unfit) as refused:
        import_workbook(data, by=SYSTEM)
    assert everything() == before
    return [str(problem) for problem in refused.value.problems]


def changed(data: bytes, **parts: bytes) -> bytes:
    """The package with parts replaced or added; `__` stands for / and `_dot_` for a dot."""
    out = io.BytesIO()
    new = {name.replace("__", "/").replace("_dot_", "."): content for name, content in parts.items()}
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed_again,
    ):
        for entry in old.infolist():
            packed_again.writestr(entry.filename, new.pop(entry.filename, None) or old.read(entry))
        for name, content in new.items():
            packed_again.writestr(name, content)
    return out.getvalue()


def test_what_is_no_workbook_is_refused_in_words(db: None) -> None:
    whole = packed(county(2, 2))
    plain = io.BytesIO()
    with zipfile.ZipFile(plain, "w") as archive:
        archive.writestr("readme.txt", "x")
    for data in (
        b"",
        "姓名,岗位\n张三,经办员".encode(),
        b"\xd0\xcf\x11\xe0" + bytes(600),
        b"%PDF-1.7",
        plain.getvalue(),
    ):
        assert said(data) == ["这不是 Excel 工作簿（.xlsx）。请先下载模板，在模板里填好以后再导入。"]
    assert "5 MB" in said(whole + bytes(MAX_BYTES))[0]
    assert "宏" in said(changed(whole, xl__vbaProject_dot_bin=b"x"))[0]
    for broken in (whole[: len(whole) // 2], changed(whole, xl__workbook_dot_xml=b"<broken")):
        assert len(said(broken)) == 1
        assert said(broken)[0].endswith("。")


def test_a_bomb_is_refused_before_it_is_unpacked(db: None) -> None:
    bomb = changed(packed(county(2, 2)), xl__worksheets__sheet1_dot_xml=b"<worksheet>" + b" " * 200_000_000)
    assert len(bomb) < 1_000_000
    tracemalloc.start()
    assert len(said(bomb)) == 1
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 60_000_000


def test_formulas_merged_cells_heads_and_sheets_are_named(db: None) -> None:
    rows = county(3, 0)["机关"]
    rows[1][1] = '="县"&"局"'
    assert said(packed({"机关": rows})) == [
        "“机关”第3行“全称”列：这个格子里是公式。请改成直接写内容（复制后“选择性粘贴—数值”）。",
    ]
    book = load_workbook(io.BytesIO(packed({"机关": county(3, 0)["机关"]})))
    book["机关"].merge_cells("B2:B3")
    out = io.BytesIO()
    book.save(out)
    assert said(out.getvalue()) == ["“机关”：有合并的单元格：B2:B3。请取消合并，每个格子分别填写。"]
    heads = ("机构代码", "全称", "网址代号", "层级别", "主管部门", "全称")
    told = said(workbook(机关=(heads, [])))
    assert told == [
        "“机关”第1行：不认识的列名“层级别”（D列）。请照模板的列名改，或者删掉这一列。",
        "“机关”第1行“全称”列：这一列出现了两次，请只留一列。",
        "“机关”第1行“层级”列：缺少这一列，请照模板补上，第一行写列名。",
    ]
    assert said(workbook(Sheet1=(AGENCY_HEADS, []))) == [
        "没有找到要导入的表。请使用模板，表名是：机关、股室、人员与岗位。"
    ]


def test_other_sheets_are_left_alone(db: None) -> None:
    book = load_workbook(io.BytesIO(packed(county(2, 2))))
    book.create_sheet("草稿").append(["=1/0", "随便写的"])
    out = io.BytesIO()
    book.save(out)
    assert preview(out.getvalue(), by=SYSTEM)["新增机关"] == 2
