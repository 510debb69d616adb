"""Table four against table three: suits without reconsideration after refusals."""

from __future__ import annotations

from collections.abc import Iterator

from ...refs import Ref
from ..findings import Finding
from .facts import Facts
from .rule import Rule, rule
from .words import shown

_FIRST_YEAR = 2024
_FEW = 3
_REVIEW_FIRST = tuple(
    f"t3.denied_{ground}"
    for ground in (
        "state_secret",
        "law_forbids",
        "three_security",
        "third_party",
        "internal",
        "process",
        "enforcement_file",
    )
)


@rule("R-01", "2024年起，不予公开的应当先申请行政复议，再提起行政诉讼", Ref("reconsideration_law", 23))
def reconsideration_comes_first(facts: Facts, say: Rule) -> Iterator[Finding]:
    """Many direct suits in a year with refusals under art. 14 to 16 want an explanation; not an error, since
    every other reply may still be sued over directly. Many: three or more, and more than after reconsideration."""
    direct = facts.total("t4.litigation_direct")
    after = facts.total("t4.litigation_after_reconsideration")
    if facts.year is None or facts.year < _FIRST_YEAR or not direct or after is None:
        return
    if direct >= _FEW and direct > after and (refused := facts.sum_of(_REVIEW_FIRST)):
        yield say(
            f"第四表未经复议直接起诉{shown(direct)}件，多于复议后起诉的{shown(after)}件，而第三表有{shown(refused)}件不予公开。"
            "2024年起对不予公开不服应当先复议，请核对起诉的种类是否填错，并检查告知书上的救济途径。",
            ("t4.litigation_direct.total",),
        )
