"""The law map: complete, each symbol once and at home, and docs/law-map.md up to date."""

from __future__ import annotations

from pathlib import Path

from gongkai.statute import duties, fees, outcomes, privacy, remedies
from gongkai.statute.lawmap import render, symbols
from gongkai.statute.refs import Ref, instruments

ROOT = Path(__file__).parents[2]


def test_every_table_and_rule_of_these_modules_is_on_the_map() -> None:
    names = {symbol.name for symbol in symbols()}
    wanted = {f"outcomes.catalogue.OUTCOMES[{o.slug}]" for o in outcomes.OUTCOMES}
    wanted |= {f"outcomes.catalogue.REPLIES[{r.slug}]" for r in outcomes.REPLIES}
    wanted |= {f"outcomes.questions.QUESTIONS[{q.slug}]" for q in outcomes.QUESTIONS}
    wanted |= {f"duties.LIMITS[{slug}]" for slug in duties.LIMITS}
    wanted |= {f"duties.ARTICLE_20[{item.slug}]" for item in duties.ARTICLE_20}
    wanted |= {f"remedies.ORGAN_RULES[{slug}]" for slug in remedies.ORGAN_RULES}
    wanted |= {
        f"fees.{f.__name__}" for f in (fees.by_piece, fees.by_pieces, fees.by_pages, fees.fee_of_piece)
    }
    wanted |= {f"privacy.{f.__name__}" for f in (privacy.mask, privacy.find_personal_data)}
    assert wanted <= names


def test_each_symbol_is_listed_once_and_where_it_is_made() -> None:
    names = [symbol.name for symbol in symbols()]
    assert len(names) == len(set(names))
    assert "periods.PERIODS[answer]" in names
    assert "requesters.KINDS[natural]" in names
    assert not any(name.startswith("clock.PERIODS") for name in names)


def test_every_symbol_rests_on_something() -> None:
    for symbol in symbols():
        assert symbol.refs, symbol.name
        assert all(isinstance(ref, Ref) and ref.says for ref in symbol.refs)


def test_a_row_names_article_symbol_and_test_case() -> None:
    rows = [row for row in render(ROOT / "tests").splitlines() if row.startswith("| 第四十二条 | 依申请公开")]
    assert len(rows) == 1
    assert "`fees.by_pieces`" in rows[0]
    assert "tests/statute/test_fees.py" in rows[0]
    assert "tests/cases/outcomes/situations.toml" in rows[0]


def test_the_map_has_a_part_for_every_instrument() -> None:
    text = render(ROOT / "tests")
    assert [f"## {law.title}" for law in instruments().values()] == [
        line for line in text.splitlines() if line.startswith("## ")
    ]


def test_the_map_on_file_is_up_to_date() -> None:
    on_file = (ROOT / "docs/law-map.md").read_text(encoding="utf-8")
    fresh = render(ROOT / "tests")
    assert on_file == fresh, "run: python -m gongkai.statute.lawmap > docs/law-map.md"
