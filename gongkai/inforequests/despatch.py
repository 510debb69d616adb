"""What is to go out: the letters waiting to be posted or handed over, with their addresses; what went out when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from gongkai.agencies.models import Agency
from gongkai.statute.states import CLOSED

from .letters.catalogue import KIND_BY_SLUG, LetterKind
from .models import CasePaper, Decision, Dispatch, InfoRequest, Letter

MOST = 100
"""How many letters one day's print and form hold; the rest follows once these are out."""


@dataclass(frozen=True, slots=True)
class Addressee:
    """To whom an envelope goes. Personal data: whoever shows it writes the look down."""

    name: str
    address: str
    postcode: str


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A letter waiting to go out, to whom, whether it came back before, and what is given with it."""

    letter: Letter
    kind: LetterKind
    to: Addressee
    came_back: Dispatch | None
    enclosed: tuple[CasePaper, ...] = ()

    @property
    def wish(self) -> str:
        """How the requester wants to have it, as far as the request says so."""
        request = self.letter.request
        return request.obtain if self.kind.to == "requester" else ""


def waiting_letters(agency: Agency) -> QuerySet[Letter]:
    """Letters that have to go out, the oldest first: the newest version of each; the answer once it is signed, what
    ends a case once it ended, letters of the procedure while the case is open; and whatever the post brought back."""
    out = Dispatch.objects.filter(letter=OuterRef("pk"))
    newer = Letter.objects.filter(
        request=OuterRef("request"),
        kind=OuterRef("kind"),
        number=OuterRef("number"),
        version__gt=OuterRef("version"),
    )
    newer_draft = Decision.objects.filter(
        request=OuterRef("request"), number__gt=OuterRef("decision__number")
    )
    is_reply = Q(kind__startswith="reply_")
    found = Letter.objects.filter(request__agency=agency, set_aside="").annotate(back=Exists(out))
    signed = Q(is_reply, request__state="signed") & Q(decision__isnull=False) & ~Exists(newer_draft)
    ended = Q(is_reply, request__state__in=("lapsed", "withdrawn"), decision__isnull=True)
    procedure = ~is_reply & ~Q(request__state__in=CLOSED)
    return (
        found.filter(~Exists(newer), ~Exists(out.filter(returned_on__isnull=True)))
        .filter(signed | ended | procedure | Q(back=True))
        .exclude(request__state="archived")
        .select_related("request__requester", "request__agency", "consultation", "decision", "pdf", "word")
        .prefetch_related("dispatches")
        .order_by("dated", "id")
    )


def outgoing(agency: Agency, numbers: Iterable[int] | None = None) -> list[Outgoing]:
    """The letters waiting, at most `MOST`; of these numbers where some are named. Four queries however many."""
    found = waiting_letters(agency)
    if numbers is not None:
        found = found.filter(pk__in=list(numbers))
    return _with_enclosed([_outgoing(letter) for letter in found[:MOST]])


def waiting_row(letter: Letter) -> Outgoing | None:
    """The letter as one that waits to go out; None where it does not."""
    found = waiting_letters(letter.request.agency).filter(pk=letter.pk).first()
    return _with_enclosed([_outgoing(found)])[0] if found else None


def number_used(letter: Letter, mail_number: str) -> bool:
    """True when a letter of another case of the agency went under this mail number."""
    found = Dispatch.objects.filter(letter__request__agency=letter.request.agency_id, mail_number=mail_number)
    return found.exclude(letter__request=letter.request_id).exists()


def waiting_count(agency: Agency) -> int:
    """How many letters wait to go out, without the answers that were signed: each of these is owed by its case."""
    return waiting_letters(agency).exclude(kind__startswith="reply_", request__state="signed").count()


def addressee_of(letter: Letter) -> Addressee:
    """Name, address and postcode: the requester's, or those of who is consulted."""
    if KIND_BY_SLUG[letter.kind].to == "requester":
        given = getattr(letter.request, "requester", None)
        name = letter.fields.get("收件人") or letter.request.applicant
        return Addressee(name, getattr(given, "address", ""), getattr(given, "postcode", ""))
    asked = letter.consultation
    return Addressee(letter.fields.get("收件人", ""), asked.address if asked else "", "")


def _outgoing(letter: Letter) -> Outgoing:
    back = [one for one in letter.dispatches.all() if one.returned_on]
    return Outgoing(letter, KIND_BY_SLUG[letter.kind], addressee_of(letter), back[-1] if back else None)


def _with_enclosed(rows: Sequence[Outgoing]) -> list[Outgoing]:
    """The letters with the material that was signed with them."""
    signed = {row.letter.pk: _listed(row.letter) for row in rows}
    wanted = {number for numbers in signed.values() for number in numbers}
    known = {one.pk: one for one in papers_among(wanted)} if wanted else {}
    return [
        replace(row, enclosed=tuple(known[n] for n in signed[row.letter.pk] if n in known)) for row in rows
    ]


def _listed(letter: Letter) -> list[int]:
    return [one["paper"] for one in letter.decision.papers] if letter.decision else []


def papers_among(numbers: Iterable[int]) -> QuerySet[CasePaper]:
    """Papers by their numbers, without the removed ones."""
    return CasePaper.objects.filter(pk__in=list(numbers), file__removed_at__isnull=True).select_related(
        "file"
    )


def letter_of(agency: Agency, case: int, pk: int) -> Letter | None:
    """A letter of a case of the agency; None where there is none such."""
    found = Letter.objects.select_related("request__agency", "request__section", "request__requester")
    return found.filter(pk=pk, request=case, request__agency=agency).first()


def dispatches_of(letter: Letter) -> list[Dispatch]:
    """Every sending of a letter, the first first."""
    return list(
        letter.dispatches.select_related("proof", "letter__request__agency", "letter__request__section")
    )


def sendings_of(request: InfoRequest) -> list[Dispatch]:
    """Every sending of every letter of the case, with its proof, in the order in which they were written down."""
    found = Dispatch.objects.filter(letter__request=request).select_related("letter", "proof")
    return list(found.order_by("id"))


def sent_on(agency: Agency, day: date) -> list[Dispatch]:
    """What was posted or handed over on this day, in the order in which it was entered."""
    found = Dispatch.objects.filter(letter__request__agency=agency, sent_on=day)
    return list(
        found.select_related("letter__request__requester", "letter__consultation", "proof")
        .annotate(case=F("letter__request__number"))
        .order_by("id")[:MOST]
    )
