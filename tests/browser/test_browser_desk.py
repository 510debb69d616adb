"""The desk in a browser: every page by keyboard with the focus to be seen, targets large enough, no wider than a
phone or than 200 %, nothing a screen reader stumbles over; for the clerk, the head and the three administrators."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.test_browser_walk import STUMBLES
from tests.browsing import Visit
from tests.cast import Cast, assemble

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]
OWN = "/desk/xtxsfj/"
PAGES = {
    "clerk": (
        OWN,
        f"{OWN}first-week/",
        f"{OWN}settings/",
        f"{OWN}agency/edit/",
        f"{OWN}notices/",
        f"{OWN}tasks/give/",
        f"{OWN}ledger/import/",
        f"{OWN}search/?q=%E5%85%AC%E5%BC%80",
        "/desk/account/",
    ),
    "head": (OWN, f"{OWN}people/", f"{OWN}trail/"),
    "sysadmin": ("/desk/site/", "/desk/site/help/", "/desk/site/notices/", "/desk/site/people/"),
    "secadmin": ("/desk/site/", "/desk/site/seats/"),
    "auditor": ("/desk/site/", "/desk/site/audit/"),
    "anonymous": ("/desk/sign-in/",),
}
# WCAG 2.2, 2.5.8: 24 by 24 px, but for links within a sentence.
SMALL = """() => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, summary')]
  .filter(e => e.checkVisibility() && !e.closest('p, dd, td, th, .note, .crumbs, .law, label'))
  .map(e => [e.getBoundingClientRect(), e])
  .filter(([r]) => r.width > 1 && r.height > 1 && (r.width < 24 || r.height < 24))
  .map(([r, e]) => Math.round(r.width) + 'x' + Math.round(r.height) + ' ' + e.outerHTML.slice(0, 120))"""
STOPS = """() => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
  .filter(e => e.checkVisibility() && !e.disabled && e.tabIndex >= 0).length"""
FOCUS = """() => {
  const e = document.activeElement, s = getComputedStyle(e), r = e.getBoundingClientRect();
  const seen = (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2) || s.boxShadow !== 'none';
  const within = e.type === 'date' && e.dataset.stopped;
  e.dataset.stopped = '1';
  return within || (seen && r.bottom > 0 && r.top < innerHeight) ? '' : e.outerHTML.slice(0, 120);
}"""


@pytest.fixture
def stage(transactional_db: None, static_files: None) -> Cast:
    return assemble()


def come_in(visit: Visit, cast: Cast, who: str) -> None:
    """Signed in as this person, by the cookie of a session."""
    context = visit.page.context
    context.clear_cookies()
    if who == "anonymous":
        return
    client: Any = cast.browse(who)
    value = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": value, "url": visit.address}])


@pytest.mark.parametrize("who", PAGES)
def test_nothing_to_stumble_over_and_large_enough(stage: Cast, visit: Visit, who: str) -> None:
    come_in(visit, stage, who)
    for path in PAGES[who]:
        visit.open(path)
        assert visit.page.evaluate(STUMBLES) == [], path
        assert visit.page.evaluate(SMALL) == [], path
        for width, height in ((390, 844), (683, 384)):
            visit.page.set_viewport_size({"width": width, "height": height})
            assert visit.overflow() == 0, (path, width)
        visit.page.set_viewport_size({"width": 1366, "height": 768})


@pytest.mark.parametrize("who", PAGES)
def test_every_stop_is_reached_by_tab_and_seen(stage: Cast, visit: Visit, who: str) -> None:
    come_in(visit, stage, who)
    for path in PAGES[who][:3]:
        visit.open(path)
        stops, dates = visit.page.evaluate(STOPS), visit.page.locator("input[type=date]").count()
        # Round once more, since a page may begin within its form; a date is four stops.
        for _ in range(2 * stops + 8 * dates + 2):
            visit.page.keyboard.press("Tab")
            if not visit.page.evaluate("document.activeElement === document.body"):
                assert visit.page.evaluate(FOCUS) == "", path
        reached = visit.page.evaluate("document.querySelectorAll('[data-stopped]').length")
        assert reached >= stops, path
