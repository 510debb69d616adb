"""The 21 outcomes of table three and the kinds of reply that lead to them, read from the data beside this file."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from ..refs import Ref, parse_ref


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing a letter states: field slug, Chinese label, and whether the letter is incomplete without it."""

    slug: str
    label: str
    required: bool


@dataclass(frozen=True, slots=True)
class ReplyType:
    """One kind of reply (答复类型): its outcome, basis, remedy variants, and what its letter must state.

    `letter` is the number in the letter catalogue, 0 where it names none; `suffix` ends the letter's number.
    `remedies` holds A (先复议), B (复议或者起诉) or C (不写); a partial disclosure has A for the part withheld
    under articles 14 to 16 and B for whatever else was not given. `suit_doubtful` marks replies against which
    courts are said to dismiss a direct suit, so that an agency may set its own paragraph.
    `states` leaves out what every letter states: see `COMMON_STATEMENTS`.
    """

    slug: str
    label: str
    outcome: str
    refs: tuple[Ref, ...]
    remedies: tuple[str, ...]
    letter: int
    suffix: str
    states: tuple[Statement, ...]
    suit_doubtful: bool = False

    @property
    def ref(self) -> Ref:
        """The article the letter names first."""
        return self.refs[0]

    @property
    def remedy(self) -> str:
        """The variant of the remedy notice that comes first: A, B or C."""
        return self.remedies[0]

    def missing(self, given: Sequence[str]) -> tuple[Statement, ...]:
        """The required statements, common ones included, whose slugs are not among `given`."""
        have = set(given)
        return tuple(s for s in (*COMMON_STATEMENTS, *self.states) if s.required and s.slug not in have)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One leaf row of table three (办理结果): `row` and `label` as on the form, `group` its heading.

    `evidence` is what the file must hold because the burden of proof is the agency's; `traps` are the usual
    mistakes, each a Chinese sentence.
    """

    slug: str
    row: str
    label: str
    group: str
    refs: tuple[Ref, ...]
    evidence: tuple[str, ...]
    traps: tuple[str, ...]

    @property
    def ref(self) -> Ref:
        """The article the outcome rests on first."""
        return self.refs[0]

    @property
    def replies(self) -> tuple[ReplyType, ...]:
        """The kinds of reply counted under this outcome, at least one."""
        return tuple(reply for reply in REPLIES if reply.outcome == self.slug)

    @property
    def remedy(self) -> str:
        """The remedy variant of the outcome's first kind of reply: A, B or C."""
        return self.replies[0].remedy

    @property
    def states(self) -> tuple[Statement, ...]:
        """What the letter must state; where several kinds of reply share the outcome, required means in all."""
        replies = self.replies
        merged: dict[str, Statement] = {}
        for statement in (s for reply in replies for s in reply.states):
            same = [s for reply in replies for s in reply.states if s.slug == statement.slug]
            required = len(same) == len(replies) and all(s.required for s in same)
            merged.setdefault(statement.slug, Statement(statement.slug, statement.label, required))
        return tuple(merged.values())


def _data(name: str) -> dict[str, Any]:
    return tomllib.loads(files("gongkai.statute.outcomes").joinpath(name).read_text(encoding="utf-8"))


def _statements(rows: list[list[Any]]) -> tuple[Statement, ...]:
    return tuple(Statement(slug, label, required) for slug, label, required in rows)


def _refs(written: list[str]) -> tuple[Ref, ...]:
    return tuple(parse_ref(one) for one in written)


def _reply(row: dict[str, Any]) -> ReplyType:
    fields = {**row, "refs": _refs(row["refs"]), "states": _statements(row["states"])}
    return ReplyType(**{**fields, "remedies": tuple(row["remedies"])})


def _outcome(row: dict[str, Any]) -> Outcome:
    fields = {**row, "refs": _refs(row["refs"])}
    return Outcome(**{**fields, "evidence": tuple(row["evidence"]), "traps": tuple(row["traps"])})


_REPLY_DATA = _data("replies.toml")
COMMON_STATEMENTS: tuple[Statement, ...] = _statements(_REPLY_DATA["common"]["states"])
REPLIES: tuple[ReplyType, ...] = tuple(_reply(row) for row in _REPLY_DATA["reply"])
REPLY_BY_SLUG: dict[str, ReplyType] = {reply.slug: reply for reply in REPLIES}
OUTCOMES: tuple[Outcome, ...] = tuple(_outcome(row) for row in _data("outcomes.toml")["outcome"])
BY_SLUG: dict[str, Outcome] = {outcome.slug: outcome for outcome in OUTCOMES}


def _group(*names: str) -> frozenset[str]:
    return frozenset(outcome.slug for outcome in OUTCOMES if outcome.group in names)


GRANTED: frozenset[str] = _group("granted")
PARTIAL: frozenset[str] = _group("partial")
PROVIDED: frozenset[str] = GRANTED | PARTIAL
DENIED: frozenset[str] = _group("denied")
REFUSALS: frozenset[str] = DENIED - {"denied_admin_query"}
"""Refusals under articles 14 to 16: the ones that need reconsideration first since 2024-01-01."""
UNABLE: frozenset[str] = _group("unable")
NOT_HANDLED: frozenset[str] = _group("not_handled")
OTHER: frozenset[str] = _group("other")
