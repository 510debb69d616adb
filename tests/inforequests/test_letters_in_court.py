"""Each of the 21 outcomes from intake to the served letter by the real acts; its letter, in Word and in PDF, against
a list written down from the law (tests/cases/letters/mandatory.toml), and its row in table three.

One cast for all, and every letter is made once: what is wrong is gathered and told together.
"""

from __future__ import annotations

import io
import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
from docx import Document

from gongkai.files.queries import content_of
from gongkai.inforequests.actions.clarification import ask_clarification, lapse_no_clarification
from gongkai.inforequests.actions.deciding import NO_FILES, decide, review
from gongkai.inforequests.actions.fees import give_fee_notice, lapse_no_payment
from gongkai.inforequests.actions.letters import make_letter
from gongkai.inforequests.actions.service import Sending, send_out
from gongkai.inforequests.actions.signing import sign_and_make
from gongkai.inforequests.despatch import outgoing
from gongkai.inforequests.letters.from_acts import fields_from_acts
from gongkai.inforequests.models import InfoRequest, Letter
from gongkai.inforequests.records import records_for
from gongkai.statute.outcomes import OUTCOMES
from gongkai.statute.report.tally import tally
from tests.cast import Cast
from tests.inforequests.cases import SEARCH, new_case

LAW = tomllib.loads(
    (Path(__file__).resolve().parents[1] / "cases/letters/mandatory.toml").read_text(encoding="utf-8")
)
CASES: list[dict[str, Any]] = LAW["case"]
COMMON, AGENCY = LAW["common"], LAW["agency"]
ASKED, ANSWERED, LATE = date(2025, 2, 24), date(2025, 3, 10), date(2025, 4, 1)


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def word_of(letter: Letter) -> str:
    document = Document(io.BytesIO(b"".join(content_of(letter.word))))
    return bare("".join(p.text for p in document.paragraphs))


def print_of(letter: Letter) -> str:
    """The words of the PDF without its page numbers."""
    pdf = pypdfium2.PdfDocument(b"".join(content_of(letter.pdf)))
    try:
        # A hyphen at the end of a line is told as a mark of its own.
        texts = [re.sub("[\ufffe\x02]", "-", page.get_textpage().get_text_range()) for page in pdf]
        pages = [bare(text) for text in texts]
    finally:
        pdf.close()
    found = []
    for n, page in enumerate(pages, start=1):
        assert f"—{n}—" in page, "every page has its number"
        found.append(page.replace(f"—{n}—", ""))
    return "".join(found)


def answered(cast: Cast, case: InfoRequest, row: dict[str, Any]) -> Letter:
    """Drafted, reviewed, signed: three people; the letter is made with the signature."""
    decide(
        case,
        by=cast.actor("clerk", ANSWERED),
        on=ANSWERED,
        reply=row["reply"],
        states={NO_FILES: "附件随信寄出", **row["given"]},
        search=SEARCH,
    )
    review(case, by=cast.actor("reviewer", ANSWERED), on=ANSWERED)
    return sign_and_make(case, by=cast.actor("leader", ANSWERED), on=ANSWERED)


def lapsed(cast: Cast, case: InfoRequest, row: dict[str, Any]) -> Letter:
    """Ended by an act: the letter is made of what the acts say, nothing is typed."""
    clerk = cast.actor("clerk", LATE)
    if row["by_act"] == "lapse_no_clarification":
        ask_clarification(case, by=clerk, on=ASKED, points=["要哪个项目"], until=date(2025, 3, 7))
        lapse_no_clarification(case, by=clerk, on=ANSWERED)
        on = ANSWERED
    else:
        head = cast.actor("ogi_head", LATE)
        give_fee_notice(
            case, by=head, on=ASKED, basis="pages", units=40, reason="页数明显超过合理范围", pay_how="某银行"
        )
        notice = make_letter(case, "fee", by=clerk, on=ASKED, fields=fields_from_acts(case, "fee"))
        # 31 to 40 are ten pages at 10 yuan (国办函〔2020〕109号).
        assert "合计100元" in word_of(notice)
        lapse_no_payment(case, by=clerk, on=LATE, received_on=ASKED)
        on = LATE
    slug = f"reply_{row['reply']}"
    return make_letter(case, slug, by=clerk, on=on, fields=fields_from_acts(case, slug))


def wrong_in(letter: Letter, row: dict[str, Any], case: InfoRequest) -> list[str]:
    """What the letter does not say and should, or says and should not; the PDF has the very words of the .docx."""
    said = word_of(letter)
    paper = "本告知书" if "by_act" in row else "本答复书"
    filled = {"paper": paper, "organs": AGENCY["organs"], "court": AGENCY["court"]}
    wanted = [
        AGENCY["name"],
        f"{case.number}-{row['suffix']}",
        f"{COMMON['applicant']}：",
        f"编号：{case.number}",
        COMMON["received"],
        f"“{COMMON['content']}”",
        row.get("dated", COMMON["dated"]),
        *row["says"],
        *(line.format(**filled) for line in LAW["remedy"][row["remedy"]]),
    ]
    found = [f"{row['reply']}: does not say {words}" for words in wanted if bare(words) not in said]
    banned = LAW["remedy"].get(f"{row['remedy']}_not", [])
    found += [f"{row['reply']}: says {words}" for words in banned if words in said]
    found += [f"{row['reply']}: {odd} in it" for odd in ("{", "}", "。。", "《《", "，。") if odd in said]
    if print_of(letter) != said:
        found.append(f"{row['reply']}: the PDF has other words than the .docx")
    return found


def test_each_outcome_from_intake_to_the_served_letter(cast: Cast) -> None:
    assert [row["outcome"] for row in CASES] == [outcome.slug for outcome in OUTCOMES], (
        "all 21, in their order"
    )
    wrong: list[str] = []
    for n, row in enumerate(CASES):
        case = new_case(cast, content=COMMON["content"], applicant=COMMON["applicant"])
        letter = (lapsed if "by_act" in row else answered)(cast, case, row)
        waiting = [one for one in outgoing(cast.agency) if one.letter.request_id == case.pk]
        if [one.letter for one in waiting if one.kind.reply] != [letter]:
            wrong.append(f"{row['reply']}: not on the list of what goes out")
        sent = send_out(
            letter,
            Sending("ems", letter.dated, mail_number=f"TEST{n:04d}"),
            by=cast.actor("clerk", LATE),
        )
        case.refresh_from_db()
        wrong += wrong_in(letter, row, case)
        if (case.outcome, case.reply, case.closed_on) != (row["outcome"], row["reply"], sent.answered_on):
            wrong.append(f"{row['reply']}: closed as {case.outcome} on {case.closed_on}")
    assert wrong == []
    counted = tally(records_for(cast.agency, 2025), 2025)
    rows = {row["outcome"]: counted.cells[f"t3.{row['outcome']}.natural"].value for row in CASES}
    assert rows == dict.fromkeys(rows, 1)
    assert counted.cells["t3.result_total.total"].value == 21
    assert counted.cells["t3.new.total"].value == 21
    assert {row["outcome"]: row["row"] for row in CASES} == {o.slug: o.row for o in OUTCOMES}
