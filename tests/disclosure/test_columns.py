"""栏目: the ready-made tree, and that no address ever dies."""

from __future__ import annotations

import pytest
from django.test import Client

from gongkai.agencies.rights import NotAllowed
from gongkai.disclosure.actions.base import CannotDo
from gongkai.disclosure.actions.columns import (
    add_column,
    edit_column,
    merge_columns,
    move_column,
    remove_column,
    rename_address,
    set_up_columns,
)
from gongkai.disclosure.figures import counts_by_column
from gongkai.disclosure.models import Column
from gongkai.disclosure.queries import column_of, columns_of, moved_to, tree_of
from gongkai.disclosure.tree import TREE
from gongkai.statute.duties import statutory_catalogue
from gongkai.statute.refs import parse_ref
from tests.cast import Cast
from tests.disclosure.office import column


def test_the_ready_made_tree_is_whole() -> None:
    assert len({one.slug for one in TREE}) == len(TREE)
    names = [one.name for one in TREE]
    assert names[:5] == [
        *("政府信息公开指南", "政府信息公开制度", "法定主动公开内容", "政府信息公开年报", "依申请公开")
    ]
    assert [
        one.name for one in TREE if one.slug in ("zwgk", "rsxx", "czxx", "jgxx", "fzxc", "xzzf", "xzfy")
    ] == [
        *(
            "政务公开",
            "人事信息",
            "财政信息",
            "机构信息",
            "部门动态法治宣传",
            "行政执法信息公示",
            "行政复议信息",
        )
    ]
    assert sum(one.parent == "fdzdgk" for one in TREE) == len(statutory_catalogue()) == 22
    for one in TREE:
        assert one.kind in Column.Kind.values
        assert all(parse_ref(ref).says for ref in one.articles)
        assert len(one.name) <= 60
        assert one.description


def test_set_up_once_and_again(cast: Cast) -> None:
    clerk = cast.actor("clerk")
    with pytest.raises(NotAllowed):
        set_up_columns(cast.agency, by=cast.actor("head"))
    # The sample has seven of them already, with items: they stay as they are.
    assert set_up_columns(cast.agency, by=clerk) == len(TREE) - 7
    assert set_up_columns(cast.agency, by=clerk) == 0
    assert dict(columns_of(cast.agency).values_list("slug", "public_items"))["fzxc"] == 17
    assert (column(cast, "tzgg").limit_days, column(cast, "ysqgk").limit_days) == (180, None)
    depths = {c.slug: depth for c, depth in tree_of(cast.agency)}
    assert len(depths) == len(TREE)
    assert (depths["fdzdgk"], depths["fdzdgk-budgets"]) == (0, 1)


def test_addresses_live_for_ever(cast: Cast) -> None:
    clerk, agency = cast.actor("clerk"), cast.agency
    rename_address(column(cast, "czxx"), "cz", by=clerk)
    rename_address(column(cast, "cz"), "caizheng", by=clerk)
    for old in ("czxx", "cz"):
        assert moved_to(agency, old) == column(cast, "caizheng")
        with pytest.raises(CannotDo, match="已经用过"):
            add_column(agency, slug=old, name="新的", by=clerk)
    item = agency.items.public().filter(column__slug="caizheng").first()
    assert item is not None
    merge_columns(column(cast, "caizheng"), column(cast, "zwgk"), by=clerk)
    client = Client()
    for old in ("czxx", "cz", "caizheng"):
        answer = client.get(_address(agency.slug, old))
        assert (answer.status_code, answer["Location"]) == (301, _address(agency.slug, "zwgk"))
    assert client.get(f"/zfxxgk/{agency.slug}/items/{item.pk}/").status_code == 200
    assert {c.slug: c.items for c in counts_by_column(agency, 2024)}["zwgk"] == 11
    rename_address(column(cast, "jgxx"), "jigou", by=clerk)
    rename_address(column(cast, "jigou"), "jgxx", by=clerk)
    assert moved_to(agency, "jigou") == column_of(agency, "jgxx")


def _address(agency: str, slug: str) -> str:
    from django.urls import reverse

    return reverse("portal:column", args=[agency, slug])


def test_moving_changes_no_address_and_makes_no_ring(cast: Cast) -> None:
    clerk, agency = cast.actor("clerk"), cast.agency
    top, below = column(cast, "zwgk"), column(cast, "czxx")
    move_column(below, top, by=clerk)
    assert Client().get(_address(agency.slug, "czxx")).status_code == 200
    for wrong in (top, below):
        with pytest.raises(CannotDo, match="上级栏目"):
            move_column(top, wrong if wrong is below else top, by=clerk)
    with pytest.raises(CannotDo, match="下级"):
        merge_columns(top, below, by=clerk)
    with pytest.raises(CannotDo, match=r"本机关|另选"):
        move_column(below, cast.others_item.column, by=clerk)
    deep = below
    for n in range(2):
        deep = add_column(agency, slug=f"deep-{n}", name="深", parent=deep, by=clerk)
    with pytest.raises(CannotDo, match="最多4级"):
        add_column(agency, slug="deeper", name="更深", parent=deep, by=clerk)


def test_changed_in_words_and_removed_when_never_used(cast: Cast) -> None:
    clerk = cast.actor("clerk")
    made = add_column(cast.agency, slug="new", name="新栏目", kind="news", by=clerk)
    assert made.limit_days == 14
    edit_column(made, by=clerk, name="新名称", limit_days=30, articles=["ogi 20#7"])
    for fields, words in (
        ({"limit_days": 0}, "更新期限"),
        ({"articles": ["ogi 999"]}, "没有“ogi 999”"),
        ({"kind": "x"}, "类别"),
        ({"slug": "x"}, "不能这样修改"),
        ({"name": " "}, "名称"),
    ):
        with pytest.raises(CannotDo, match=words):
            edit_column(made, by=clerk, **fields)
    for slug in ("有字", "A", "", "-a"):
        with pytest.raises(CannotDo, match="网址代号"):
            add_column(cast.agency, slug=slug, name="x", by=clerk)
    made.refresh_from_db()
    remove_column(made, by=clerk)
    with pytest.raises(CannotDo, match="并入"):
        remove_column(column(cast), by=clerk)
    with pytest.raises(NotAllowed):
        remove_column(column(cast), by=cast.actor("neighbour"))


def test_who_drafts_does_not_choose_the_short_review(cast: Cast) -> None:
    clerk, ogi_head = cast.actor("clerk"), cast.actor("ogi_head")
    penalties = add_column(cast.agency, slug="cfjd", name="处罚决定", by=clerk)
    with pytest.raises(CannotDo, match="由公开机构负责人"):
        edit_column(penalties, by=clerk, routine=True)
    with pytest.raises(CannotDo, match="由公开机构负责人"):
        add_column(cast.agency, slug="dt", name="动态", routine=True, by=clerk)
    edit_column(penalties, by=ogi_head, routine=True)
    # Other fields of it stay the clerk's, the way as it was set.
    edit_column(penalties, by=clerk, name="行政处罚决定", routine=True)
    with pytest.raises(CannotDo, match="由公开机构负责人"):
        edit_column(penalties, by=clerk, routine=False)


@pytest.mark.parametrize("field", ["name", "description", "keywords"])
def test_what_a_column_says_holds_nothing_that_must_not_go_out(cast: Cast, field: str) -> None:
    made = add_column(cast.agency, slug="lx", name="联系", by=cast.actor("clerk"))
    with pytest.raises(CannotDo, match="手机号码"):
        edit_column(made, by=cast.actor("clerk"), **{field: "张三13812345678"})
    made.refresh_from_db()
    assert "13812345678" not in getattr(made, field)
