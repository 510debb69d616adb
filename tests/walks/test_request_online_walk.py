"""Walk a, in a real browser: a citizen asks online with an identity paper, the clerk confirms, the answer is decided,
reviewed, signed and served, and the citizen sees every stage and takes the letter home."""

from __future__ import annotations

import re
import struct
from datetime import date
from pathlib import Path
from typing import Any
from zlib import compress, crc32

import pytest
from django.utils import timezone

from gongkai.files.queries import content_of, files_of_owner
from gongkai.inforequests.actions.confirm_receipt import confirm_receipt
from gongkai.inforequests.actions.deciding import decide, review, serve, sign
from gongkai.inforequests.actions.letters import make_letter
from gongkai.inforequests.letters.fields import decision_fields
from gongkai.inforequests.models import InfoRequest, PortalDraft
from gongkai.outbox.queries import notices_of
from tests.browsing import through
from tests.cast import Cast, assemble
from tests.inforequests.cases import said_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HERE = "/zfxxgk/xtxsfj/requests/"
ID_NUMBER = "11010519491231002X"
"""The example printed in GB 11643; nobody's."""


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc32(kind + data))


PNG = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    + _chunk(b"IDAT", compress(b"\x00\xff\xff\xff"))
    + _chunk(b"IEND", b"")
)
"""A white picture of one pixel."""


@pytest.fixture
def stage(transactional_db: None, static_files: None, settings: Any) -> Cast:
    settings.REQUEST_FORM_SECONDS = 0
    return assemble()


def press(page: Any, name: str) -> None:
    through(page, page.get_by_role("button", name=name, exact=True))


def follow(page: Any, name: str) -> None:
    through(page, page.get_by_role("link", name=name, exact=True))


def heading(page: Any) -> str:
    found: str = page.locator("main h1").inner_text()
    return found


def say_who(page: Any) -> None:
    page.get_by_label("公民个人").check()
    page.get_by_label("申请人自己（单位由本单位的人填写）").check()
    press(page, "下一步")
    page.get_by_label("姓名").fill("测试甲")
    page.get_by_label("证件号码").fill(ID_NUMBER[:-1] + "1")
    page.get_by_label("联系电话").fill("１３８ 0000 0000")
    press(page, "下一步")
    assert "校验位不对" in page.locator(".error-summary").inner_text()
    assert page.get_by_label("姓名").input_value() == "测试甲"
    page.get_by_label("证件号码").fill(ID_NUMBER)
    press(page, "下一步")


def say_what(page: Any) -> None:
    assert heading(page) == "您要什么信息"
    page.get_by_label("需要的政府信息").fill("2024年法律援助案件补贴的发放办法")
    page.get_by_label("文号").fill("测政发〔2024〕9号")
    press(page, "下一步")
    page.get_by_label("电子文件").check()
    page.get_by_label("邮寄").check()
    press(page, "下一步")
    assert "填写通信地址" in page.locator(".error-summary").inner_text()
    page.get_by_label("在本栏目查询页下载").check()
    press(page, "下一步")


def give_paper(page: Any, folder: Path) -> None:
    assert heading(page) == "附上证明材料"
    secret = folder / "photo.txt"
    secret.write_text("机密★10年\n某项会议记录", encoding="utf-8")
    paper = folder / "我的身份证.png"
    paper.write_bytes(PNG)
    page.get_by_label("选择文件").set_input_files(str(secret))
    page.get_by_label("我看过了，文件里没有国家秘密标志").check()
    press(page, "上传")
    assert "不能存放国家秘密" in page.locator(".error-summary").inner_text()
    page.get_by_label("选择文件").set_input_files(str(paper))
    page.get_by_label("我看过了，文件里没有国家秘密标志").check()
    press(page, "上传")
    assert "身份证明.png" in page.locator(".file-rows").inner_text()
    press(page, "下一步")


def ask(page: Any, folder: Path) -> tuple[str, str]:
    """From the page of 依申请公开 to the number and the code."""
    follow(page, "在线申请")
    press(page, "开始填写")
    say_who(page)
    say_what(page)
    give_paper(page, folder)
    assert heading(page) == "核对并提交"
    said = page.inner_text("main")
    assert "测试甲" in said
    assert "测政发〔2024〕9号" in said
    # Back and forth: nothing is lost, a reload neither.
    through(page, page.get_by_role("link", name=re.compile("更改.*您要什么信息")))
    assert "法律援助案件补贴" in page.get_by_label("需要的政府信息").input_value()
    press(page, "下一步")
    page.reload()
    press(page, "提交申请")
    assert heading(page) == "申请已提交"
    number: str = page.locator(".code-box strong").inner_text()
    code: str = page.locator(".secret").inner_text()
    return number, code


def look(page: Any) -> str:
    """What the requester's page says now."""
    page.goto(page.url)
    said: str = page.inner_text("main")
    return said


def decided(stage: Cast, case: InfoRequest, day: date) -> None:
    """Drafted, reviewed and signed by three; the letter is made."""
    reply = "granted_provided"
    draft = decide(case, by=stage.actor("clerk"), on=day, reply=reply, states=said_of(reply))
    review(case, by=stage.actor("reviewer"), on=day)
    sign(case, by=stage.actor("leader"), on=day)
    make_letter(case, f"reply_{reply}", by=stage.actor("clerk"), on=day, fields=decision_fields(draft))


def test_a_citizen_asks_online_and_takes_the_answer_home(
    stage: Cast, visit: Any, tmp_path: Path, settings: Any
) -> None:
    page, today = visit.page, timezone.localdate()
    visit.open(HERE)
    number, code = ask(page, tmp_path)
    case = InfoRequest.objects.get(agency=stage.agency, number=number)
    assert (case.state, case.channel, case.received_on, case.applicant) == (
        "unconfirmed",
        "online",
        None,
        "测试甲",
    )
    assert case.requester.identity_number == ID_NUMBER
    assert case.requester.phone == "138 0000 0000"
    assert [b"".join(content_of(file)) for file in files_of_owner(case)] == [PNG]
    assert not PortalDraft.objects.exists()
    assert number in notices_of(stage.actor("clerk"), stage.agency).latest("pk").subject

    # Another day, another browser: number and code.
    page.context.clear_cookies()
    visit.open(f"{HERE}track/case/")
    assert heading(page) == "查询进度"
    page.get_by_label("申请编号").fill(number)
    page.get_by_label("查询码").fill("ACDE-FGHJ-KLMN")
    press(page, "查询")
    assert "对不上" in page.locator(".error-summary").inner_text()
    page.get_by_label("查询码").fill(code.lower())
    press(page, "查询")
    assert heading(page) == number
    assert "等待与您确认" in page.inner_text("main")

    confirm_receipt(case, by=stage.actor("clerk"), on=today, how="电话确认，接听人为申请人本人")
    said = look(page)
    assert "已与您确认，收到申请" in said
    assert "还剩 20 个工作日" in said
    assert "电话确认" not in said

    decided(stage, case, today)
    said = look(page)
    assert "正在送达" in said
    assert ".pdf" not in page.content()
    assert page.get_by_role("link", name="政府信息公开申请答复书").count() == 0
    serve(case, by=stage.actor("clerk"), on=today, how="网络平台")
    said = look(page)
    assert "答复已送出" in said
    for insider in ("clerk", "reviewer", "leader"):
        assert stage.people[insider].name not in said
    with page.expect_download() as got:
        page.get_by_role("link", name="政府信息公开申请答复书").click()
    letter = Path(got.value.path()).read_bytes()
    assert letter.startswith(b"%PDF")
    assert letter == b"".join(content_of(case.letters.get().pdf))
