"""The 21 outcomes and the kinds of reply, held against the official form and the table of reply types."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from gongkai.statute import outcomes
from gongkai.statute.outcomes import BY_SLUG, OUTCOMES, REFUSALS, REPLIES, REPLY_BY_SLUG

# The master table of reply types, retyped from the law paper: slug → (row, variants, letter).
MASTER = {
    "granted_already_public": ("三（一）", "B", 10),
    "granted_provided": ("三（一）", "B", 10),
    "partial": ("三（二）", "AB", 11),
    "denied_state_secret": ("三（三）1", "A", 12),
    "denied_law_forbids": ("三（三）2", "A", 12),
    "denied_three_security": ("三（三）3", "A", 12),
    "denied_third_party": ("三（三）4", "A", 12),
    "denied_internal": ("三（三）5", "A", 12),
    "denied_process": ("三（三）6", "A", 12),
    "denied_enforcement_file": ("三（三）7", "A", 12),
    "denied_admin_query": ("三（三）8", "B", 20),
    "unable_not_existing": ("三（四）1", "B", 13),
    "unable_not_responsible": ("三（四）1", "B", 14),
    "unable_needs_making": ("三（四）2", "B", 15),
    "unable_unclear": ("三（四）3", "B", 16),
    "reject_petition": ("三（五）1", "B", 18),
    "reject_repeat": ("三（五）2", "B", 17),
    "reject_publication": ("三（五）3", "B", 19),
    "reject_mass": ("三（五）4", "B", 21),
    "reject_confirm": ("三（五）5", "B", 22),
    "other_no_correction": ("三（六）1", "B", 23),
    "other_no_fee": ("三（六）2", "B", 24),
    "other_withdrawn": ("三（六）3", "C", 27),
    "other_not_information": ("三（六）3", "B", 25),
    "other_correction": ("三（六）3", "B", 26),
    "other_rest": ("三（六）3", "B", 0),
}


def _form_rows() -> list[tuple[str, str]]:
    """(slug, label) of the leaf rows of table three as the edition's own data has them."""
    path = files("gongkai.statute.report.editions").joinpath("2021.toml")
    form = tomllib.loads(path.read_text(encoding="utf-8"))
    rows = [row for row in form["table3"]["rows"] if row.get("slug")]
    apart = {"new", "carried_in", "result_total", "carried_out"}
    return [(row["slug"], row["label"]) for row in rows if row["slug"] not in apart]


def test_there_are_21_outcomes_in_the_order_of_the_form() -> None:
    assert len(OUTCOMES) == 21
    form = _form_rows()
    assert [slug for slug, _ in form] == [outcome.slug for outcome in OUTCOMES]
    for outcome, (_, label) in zip(OUTCOMES, form, strict=True):
        assert label.endswith(outcome.label)


def test_the_groups_divide_the_outcomes_as_the_form_does() -> None:
    parts = (
        outcomes.GRANTED,
        outcomes.PARTIAL,
        outcomes.DENIED,
        outcomes.UNABLE,
        outcomes.NOT_HANDLED,
        outcomes.OTHER,
    )
    assert [len(part) for part in parts] == [1, 1, 8, 3, 5, 3]
    assert set().union(*parts) == set(BY_SLUG)
    for outcome in OUTCOMES:
        heading = outcome.row[:4]
        assert {o.group for o in OUTCOMES if o.row[:4] == heading} == {outcome.group}


def test_refusals_are_exactly_the_outcomes_under_articles_14_to_16() -> None:
    under = {o.slug for o in OUTCOMES if {r.article for r in o.refs} & {14, 15, 16}}
    assert under == REFUSALS
    assert len(REFUSALS) == 7


@pytest.mark.parametrize("slug", MASTER)
def test_reply_types_follow_the_master_table(slug: str) -> None:
    row, variants, letter = MASTER[slug]
    reply = REPLY_BY_SLUG[slug]
    assert BY_SLUG[reply.outcome].row == row
    assert "".join(reply.remedies) == variants
    assert reply.letter == letter


def test_no_reply_type_beyond_the_master_table() -> None:
    assert set(REPLY_BY_SLUG) == set(MASTER)
    assert len(REPLIES) == len(MASTER)


def test_review_first_is_written_for_refusals_only() -> None:
    for reply in REPLIES:
        assert ("A" in reply.remedies) == (reply.outcome in REFUSALS or reply.outcome == "partial")
    for outcome in OUTCOMES:
        assert outcome.remedy == outcome.replies[0].remedy


@pytest.mark.parametrize("outcome", OUTCOMES, ids=lambda o: o.slug)
def test_each_outcome_says_what_the_letter_and_the_file_need(outcome: outcomes.Outcome) -> None:
    assert outcome.replies
    assert outcome.evidence
    assert outcome.traps
    assert all(trap.endswith("。") for trap in outcome.traps)
    assert outcome.states
    assert len({s.slug for s in outcome.states}) == len(outcome.states)


@pytest.mark.parametrize(
    ("slug", "fields"),
    [
        ("denied_state_secret", {"secrecy_level", "secrecy_period", "classified_under"}),
        ("denied_law_forbids", {"forbidding_law", "forbidding_article"}),
        ("denied_three_security", {"reason"}),
        ("denied_third_party", {"consulted", "reason"}),
        ("denied_internal", {"which_of_three"}),
        ("denied_process", {"which_of_four"}),
        ("unable_not_existing", {"search_made", "search_scope", "search_result"}),
        ("unable_not_responsible", {"reason"}),
        ("reject_repeat", {"earlier_number", "earlier_on"}),
        ("other_no_correction", {"notice_on", "lapsed_on"}),
        ("partial", {"given", "withheld", "reason", "ground"}),
    ],
)
def test_mandatory_contents_of_the_letters(slug: str, fields: set[str]) -> None:
    missing = {statement.slug for statement in REPLY_BY_SLUG[slug].missing(())}
    assert fields <= missing
    assert {"article", "decision", "seal", "received_on"} <= missing
    assert REPLY_BY_SLUG[slug].missing(missing) == ()


def test_the_competent_agency_is_named_only_if_known() -> None:
    states = {s.slug: s.required for s in REPLY_BY_SLUG["unable_not_responsible"].states}
    assert states["responsible_agency"] is False
    assert states["responsible_contact"] is False


def test_an_outcome_with_several_replies_requires_only_what_all_of_them_require() -> None:
    granted = {s.slug: s.required for s in BY_SLUG["granted"].states}
    assert granted["how"] is True
    assert granted["where"] is False


def test_doubtful_suits_are_the_five_named() -> None:
    doubtful = {reply.slug for reply in REPLIES if reply.suit_doubtful}
    assert doubtful == {
        "reject_repeat",
        "denied_admin_query",
        "unable_needs_making",
        "reject_petition",
        "reject_publication",
    }
