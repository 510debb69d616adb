"""The pages of an office's templates and of 今日寄发, as a clerk uses them."""

from __future__ import annotations

import io
import re
from datetime import date

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from docx import Document

from gongkai.audit.models import Entry
from gongkai.files.actions.adding import examine
from gongkai.files.queries import content_of
from gongkai.inforequests.actions.deciding import decide, review
from gongkai.inforequests.actions.letters import make_letter
from gongkai.inforequests.actions.papers import put_paper
from gongkai.inforequests.actions.signing import sign_and_make
from gongkai.inforequests.despatch import outgoing
from gongkai.inforequests.letters.catalogue import KIND_BY_SLUG
from gongkai.inforequests.letters.template import template_with_legend
from gongkai.inforequests.models import Dispatch, InfoRequest, Letter, LetterTemplate
from tests.cast import Cast
from tests.inforequests.cases import new_case

KIND = KIND_BY_SLUG["receipt"]
PAGE = reverse("desk:letter-template", args=["xtxsfj", "receipt"])
OUTGOING = reverse("desk:outgoing", args=["xtxsfj"])


def edited(old: str, new: str) -> SimpleUploadedFile:
    """The template as it was handed out, changed, its legend left where it was."""
    document = Document(io.BytesIO(template_with_legend(KIND)))
    for one in document.paragraphs:
        if old in one.text:
            one.text = one.text.replace(old, new)
    out = io.BytesIO()
    document.save(out)
    return SimpleUploadedFile("我的模板.docx", out.getvalue())


@pytest.fixture
def clerk(cast: Cast) -> Client:
    return cast.browse("clerk")


def test_a_template_from_download_to_use_and_back(cast: Cast, clerk: Client) -> None:
    listed = clerk.get(reverse("desk:letter-templates", args=["xtxsfj"])).content.decode()
    assert all(kind.title in listed for kind in KIND_BY_SLUG.values())
    given = clerk.get(reverse("desk:letter-template-download", args=["xtxsfj", "receipt"]))
    assert "字段说明" in Document(io.BytesIO(given.content)).paragraphs[-3].text + "".join(
        p.text for p in Document(io.BytesIO(given.content)).paragraphs
    )
    bad = clerk.post(PAGE, {"upload": edited("{{ 查询码 }}", "{{ 查寻码 }}")})
    said = bad.content.decode()
    for words in ("有 2 处要改", "“查寻码”不是这种文书的字段", "是不是“查询码”", "缺少字段“查询码”"):
        assert words in said, words
    assert not LetterTemplate.objects.exists()
    taken = clerk.post(PAGE, {"upload": edited("本机关已经登记", "我局已经登记")}, follow=True)
    said = taken.content.decode()
    assert "还没有启用" in said
    assert "我局已经登记" in said, "the sample is read before it is put to use"
    assert "字段说明：从这一行" not in said
    [row] = LetterTemplate.objects.all()
    assert not row.in_use
    for what, begins in (("pdf", b"%PDF"), ("word", b"PK"), ("file", b"PK")):
        sample = clerk.get(reverse("desk:letter-template-sample", args=["xtxsfj", "receipt", 1, what]))
        assert sample.content.startswith(begins)
    used = clerk.post(reverse("desk:letter-template-use", args=["xtxsfj", "receipt", 1]), follow=True)
    assert "已启用第 1 版" in used.content.decode()
    row.refresh_from_db()
    assert row.in_use
    back = clerk.post(reverse("desk:letter-template-use", args=["xtxsfj", "receipt", 0]), follow=True)
    assert "已用回平台的模板" in back.content.decode()
    assert not LetterTemplate.objects.filter(in_use=True).exists()


def test_what_is_no_word_file_is_told(clerk: Client) -> None:
    for name, content in (("a.docx", b"no zip"), ("a.doc", b"\xd0\xcf\x11\xe0"), ("a.docx", b"")):
        said = clerk.post(PAGE, {"upload": SimpleUploadedFile(name, content)}).content.decode()
        assert "error-summary" in said
    assert "请选择改好的模板文件" in clerk.post(PAGE).content.decode()


def told(answer: object) -> list[str]:
    """What a page says is wrong."""
    return re.findall('<a href="#[^"]*">([^<]*)', answer.content.decode())  # type: ignore[attr-defined]


def waiting(cast: Cast, count: int) -> list[Letter]:
    today = timezone.localdate()
    by = cast.actor("clerk", today)
    return [
        make_letter(
            new_case(cast, on=date(2025, 2, 21), requester={"address": "某市某路9号"}),
            "receipt",
            by=by,
            on=today,
        )
        for _ in range(count)
    ]


def typed(letters: list[Letter], proofs: list[str], ways: list[str] | None = None) -> dict[str, str]:
    today = timezone.localdate()
    data = {"on_year": str(today.year), "on_month": str(today.month), "on_day": str(today.day)}
    data |= {"rows-TOTAL_FORMS": str(len(letters)), "rows-INITIAL_FORMS": str(len(letters))}
    for n, (letter, proof) in enumerate(zip(letters, proofs, strict=True)):
        way = ways[n] if ways else "ems"
        data |= {f"rows-{n}-letter": str(letter.pk), f"rows-{n}-way": way, f"rows-{n}-proof": proof}
    return data


def test_the_days_post_in_one_form(cast: Cast, clerk: Client) -> None:
    letters = waiting(cast, 4)
    shown = clerk.get(OUTGOING).content.decode()
    assert all(letter.number in shown for letter in letters)
    assert "某市某路9号" in shown
    looks = Entry.objects.filter(act="requests.personal").count()
    assert looks == 1, "who looked at the addresses is written down"
    proofs = ["TEST0001", "TEST0001", "", "甲某本人"]
    answer = clerk.post(OUTGOING, typed(letters, proofs, ["ems", "ems", "ems", "in_person"]))
    said = answer.content.decode()
    assert f"已登记寄发 2 件：{letters[0].number}、{letters[3].number}" in said, told(answer)
    assert "已经用在别的申请上" in said
    assert said.count('value="TEST0001"') == 1, "what was wrong stays typed"
    assert {d.letter for d in Dispatch.objects.all()} == {letters[0], letters[3]}
    assert Dispatch.objects.get(letter=letters[3]).signed_by == "甲某本人"
    again = clerk.post(OUTGOING, typed(letters, ["TEST0009", "TEST0002", "", "乙"]), follow=True)
    assert f"已登记寄发 1 件：{letters[1].number}" in again.content.decode()
    assert Dispatch.objects.filter(letter=letters[0]).get().mail_number == "TEST0001", "sent once"
    assert "还没有填写任何一件" in clerk.post(OUTGOING, typed(letters, [""] * 4)).content.decode()
    for name, args in (("outgoing-print", []), ("outgoing-envelopes", ["c5"])):
        printed = clerk.get(reverse(f"desk:{name}", args=["xtxsfj", *args]))
        assert printed.content.startswith(b"%PDF")


def test_a_letter_of_its_own_signed_for_returned_and_the_end_of_a_case(cast: Cast, clerk: Client) -> None:
    [letter] = waiting(cast, 1)
    case = letter.request
    args = ["xtxsfj", case.pk, letter.pk]
    today = timezone.localdate()
    day = {"on_year": str(today.year), "on_month": str(today.month), "on_day": str(today.day)}
    wrong = clerk.post(reverse("desk:letter", args=args), {"how": "ems", **day})
    assert "请填写邮件号码" in wrong.content.decode()
    went = clerk.post(reverse("desk:letter", args=args), {"how": "ems", "mail_number": "TEST0003", **day})
    assert went.status_code == 302, told(went)
    proof = SimpleUploadedFile("回执.png", _png())
    signed = reverse("desk:letter-signed", args=args)
    asked = clerk.post(signed, {"who": "甲某", "proof": proof, **day})
    assert "勾选" in asked.content.decode()
    proof.seek(0)
    clerk.post(signed, {"who": "甲某", "proof": proof, "no_secrets": "on", **day})
    [sent] = letter.dispatches.all()
    assert sent.signed_by == "甲某"
    assert sent.proof is not None
    clerk.post(reverse("desk:letter-returned", args=args), {"reason": "查无此人", **day})
    assert "再寄一次" in clerk.get(reverse("desk:letter", args=args)).content.decode()
    assert letter.number in clerk.get(OUTGOING).content.decode()
    acts = reverse("desk:request-act", args=["xtxsfj", case.pk, "withdraw"])
    went = clerk.post(acts, {"how": "书面撤回", **day}, follow=True)
    assert "撤回确认书" in went.content.decode(), "what ends a case has its letter made at once"
    assert InfoRequest.objects.get(pk=case.pk).state == "withdrawn"
    made = clerk.post(went.request["PATH_INFO"], _day_of(went, "day", today), follow=True)
    assert Letter.objects.filter(request=case, kind="reply_other_withdrawn").count() == 1, (
        made.content.decode()
    )


def _day_of(page: object, name: str, today: date) -> dict[str, str]:
    form = page.context["form"]  # type: ignore[attr-defined]
    data = {n: str(form[n].value() or "") for n in form.fields if n != name}
    return data | {
        f"{name}_year": str(today.year),
        f"{name}_month": str(today.month),
        f"{name}_day": str(today.day),
    }


def _png() -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(out, "PNG")
    return out.getvalue()


def signed_with(cast: Cast, names: list[str]) -> Letter:
    """A grant that is signed, with these files going out; the requester left an address where `cast.extra` says so."""
    today = timezone.localdate()
    case = new_case(cast, on=today)
    clerk = cast.actor("clerk", today)
    page = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(page)
    for name in names:
        content = page.getvalue() if name.endswith(".pdf") else b"a,b\n1,2\n"
        upload = SimpleUploadedFile(name, content)
        judged = examine(by=clerk, agency=cast.agency, upload=upload, confirmed=True)
        put_paper(case, judged, by=clerk, kind="material", dated=today, about=name[:3], disclose=True)
    decide(case, by=clerk, on=today, reply="granted_provided", states={"facts": "查到了", "how": "邮寄"})
    review(case, by=cast.actor("reviewer", today), on=today)
    return sign_and_make(case, by=cast.actor("leader", today), on=today)


def test_what_is_given_goes_with_its_letter(cast: Cast, clerk: Client) -> None:
    letter = signed_with(cast, ["统计表.pdf", "明细表.csv"])
    assert letter.fields["附件清单"] == "1．统计表；2．明细表"
    with pikepdf.open(io.BytesIO(b"".join(content_of(letter.pdf)))) as one:
        alone = len(one.pages)
    printed = clerk.get(reverse("desk:outgoing-print", args=["xtxsfj"])).content
    with pikepdf.open(io.BytesIO(printed)) as whole:
        # The list and the enclosure have a page each and are padded to two.
        assert len(whole.pages) == 2 + alone + alone % 2 + 2
    (row,) = outgoing(cast.agency)
    assert [one.title for one in row.enclosed] == ["统计表", "明细表"]
    for address in (OUTGOING, reverse("desk:request-serve", args=["xtxsfj", letter.request_id])):
        page = clerk.get(address).content.decode()
        assert "统计表（PDF）" in page
        assert "明细表（CSV）" in page


def test_nothing_is_posted_to_nowhere(cast: Cast, clerk: Client) -> None:
    letter = signed_with(cast, ["统计表.pdf"])
    at = reverse("desk:request-serve", args=["xtxsfj", letter.request_id])
    form = {**typed([], []), "how": "registered", "mail_number": "TEST0009"}
    assert "没有登记通信地址" in clerk.post(at, form).content.decode()
    assert "没有登记电子邮箱" in clerk.post(at, {**form, "how": "email", "consent": "无"}).content.decode()
    row = clerk.post(OUTGOING, typed([letter], ["TEST0009"]))
    assert "没有登记通信地址" in row.content.decode()
    assert not Dispatch.objects.exists()
    clerk.post(at, form | {"consent": "某市某路9号，申请人电话说明"})
    assert Dispatch.objects.get().consent == "某市某路9号，申请人电话说明"
