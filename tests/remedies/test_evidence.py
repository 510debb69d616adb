"""The evidence pack, read back by another library: everything of the case, right pages, nothing of another case."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import zipfile
from datetime import date
from typing import Any

import pikepdf
import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from gongkai.agencies.models import Agency
from gongkai.audit.models import Entry
from gongkai.files.actions.adding import examine
from gongkai.files.actions.made import keep_made
from gongkai.inforequests.actions.clarification import ask_clarification, receive_clarification
from gongkai.inforequests.actions.closing import reopen
from gongkai.inforequests.actions.consultation import consult, receive_opinion
from gongkai.inforequests.actions.letters import make_letter
from gongkai.inforequests.actions.papers import note_paper
from gongkai.inforequests.actions.period import extend
from gongkai.inforequests.actions.service import Sending, came_back, send_out, signed_for
from gongkai.inforequests.letters.catalogue import kind_of_reply
from gongkai.inforequests.letters.fields import decision_fields
from gongkai.inforequests.letters.from_acts import fields_from_acts
from gongkai.inforequests.models import InfoRequest
from gongkai.remedies.actions.conclude import conclude
from gongkai.remedies.evidence.gathering import gather
from gongkai.remedies.evidence.making import pack
from tests.cast import Cast
from tests.inforequests.cases import answer, new_case
from tests.remedies.cases import ORGAN, case_of

pytestmark = pytest.mark.django_db
TODAY = date(2025, 7, 1)
RECEIVED, CLARIFIED, CONSULTED = date(2025, 2, 21), date(2025, 3, 3), date(2025, 3, 5)
OPINION, EXTENDED, ANSWERED = date(2025, 3, 14), date(2025, 3, 17), date(2025, 4, 2)
TAKEN, DECIDED, REDO = date(2025, 4, 20), date(2025, 6, 3), date(2025, 6, 20)
ELSEWHERE = "别的案子里的丙某"


def pdf_of(*words: str, wide: bool = False, turned: int = 0) -> bytes:
    """A PDF with one page a word, set by hand."""
    pdf = pikepdf.new()
    for word in words:
        pdf.add_blank_page(page_size=(842, 595) if wide else (595, 842))
        page = pdf.pages[-1]
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.obj.Contents = pdf.make_stream(f"BT /F1 24 Tf 100 300 Td ({word}) Tj ET".encode())
        page.obj.Rotate = turned
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def picture(ending: str, frames: int = 1) -> bytes:
    """A red picture, larger than a page at print quality; several frames as a fax has them."""
    out = io.BytesIO()
    one = Image.new("RGB", (3000, 4500), "red")
    more = {"save_all": True, "append_images": [one] * (frames - 1)} if frames > 1 else {}
    one.save(out, {"jpg": "JPEG", "tif": "TIFF", "png": "PNG"}[ending], **more)
    return out.getvalue()


def put(cast: Cast, case: InfoRequest, kind: str, name: str, content: bytes) -> None:
    clerk = cast.actor("clerk", TODAY)
    file = keep_made(by=clerk, agency=cast.agency, name=name, content=content, owner=case)
    note_paper(case, file, by=clerk, kind=kind, dated=RECEIVED)


PAPERS: tuple[tuple[str, str, bytes], ...] = (
    ("application", "申请表.pdf", pdf_of("FORM-ONE", "FORM-TWO")),
    ("envelope", "信封.jpg", picture("jpg")),
    ("identity", "传真.tif", picture("tif", 2)),
    ("opinion", "回复.pdf", pdf_of("OPINION-PAGE", wide=True)),
    ("search", "检索截图.pdf", pdf_of("SEARCH-PAGE", turned=90)),
    ("service", "回执.pdf", pdf_of("SERVICE-PROOF")),
    ("material", "批复.docx", b"PK no pages"),
    ("other", "坏.pdf", b"%PDF-1.7 damaged"),
)


def whole_case(cast: Cast) -> InfoRequest:
    """Clarified, consulted about, extended, answered, served, reconsidered, ordered to be answered again."""

    def by(who: str, on: date) -> Any:
        return cast.actor(who, on)

    case = new_case(cast, RECEIVED, applicant="乙某", content="申请公开某桥梁的验收文件")
    ask_clarification(
        case, by=by("clerk", RECEIVED), on=RECEIVED, points=["写明桥梁的名称"], until=date(2025, 3, 10)
    )
    make_letter(
        case,
        "clarification",
        by=by("clerk", RECEIVED),
        on=RECEIVED,
        fields=fields_from_acts(case, "clarification"),
    )
    receive_clarification(case, by=by("clerk", CLARIFIED), on=CLARIFIED, content="申请公开东桥的验收文件")
    asked = consult(
        case,
        by=by("clerk", CONSULTED),
        on=CONSULTED,
        whom="third_party",
        name="东桥建设公司（测试）",
        about="合同单价",
    )
    receive_opinion(asked, by=by("clerk", OPINION), on=OPINION, opinion="objects", grounds="涉及成本构成")
    case.refresh_from_db()
    extend(case, by=by("ogi_head", EXTENDED), on=EXTENDED, days=15, reason="档案正在数字化")
    answer(cast, case, "unable_not_existing", ANSWERED)
    draft = case.decisions.get()
    reply = kind_of_reply(draft.reply).slug
    make_letter(case, reply, by=by("clerk", ANSWERED), on=ANSWERED, fields=decision_fields(draft))
    for kind, name, content in PAPERS:
        put(cast, case, kind, name, content)
    remedy = case_of(cast, "测复〔2025〕9号", TAKEN, request=case)
    conclude(
        remedy,
        by=cast.actor("clerk"),
        on=DECIDED,
        result="corrected",
        decision="撤销，责令重新答复",
        redo_by=REDO,
    )
    reopen(case, by=by("clerk", DECIDED), on=DECIDED, ordered_by=f"{ORGAN}测复〔2025〕9号", until=REDO)
    return case


def another_case(cast: Cast) -> None:
    other = new_case(cast, RECEIVED, applicant=ELSEWHERE, content=f"{ELSEWHERE}要的东西")
    put(cast, other, "other", "别处.pdf", pdf_of("ELSEWHERE-PAGE"))
    case_of(cast, "测复〔2025〕别处号", TAKEN, request=other, early="不服逾期没有答复")


def read(content: bytes) -> list[str]:
    """The text of each page without spaces and line ends, read back with pdfium."""
    pdf = pypdfium2.PdfDocument(content)
    pages = []
    for page in pdf:
        words = page.get_textpage()
        pages.append(re.sub(r"\s", "", words.get_text_range()))
        words.close()
        page.close()
    pdf.close()
    return pages


@pytest.fixture
def case(cast: Cast) -> InfoRequest:
    another_case(cast)
    return whole_case(cast)


def packed(case: InfoRequest, ending: str) -> bytes:
    with pack(case, ending, TODAY) as made:
        return made.read()


def test_everything_is_in_it_on_the_page_the_index_says(case: InfoRequest) -> None:
    content = packed(case, "pdf")
    pages = read(content)
    everything = "".join(pages)
    for words in (
        "写明桥梁的名称", "申请公开东桥的验收文件", "东桥建设公司（测试）", "涉及成本构成", "档案正在数字化",
        "没有检索到", "TEST0001", "测复〔2025〕9号", "撤销，责令重新答复", "以这一天为准", "2025年6月3日（星期二）重新办理", "补正前的申请内容：申请公开某桥梁的验收文件", "第一次办理",
        "FORM-ONE", "FORM-TWO", "OPINION-PAGE", "SEARCH-PAGE", "SERVICE-PROOF", "乙某", "补正", "签发",
    ):  # fmt: skip
        assert words in everything, words
    for foreign in (ELSEWHERE, "ELSEWHERE-PAGE", "别处"):
        assert foreign not in everything
    # Each page bears its own number.
    for n, page in enumerate(pages, start=1):
        assert f"第{n}页共{len(pages)}页" in page, page[-40:]
    index = "".join(pages[1:4])
    index = index[: index.index("共", index.index("其他材料"))]
    where = {
        "申请表或者信件": "FORM-ONE",
        "征求意见的回复": "OPINION-PAGE",
        "检索情况": "SEARCH-PAGE",
        "送达凭证": "SERVICE-PROOF",
    }
    for name, words in where.items():
        found = re.search(rf"{name}（2025年2月21日）(\d+)", index)
        assert found, (name, index)
        assert words in pages[_page(found.group(1), pages, words) - 1]
    for letter in case.letters.all():
        assert letter.number.replace(" ", "") in index
    assert "拟公开的材料（2025年2月21日）见压缩包" in index
    assert "其他（2025年2月21日）见压缩包（打不开）" in index


def _page(digits: str, pages: list[str], words: str) -> int:
    """The number the index shows; the next line's number may stand right behind it: 7 and 4.1 read 74.1."""
    return next(
        (
            int(digits[:n])
            for n in (1, 2)
            if int(digits[:n]) <= len(pages) and words in pages[int(digits[:n]) - 1]
        ),
        0,
    )


def test_pictures_fill_their_pages_and_lie_as_they_should(case: InfoRequest) -> None:
    content = packed(case, "pdf")
    pages = read(content)
    pdf = pypdfium2.PdfDocument(content)
    red = []
    for n, page in enumerate(pdf):
        shown = page.render(scale=0.1).to_pil().convert("RGB")
        middle = shown.getpixel((shown.width // 2, shown.height // 2))
        if isinstance(middle, tuple) and middle[0] > 200 and middle[1] < 60:
            red.append(n)
        wide = page.get_width() > page.get_height()
        assert wide == ("OPINION-PAGE" in pages[n] or "SEARCH-PAGE" in pages[n])
        page.close()
    pdf.close()
    # One envelope and two pages of a fax.
    assert len(red) == 3
    assert len(content) < 3_000_000


def test_the_bundle_has_every_original_with_its_digest(case: InfoRequest) -> None:
    with zipfile.ZipFile(io.BytesIO(packed(case, "zip"))) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        rows = list(csv.DictReader(io.StringIO(archive.read("清单.csv").decode("utf-8-sig"))))
        assert {row["文件"] for row in rows} == set(names) - {"清单.csv"}
        for row in rows:
            content = archive.read(row["文件"])
            assert (int(row["字节"]), row["SHA-256"]) == (len(content), hashlib.sha256(content).hexdigest())
        originals = {name.partition(" ")[2]: archive.read(name) for name in names if " " in name}
        pages = read(archive.read("证据材料.pdf"))
    for _, name, content in PAPERS:
        assert originals[name] == content
    assert sum(name.endswith(".docx") for name in originals) == case.letters.count() + 1
    proof = next(row for row in rows if row["文件"].endswith("回执.pdf"))
    assert "SERVICE-PROOF" in pages[int(proof["在证据材料.pdf第几页"]) - 1]
    # SM3 of the platform's own record and of the list are the same.
    kept = {paper.file.name: paper.file.digest for paper in case.papers.select_related("file")}
    assert proof["SM3"] == kept["回执.pdf"]
    assert not any("别处" in name for name in names)


def test_every_look_is_written_down_and_a_file_gone_is_told(cast: Cast, case: InfoRequest) -> None:
    url = reverse("desk:request-evidence", args=["xtxsfj", case.pk, "pdf"])
    assert cast.browse("drafter").get(url).status_code == 403
    answered = cast.browse("leader").get(url)
    assert answered["Content-Type"] == "application/pdf"
    assert answered["Content-Disposition"].startswith("attachment")
    assert {"private", "no-store"} <= set(answered["Cache-Control"].split(", "))
    assert b"".join(answered.streaming_content).startswith(b"%PDF-")  # type: ignore[attr-defined]
    entries = Entry.objects.filter(act="requests.pack").order_by("number")
    assert [(entry.person_name, entry.result) for entry in entries] == [
        (cast.drafter.name, "refused"),
        (cast.leader.name, entries[1].result),
    ]
    from gongkai.files import store

    store.wipe(case.papers.get(kind="service").file_id)
    assert "原件缺失" in "".join(read(packed(case, "pdf")))
    with zipfile.ZipFile(io.BytesIO(packed(case, "zip"))) as archive:
        assert "原件缺失" in archive.read("清单.csv").decode("utf-8-sig")


def test_as_many_queries_for_a_long_case(cast: Cast, queries: Any) -> None:
    def asked(case: InfoRequest) -> int:
        return int(
            queries(lambda: gather(InfoRequest.objects.select_related("agency").get(pk=case.pk), TODAY))
        )

    short, long = new_case(cast, RECEIVED), new_case(cast, RECEIVED, content="另一件")
    before = asked(short)
    for n in range(5):
        put(cast, long, "other", f"{n}.pdf", b"%PDF-")
    assert asked(long) == before
    assert Agency.objects.count() > 1


def test_every_sending_is_in_the_pack_with_its_receipt(cast: Cast) -> None:
    """What the post brought back, what went out anew, and the picture of the signature on it."""
    case, clerk = new_case(cast, RECEIVED), cast.actor("clerk", TODAY)
    letter = make_letter(case, "receipt", by=clerk, on=RECEIVED)
    first = send_out(letter, Sending("ems", RECEIVED, mail_number="FIRST-1"), by=clerk)
    came_back(first, by=clerk, on=CLARIFIED, reason="原址查无此人")
    second = send_out(letter, Sending("ems", CONSULTED, mail_number="SECOND-2"), by=clerk)
    proof = examine(
        by=clerk,
        agency=cast.agency,
        upload=SimpleUploadedFile("签收.pdf", pdf_of("SIGNED-HERE")),
        confirmed=True,
    )
    signed_for(second, by=clerk, on=OPINION, who="甲某", proof=proof)
    said = "".join(read(packed(case, "pdf")))
    for word in ("FIRST-1", "SECOND-2", "原址查无此人", "2025年3月14日", "SIGNED-HERE"):
        assert word in said, word
    with zipfile.ZipFile(io.BytesIO(packed(case, "zip"))) as archive:
        assert len([n for n in archive.namelist() if n.startswith("送达凭证/")]) == 1
