"""An old document that a new one repeals is brought to mind until it says so itself."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from gongkai.disclosure.actions.attaching import relate
from gongkai.disclosure.actions.drafting import edit, revise
from gongkai.disclosure.actions.publishing import publish
from gongkai.disclosure.outdated import still_said_to_hold
from tests.cast import Cast
from tests.desk.test_items_pages import post, shown, url
from tests.disclosure.office import new_draft, published, reviewed

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", ["repeals", "replaces"])
def test_what_a_new_document_ends_is_to_be_revised(cast: Cast, kind: str) -> None:
    by = cast.actor("clerk")
    old, _ = published(cast, title="旧规定")
    other, _ = published(cast, title="无关的规定")
    new = new_draft(cast, title="新规定")
    relate(new, [(kind, old), ("see_also", other)], by=by)
    assert not still_said_to_hold(cast.agency)
    reviewed(cast, new)
    clerk = cast.browse("clerk")
    answer = post(clerk, url("item-act", new.pk, "publish"), sure="1", when="now")
    assert "“旧规定”还写着“有效”，请修订那一条" in shown(answer)
    assert "旧文件还写着“有效”：旧规定" in shown(clerk.get(url("today")))
    assert "无关的规定" not in shown(clerk.get(url("today")))
    revise(old, note="已被新规定废止", by=by)
    edit(old, by=by, validity="repealed", validity_on=date(2025, 1, 1), validity_by="新规定")
    assert "旧文件还写着" not in shown(clerk.get(url("today")))
    reviewed(cast, old)
    publish(old, by=by, at=timezone.now())
    assert not still_said_to_hold(cast.agency)
