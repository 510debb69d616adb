"""The whole search: one call, findings in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..privacy import PLAIN, visible
from ..refs import Ref, rests_on
from .findings import ORDER, REFS, Finding, Found, Severity, What
from .homes import homes
from .joining import as_written
from .marks import internal
from .numbers import numbers
from .papers import papers, plates
from .people import minors, names
from .words import Listed, listed

_RANK = {Severity.BLOCK: 0, Severity.WARN: 1}


def _words_and_places(joined: str) -> Iterator[Found]:
    for find in (papers, plates, homes, minors, names):
        yield from find(joined)


def _back(found: Iterable[Found], origin: list[int]) -> Iterator[Found]:
    """The same finds at their places in the text before its lines were joined."""
    for what, start, end, severity, why in found:
        yield what, origin[start], origin[end - 1] + 1, severity, why


@rests_on(
    Ref("pipl", 25), Ref("pipl", 28), Ref("minors_law", 103), Ref("secrets_law", 35), Ref("secrets_law", 64)
)
def find_leaks(text: str, words: Iterable[Listed] = (), *, before: str = "") -> list[Finding]:
    """Everything in a text that must not go out, or has to be looked at, in order, none overlapping.

    `words` is the list that the office and the site maintain. `before` is what stands before the text where the text
    itself does not say it, as the head of a table's column does; nothing is found in it. Offsets are those of `text`.
    Time grows in step with the length of the text. 个人信息保护法 25、28；未成年人保护法 103；保密法 35、64.
    """
    lead = f"{before}：" if before else ""
    whole = lead + text
    shown, at = visible(whole)
    plain = shown.translate(PLAIN)
    joined, origin = as_written(plain)
    found: list[Found] = [
        (what, at[start], at[end - 1] + 1, severity, why)
        for what, start, end, severity, why in (
            *numbers(shown, plain),
            *internal(plain),
            *_back(_words_and_places(joined), origin),
        )
    ]
    if shown is not whole:
        # An unseen sign may as well be the only thing that keeps two numbers apart.
        found += numbers(whole, whole.translate(PLAIN))
    entries = {(at[a], at[b - 1] + 1): entry for a, b, entry in listed(plain, words)}
    found += [(What.WORD, a, b, e.severity, e.why or "词表里的词") for (a, b), e in entries.items()]
    found.sort(key=lambda f: (_RANK[f[3]], ORDER[f[0]], f[1] - f[2], f[1]))
    taken = bytearray(len(whole))
    kept: list[Finding] = []
    for what, start, end, severity, why in found:
        if start < len(lead) or any(taken[start:end]):
            continue
        taken[start:end] = b"\x01" * (end - start)
        entry = entries.get((start, end)) if what is What.WORD else None
        kept.append(
            Finding(
                what,
                start - len(lead),
                end - len(lead),
                whole[start:end],
                severity,
                why,
                entry.instead if entry else "",
                REFS[what],
            )
        )
    return sorted(kept, key=lambda finding: finding.start)
