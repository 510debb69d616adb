"""移交: the list of a year, handed over once to each receiver, kept as it was."""

from __future__ import annotations

from datetime import date

import pytest
from docx import Document
from openpyxl import load_workbook

from gongkai.agencies.rights import NotAllowed
from gongkai.disclosure.actions.base import CannotDo
from gongkai.disclosure.actions.transferring import hand_over, newest_handed
from gongkai.disclosure.transfers import HEADS, list_of, to_hand_over
from tests.cast import Cast, add_item

DAY = date(2025, 3, 5)


def test_each_receiver_gets_what_it_does_not_have(cast: Cast) -> None:
    clerk = cast.actor("clerk")
    with list_of(cast.agency, 2024, "xlsx") as file:
        rows = list(load_workbook(file).worksheets[0].iter_rows(values_only=True))
    assert rows[1] == HEADS
    assert [row[2] for row in rows[2:-1]] == [one.title for one in to_hand_over(cast.agency, 2024)]
    first = hand_over(cast.agency, 2024, to="archive", receiver="测试档案馆", handed_on=DAY, by=clerk)
    assert (first.count, first.file is not None) == (66, True)
    with pytest.raises(CannotDo, match="都已经移交过"):
        hand_over(cast.agency, 2024, to="archive", receiver="测试档案馆", handed_on=DAY, by=clerk)
    add_item(cast.agency, cast.agency.columns.get(slug="czxx"), 77)
    after = newest_handed(cast.agency, 2024, "archive")
    with list_of(cast.agency, 2024, "docx", after) as file:
        assert [row.cells[2].text for row in Document(file).tables[0].rows] == ["标题", "测试信息77"]
    again = hand_over(cast.agency, 2024, to="archive", receiver="测试档案馆", handed_on=DAY, by=clerk)
    library = hand_over(cast.agency, 2024, to="library", receiver="测试图书馆", handed_on=DAY, by=clerk)
    assert (again.count, library.count) == (1, 67)
    for wrong in ({"handed_on": date(2023, 1, 1)}, {"receiver": " "}, {"to": "else"}):
        given = {"to": "library", "receiver": "测试", "handed_on": DAY, **wrong}
        with pytest.raises(CannotDo):
            hand_over(cast.agency, 2024, by=clerk, whole=True, **given)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        hand_over(cast.agency, 2024, to="library", receiver="测试", handed_on=DAY, by=cast.actor("head"))
