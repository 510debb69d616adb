"""docs/operator/rights.md says what the table of rights says today."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

from django.core.management import call_command

from gongkai.agencies.models import Kind
from gongkai.agencies.rights import ACTS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "operator" / "rights.md"


def rows(title: str) -> tuple[list[str], dict[str, list[str]]]:
    """The names of the columns, and the cells of each row by the act's label, as somebody reads the file."""
    part = PAGE.read_text(encoding="utf-8").split(f"## {title}\n")[1].split("\n## ")[0]
    lines = [[c.strip() for c in line.strip("|").split("|")] for line in part.splitlines() if "|" in line]
    return lines[0], {line[0]: line for line in lines[2:]}


def test_the_page_is_current() -> None:
    out = StringIO()
    call_command("rights_table", stdout=out)
    assert PAGE.read_text(encoding="utf-8") == out.getvalue(), "run `make docs`"


def test_every_act_is_there_and_every_right_in_its_column() -> None:
    agency, admins, plain = (rows(t) for t in ("机关里的岗位", "管理员", "不看岗位的事"))
    labels = {act.label for act in ACTS.values()}
    assert len(labels) == len(ACTS)
    assert agency[1].keys() | admins[1].keys() | plain[1].keys() == labels
    for head, table in (agency, admins):
        for kind in Kind:
            if kind.label in head:
                marked = {label for label, cells in table.items() if cells[head.index(kind.label)]}
                assert marked == {act.label for act in ACTS.values() if kind in act.kinds}, kind


def test_some_rights_as_people_know_them() -> None:
    head, table = rows("机关里的岗位")
    assert table["签批年报"][head.index("主要负责人")] == "●"
    assert table["签批年报"][head.index("经办员")] == ""
    assert table["发布签批过的年报"][head.index("经办员")] == "●"
    assert table["移交岗位"][head.index("股室负责人")] == "○"
    assert table["查看年报"][head.index("主管部门督导员")] == "●▲"
    head, table = rows("管理员")
    assert table["设立、授予、撤销岗位"][1:4] == ["", "■", ""]
