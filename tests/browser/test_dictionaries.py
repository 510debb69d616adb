"""The administration pages in a browser: nothing blocked, nothing from outside, all Chinese, both sizes."""

from __future__ import annotations

import os
import re
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from gongkai.agencies.models import AgencyName
from gongkai.dictionaries.actions.notices import import_notice
from gongkai.dictionaries.actions.words import put_word
from gongkai.dictionaries.models import Word
from tests.browsing import Visit
from tests.cast import Cast
from tests.dictionaries.test_calendar import notice_of

pytestmark = [pytest.mark.browser, pytest.mark.once]
PICTURES = os.environ.get("GONGKAI_TEST_PICTURES", "")


def sign_in(visit: Visit, cast: Cast, who: str) -> None:
    cookie = cast.browse(who).cookies["sessionid"]
    visit.page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": visit.address}])


@pytest.fixture(params=[(1366, 768), (390, 844)], ids=["desk", "hand"])
def desk_size(request: Any) -> dict[str, int]:
    return {"width": request.param[0], "height": request.param[1]}


def test_every_page_opens_whole_and_in_chinese(visit: Visit, cast: Cast) -> None:
    by = cast.actor("sysadmin")
    word = put_word(Word(kind=Word.Kind.SLIP, word="测试的词", note="应当写“试验的词”。"), by)
    notice = import_notice(by, notice_of(date(2027, 2, 8)))
    old = AgencyName.objects.create(agency=cast.agency, name="原名", until=date(2019, 1, 1), basis="机构改革")
    sign_in(visit, cast, "sysadmin")
    pages = {
        "index": [],
        "app_list": ["dictionaries"],
        "dictionaries_word_changelist": [],
        "dictionaries_word_add": [],
        "dictionaries_word_change": [word.pk],
        "dictionaries_holidaynotice_changelist": [],
        "dictionaries_holidaynotice_add": [],
        "dictionaries_holidaynotice_change": [notice.pk],
        "agencies_section_changelist": [],
        "agencies_section_change": [cast.section.pk],
        "agencies_agencyname_changelist": [],
        "agencies_agencyname_change": [old.pk],
    }
    foreign = {}
    for name, args in pages.items():
        visit.open(reverse(f"dictionaries:{name}", args=args))
        keep(visit, name)
        foreign |= {name: found} if (found := latin(visit)) else {}
        assert visit.overflow() == 0, name
    visit.open(reverse("dictionaries:dictionaries_holidaynotice_add"))
    visit.page.fill("textarea[name=content]", notice_of(date(2027, 5, 3)).replace("放假", "off", 1))
    visit.page.click("input[type=submit]")
    assert visit.page.inner_text("h1") == "核对放假安排"
    keep(visit, "preview")
    visit.page.click("input[name=keep]")
    assert "已录入2027年放假安排" in visit.page.inner_text("body")
    keep(visit, "kept")
    assert not foreign


def latin(visit: Visit) -> list[str]:
    """Words in Latin letters that a reader meets, also those only read aloud; user names and tables aside."""
    said = visit.page.evaluate(
        "[document.title, document.body.textContent, ...[...document.querySelectorAll("
        "'[aria-label],[title],[placeholder],[alt],input[type=submit]')].map(e => [e.ariaLabel, e.title, e.placeholder, e.alt,"
        " e.type == 'submit' ? e.value : ''].join(' '))].join(' ')"
    )
    return sorted(set(re.findall(r"[A-Za-z]{3,}", said)) - {"csv", "date", "kind", "name", "notice", "off"})


def keep(visit: Visit, name: str) -> None:
    """A picture, where a folder for pictures was named."""
    if PICTURES:
        width = visit.page.viewport_size["width"]
        visit.page.screenshot(path=f"{PICTURES}/{name}-{width}.png", full_page=True)
