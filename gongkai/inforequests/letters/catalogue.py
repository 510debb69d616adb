"""The kinds of letters: title, number suffix, remedy, addressee, and the fields without which none is made.

Nine kinds belong to steps of the procedure; every kind of reply of `statute.outcomes` has its own.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from gongkai.statute.outcomes import REPLIES, ReplyType

COMMON = ("机关", "标题", "文号", "收件人", "编号", "成文日期")
"""Fields of every letter."""
OPTIONAL = ("救济途径", "联系方式", "办理机构", "地址", "邮政编码", "补正情况")
"""Fields every letter has too, and may be without."""

_FACTS = "查明的情况"
"""What was found: every answer to what is asked says it; a letter that ends a case by lapse or withdrawal does not."""


@dataclass(frozen=True, slots=True)
class LetterKind:
    """One kind of letter. `remedies` are the variants of the remedy notice (A, B, C) it carries; `needs` the fields it
    is not made without, `may` those it has where they are known; `slip` is a page behind it, to be filled in and sent
    back; `reply` is the kind of reply it tells of."""

    slug: str
    number: int
    title: str
    suffix: str
    remedies: tuple[str, ...]
    to: str
    needs: tuple[str, ...]
    may: tuple[str, ...]
    text: str
    slip: str = ""
    reply: ReplyType | None = None

    @property
    def fields(self) -> frozenset[str]:
        """Every field a template of this kind may name."""
        return frozenset({*COMMON, *OPTIONAL, *self.needs, *self.may})

    @property
    def lines(self) -> list[str]:
        """The platform's own wording, a line a paragraph."""
        return [line for line in self.text.strip().splitlines() if line.strip()]

    @property
    def must(self) -> tuple[str, ...]:
        """Every field without which it is not made, the remedy notice included where it carries one."""
        has_remedy = any(variant != "C" for variant in self.remedies)
        return (*COMMON, *self.needs, *(("救济途径",) if has_remedy else ()))

    @property
    def paper(self) -> str:
        """What the letter calls itself: 本答复书, 本告知书 and so on, by its title."""
        for word in ("答复书", "确认书", "通知书", "回执", "函"):
            if word in self.title:
                return f"本{word}"
        return "本告知书"


_DATA: dict[str, Any] = tomllib.loads(
    files("gongkai.inforequests.letters").joinpath("texts.toml").read_text(encoding="utf-8")
)
FIELD_OF: dict[str, str] = _DATA["fields"]
"""The statements of a reply, by slug, as fields of a template."""


def _step(row: dict[str, Any]) -> LetterKind:
    return LetterKind(
        row["slug"],
        row["number"],
        row["title"],
        row["suffix"],
        (row["remedy"],),
        row["to"],
        tuple(row["needs"]),
        (),
        row["text"],
        row.get("slip", ""),
    )


def _reply(row: dict[str, Any], reply: ReplyType) -> LetterKind:
    needs = ["收到申请之日", "申请内容", *(FIELD_OF[s.slug] for s in reply.states if s.required)]
    may = [FIELD_OF[s.slug] for s in reply.states if not s.required]
    (needs if _FACTS in row["text"] else may).append(_FACTS)
    return LetterKind(
        f"reply_{reply.slug}",
        reply.letter,
        row["title"],
        reply.suffix,
        reply.remedies,
        "requester",
        tuple(needs),
        tuple(may),
        row["text"],
        reply=reply,
    )


_TEXT_OF = {row["slug"]: row for row in _DATA["reply"]}
KINDS: tuple[LetterKind, ...] = (
    *(_step(row) for row in _DATA["letter"]),
    *(_reply(_TEXT_OF[reply.slug], reply) for reply in REPLIES),
)
KIND_BY_SLUG: dict[str, LetterKind] = {kind.slug: kind for kind in KINDS}


def kind_of_reply(reply: str) -> LetterKind:
    """The letter that tells of this kind of reply."""
    return KIND_BY_SLUG[f"reply_{reply}"]
