"""Every statement that somebody has to write has an example beside it, and no example names what is not stated."""

from __future__ import annotations

import pytest

from gongkai.statute.outcomes import REPLIES, ReplyType, example_of, examples_for


@pytest.mark.parametrize("reply", REPLIES, ids=lambda reply: reply.slug)
def test_each_statement_has_its_example(reply: ReplyType) -> None:
    for statement in (*(one.slug for one in reply.states), "facts"):
        example = example_of(reply.slug, statement)
        assert example, statement
        assert not example.endswith("。")


@pytest.mark.parametrize("reply", REPLIES, ids=lambda reply: reply.slug)
def test_no_example_is_left_over(reply: ReplyType) -> None:
    assert examples_for(reply.slug) <= {one.slug for one in reply.states} | {"facts"}
