"""No text may crash or hang the reader: a report comes out, or one sentence that says why not."""

from __future__ import annotations

import os
import random
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.statute.report.blocks import Unreadable
from gongkai.statute.report.editions import edition
from gongkai.statute.report.model import AnnualReport, CellKind
from gongkai.statute.report.readers.assemble import assemble
from gongkai.statute.report.readers.text import blocks_from_text
from tests.readers.valid_tables import (
    HEAD,
    HEAD3,
    HEAD4,
    Rows,
    cell_a_line,
    columns,
    glued,
    table_four,
    table_three,
)

CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "corpus"
EXAMPLES = int(os.environ.get("GONGKAI_EXAMPLES", "60"))
busy = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
WORDS = [row.label for row in edition("2021").table3] + [
    "第二十条第（一）项",
    "信息内容",
    "规章",
    "行政许可",
    "结果维持",
]
SIGNS = "0123456789 \t\n|.-+/,，。（）()一二三四五六七OolI〇０１元万件年总计其他"


def read(text: str) -> AnnualReport | None:
    """The report, or None when the text was refused; anything else is a failure of the test."""
    try:
        return assemble(blocks_from_text(text), "", "txt")
    except Unreadable:
        return None


def sound(report: AnnualReport | None) -> None:
    """What holds for any report read: cells and open runs are consistent with each other."""
    if report is None:
        return
    for cell in report.cells.values():
        assert (cell.value is not None) == (cell.kind is CellKind.NUMBER)
    for run in report.ambiguous:
        assert all(len(reading) == len(run.cells) for reading in run.candidates)
        assert len(run.candidates) <= 200


@busy
@given(
    st.lists(
        st.one_of(st.sampled_from(WORDS), st.text(SIGNS, max_size=40), st.text(max_size=20)), max_size=80
    )
)
def test_labels_and_signs_in_any_order(parts: list[str]) -> None:
    sound(read("".join(parts)))


def spoiled(text: str, seed: int) -> str:
    """The text with characters dropped or doubled, lines shuffled, lost or glued, digits run together or parted."""
    rng = random.Random(seed)  # noqa: S311
    for _ in range(rng.randint(1, 6)):
        lines = text.split("\n")
        at = rng.randrange(len(text) + 1)
        width = rng.choice((1, 3, 30, 300))
        match rng.randrange(8):
            case 0:
                text = text[:at] + text[at + width :]
            case 1:
                text = text[:at] + text[at : at + width] * 2 + text[at + width :]
            case 2:
                rng.shuffle(lines)
                text = "\n".join(lines)
            case 3:
                text = "\n".join(line for line in lines if rng.random() > 0.05)
            case 4:
                text = re.sub(r"(?<=\d)\s+(?=\d)", lambda m: "" if rng.random() < 0.5 else m.group(), text)
            case 5:
                text = re.sub(r"(?<=\d)(?=\d)", lambda m: " " if rng.random() < 0.3 else "", text)
            case 6:
                text = text.replace("\n", "")
            case _:
                text = text[:at] + "".join(rng.choices(SIGNS, k=width)) + text[at:]
    return text


@busy
@given(table_three(), table_four(), st.integers(0, 2**32), st.sampled_from([glued, cell_a_line, columns]))
def test_spoiled_reports(three: Rows, four: Rows, seed: int, form: object) -> None:
    assert callable(form)
    sound(read(spoiled(form(three, four), seed)))


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real reports is not here")
@busy
@given(
    st.sampled_from(["xiangtan-justice-2024-txt", "pingtan-2020-flat", "pingtan-2024-flat", "stcsm-2024-md"]),
    st.integers(0, 2**32),
)
def test_spoiled_real_reports(case: str, seed: int) -> None:
    text = (CORPUS / case / "report.txt").read_text(encoding="utf-8")
    sound(read(spoiled(text, seed)))


@pytest.mark.parametrize(
    "run", ["1" * 60, "12" * 200, "1234567890" * 500, "1 " * 5000, "9" * 20_000, "1-" * 400, "1|" * 3000]
)
def test_hostile_runs_stay_open(run: str) -> None:
    text = (
        HEAD
        + "".join(HEAD3)
        + "".join(row.label + (run if row.slug else "") for row in edition("2021").table3)
    )
    report = read(
        text
        + "四、政府信息公开行政复议、行政诉讼情况"
        + "".join(HEAD4)
        + run
        + "五、存在的主要问题及改进情况无"
    )
    assert report is not None
    assert all(cell.kind is not CellKind.NUMBER or cell.raw != run for cell in report.cells.values())


def test_a_text_without_words_is_refused() -> None:
    with pytest.raises(Unreadable, match="没有文字"):
        blocks_from_text(" \n\n")
    with pytest.raises(Unreadable, match="太大"):
        blocks_from_text("公开" * 2_000_000)
