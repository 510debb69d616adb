"""Letters of real cases: numbered, dated, with the agency's own organs, kept in versions, in the office's wording."""

from __future__ import annotations

from datetime import date

import pypdfium2
import pytest

from gongkai.agencies.rights import NotAllowed
from gongkai.files.queries import content_of
from gongkai.inforequests.actions.deciding import NO_FILES, decide
from gongkai.inforequests.actions.letters import make_letter
from gongkai.inforequests.actions.service import Sending, send_out
from gongkai.inforequests.actions.templates import keep_template, put_to_use, use_default
from gongkai.inforequests.letters.about_fields import sample_of
from gongkai.inforequests.letters.catalogue import KIND_BY_SLUG
from gongkai.inforequests.letters.checking import BadTemplate
from gongkai.inforequests.letters.fields import decision_fields
from gongkai.inforequests.letters.rendering import MissingFields, fill, to_pdf
from gongkai.inforequests.letters.template import own_template
from gongkai.inforequests.models import Letter, LetterTemplate
from gongkai.statute.outcomes import COMMON_STATEMENTS, REPLIES, REPLY_BY_SLUG
from tests.cast import Cast
from tests.inforequests.cases import SEARCH, new_case, said_of
from tests.inforequests.test_letter_templates import edited, words_of

ON = date(2025, 3, 10)
COUNTY, CITY, COURT = "湘潭县人民政府", "湘潭市司法局", "湘潭县人民法院"


@pytest.fixture
def office(cast: Cast) -> Cast:
    cast.agency.reconsideration_organs = f"{COUNTY}\n{CITY}"
    cast.agency.court = COURT
    cast.agency.save()
    return cast


def text_of(letter: Letter) -> str:
    return words_of(b"".join(content_of(letter.word)))


@pytest.mark.parametrize("reply", [r.slug for r in REPLIES])
def test_every_reply_from_its_draft_to_its_letter(office: Cast, reply: str) -> None:
    case = new_case(office)
    said = said_of(reply)
    made = decide(case, by=office.actor("clerk", ON), on=ON, reply=reply, states=said, search=SEARCH)
    letter = make_letter(
        case, f"reply_{reply}", by=office.actor("clerk", ON), on=ON, fields=decision_fields(made)
    )
    text = text_of(letter)
    kind = REPLY_BY_SLUG[reply]
    common = {"agency", "letter_number", "addressee", "register_number", "received_on", "asked", "signed_on"}
    assert common <= {s.slug for s in COMMON_STATEMENTS}
    for wanted in (
        case.agency.name,
        f"{case.number}-{kind.suffix}",
        case.applicant,
        "2025年2月21日",
        case.content,
        "2025年3月10日",
    ):
        assert wanted in text, wanted
    lapsed = {"other_no_correction", "other_no_fee", "other_withdrawn"}
    for slug, words in said_of(reply).items():
        assert words in text or slug == NO_FILES or (slug == "facts" and reply in lapsed), slug
    if "A" in kind.remedies:
        assert f"应当先自收到本答复书之日起60日内向{COUNTY}或者{CITY}申请行政复议" in text
    if "B" in kind.remedies:
        assert f"6个月内向{COURT}提起行政诉讼" in text
    if kind.remedies == ("C",):
        assert "行政复议" not in text
    assert b"".join(content_of(letter.pdf)).startswith(b"%PDF-")


def test_a_letter_is_made_again_as_the_next_version(office: Cast) -> None:
    case, clerk = new_case(office), office.actor("clerk", ON)
    fields = {"补正事项": ["哪个项目"], "补正指导": "请写明项目名称", "补正期限": "2025年3月20日"}
    first = make_letter(case, "clarification", by=clerk, on=ON, fields=fields)
    again = make_letter(case, "clarification", by=clerk, on=ON, fields={**fields, "补正指导": "请写明文号"})
    assert (first.version, again.version, first.number) == (1, 2, f"{case.number}-补")
    assert "请写明项目名称" in text_of(first)
    assert "请写明文号" in text_of(again)
    with pytest.raises(MissingFields, match="补正期限"):
        make_letter(case, "clarification", by=clerk, on=ON, fields={**fields, "补正期限": ""})
    with pytest.raises(NotAllowed):
        make_letter(case, "clarification", by=office.actor("neighbour", ON), on=ON, fields=fields)
    assert Letter.objects.count() == 2


def test_without_organs_no_reply_is_made_and_it_is_said_where_to_enter_them(cast: Cast) -> None:
    cast.agency.reconsideration_organs = cast.agency.court = ""
    cast.agency.save()
    case = new_case(cast)
    with pytest.raises(ValueError, match="机关设置"):
        make_letter(case, "reply_granted_provided", by=cast.actor("clerk", ON), on=ON)


def test_the_offices_own_wording_is_used_once_it_is_put_to_use(office: Cast) -> None:
    clerk, kind = office.actor("clerk", ON), KIND_BY_SLUG["receipt"]
    case = new_case(office)

    def made(words: str) -> LetterTemplate:
        return keep_template(
            office.agency, "receipt", by=clerk, content=edited(kind, "本机关已经登记", words)
        )

    def said() -> str:
        return text_of(make_letter(case, "receipt", by=clerk, on=ON))

    with pytest.raises(BadTemplate):
        keep_template(office.agency, "receipt", by=clerk, content=edited(kind, "{{ 查询码 }}", "略"))
    assert not LetterTemplate.objects.exists()
    first, second = made("我局已经登记"), made("我局收悉")
    assert (first.version, second.version) == (1, 2)
    assert "本机关已经登记" in said(), "what was only uploaded is not in use"
    put_to_use(second, by=clerk)
    letter = make_letter(case, "receipt", by=clerk, on=ON)
    assert letter.template == second
    assert "我局收悉" in text_of(letter)
    put_to_use(first, by=clerk)
    assert "我局已经登记" in said()
    assert "我局收悉" in text_of(letter), "a letter already made does not change"
    use_default(office.agency, "receipt", by=clerk)
    assert "本机关已经登记" in said()
    assert LetterTemplate.objects.filter(in_use=True).count() == 0
    assert LetterTemplate.objects.count() == 2
    with pytest.raises(NotAllowed):
        put_to_use(first, by=office.actor("reviewer", ON))
    with pytest.raises(NotAllowed):
        put_to_use(first, by=office.actor("neighbour", ON))


def test_a_further_letter_of_a_kind_has_a_number_of_its_own(office: Cast) -> None:
    case, clerk = new_case(office), office.actor("clerk", ON)
    told = {"涉及的信息": "报价表", "答复天数": "15"}

    def ask(whom: str) -> Letter:
        return make_letter(case, "third_party_inquiry", by=clerk, on=ON, fields=told | {"收件人": whom})

    first, second, first_again = ask("乙公司"), ask("丙公司"), ask("乙公司")
    assert [first.number, second.number] == [f"{case.number}-征", f"{case.number}-征2"]
    assert (first_again.number, first_again.version) == (first.number, 2)
    send_out(first_again, Sending("ems", ON, mail_number="TEST1"), by=clerk)
    assert ask("乙公司").number == f"{case.number}-征3"
    assert ask("丙公司").number == f"{case.number}-征2"


@pytest.mark.once
@pytest.mark.parametrize(("slug", "name"), [("reply_denied_process", "理由"), ("extension", "延期理由")])
@pytest.mark.parametrize("times", [1, 3, 6, 9, 12])
def test_no_page_stays_blank_for_want_of_room_and_no_signature_stands_alone(
    slug: str, name: str, times: int
) -> None:
    """The first page of two is full but for what the end of the letter has to take along, and the agency and the day
    are never alone on a page, however long the reasons are."""
    kind = KIND_BY_SLUG[slug]
    said = sample_of(kind) | {name: "公开这些信息会影响正在进行的工作，" * times * 3}
    pdf = pypdfium2.PdfDocument(to_pdf(fill(own_template(kind), kind, said), ON))
    try:
        pages = [page.get_textpage().get_text_range() for page in pdf]
    finally:
        pdf.close()
    if len(pages) > 1:
        # The last line of text but one goes along with the signature; a page holds 22 lines of 28.
        assert all(len(page) > 300 for page in pages[:-1]), [len(p) for p in pages]
    words = "".join(pages[-1].split()).rpartition(said["机关"])[0]
    assert len(words) > 10, "some of the text stands over the agency and the day"
