"""axe-core over every kind of public page and the main pages of the desk: nothing serious, nothing critical; and the
public pages without scripts. `make axe`."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.test_browser_walk import DESK, sign_in
from tests.browsing import Visit
from tests.cast import Cast, assemble
from tests.portal.test_site_pages import policy_column, with_file

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]
OWN = "/zfxxgk/xtxsfj/"
WORST = ("serious", "critical")


@pytest.fixture
def stage(static_files: None) -> Cast:
    cast = assemble()
    policy_column(cast)
    cast.extra["item"] = with_file(
        cast,
        where="zcwj",
        validity="repealed",
        validity_on=date(2024, 9, 1),
        validity_by="测试文件",
        text="<p>文</p><table><tr><td>格</td></tr></table>",
    ).pk
    return cast


def public(cast: Cast) -> list[str]:
    item = f"items/{cast.extra['item']}/"
    own = ("", "guide/", "rules/", "about/", "items/", "columns/xzfy/", "columns/zcwj/", "policies/", item)
    own += (f"{item}print/", "reports/", "reports/2024/", "requests/", "requests/help/")
    own += ("requests/apply/", "requests/track/", "items/999999/")
    own += ("messages/", "messages/help/", "messages/write/", "messages/track/")
    site = ("/search/", "/search/?q=行政&year=2024", "/search/?q=没有这样的字", "/data/")
    return [*(OWN + one for one in own), *site]


def wrong_on(page: Any) -> list[str]:
    """What axe-core finds of the worst two kinds, a line each."""
    found = Axe().run(page).response["violations"]
    return [f"{v['id']}: {n['target']}" for v in found if v["impact"] in WORST for n in v["nodes"]]


def test_axe_finds_a_planted_fault(stage: Cast, visit: Visit) -> None:
    visit.open(OWN)
    visit.page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<input><img src=\"x.png\">')"
    )
    assert {line.partition(":")[0] for line in wrong_on(visit.page)} >= {"label", "image-alt"}
    visit.complaints.clear()


def test_the_public_pages(stage: Cast, visit: Visit) -> None:
    found = []
    for path in public(stage):
        visit.open(path)
        found += [f"{path}: {line}" for line in wrong_on(visit.page)]
    visit.open(f"/look/?set=contrast&back={OWN}")
    for path in (OWN, f"{OWN}items/{stage.extra['item']}/", f"{OWN}reports/2024/"):
        visit.open(path)
        assert visit.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(0, 0, 0)"
        found += [f"high contrast {path}: {line}" for line in wrong_on(visit.page)]
    assert found == []
    visit.complaints[:] = [one for one in visit.complaints if "404" not in one]


def test_the_desk_pages(stage: Cast, visit: Visit) -> None:
    sign_in(visit, "clerk")
    found = []
    for path in DESK:
        visit.open(path)
        found += [f"{path}: {line}" for line in wrong_on(visit.page)]
    assert found == []
    visit.complaints[:] = [one for one in visit.complaints if "403" not in one and "404" not in one]


def test_the_public_pages_are_whole_without_scripts(stage: Cast, chromium: Any, site: str) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    for path in public(stage)[:-1]:
        page.goto(site + path)
        assert page.locator("main h1").count() == 1, path
        assert page.locator("main").inner_text().strip(), path
    page.goto(f"{site}{OWN}")
    page.get_by_role("link", name="字号大").click()
    assert page.url == f"{site}{OWN}"
    assert page.locator("html").evaluate("e => getComputedStyle(e).fontSize") == "20px"
    context.close()
