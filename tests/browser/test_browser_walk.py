"""In a real browser: sign in, open the report, open a figure, download, read the public page; by keyboard, on a
phone, at 200 %, without scripts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gongkai.agencies.actions.seats import renew_password
from gongkai.agencies.models import Person
from gongkai.agencies.queries import open_agency
from gongkai.statute.report.readers import read
from tests.browsing import Visit, through
from tests.cast import SYSTEM, Cast, assemble

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PUBLIC = (
    "/zfxxgk/xtxsfj/",
    "/zfxxgk/xtxsfj/guide/",
    "/zfxxgk/xtxsfj/rules/",
    "/zfxxgk/xtxsfj/items/",
    "/zfxxgk/xtxsfj/columns/xzfy/",
    "/zfxxgk/xtxsfj/reports/",
    "/zfxxgk/xtxsfj/reports/2024/",
    "/zfxxgk/xtxsfj/requests/",
)
DESK = (
    "/desk/xtxsfj/",
    "/desk/xtxsfj/requests/",
    "/desk/xtxsfj/items/",
    "/desk/xtxsfj/columns/xzfy/",
    "/desk/xtxsfj/reports/",
    "/desk/xtxsfj/reports/2024/",
    "/desk/xtxsfj/reports/2024/preview/",
    "/desk/xtxsfj/reports/2024/registers/",
    "/desk/xtxsfj/reports/2024/opening/",
    "/desk/xtxsfj/reports/2024/tables/t2/",
    "/desk/xtxsfj/reports/2024/tables/t3/",
    "/desk/xtxsfj/reports/2024/cells/t2.penalties/",
    "/desk/xtxsfj/reports/2024/checks/",
    "/desk/xtxsfj/reports/2024/sheets/1/",
    "/desk/xtxsfj/reports/2024/publication/",
    "/desk/xtxsfj/reports/2025/",
    "/desk/xtxsfj/reports/2024/figures/items/",
    "/desk/xtxsfj/reports/2024/figures/t3.new.total/",
    "/desk/xtxsfj/ledger/?year=2024",
    "/desk/xtxsfj/assessment/",
    "/desk/xtxsfj/messages/",
    "/desk/xtxsfj/messages/counts/2025/",
    "/desk/xtxsfj/messages/periods/",
    "/desk/xtxsfj/messages/accounts/",
    "/desk/xtxsfj/settings/",
    "/desk/xtxsfj/agency/",
    "/desk/xtxsfj/people/",
    "/desk/xtxsfj/people/history/",
    "/desk/xtxsfj/notices/",
    "/desk/xtxsfj/tasks/",
    "/desk/xtxsfj/tasks/given/",
    "/desk/xtxsfj/search/?q=公开",
    "/desk/xtxsfj/trail/",
    "/desk/account/",
    "/desk/account/password/",
    "/desk/account/sessions/",
    "/desk/xtxsfj/help/",
    "/desk/xtxsfj/words/",
    "/desk/xtxsfj/checks/",
)
# What a screen reader's user would stumble over, as a list of sentences; empty when all is well.
STUMBLES = r"""() => {
  const found = [];
  const name = e => (e.getAttribute('aria-label') || e.textContent || e.getAttribute('title') || '').trim();
  if (document.documentElement.lang !== 'zh-CN') found.push('no language');
  if (!document.title.trim()) found.push('no title');
  if (document.querySelectorAll('main').length !== 1) found.push('not one main');
  if (document.querySelectorAll('h1').length !== 1) found.push('not one h1');
  let level = 0;
  for (const h of document.querySelectorAll('main h1, main h2, main h3, main h4')) {
    const now = Number(h.tagName[1]);
    if (now > level + 1) found.push('heading skips to ' + h.tagName + ' ' + h.textContent);
    level = now;
  }
  for (const e of document.querySelectorAll('a[href], button')) if (!name(e)) found.push('nameless ' + e.outerHTML);
  for (const e of document.querySelectorAll('input:not([type=hidden]), select, textarea'))
    if (!e.labels.length) found.push('unlabelled ' + e.name);
  for (const t of document.querySelectorAll('table')) {
    if (!t.caption) found.push('table without caption');
    for (const th of t.querySelectorAll('th')) if (!th.scope) found.push('th without scope ' + th.textContent);
  }
  const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
  for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) found.push('id twice: ' + id);
  for (const e of document.querySelectorAll('[aria-labelledby]'))
    if (!e.getAttribute('aria-labelledby').split(/\s+/).every(id => document.getElementById(id))) found.push('labelledby nothing');
  for (const n of document.querySelectorAll('nav, aside')) if (!n.getAttribute('aria-label')) found.push('nameless nav');
  return found;
}"""


@pytest.fixture
def stage(transactional_db: None, static_files: None) -> Cast:
    return assemble()


def sign_in(visit: Visit, username: str) -> None:
    password = renew_password(Person.objects.get(username=username), by=SYSTEM)
    visit.open("/desk/")
    visit.page.get_by_label("用户名").fill(username)
    visit.page.get_by_label("密码").fill(password)
    through(visit.page, visit.page.get_by_role("button", name="登录"))
    visit.page.get_by_role("heading", name="今日待办").wait_for()


def test_from_sign_in_to_the_public_page(stage: Cast, visit: Visit, tmp_path: Path) -> None:
    sign_in(visit, "clerk")
    page = visit.page
    through(page, page.get_by_role("link", name="年报", exact=True))
    through(page, page.get_by_role("link", name="2024年政府信息公开工作年度报告"))
    through(page, page.get_by_role("link", name="看年报全文（预览）"))
    through(page, page.get_by_role("link", name="行政处罚：2，查看来源"))
    assert page.locator(".big-figure").inner_text() == "2"
    assert "行政处罚案件台账（示例）" in page.locator("main").inner_text()
    through(page, page.get_by_role("link", name="返回 2024年年报"))
    for ending in ("docx", "pdf", "html", "xlsx", "json"):
        with page.expect_download() as waiting:
            page.locator(f'.handover a[href$="/files/{ending}/"]').first.click()
        file = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(file)
        assert file.name == f"湘潭县司法局2024年政府信息公开工作年度报告.{ending}"
        assert read(file).value("t2.penalties") == 2
    through(page, page.locator(".handover").get_by_role("link", name="发布和报送"))
    through(page, page.get_by_role("link", name="看公开页面"))
    assert "主动公开政府信息66条" in page.locator("main").inner_text()
    assert page.locator("main .sheet table").count() == 3
    through(page, page.get_by_role("link", name="字号大"))
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "20px"


@pytest.mark.once
def test_nothing_to_stumble_over(stage: Cast, visit: Visit) -> None:
    item = open_agency("xtxsfj").items.public().latest("pk")
    for path in (*PUBLIC, f"/zfxxgk/xtxsfj/items/{item.pk}/", "/desk/sign-in/"):
        visit.open(path)
        assert visit.page.evaluate(STUMBLES) == [], path
    sign_in(visit, "head")
    for path in DESK:
        visit.open(path)
        assert visit.page.evaluate(STUMBLES) == [], path


@pytest.mark.parametrize("desk_size", [{"width": 390, "height": 844}, {"width": 683, "height": 384}])
@pytest.mark.once
def test_fits_a_phone_and_200_per_cent(stage: Cast, visit: Visit) -> None:
    """1366 × 768 at 200 % is 683 × 384 to the page."""
    sign_in(visit, "head")
    for path in (*PUBLIC, *DESK):
        visit.open(path)
        assert visit.overflow() == 0, path


@pytest.mark.once
def test_by_keyboard_alone(stage: Cast, visit: Visit) -> None:
    sign_in(visit, "clerk")
    page = visit.page
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.inner_text() == "跳到正文"
    assert (skip.bounding_box() or {"y": -1})["y"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert outline == "3px"


@pytest.mark.once
def test_the_panel_hides_nothing_behind_a_scroll_of_its_own(stage: Cast, visit: Visit) -> None:
    sign_in(visit, "head")
    visit.open("/desk/xtxsfj/reports/2024/preview/")
    assert visit.page.evaluate(
        "(e => [e.scrollHeight - e.clientHeight, getComputedStyle(e).position])(document.querySelector('.task-side'))"
    ) == [0, "static"]
    assert visit.page.get_by_role("heading", name="各部分").is_visible()


@pytest.mark.once
def test_past_a_table_with_one_key(stage: Cast, visit: Visit) -> None:
    sign_in(visit, "clerk")
    visit.open("/desk/xtxsfj/reports/2024/preview/")
    page = visit.page
    page.locator('.skip-table[href="#after-t3"]').focus()
    assert page.locator(":focus").is_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#after-t4"


@pytest.mark.parametrize("desk_size", [{"width": 390, "height": 844}])
@pytest.mark.once
def test_on_a_phone_labels_stay_beside_three_figures_and_the_panel_is_folded(
    stage: Cast, visit: Visit
) -> None:
    sign_in(visit, "clerk")
    seen_whole = """left => {
      const sheet = document.querySelector('.sheet-t3');
      sheet.scrollLeft = left;
      const row = [...sheet.querySelectorAll('tr')].find(r => r.textContent.includes('属于国家秘密'));
      const label = row.querySelector('th.depth2').getBoundingClientRect();
      const right = sheet.getBoundingClientRect().right;
      const cells = [...row.querySelectorAll('td')].map(c => c.getBoundingClientRect());
      return [label.left >= 0, cells.filter(c => c.left >= label.right - 1 && c.right <= right + 1).length];
    }"""
    for path in ("/desk/xtxsfj/reports/2024/preview/", "/zfxxgk/xtxsfj/reports/2024/"):
        visit.open(path)
        for left in (0, 10000):
            beside, whole = visit.page.evaluate(seen_whole, left)
            assert beside, path
            assert whole >= 3, path
    visit.open("/desk/xtxsfj/reports/2024/preview/")
    assert not visit.page.get_by_role("heading", name="数字来源").is_visible()
    visit.page.locator(".task-side summary").click()
    assert visit.page.get_by_role("heading", name="数字来源").is_visible()


@pytest.mark.once
def test_print_holds_the_report_alone(stage: Cast, visit: Visit) -> None:
    sign_in(visit, "clerk")
    visit.open("/desk/xtxsfj/reports/2024/preview/")
    visit.page.emulate_media(media="print")
    for hidden in (".task-side", ".handover", ".findings", ".tag", "h1", ".skip-table", ".topbar"):
        assert not visit.page.locator(hidden).first.is_visible(), hidden
    assert visit.page.locator(".paper-title").is_visible()


@pytest.mark.once
def test_without_scripts_all_is_there(stage: Cast, chromium: Any, site: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/zfxxgk/xtxsfj/reports/2024/")
    assert page.locator("td.figure").count() == 200
    assert page.locator("[data-page-tools] button").count() == 0
    context.close()
