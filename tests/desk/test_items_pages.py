"""公开 by its pages: an item written in steps, searched, sent off, reviewed, published, revised; columns; batches."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.models import Kind, Seat
from gongkai.disclosure.actions.base import CannotDo
from gongkai.disclosure.actions.columns import add_column
from gongkai.disclosure.models import Clearing, Item, Publication, ReviewSheet
from tests.cast import Cast
from tests.disclosure.office import column, new_draft, passed, published, reviewed
from tests.files.offered import word

pytestmark = pytest.mark.django_db
OWN = "xtxsfj"
ID_NUMBER = "11010519491231002X"


def url(name: str, *args: object) -> str:
    return reverse(f"desk:{name}", args=[OWN, *args])


def day(name: str, when: Any) -> dict[str, str]:
    return {f"{name}_{n}": str(part) for n, part in enumerate((when.year, when.month, when.day))} | {
        f"{name}_year": str(when.year),
        f"{name}_month": str(when.month),
        f"{name}_day": str(when.day),
    }


def shown(answer: Any) -> str:
    return answer.content.decode()


def post(client: Client, where: str, /, **data: Any) -> Any:
    return client.post(where, data, follow=True)


def errors(answer: Any) -> list[str]:
    """What the page says is wrong."""
    found = re.search(r'class="error-summary".*?</div>', shown(answer), re.S)
    return re.findall(r">([^<>]+)</a></li>", found[0]) if found else []


def catalogue(**more: str) -> dict[str, Any]:
    return {
        **day("formed_on", timezone.localdate()),
        "document_number": "测司发[2025]3号",
        "duty": "general",
        "validity": "valid",
        "ways": ["政府网站"],
        "audience": "面向社会公开",
        "source": "测试局",
        **more,
    }


def begun(cast: Cast, who: str = "drafter") -> tuple[Client, Item]:
    client = cast.browse(who)
    post(client, url("item-new"), title="测试公示", column=str(column(cast).pk), section="")
    return client, Item.objects.get(title="测试公示")


def test_an_item_is_written_step_by_step(cast: Cast) -> None:
    client, item = begun(cast)
    assert item.section is None
    text = "# 一、总则\n第一段<b>不是标签</b>\n| 项目 | 金额 |\n|---|---|\n| 甲 | 3 |\n{右}测试局"
    answer = post(client, url("item-text", item.pk), title="测试公示", summary="概述", text=text)
    assert answer.redirect_chain[-1][0] == url("item-catalogue", item.pk)
    item.refresh_from_db()
    assert item.text == (
        "<h2>一、总则</h2><p>第一段&lt;b&gt;不是标签&lt;/b&gt;</p><table><thead><tr><th>项目</th><th>金额</th></tr></thead>"
        '<tbody><tr><td>甲</td><td>3</td></tr></tbody></table><p class="right">测试局</p>'
    )
    answer = post(
        client, url("item-catalogue", item.pk), column=str(item.column_id), section="", **catalogue()
    )
    assert not errors(answer)
    item.refresh_from_db()
    assert item.document_number == "测司发〔2025〕3号"
    assert f"最迟{item.due_on.year}年" in shown(client.get(url("item-catalogue", item.pk)))
    answer = post(client, url("item-access", item.pk), access="withheld", origin="self_made")
    assert errors(answer) == ["请写明为什么不主动公开。", "请写明依据哪部法规第几条。"]
    post(client, url("item-access", item.pk), access="proactive", origin="self_made", concerns=["privacy"])
    item.refresh_from_db()
    assert item.concerns == ["privacy"]
    assert "可以送审" in shown(client.get(url("item", item.pk)))


def test_what_the_marks_cannot_say_stays_when_nothing_was_typed(cast: Cast) -> None:
    html = "<table><tbody><tr><th>甲</th><td>乙</td></tr></tbody></table><p>一</p>"
    item = new_draft(cast, text=html)
    client = cast.browse("clerk")
    page = shown(client.get(url("item-text", item.pk)))
    typed = "| 甲 | 乙 |\n一"
    assert typed in page
    post(
        client, url("item-text", item.pk), title="改了标题", summary="概述", text=typed.replace("\n", "\r\n")
    )
    item.refresh_from_db()
    assert (item.title, item.text) == ("改了标题", html)


def test_a_paste_from_word_is_cleaned_on_the_server(cast: Cast) -> None:
    item = new_draft(cast)
    junk = (
        "<html><head><style>p{color:red}</style></head><body><!--StartFragment--><h1>标题</h1>"
        "<p class=MsoNormal align=right style='text-align:right'><span lang=EN-US>测试局<o:p></o:p></span></p>"
        "<table class=MsoTable><tr><td colspan=2>合并</td></tr><tr><td>1</td><td>2</td></tr></table>"
        "<script>alert(1)</script></body></html>"
    )
    said = cast.browse("clerk").post(url("item-preview", item.pk), {"pasted": junk}).json()
    assert said == {"typed": "# 标题\n{右}测试局\n| 合并 | << |\n| 1 | 2 |"}
    said = (
        cast.browse("clerk").post(url("item-preview", item.pk), {"text": "<script>x</script>**粗**"}).json()
    )
    assert said == {"html": "<p>&lt;script&gt;x&lt;/script&gt;<strong>粗</strong></p>"}


def test_a_docx_becomes_the_text_with_its_tables_and_pictures(cast: Cast) -> None:
    import docx
    from PIL import Image

    document = docx.Document()
    document.add_heading("一、标题", 1)
    document.add_paragraph("第一段")
    table = document.add_table(2, 2)
    for n, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = str(n)
    table.cell(0, 0).merge(table.cell(0, 1))
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(picture, "PNG")
    picture.seek(0)
    document.add_picture(picture)
    made = io.BytesIO()
    document.save(made)
    item = new_draft(cast)
    client = cast.browse("clerk")
    file = SimpleUploadedFile("正文.docx", made.getvalue())
    answer = post(client, url("item-word", item.pk), file=file, no_secrets="on")
    assert "已导入正文和 1 张图片" in shown(answer)
    item.refresh_from_db()
    inside = item.attachments.get()
    assert inside.inline
    assert item.text.startswith("<h2>一、标题</h2><p>第一段</p><table>")
    assert '<td colspan="2">' in item.text
    assert f'src="files/{inside.file.pk.hex}"' in item.text
    assert client.get(url("item-file", item.pk, inside.file.pk))["Content-Type"] == "image/png"


def attach(client: Client, item: Item, *lines: str, name: str = "名单.docx") -> Any:
    file = SimpleUploadedFile(name, word(*lines))
    return post(client, url("item-attachments", item.pk), file=file, name="", add="1")


def test_an_id_number_in_an_attachment_holds_the_item_back_until_it_is_out(cast: Cast) -> None:
    item = new_draft(cast)
    client = cast.browse("clerk")
    answer = attach(client, item, f"张三，身份证号{ID_NUMBER}")
    assert "不能公开" in shown(answer)
    answer = post(client, url("item-submit", item.pk), ready="1", note="")
    assert errors(answer) == ["还有不能公开的内容没有处理，不能送审。请删改、遮盖；确实要公开的，勾选这里。"]
    row = item.attachments.get()
    clean = SimpleUploadedFile("名单.docx", word("张某"))
    answer = post(client, url("item-attachment", item.pk, row.pk), file=clean, replace="1")
    assert "没有查出不能公开的内容" in shown(answer)
    answer = post(client, url("item-submit", item.pk), ready="1", note="")
    assert "已送审" in shown(answer)


def test_a_reviewer_clears_exactly_what_was_found(cast: Cast) -> None:
    item = new_draft(cast, text=f"<p>当事人身份证号{ID_NUMBER}</p><p>第二段</p>")
    clerk, reviewer = cast.browse("clerk"), cast.browse("reviewer")
    post(clerk, url("item-submit", item.pk), ready="1", note="", judged="on")
    sheet = ReviewSheet.objects.get(item=item)
    page = shown(reviewer.get(url("item-findings", item.pk)))
    assert '<mark class="find block" title="身份证号' in page
    (bound,) = re.findall(r"\?clear=([0-9a-f]{64})", page)
    # The last signature is refused while the find is open.
    post(cast.browse("section_head"), url("item-review", sheet.pk), agree="1", grounds_first="同意")
    checks = {f"grounds_{one}": "同意" for one in ("text", "policy", "political", "secrecy")}
    post(reviewer, url("item-review", sheet.pk), agree="1", **checks)
    leader = cast.browse("leader")
    answer = post(leader, url("item-review", sheet.pk), agree="1", grounds_final="同意")
    assert "正文有身份证号，还没有处理" in shown(answer)
    assert post(clerk, url("item-findings", item.pk), bound=bound, reason="x").status_code == 403
    answer = post(reviewer, url("item-findings", item.pk), bound=bound, reason="")
    assert errors(answer) == ["请写明为什么可以公开。"]
    post(reviewer, url("item-findings", item.pk), bound=bound, reason="当事人书面同意")
    assert ID_NUMBER not in str(Clearing.objects.values().get())
    answer = post(leader, url("item-review", sheet.pk), agree="1", grounds_final="同意")
    assert "审查通过了" in shown(answer)
    # Another paragraph changed: still cleared. The paragraph itself: not.
    post(
        clerk,
        url("item-text", item.pk),
        title="测试信息",
        summary="概述",
        text=f"当事人身份证号{ID_NUMBER}\n改了",
    )
    assert "✓ 已放行" in shown(clerk.get(url("item-findings", item.pk)))
    post(
        clerk,
        url("item-text", item.pk),
        title="测试信息",
        summary="概述",
        text=f"当事人的身份证号{ID_NUMBER}\n改了",
    )
    assert "■ 不能公开" in shown(clerk.get(url("item-findings", item.pk)))


def test_the_sheet_shows_what_changed_and_goes_on_to_the_next(cast: Cast) -> None:
    item, other = new_draft(cast, text="<p>甲段</p><p>乙段</p>"), new_draft(cast, title="另一条")
    clerk, head = cast.browse("clerk"), cast.browse("section_head")
    for one in (item, other):
        post(clerk, url("item-submit", one.pk), ready="1", note="")
    sheet = ReviewSheet.objects.get(item=item)
    answer = post(head, url("item-review", sheet.pk), agree="1", grounds_first="")
    assert "请写初审的意见和理由。" in shown(answer)
    answer = post(head, url("item-review", sheet.pk), back="1", words="")
    assert "请写明退回的原因，要改什么。" in shown(answer)
    answer = post(head, url("item-review", sheet.pk), back="1", words="乙段要改")
    assert answer.redirect_chain[-1][0] == url("item-review", ReviewSheet.objects.get(item=other).pk)
    assert "退回修改：乙段要改" in shown(clerk.get(url("item", item.pk)))
    post(clerk, url("item-text", item.pk), title="新标题", summary="测试用的信息", text="甲段\n丙段")
    post(clerk, url("item-submit", item.pk), ready="1", note="")
    page = shown(head.get(url("item-review", ReviewSheet.objects.get(item=item, serial=2).pk)))
    assert '<p>甲段</p><p><mark class="new" title="上次审查以后改的">丙段</mark></p>' in page
    assert "<p><del>乙段</del></p>" in page
    assert "<del>测试信息</del> <ins>新标题</ins>" in page


def test_the_office_of_two_signs_the_four_checks_and_the_final_level_in_one_sheet(cast: Cast) -> None:
    gone = Seat.objects.filter(agency=cast.agency).exclude(kind__in=(Kind.CLERK, Kind.HEAD))
    gone.update(ended_on=timezone.localdate())
    item = new_draft(cast)
    clerk, head = cast.browse("clerk"), cast.browse("head")
    post(clerk, url("item-submit", item.pk), ready="1", note="")
    sheet = ReviewSheet.objects.get(item=item)
    assert sheet.route == "两人审查"
    assert "您拟稿或者修改过这一条" in shown(clerk.get(url("item-review", sheet.pk)))
    said = {f"grounds_{one}": f"{one}无误" for one in ("text", "policy", "political", "secrecy", "final")}
    answer = post(head, url("item-review", sheet.pk), agree="1", **{**said, "grounds_secrecy": ""})
    assert errors(answer) == ["请写保密关的意见和理由。"]
    post(head, url("item-review", sheet.pk), agree="1", **said)
    sheet.refresh_from_db()
    assert sheet.result == "passed"
    assert "保密关：secrecy无误" in sheet.signatures.get().grounds
    paper = shown(clerk.get(url("item-review-paper", sheet.pk)))
    assert paper.count("同意。") == 5
    assert sheet.digest in paper


def test_what_cannot_be_decided_is_referred_and_answered(cast: Cast) -> None:
    item = new_draft(cast)
    post(cast.browse("clerk"), url("item-submit", item.pk), ready="1", note="")
    sheet = ReviewSheet.objects.get(item=item)
    reviewer = cast.browse("reviewer")
    at = url("item-refer", sheet.pk)
    post(reviewer, at, whom="secrecy", organ="测试县国家保密局", question="第三段能不能公开")
    assert "等答复以后再签" in shown(cast.browse("section_head").get(url("item-review", sheet.pk)))
    post(reviewer, at, finding="may", answer="测保函〔2025〕1号：可以公开")
    assert "去审查" in shown(cast.browse("section_head").get(url("item", item.pk)))


def test_published_now_or_at_a_time_then_revised_and_withdrawn(cast: Cast) -> None:
    item = passed(cast)
    clerk = cast.browse("clerk")
    at = url("item-act", item.pk, "publish")
    assert errors(post(clerk, at, sure="1", when="later")) == ["请写自动发布的日期。"]
    later = timezone.localdate() + timedelta(days=3)
    post(clerk, at, sure="1", when="later", at="9：30", **day("on", later))
    item.refresh_from_db()
    assert timezone.localtime(item.publish_at).strftime("%H:%M") == "09:30"
    post(clerk, url("item-act", item.pk, "unschedule"), sure="1")
    assert "公众现在可以看到" in shown(post(clerk, at, sure="1", when="now"))
    assert cast.browse("leader").post(at, {"sure": "1", "when": "now"}).status_code == 403
    assert errors(post(clerk, url("item-act", item.pk, "revise"), sure="1")) == [
        "请写更正说明：这一版要改什么。"
    ]
    post(clerk, url("item-act", item.pk, "revise"), sure="1", note="更正金额")
    page = shown(clerk.get(url("item", item.pk)))
    assert "公众看到的是第 1 版，正在写第 2 版" in page
    post(clerk, url("item-act", item.pk, "give-up"), sure="1")
    leader = cast.browse("leader")
    post(leader, url("item-act", item.pk, "withdraw"), sure="1", cause="wrong", reason="金额写错")
    assert "内容有错误：金额写错" in shown(clerk.get(url("item", item.pk)))


def test_the_gate_says_on_the_page_why_it_is_shut(cast: Cast) -> None:
    item = new_draft(cast)
    clerk = cast.browse("clerk")
    assert "还没有审查通过，不能发布" in shown(clerk.get(url("item-act", item.pk, "publish")))
    post(clerk, url("item-act", item.pk, "publish"), sure="1", when="now")
    assert not Publication.objects.filter(item=item).exists()


def test_drafts_go_off_together_and_those_with_leaks_stay(cast: Cast) -> None:
    good, bad = new_draft(cast), new_draft(cast, title="坏的", text=f"<p>{ID_NUMBER}身份证</p>")
    answer = post(cast.browse("clerk"), url("items-submit"), item=[str(good.pk), str(bad.pk)])
    assert "已送审 1 条" in shown(answer)
    assert "“坏的”：有不能公开的内容" in shown(answer)


def test_the_first_page_shows_what_waits_for_whom(cast: Cast) -> None:
    item = new_draft(cast, title="等审的")
    passed(cast, title="等发的")
    post(cast.browse("clerk"), url("item-submit", item.pk), ready="1", note="")
    assert "等您审查" in shown(cast.browse("section_head").get(url("items")))
    clerk = shown(cast.browse("clerk").get(url("items")))
    assert "审查通过，等您发布" in clerk
    assert "等您审查" not in clerk
    found = shown(cast.browse("clerk").get(url("items"), {"state": "passed", "q": "等发"}))
    assert "共 1 条" in found
    today = shown(cast.browse("section_head").get(url("today")))
    assert "审查：等审的" in today


def test_the_page_of_an_item_stays_small_whatever_hangs_on_it(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    item, _ = published(cast)
    reviewed(cast, new_draft(cast))
    client = cast.browse("clerk")
    client.get(url("item", item.pk))
    with django_assert_max_num_queries(45):
        client.get(url("item", item.pk))
    with django_assert_max_num_queries(40):
        client.get(url("items"))


def test_an_item_goes_into_no_column_in_which_nobody_finds_it(cast: Cast) -> None:
    made = add_column(cast.agency, slug="ysq", name="依申请公开", kind="on_request", by=cast.actor("clerk"))
    client = cast.browse("clerk")
    assert f'<option value="{made.pk}"' not in shown(client.get(url("item-new")))
    with pytest.raises(CannotDo, match="公众在里面找不到"):
        new_draft(cast, where="ysq")
    assert url("item-new") in shown(client.get(url("today")))


def test_a_file_put_in_the_place_of_another_bears_its_own_ending(cast: Cast) -> None:
    client, item = begun(cast, "clerk")
    upload = SimpleUploadedFile("名单.docx", word("甲"))
    post(client, url("item-attachments", item.pk), add="1", file=upload)
    row = item.attachments.get()
    at = url("item-attachment", item.pk, row.pk)
    post(client, at, replace="1", file=SimpleUploadedFile("b.txt", b"b"))
    row.refresh_from_db()
    assert row.name == "名单.txt"
    post(client, at, replace="1", file=SimpleUploadedFile("c.docx", word("乙")), name="新名单")
    row.refresh_from_db()
    assert row.name == "新名单.docx"


def test_files_may_be_exchanged_as_often_as_it_takes(cast: Cast, settings: Any) -> None:
    settings.FILE_MAX_COUNT = 2
    client, item = begun(cast, "clerk")
    post(client, url("item-attachments", item.pk), add="1", file=SimpleUploadedFile("0.txt", b"0"))
    row = item.attachments.get()
    for n in range(1, 5):
        again = SimpleUploadedFile(f"{n}.txt", str(n).encode())
        post(client, url("item-attachment", item.pk, row.pk), replace="1", file=again, name=f"第{n}份")
    post(client, url("item-attachments", item.pk), add="1", file=SimpleUploadedFile("9.txt", b"9"))
    assert [one.name for one in item.attachments.order_by("order")] == ["第4份.txt", "9.txt"]


def test_who_cannot_withdraw_is_told_who_can(cast: Cast) -> None:
    item, _ = published(cast)
    assert (
        "主要负责人" in shown(cast.browse("clerk").get(url("item", item.pk))).split("要撤回公开的")[1][:120]
    )
    assert "要撤回公开的（例如" not in shown(cast.browse("leader").get(url("item", item.pk)))


def test_the_sheet_shows_what_one_does_not_see_in_the_text_and_where_it_goes(cast: Cast) -> None:
    item = new_draft(cast, text='<p><a href="https://x.gov.cn/a?b=c">看这里</a></p>')
    post(cast.browse("clerk"), url("item-submit", item.pk), ready="1", note="")
    sheet = ReviewSheet.objects.get(item=item)
    page = shown(cast.browse("section_head").get(url("item-review", sheet.pk)))
    assert "<dt>图片说明、链接地址</dt><dd>https://x.gov.cn/a?b=c</dd>" in page
    assert f"<dt>栏目</dt><dd>{item.column.name}</dd>" in page
