"""Import of the list: everything or nothing, every wrong row named, in one go and quickly."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.test import override_settings

from gongkai.agencies.actions.importing import Imported, import_workbook, preview
from gongkai.agencies.actions.proposals import confirm_proposals, decline_proposals
from gongkai.agencies.models import Agency, Person, Seat, SeatProposal, Section, Tenure
from gongkai.agencies.rights import NotAllowed
from gongkai.agencies.sheets.checking import check
from gongkai.agencies.sheets.problems import Unfit
from gongkai.agencies.sheets.reading import read
from gongkai.audit.models import Entry
from tests.agencies.sheet_of_a_county import county, packed, workbook
from tests.cast import SYSTEM, Cast

ARGON2 = override_settings(
    PASSWORD_HASHERS=[
        "django.contrib.auth.hashers.Argon2PasswordHasher",
        "django.contrib.auth.hashers.MD5PasswordHasher",
    ]
)


def tables() -> tuple[int, ...]:
    return tuple(m.objects.count() for m in (Agency, Section, Person, Seat, SeatProposal, Tenure, Entry))


def wrong(data: bytes, **more: Any) -> list[tuple[str, int, str]]:
    """Where the import finds something wrong: sheet, row, column."""
    with pytest.raises(Unfit) as refused:
        import_workbook(data, by=SYSTEM, **more)
    return [(p.sheet, p.row, p.column) for p in refused.value.problems]


@ARGON2
def test_forty_agencies_and_three_hundred_people_in_one_go(cast: Cast) -> None:
    before = Agency.objects.count(), Person.objects.count()
    done = import_workbook(packed(county()), by=cast.actor("sysadmin"))
    assert done.counts == {"新增机关": 40, "新增股室": 80, "新增人员": 300, "拟授岗位": 300}
    assert (Agency.objects.count(), Person.objects.count()) == (before[0] + 40, before[1] + 300)
    assert Agency.objects.get(code="X007").supervisor == Agency.objects.get(code="X000")
    assert Agency.objects.get(code="X007").postcode == "411200"
    assert Person.objects.get(username="user299").phone == "13800000299"
    assert len({password for _, _, password in done.passwords}) == 300
    assert not Seat.objects.filter(person__username="user001").exists()
    given, refused = confirm_proposals(by=cast.actor("secadmin"))
    assert (given, refused) == (300, [])
    assert not SeatProposal.objects.exists()
    seat = Seat.objects.get(person__username="user120")
    assert (seat.kind, str(seat.section), seat.agency) == (
        "section_head",
        "法治股",
        Agency.objects.get(code="X000"),
    )
    assert Tenure.objects.filter(seat__agency__code__startswith="X0", until__isnull=True).count() == 300


@ARGON2
def test_a_first_password_is_argon2_fits_and_has_to_be_changed(cast: Cast) -> None:
    done = import_workbook(packed(county(2, 3)), by=cast.actor("sysadmin"))
    username, _, password = done.passwords[0]
    person = Person.objects.get(username=username)
    assert person.password.startswith("argon2$argon2id$v=19$m=7168,t=5,p=1$")
    assert person.must_change_password
    assert person.password_set_at is not None
    assert not person.check_password("something else")
    assert person.check_password(password)
    person.refresh_from_db()
    assert "m=102400,t=2,p=8" in person.password, "sealed anew at full strength once used"
    assert authenticate(None, username=username, password=password) in (person, None)


def test_no_password_is_kept_anywhere(cast: Cast) -> None:
    done = import_workbook(packed(county(2, 3)), by=cast.actor("sysadmin"))
    told = "".join(Entry.objects.values_list("detail", flat=True))
    assert all(password not in told for _, _, password in done.passwords)
    again = import_workbook(packed(county(2, 3)), by=cast.actor("sysadmin"))
    assert again == Imported({}, [], 0)


def test_ten_wrong_rows_import_nothing_and_all_ten_are_named(cast: Cast) -> None:
    rows = county()
    organs, sections, staff = rows["机关"], rows["股室"], rows["人员与岗位"]
    organs[3][2] = "site"
    organs[8][3] = "市级部门"
    organs[9][4] = "NOWHERE"
    organs[12][5] = "41120"
    organs[20][1] = organs[19][1]
    sections[4][0] = "X999"
    staff[0][1] = ""
    staff[10][2] = "138001380"
    staff[50][6] = "系统管理员"
    staff[299][5] = "没有这个股"
    before = tables()
    assert wrong(packed(rows)) == [
        ("机关", 5, "网址代号"),
        ("机关", 10, "层级"),
        ("机关", 11, "主管部门"),
        ("机关", 14, "邮政编码"),
        ("机关", 22, "全称"),
        ("股室", 6, "机构代码"),
        ("人员与岗位", 2, "姓名"),
        ("人员与岗位", 12, "手机"),
        ("人员与岗位", 52, "岗位"),
        ("人员与岗位", 301, "股室"),
    ]
    assert tables() == before


def test_every_problem_says_what_to_do(cast: Cast) -> None:
    rows = county(3, 3)
    rows["机关"][1][5] = "41"
    with pytest.raises(Unfit) as refused:
        import_workbook(packed(rows), by=SYSTEM)
    assert str(refused.value.problems[0]) == "“机关”第3行“邮政编码”列：邮政编码是6位数字，例如 411200。"


def test_rings_of_supervisors_are_named(cast: Cast) -> None:
    rows = county(4, 0)
    rows["机关"][0][4], rows["机关"][1][4], rows["机关"][2][4] = "X002", "X000", "X001"
    assert wrong(packed(rows)) == [("机关", n, "主管部门") for n in (2, 3, 4)]
    rows["机关"] = [["X9", "自己管自己局", "x9", "政府部门", "X9", "", "", ""]]
    assert ("机关", 2, "主管部门") in wrong(packed({"机关": rows["机关"]}))
    cast.county.code = "COUNTY"
    below = [["COUNTY", cast.county.name, "county-office", "人民政府", cast.agency.code, "", "", ""]]
    assert wrong(packed({"机关": below})) == [("机关", 2, "主管部门")], "through agencies not on the sheet"


def test_what_stands_is_matched_updated_and_never_renamed(cast: Cast) -> None:
    rows = [[cast.county.code, cast.county.name, "county-office", "人民政府", "", "411228", "", ""]]
    done = import_workbook(packed({"机关": rows}), by=cast.actor("sysadmin"))
    assert done.counts == {"更新机关": 1}
    cast.county.refresh_from_db()
    assert cast.county.postcode == "411228"
    rows[0][1] = "改名县人民政府"
    assert wrong(packed({"机关": rows})) == [("机关", 2, "全称")]
    open_one = [[cast.agency.code, cast.agency.name, "other-slug", "政府部门", "", "", "", ""]]
    assert ("机关", 2, "网址代号") in wrong(packed({"机关": open_one}))


def test_administrators_closed_accounts_and_two_people_under_one_name(cast: Cast) -> None:
    Person.objects.filter(pk=cast.nobody.pk).update(is_active=False)
    code = cast.agency.code
    staff = [
        ["sysadmin", "改名", "", "", code, "", "经办员"],
        ["nobody", "没有岗位的人（测试）", "", "", code, "", "经办员"],
        ["twin", "甲", "", "", code, "", "经办员"],
        ["twin", "乙", "", "", code, "", "分管领导"],
        ["twin", "甲", "", "", code, "", "经办员"],
        ["drafty", "丙", "", "", code, "", "股室起草人"],
        ["heady", "丁", "", "", code, "法治股", "主要负责人"],
    ]
    assert wrong(packed({"人员与岗位": staff})) == [
        ("人员与岗位", 2, "用户名"),
        ("人员与岗位", 3, "用户名"),
        ("人员与岗位", 5, "姓名"),
        ("人员与岗位", 6, "岗位"),
        ("人员与岗位", 7, "股室"),
        ("人员与岗位", 8, "股室"),
    ]


def test_only_the_system_administrator_imports_and_only_the_security_administrator_gives(cast: Cast) -> None:
    data = packed(county(2, 2))
    for who in ("clerk", "secadmin", "auditor", "supervisor", "anonymous"):
        with pytest.raises(NotAllowed):
            import_workbook(data, by=cast.actor(who))
        with pytest.raises(NotAllowed):
            preview(data, by=cast.actor(who))
    with pytest.raises(NotAllowed):
        import_workbook(data, by=cast.actor("sysadmin"), give_seats=True)
    assert not SeatProposal.objects.exists()
    import_workbook(data, by=cast.actor("sysadmin"))
    with pytest.raises(NotAllowed):
        confirm_proposals(by=cast.actor("sysadmin"))
    one = SeatProposal.objects.earliest("pk")
    assert decline_proposals([one.pk], by=cast.actor("secadmin")) == 1
    assert confirm_proposals(by=cast.actor("secadmin")) == (1, [])


def test_the_command_gives_the_seats_at_once(cast: Cast) -> None:
    done = import_workbook(packed(county(2, 4)), by=SYSTEM, give_seats=True)
    assert done.seats_given == 4
    assert not SeatProposal.objects.exists()
    assert Seat.objects.filter(person__username="user001", ended_on__isnull=True).count() == 1


def test_a_proposal_that_no_longer_fits_stays(cast: Cast) -> None:
    import_workbook(packed(county(2, 2)), by=cast.actor("sysadmin"))
    Person.objects.filter(username="user000").update(is_active=False)
    given, refused = confirm_proposals(by=cast.actor("secadmin"))
    assert given == 1
    assert "停用" in refused[0]
    assert SeatProposal.objects.get().person.username == "user000"


def test_a_preview_writes_nothing(cast: Cast) -> None:
    before = tables()
    assert preview(packed(county(3, 5)), by=cast.actor("sysadmin"))["新增人员"] == 5
    assert tables() == before


def test_a_section_that_had_ended_stands_again(cast: Cast) -> None:
    section = Section.objects.create(agency=cast.agency, name="旧股", order=9, ended_on="2024-05-01")
    done = import_workbook(
        workbook(股室=(("机构代码", "股室名称"), [[cast.agency.code, "旧股"]])), by=cast.actor("sysadmin")
    )
    section.refresh_from_db()
    assert done.counts == {"更新股室": 1}
    assert (section.ended_on, section.order) == (None, 9)


def test_the_number_of_queries_does_not_grow(cast: Cast, queries: Callable[[Callable[[], Any]], int]) -> None:
    few, many = packed(county(5, 10)), packed(county(40, 300))
    assert queries(lambda: check(read(few))) == queries(lambda: check(read(many))) <= 7
    before = queries(lambda: import_workbook(few, by=cast.actor("sysadmin")))
    new = {
        name: [
            [
                str(cell)
                .replace("X0", "Y0")
                .replace("user", "man")
                .replace("mmx", "nnx")
                .replace("某某", "另某")
                for cell in row
            ]
            for row in rows
        ]
        for name, rows in county(40, 300).items()
    }
    after = queries(lambda: import_workbook(packed(new), by=cast.actor("sysadmin")))
    # Rows are written in batches as large as the database takes.
    assert after - before <= 12
