"""The pages about agencies: each form sent well and badly, what was typed stays, lists that do not ask in a loop."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from gongkai.agencies.models import Agency, Person, Seat, SeatProposal, Section
from gongkai.audit.models import Entry
from gongkai.tasks.actions.tasks import give_task
from tests.agencies.sheet_of_a_county import county, packed
from tests.cast import SYSTEM, Cast

SITE = "/desk/site/agencies/"
DESK = "/desk/xtxsfj/agency/"
NEW = {"name": "某某县水利局", "code": "MMXSLJ", "slug": "mmxslj", "level": "department", "self_name": "我局"}


def sent(client: Client, place: str, data: dict[str, Any]) -> str:
    """What is told after a form that was done: the page it leads to."""
    answer = client.post(place, data, follow=True)
    assert answer.redirect_chain, wrong_in(answer.content.decode())
    return answer.content.decode()


def wrong_in(page: str) -> list[str]:
    """What the summary of errors says."""
    found = re.search(r'class="error-summary".*?</div>', page, re.S)
    return re.findall(r"<li>(?:<a[^>]*>)?([^<]+)", found[0]) if found else []


def refused(client: Client, place: str, data: dict[str, Any]) -> str:
    """The page again with a summary of errors; nothing was written down."""
    before = Entry.objects.exclude(act="person.view").count()
    answer = client.post(place, data)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert wrong_in(page)
    assert "<title>错误：" in page
    assert Entry.objects.exclude(act="person.view").count() == before
    return page


def book(data: bytes, name: str = "名单.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def test_a_new_agency(cast: Cast) -> None:
    client = cast.browse("sysadmin")
    page = refused(client, f"{SITE}new/", {**NEW, "name": "打错的名称", "slug": "site", "postcode": "41"})
    assert len(wrong_in(page)) == 2
    assert 'value="打错的名称"' in page
    assert 'value="41"' in page
    assert "请填写全称。" in refused(client, f"{SITE}new/", {"level": "department"})
    assert "接下来请设置股室" in sent(client, f"{SITE}new/", {**NEW, "supervisor": cast.county.pk})
    assert Agency.objects.get(slug="mmxslj").supervisor == cast.county


def test_editing_in_both_places(cast: Cast) -> None:
    client, place = cast.browse("sysadmin"), f"{SITE}{cast.other.pk}/edit/"
    whole = {**NEW, "name": cast.other.name, "code": cast.other.code, "slug": "sample-office"}
    page = refused(client, place, {**whole, "email": "不是邮箱", "court": "某某县人民法院"})
    assert 'value="不是邮箱"' in page
    assert 'value="某某县人民法院"' in page
    assert "已保存" in sent(client, place, {**whole, "court": "某某县人民法院"})
    assert "没有改动" in sent(client, place, {**whole, "court": "某某县人民法院"})
    clerk = cast.browse("clerk")
    typed = {"self_name": "我局", "phone": "123", "address": "某某路1号"}
    assert 'value="某某路1号"' in refused(clerk, f"{DESK}edit/", typed)
    assert "已保存" in sent(clerk, f"{DESK}edit/", {**typed, "phone": "0731-55550000"})
    assert "某某路1号" in clerk.get(DESK).content.decode()


def test_a_new_name(cast: Cast) -> None:
    client, place = cast.browse("sysadmin"), f"{SITE}{cast.agency.pk}/rename/"
    page = refused(
        client,
        place,
        {"name": "湘潭县法治局", "on_year": "2199", "on_month": "1", "on_day": "1", "basis": ""},
    )
    assert 'value="湘潭县法治局"' in page
    assert {"日期不能晚于今天，请到那一天再办。", "请填写依据，例如机构改革方案的文号。"} <= set(
        wrong_in(page)
    )
    page = sent(
        client,
        place,
        {"name": "湘潭县法治局", "on_year": "2026", "on_month": "3", "on_day": "2", "basis": "改革方案"},
    )
    assert "湘潭县司法局" in page
    assert "用到" in page


def test_merging_names_whom_it_concerns_and_asks_once(cast: Cast) -> None:
    client, place = cast.browse("sysadmin"), f"{SITE}{cast.agency.pk}/merge/"
    give_task(by=SYSTEM, seat=Seat.objects.get(agency=cast.agency, kind="clerk"), title="答复申请")
    asked = client.get(place).content.decode()
    for seat in Seat.objects.filter(agency=cast.agency):
        assert str(seat.person.name) in asked  # type: ignore[union-attr]
    assert not Agency.objects.filter(ended_on__isnull=False).exists()
    good = {"into": cast.other.pk, "on_year": "2026", "on_month": "3", "on_day": "2", "basis": "改革方案"}
    assert "还有没办完的事" in refused(client, place, good)
    assert "请选择并入哪个机关。" in refused(client, place, {**good, "into": ""})
    target = Seat.objects.get(agency=cast.other, kind="clerk")
    assert "已并入" in sent(client, place, {**good, "work_to": target.pk})
    page = client.get(f"{SITE}{cast.other.pk}/").content.decode()
    assert cast.agency.name in page
    assert "已并入" in client.get(f"{SITE}?ended=1").content.decode()


def test_ending(cast: Cast) -> None:
    client = cast.browse("sysadmin")
    assert "由它主管" in refused(
        client,
        f"{SITE}{cast.county.pk}/end/",
        {"on_year": "2026", "on_month": "3", "on_day": "2", "basis": "方案"},
    )
    assert "已撤销" in sent(
        client,
        f"{SITE}{cast.other.pk}/end/",
        {"on_year": "2026", "on_month": "3", "on_day": "2", "basis": "方案"},
    )


@pytest.mark.parametrize("at", ["desk", "site"])
def test_sections_in_both_places(cast: Cast, at: str) -> None:
    client = cast.browse("ogi_head" if at == "desk" else "sysadmin")
    place = f"{DESK}sections/" if at == "desk" else f"{SITE}{cast.agency.pk}/sections/"
    assert 'value="法治股"' in refused(client, place, {"name": "法治股"})
    assert "已设立综合股" in sent(client, place, {"name": "综合股"})
    made = Section.objects.get(name="综合股")
    sent(client, place, {"up": made.pk})
    assert [s.name for s in cast.agency.sections.all()] == ["法治股", "综合股", "公共法律服务股"]
    client.post(place, {"up": "x"})
    assert "请填写股室名称。" in refused(client, f"{place}{made.pk}/", {"name": ""})
    page = refused(client, f"{place}{made.pk}/", {"name": "法治股"})
    assert "<h1>综合股" in page
    assert "已改名为办公室" in sent(client, f"{place}{made.pk}/", {"name": "办公室"})
    own = f"{place}{cast.section.pk}/"
    assert "股室起草人" in client.get(f"{own}end/").content.decode()
    assert "确定撤销" not in client.get(f"{own}end/").content.decode()
    assert client.post(f"{own}end/", {"sure": "1"}).status_code == 200
    assert Section.objects.get(pk=cast.section.pk).ended_on is None
    assert cast.drafter.name in client.get(f"{own}merge/").content.decode()
    if at == "site":
        head = client.get(f"{own}merge/").content.decode().split("<main")[0]
        assert "股室起草人" not in head, "the frame names the seats of who looks, not those that are moved"
    assert "请选择并入哪个股室。" in refused(client, f"{own}merge/", {"into": ""})
    assert "本机关的另一个股室" in refused(client, f"{own}merge/", {"into": cast.section.pk})
    assert "已并入办公室" in sent(client, f"{own}merge/", {"into": made.pk})
    assert client.get(own).status_code == 404
    assert "已撤销" in sent(client, f"{place}{cast.other_section.pk}/end/", {"sure": "1"})


def test_the_import_is_looked_at_refused_done_and_its_passwords_handed_out_once(cast: Cast) -> None:
    client = cast.browse("sysadmin")
    data, place = packed(county(3, 5)), f"{SITE}import/"
    assert "请先选择填好的工作簿。" in client.post(place, {"do": "import"}).content.decode()
    looked = client.post(place, {"do": "look", "book": book(data)}).content.decode()
    assert "新增人员 5 个" in looked
    assert not Person.objects.filter(username="user000").exists()
    rows = county(3, 5)
    rows["机关"][1][5], rows["人员与岗位"][4][2] = "41", "12"
    told = client.post(place, {"do": "import", "book": book(packed(rows))}).content.decode()
    assert "有 2 处要改，这次什么都没有写入" in told
    assert told.count('<td data-label="列">') == 2
    assert "第 3 行" in told
    assert "第 6 行" in told
    done = client.post(place, {"do": "import", "book": book(data)})
    page = done.content.decode()
    assert "no-store" in done["Cache-Control"]
    words = dict(re.findall(r'<th scope="row">(user\d+)</th>.*?<code>([^<]+)</code>', page))
    assert len(words) == 5
    assert all(Person.objects.get(username=name).check_password(word) for name, word in words.items())
    sealed = re.search(r'name="sealed" value="([^"]+)"', page)[1]  # type: ignore[index]
    file = client.post(f"{SITE}passwords/", {"sealed": sealed})
    assert "attachment" in file["Content-Disposition"]
    sheet = load_workbook(io.BytesIO(file.content)).worksheets[0]
    assert {row[0]: row[2] for row in sheet.iter_rows(min_row=2, values_only=True)} == words
    for bad in ("", "x", sealed[:-3] + "abc"):
        assert "只能在导入完成的那一页下载" in sent(client, f"{SITE}passwords/", {"sealed": bad})
    again = client.post(place, {"do": "import", "book": book(data)}).content.decode()
    assert "没有要导入的内容" in again


def test_proposals_are_confirmed_or_taken_off(cast: Cast) -> None:
    cast.browse("sysadmin").post(f"{SITE}import/", {"do": "import", "book": book(packed(county(2, 3)))})
    client = cast.browse("secadmin")
    one = SeatProposal.objects.earliest("pk")
    assert "没有授予" in sent(client, f"{SITE}seats/", {"decline": one.pk})
    sent(client, f"{SITE}seats/", {"decline": "9" * 18})
    assert "已授予2个岗位" in sent(client, f"{SITE}seats/", {"do": "confirm"})
    assert "没有等待确认的岗位" in client.get(f"{SITE}seats/").content.decode()


def test_template_and_list_are_workbooks_and_the_look_is_written_down(cast: Cast) -> None:
    client = cast.browse("sysadmin")
    assert load_workbook(io.BytesIO(client.get(f"{SITE}template/").content)).sheetnames[1:] == [
        "机关",
        "股室",
        "人员与岗位",
    ]
    before = Entry.objects.filter(act="person.view").count()
    assert client.get(f"{SITE}export/").status_code == 200
    assert Entry.objects.filter(act="person.view").count() == before + 1


def test_lists_ask_as_often_for_many_as_for_few(
    cast: Cast, queries: Callable[[Callable[[], Any]], int]
) -> None:
    client, head, guard = cast.browse("sysadmin"), cast.browse("ogi_head"), cast.browse("secadmin")
    places = [
        (client, SITE),
        (client, f"{SITE}{cast.agency.pk}/"),
        (client, f"{SITE}{cast.agency.pk}/sections/"),
        (client, f"{SITE}{cast.agency.pk}/sections/{cast.section.pk}/"),
        (client, f"{SITE}{cast.agency.pk}/merge/"),
        (head, DESK),
        (head, f"{DESK}sections/"),
        (guard, f"{SITE}seats/"),
    ]
    client.post(f"{SITE}import/", {"do": "import", "book": book(packed(county(2, 4)))})

    def counted() -> list[int]:
        return [queries(lambda c=c, p=p: c.get(p)) for c, p in places]  # type: ignore[misc]

    counted()
    few = counted()
    client.post(f"{SITE}import/", {"do": "import", "book": book(packed(county(18, 40)))})
    Section.objects.bulk_create(Section(agency=cast.agency, name=f"股{n}", order=n) for n in range(20))
    Seat.objects.bulk_create(
        Seat(agency=cast.agency, section=cast.section, kind="drafter", person=person)
        for person in Person.objects.filter(username__startswith="user")
    )
    Agency.objects.filter(code__in=[f"X{n:03d}" for n in range(3, 12)]).update(
        ended_on="2026-01-01", successor=cast.agency
    )
    assert counted() == few


def test_an_empty_list_says_what_to_do(cast: Cast) -> None:
    client = cast.browse("sysadmin")
    assert "没有找到" in client.get(f"{SITE}?q=没有这个机关").content.decode()
    assert "没有股室" in client.get(f"{SITE}{cast.county.pk}/").content.decode()
    assert "设立第一个" in client.get(f"{SITE}{cast.county.pk}/sections/").content.decode()
