"""文件检查与遮盖 by its pages: offered, listed, marked, made, handed back, destroyed; and the office's words."""

from __future__ import annotations

import io
import re
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from gongkai.agencies.models import Seat
from gongkai.audit.models import Entry
from gongkai.dictionaries.models import Word
from gongkai.dictionaries.queries import slips
from gongkai.disclosure.actions.attaching import attach
from gongkai.disclosure.actions.publishing import publish
from gongkai.disclosure.actions.withdrawing import withdraw
from gongkai.disclosure.models import Attachment
from gongkai.disclosure.scanning import finds
from gongkai.files.actions.adding import add_file
from gongkai.files.models import Redaction, StoredFile
from gongkai.files.queries import content_of, redaction_of
from gongkai.files.store import NotHere, head_of
from tests.cast import Cast
from tests.disclosure.office import new_draft, reviewed
from tests.files.offered import page, word

pytestmark = pytest.mark.django_db
HERE = "/desk/xtxsfj/redaction/"
MOBILE = "13812345678"


def offer(client: Client, name: str, content: bytes, **more: str) -> Any:
    return client.post(HERE, {"file": SimpleUploadedFile(name, content), **more}, follow=True)


def shown(answer: Any) -> str:
    return answer.content.decode()


def test_a_word_file_from_upload_to_the_copy(cast: Cast) -> None:
    client = cast.browse("clerk")
    given = word("申请人：张三", f"值班手机{MOBILE}", "请尽快布署")
    answer = offer(client, "名单.docx", given)
    text = shown(answer)
    assert "找到 <strong>1</strong> 处不能公开的、<strong>1</strong> 处要看一遍的" in text
    assert "正文第 2 段" in text
    assert "应当写“部署”" in text
    made = Redaction.objects.get()
    keys = re.findall(r'name="shown" value="([0-9.]+)"', text)
    assert len(keys) == 2
    url = f"{HERE}{made.pk}/"
    # 手机留下，要写理由。
    stay = {"do": "make", "shown": keys, "cover": keys[:1]}
    assert "请先写明留下的理由" in shown(client.post(url, stay))
    assert not Redaction.objects.get().copy_id
    text = shown(client.post(url, stay | {"reason": "单位值班手机"}, follow=True))
    assert "遮盖后的文件生成了" in text
    own = redaction_of(cast.agency, made.pk)
    assert own.copy is not None
    assert (own.places, own.left, own.reason) == (1, 1, "单位值班手机")
    copy = docx.Document(io.BytesIO(b"".join(content_of(own.copy))))
    assert [p.text for p in copy.paragraphs] == ["申请人：██", f"值班手机{MOBILE}", "请尽快布署"]
    assert b"".join(content_of(own.original)) == given
    assert "张三" not in str(own.marks)
    down = client.get(f"/desk/xtxsfj/files/{own.copy.pk}/")
    assert down.status_code == 200
    assert Entry.objects.filter(act="file.redact").exclude(result="refused").count() >= 3
    # 删除：原文件和遮盖件的内容都没有了。
    client.post(f"{url}remove/", {"sure": "yes"})
    assert client.get(url).status_code == 404
    for file in StoredFile.objects.filter(pk__in=[own.original.pk, own.copy.pk]):
        assert file.removed_at


def test_texts_are_marked_everywhere_and_can_be_unmarked(cast: Cast) -> None:
    client = cast.browse("clerk")
    offer(client, "a.docx", word("某项目部甲组", "甲组完成"))
    url = f"{HERE}{Redaction.objects.get().pk}/"
    assert "请写上要遮盖的文字" in shown(client.post(url, {"do": "texts"}))
    assert "至少两个字" in shown(client.post(url, {"do": "texts", "texts": "甲"}))
    assert "没有找到这些文字" in shown(client.post(url, {"do": "texts", "texts": "丙组"}, follow=True))
    text = shown(client.post(url, {"do": "texts", "texts": "甲组"}, follow=True))
    assert "找到 2 处" in text
    assert text.count('name="unmark"') == 2
    text = shown(client.post(url, {"do": "save", "unmark": ["0"]}, follow=True))
    assert text.count('name="unmark"') == 1


def test_a_pdf_page_is_shown_and_boxes_are_kept(cast: Cast) -> None:
    client = cast.browse("clerk")
    offer(client, "a.pdf", page(f"电话{MOBILE}"))
    url = f"{HERE}{Redaction.objects.get().pk}/pages/1/"
    picture = client.get(f"{url}picture.png")
    assert picture["Content-Type"] == "image/png"
    assert client.get(f"{HERE}{Redaction.objects.get().pk}/pages/9/picture.png").status_code == 404
    form = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0"}
    wrong = client.post(url, form | {"form-0-left": "10", "form-0-top": "120"})
    assert "0 到 100" in shown(wrong)
    assert "写全四个数" in shown(client.post(url, form | {"form-0-left": "10"}))
    row = {"form-0-left": "10", "form-0-top": "20", "form-0-width": "30", "form-0-height": "5"}
    client.post(url, form | row)
    assert Redaction.objects.get().marks["boxes"] == [[0, 0.1, 0.2, 0.4, 0.25]]
    again = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "1", "form-0-gone": "on"}
    client.post(url, again | row)
    assert Redaction.objects.get().marks["boxes"] == []


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.exe", b"MZ", "不能上传"),
        ("a.docx", b"not a package at all", "内容却是"),
        ("a.txt", "秘密★10年".encode(), "不能存放国家秘密"),
    ],
)
def test_what_is_not_taken_is_said_in_words(cast: Cast, name: str, content: bytes, said: str) -> None:
    assert said in shown(offer(cast.browse("clerk"), name, content))
    assert not Redaction.objects.exists()


def test_a_picture_asks_for_a_persons_word_first(cast: Cast) -> None:
    from tests.matrix.redaction import DOT

    client = cast.browse("clerk")
    assert "没有国家秘密" in shown(offer(client, "a.png", DOT))
    assert not Redaction.objects.exists()
    assert "由人看一遍" in shown(offer(client, "a.png", DOT, no_secrets="on"))


def test_the_offices_word_goes_before_the_sites(cast: Cast) -> None:
    client, url = cast.browse("clerk"), f"{HERE}words/"
    Word.objects.get_or_create(kind="slip", word="布署", defaults={"instead": "部署"})
    client.post(url, {"word": "布署", "instead": "安排部署", "blocks": "on"})
    (own,) = [w for w in slips(cast.agency) if w.word == "布署"]
    assert (own.instead, own.severity) == ("安排部署", "block")
    assert "已经在表里" in shown(client.post(url, {"word": "布署"}))
    client.post(f"{url}{cast.agency.office_words.get().pk}/stop/")
    (own,) = [w for w in slips(cast.agency) if w.word == "布署"]
    assert own.severity == "warn"
    client.post(url, {"word": "布署", "instead": "部署"})
    assert cast.agency.office_words.get().in_use
    assert [w.word for w in slips(cast.other) if w.severity == "block"] == []


def test_the_content_is_gone_when_it_was_discarded(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    client = cast.browse("clerk")
    offer(client, "a.txt", b"hello")
    made = Redaction.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{HERE}{made.pk}/remove/", {"sure": "yes"})
    with pytest.raises(NotHere):
        head_of(made.original_id)


# The files of one's own draft


def with_attachment(cast: Cast, who: str = "drafter") -> Attachment:
    """A draft of this person's with a .docx in which a phone number stands."""
    item, by = new_draft(cast, who), cast.actor(who)
    upload = SimpleUploadedFile("名单.docx", word(f"值班手机{MOBILE}"))
    file = add_file(by=by, agency=cast.agency, upload=upload, owner=item)
    return attach(item, file, by=by)


def test_a_drafter_covers_the_files_of_the_own_draft_from_the_page_of_the_item(cast: Cast) -> None:
    row = with_attachment(cast)
    client = cast.browse("drafter")
    at = f"/desk/xtxsfj/items/{row.item_id}/attachments/{row.pk}/"
    item = shown(client.get(f"/desk/xtxsfj/items/{row.item_id}/"))
    assert f'href="{at}"' in item
    text = shown(client.post(at, {"redact": "1"}, follow=True))
    made = Redaction.objects.get()
    assert f"/desk/xtxsfj/items/{row.item_id}/" in text
    assert HERE + '"' not in text
    keys = re.findall(r'name="shown" value="([0-9.]+)"', text)
    url = f"{HERE}{made.pk}/"
    text = shown(client.post(url, {"do": "make", "shown": keys, "cover": keys}, follow=True))
    assert "遮盖后的文件生成了" in text
    assert f'action="{at}"' in text
    client.post(at, {"cover": "1"})
    row.refresh_from_db()
    content = docx.Document(io.BytesIO(b"".join(content_of(row.file))))
    assert MOBILE not in "".join(p.text for p in content.paragraphs)
    assert not [one for one in finds(row.item) if one.open]
    # The files of others stay shut, and so does the list of them.
    assert client.get(HERE).status_code == 403
    other = offer(cast.browse("clerk"), "别的.docx", word(f"手机{MOBILE}")).redirect_chain[-1][0]
    assert client.get(other).status_code == 403
    assert client.post(other, {"do": "save"}).status_code == 403


def test_whoever_gets_the_seat_goes_on_with_the_file(cast: Cast) -> None:
    row = with_attachment(cast)
    cast.browse("drafter").post(
        f"/desk/xtxsfj/items/{row.item_id}/attachments/{row.pk}/", {"redact": "1"}, follow=True
    )
    url = f"{HERE}{Redaction.objects.get().pk}/"
    seat = Seat.objects.get(person=cast.people["drafter"])
    Seat.objects.filter(pk=seat.pk).update(person=cast.people["nobody"])
    assert cast.browse("nobody").get(url).status_code == 200
    assert cast.browse("drafter").get(url).status_code == 404


def test_a_file_that_is_public_is_not_removed_and_it_is_said_what_to_do(cast: Cast) -> None:
    """The original of a redaction, put to an item past the pages."""
    client = cast.browse("clerk")
    offer(client, "名单.docx", word("没有什么"))
    own = Redaction.objects.get()
    item = new_draft(cast, title="附名单的公告")
    attach(item, own.original, by=cast.actor("clerk"))
    reviewed(cast, item)
    publish(item, by=cast.actor("clerk"), at=timezone.now())
    text = shown(client.post(f"{HERE}{own.pk}/remove/", {"sure": "yes"}, follow=True))
    assert "正在“附名单的公告”里公开，不能删除" in text
    assert b"".join(content_of(own.original))
    withdraw(item, cause="wrong", reason="测试", by=cast.actor("leader"), at=timezone.now())
    text = shown(client.post(f"{HERE}{own.pk}/remove/", {"sure": "yes"}, follow=True))
    assert "都删除了" in text
