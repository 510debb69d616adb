"""栏目, 审查流程 and 批量导入 by their pages."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from gongkai.disclosure.models import Column, ColumnAddress, Item, ReviewSheet
from gongkai.files.queries import content_of
from tests.cast import Cast
from tests.desk.test_items_pages import post, shown, url
from tests.disclosure.office import column, new_draft
from tests.files.offered import word

pytestmark = pytest.mark.django_db


def test_columns_are_added_moved_renamed_merged(cast: Cast) -> None:
    clerk = cast.browse("clerk")
    new = {"name": "测试栏目", "slug": "test-a", "parent": "", "kind": "notices", "order": ""}
    post(clerk, url("column-new"), **new)
    assert Column.objects.get(slug="test-a").limit_days == 180
    assert "已经用过" in shown(post(clerk, url("column-new"), **new))
    post(clerk, url("column-act", "test-a", "move"), moved="1", parent=str(column(cast).pk))
    post(clerk, url("column-act", "test-a", "address"), slug="test-b")
    assert ColumnAddress.objects.get(slug="test-a").column.slug == "test-b"
    post(clerk, url("column-act", "test-b", "edit"), name="改名", kind="news", order="3", limit_days="10")
    assert Column.objects.get(slug="test-b").limit_days == 10
    post(clerk, url("column-act", "test-b", "merge"), into=str(column(cast).pk))
    assert not Column.objects.filter(slug="test-b").exists()
    assert cast.browse("leader").get(url("column-new")).status_code == 403


def test_the_ways_of_review_are_chosen_by_who_may(cast: Cast) -> None:
    head = cast.browse("head")
    post(head, url("review-routes"), standard="short", routine="short")
    item = new_draft(cast)
    post(cast.browse("clerk"), url("item-submit", item.pk), ready="1", note="")
    assert ReviewSheet.objects.get(item=item).route == "简易审查"
    assert cast.browse("clerk").post(url("review-routes"), {"standard": "two"}).status_code == 403


def filled(cast: Cast, *rows: tuple[object, ...]) -> SimpleUploadedFile:
    blank = cast.browse("clerk").get(url("items-batch-template")).content
    book = load_workbook(io.BytesIO(blank))
    for row in rows:
        book.worksheets[0].append(row)
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("信息.xlsx", out.getvalue())


def packed(**files: bytes) -> SimpleUploadedFile:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in files.items():
            package.writestr(f"附件/{name}.docx", content)
    return SimpleUploadedFile("附件.zip", out.getvalue())


def test_a_workbook_becomes_drafts_with_their_files(cast: Cast) -> None:
    clerk = cast.browse("clerk")
    name = column(cast).name
    rows = [
        (name, "第一条", "概述", "一段\n二段", "", "2025-03-07", "", "", "", "", "甲.docx"),
        (name, "第二条", "概述", "", "", timezone.localdate(), "", "主动公开", "", "", "甲.docx；乙.docx"),
    ]
    files = packed(甲=word("甲"), 乙=word("乙"))
    answer = post(clerk, url("items-batch"), book=filled(cast, *rows), packed=files, no_secrets="on")
    assert "2 条都可以导入" in shown(answer)
    assert not Item.objects.filter(title="第一条").exists()
    answer = clerk.post(answer.redirect_chain[-1][0], {"import": "1"}, follow=True)
    assert "已导入 2 条草稿" in shown(answer)
    first, second = Item.objects.get(title="第一条"), Item.objects.get(title="第二条")
    assert (first.state, first.text, first.attachments.count()) == ("draft", "<p>一段</p><p>二段</p>", 1)
    assert [one.name for one in second.attachments.all()] == ["甲.docx", "乙.docx"]
    assert b"".join(content_of(second.attachments.last().file)) != b""


def test_a_wrong_workbook_says_row_by_row_what_to_change(cast: Cast) -> None:
    clerk = cast.browse("clerk")
    row = ("没有的栏目", "", "概述", "", "", "三月", "", "", "", "", "丙.docx")
    answer = post(clerk, url("items-batch"), book=filled(cast, row), no_secrets="on")
    page = shown(answer)
    for said in (
        "没有“没有的栏目”这个栏目",
        "没有写标题",
        "成文日期“三月”写法不对",
        "压缩包里没有附件“丙.docx”",
    ):
        assert said in page
    clerk.post(answer.redirect_chain[-1][0], {"import": "1"})
    assert not Item.objects.filter(summary="概述").exists()


def book_of(*rows: tuple[object, ...]) -> SimpleUploadedFile:
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(out)
    return SimpleUploadedFile("信息.xlsx", out.getvalue())


def test_heads_that_differ_a_little_are_understood(cast: Cast) -> None:
    clerk, name = cast.browse("clerk"), column(cast).name
    book = book_of(
        ("2025年拟公开信息",),
        ("序号", "信息标题（必填）", "所属 栏目", "摘要", "正文内容*", "文号", "成文时间", "施行日期"),
        (1, "用自己的表", name, "概述", "一段\n二段", "测〔2025〕1号", "2025年3月7日", "2025-04-01"),
    )
    answer = post(clerk, url("items-batch"), book=book, no_secrets="on")
    assert "1 条都可以导入" in shown(answer)
    assert "这些列没有认出来，不导入：序号" in shown(answer)
    clerk.post(answer.redirect_chain[-1][0], {"import": "1"})
    made = Item.objects.get(title="用自己的表")
    assert (made.text, made.document_number) == ("<p>一段</p><p>二段</p>", "测〔2025〕1号")
    assert (str(made.formed_on), str(made.in_force_on)) == ("2025-03-07", "2025-04-01")


def test_two_files_of_one_name_are_told_apart_by_their_folders(cast: Cast) -> None:
    clerk, name = cast.browse("clerk"), column(cast).name
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("一组/表.docx", word("一组"))
        package.writestr("二组/表.docx", word("二组"))
    rows = [(name, "甲", "概述", "", "", "", "", "", "", "", "表.docx")]
    answer = post(
        clerk,
        url("items-batch"),
        book=filled(cast, *rows),
        packed=SimpleUploadedFile("附件.zip", out.getvalue()),
        no_secrets="on",
    )
    assert "压缩包里有几个文件都叫“表.docx”" in shown(answer)
    rows = [(name, f"条{n}", "概述", "", "", "", "", "", "", "", f"{n}组/表.docx") for n in "一二"]
    answer = post(
        clerk,
        url("items-batch"),
        book=filled(cast, *rows),
        packed=SimpleUploadedFile("附件.zip", out.getvalue()),
        no_secrets="on",
    )
    clerk.post(answer.redirect_chain[-1][0], {"import": "1"})
    first, second = (Item.objects.get(title=f"条{n}").attachments.get() for n in "一二")
    assert first.name == second.name == "表.docx"
    assert first.file.digest != second.file.digest


def test_a_long_table_is_read_no_further_than_it_may_be(cast: Cast) -> None:
    clerk, name = cast.browse("clerk"), column(cast).name
    long = book_of(("栏目", "标题", "内容概述"), *((name, f"第{n}条", "概述") for n in range(301)))
    answer = post(clerk, url("items-batch"), book=long, no_secrets="on")
    assert "一次最多导入300条" in shown(answer)
    assert not Item.objects.filter(title="第1条").exists()
