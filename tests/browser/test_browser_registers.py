"""台账 in a browser: a sheet imported, a decision drafted, the year counted from the register, a list handed over."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.utils import timezone

from gongkai.disclosure.models import Item, RegisterEntry, Transfer
from tests.browser.test_browser_desk import come_in
from tests.browser.test_browser_ledger import look
from tests.browsing import Visit, through
from tests.cast import Cast, assemble
from tests.disclosure.test_registers import penalty, sheet

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ROWS = [
    ["测罚〔2026〕1号", "2026-11-20", "未按规定公示收费标准", "赵某甲", "自然人", "警告", "执法监督股", "是"],
    ["测罚〔2026〕2号", "2026年11月21日", "超出核准范围执业", "示例商贸有限公司", "单位", "罚款", "", "否"],
    ["测罚〔2026〕3号", "去年", "未按规定公示收费标准", "钱某乙", "自然人", "警告", "", ""],
]


@pytest.fixture
def stage(transactional_db: None, static_files: None) -> Cast:
    cast = assemble()
    penalty(cast, 7, day="2026-01-05")
    Item.objects.filter(pk=cast.hidden.pk).update(
        state=Item.State.KEPT,
        access="withheld",
        access_reason="公开后危害第三方合法权益",
        access_basis="条例第十五条",
        evaluate_on=date(2026, 3, 1),
    )
    return cast


def test_a_sheet_becomes_figures_and_an_item(stage: Cast, visit: Visit, tmp_path: Path) -> None:
    page, file = visit.page, tmp_path / "2026年处罚台账.xlsx"
    file.write_bytes(sheet("penalties", ROWS).read())
    come_in(visit, stage, "clerk")
    visit.open("/desk/xtxsfj/items/")
    through(page, page.get_by_role("link", name="台账和移交"))
    look(visit, "registers")
    through(page, page.get_by_role("link", name="行政处罚", exact=True))
    through(page, page.get_by_role("link", name="导入表格"))
    look(visit, "register-import")
    page.get_by_label("填好的表格").set_input_files(str(file))
    through(page, page.get_by_role("button", name="上传，检查"))
    assert "“去年”不是日期" in page.content()
    look(visit, "register-checked")
    through(page, page.get_by_role("button", name="只导入没有问题的 2 条"))
    look(visit, "register-imported")
    through(page, page.get_by_role("link", name="看台账"))
    assert "赵某甲" not in page.content()
    assert "赵某" in page.content()
    look(visit, "register")
    through(page, page.get_by_role("link", name="改", exact=True))
    page.get_by_label("按台账统计：每一件都登记在这里").check()
    page.get_by_label("从哪一年起台账是全的").fill("2026")
    look(visit, "register-keep")
    through(page, page.get_by_role("button", name="保存"))
    visit.open("/desk/xtxsfj/registers/?year=2026")
    assert "本年决定 3" in page.locator("tbody tr").nth(3).inner_text()
    look(visit, "registers-kept")
    through(page, page.get_by_role("link", name="打开最早的一件"))
    look(visit, "register-entry")
    through(page, page.get_by_role("link", name="起草公开信息"))
    look(visit, "register-draft")
    through(page, page.get_by_role("button", name="起草"))
    assert "已起草" in page.content()
    assert RegisterEntry.objects.exclude(item=None).get().item is not None
    assert not visit.complaints


def test_evaluated_and_handed_over(stage: Cast, visit: Visit) -> None:
    page = visit.page
    come_in(visit, stage, "ogi_head")
    visit.open("/desk/xtxsfj/registers/evaluations/")
    look(visit, "evaluations")
    through(
        page,
        page.get_by_role("link", name="评估 ：测试信息1").or_(
            page.get_by_role("link", name="评估：测试信息1")
        ),
    )
    assert page.get_by_role("button", name="登记评估").is_visible()
    visit.open("/desk/xtxsfj/registers/transfers/?year=2024")
    page.get_by_label("国家档案馆").check()
    page.get_by_label("接收单位和接收人").fill("测试县档案馆 甲某")
    today = timezone.localdate()
    for label, text in (("年", today.year), ("月", today.month), ("日", today.day)):
        page.get_by_label(label, exact=True).fill(str(text))
    look(visit, "transfers")
    through(page, page.get_by_role("button", name="登记移交"))
    assert Transfer.objects.get().count == 66
    assert "都移交过了" in page.content()
    look(visit, "transfers-done")
    for name in ("register-new", "register-documents"):
        visit.open(f"/desk/xtxsfj/registers/normative_documents/{name.rpartition('-')[2]}/")
        look(visit, name)
    assert not visit.complaints
