"""What is asked about requests."""

from __future__ import annotations

import unicodedata
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from gongkai.agencies.models import Agency

from .models import Amendment, Consultation, Letter, Requester, RequestEvent
from .models import Decision as Decision
from .models import InfoRequest as InfoRequest

MATTERS = InfoRequest.Matter.choices
"""What may be asked."""
OPINIONS = Consultation.Opinion.choices
"""What somebody consulted may have answered."""


def requests_of(agency: Agency) -> QuerySet[InfoRequest]:
    """All cases of the agency, corrections of records among them, newest receipt first."""
    return InfoRequest.objects.filter(agency=agency).order_by("-received_on", "-id")


def for_information(agency: Agency) -> QuerySet[InfoRequest]:
    """Those that ask for information: a correction of a record (art. 41) is a case of its own kind and stands neither
    in the ledger nor in table three."""
    return requests_of(agency).filter(matter=InfoRequest.Matter.DISCLOSURE)


def touching_year(agency: Agency, year: int) -> QuerySet[InfoRequest]:
    """Requests that a report on the year must know: received by its end and not closed before its start,
    with those whose receipt is not confirmed yet. Without corrections of records (art. 41): they ask for no
    information and count nowhere in table three."""
    received = Q(received_on__isnull=True) | Q(received_on__lte=date(year, 12, 31))
    unclosed = Q(closed_on__isnull=True) | Q(closed_on__gte=date(year, 1, 1))
    return InfoRequest.objects.filter(
        received & unclosed, agency=agency, matter=InfoRequest.Matter.DISCLOSURE
    )


NoRequest = InfoRequest.DoesNotExist
"""There is no such request in this agency."""


def request_of(agency: Agency, pk: int) -> InfoRequest:
    """One request of the agency with its section and seat, `was_amended` when its registration was put right; raises
    `NoRequest`."""
    found = InfoRequest.objects.select_related(
        "agency", "section", "seat", "repeats", "split_from", "requester"
    )
    put_right = Exists(Amendment.objects.filter(request=OuterRef("pk")))
    return found.annotate(was_amended=put_right).get(pk=pk, agency=agency)


def consultation_of(request: InfoRequest, pk: int) -> Consultation | None:
    """One consultation of the case; None where there is none such."""
    return request.consultations.select_related("request__agency").filter(pk=pk).first()


def overdue_opinions(day: date, agency: Agency | None = None) -> QuerySet[Consultation]:
    """Opinions still awaited whose time is over, the longest first: from then on the days count again (art. 32, 34).
    Not those of a round of handling that was undone; of all agencies where none is named."""
    undone = RequestEvent.objects.filter(
        request=OuterRef("request"), act="reopen", on__gt=OuterRef("sent_on")
    )
    found = Consultation.objects.filter(
        ~Exists(undone), ended_on__isnull=True, answer_by__lt=day, request__state="consulting"
    )
    found = found if agency is None else found.filter(request__agency=agency)
    return found.select_related("request__agency").order_by("answer_by", "id")


def newest_draft(request: InfoRequest) -> Decision | None:
    """The last draft of the answer with its signatures; None before the first."""
    found = request.decisions.select_related("drafted_by", "request__agency").prefetch_related(
        "reviews__person"
    )
    return found.order_by("-number").first()


def draft_before(decision: Decision) -> Decision | None:
    """The draft that this one replaced; None for the first."""
    return Decision.objects.filter(request=decision.request, number=decision.number - 1).first()


def reply_letter(decision: Decision) -> Letter | None:
    """The letter made of a signed draft, its newest version; None before it was made."""
    signed = decision.reviews.filter(level="signature", agreed=True).first()
    if signed is None:
        return None
    found = Letter.objects.filter(
        request=decision.request, kind=f"reply_{decision.reply}", made_at__gte=signed.at
    )
    return found.select_related("word", "pdf").order_by("-version").first()


def signed_on(decision: Decision) -> date:
    """The day of the signature; raises ValueError while there is none."""
    event = decision.request.events.filter(act="sign").order_by("-serial").first()
    if event is None:
        raise ValueError("这份答复还没有签发。")
    return event.on


def letters_of(request: InfoRequest) -> list[Letter]:
    """The letters of a case, newest last."""
    return list(request.letters.select_related("word", "pdf"))


def reason_sent_back(request: InfoRequest) -> str:
    """Why the last draft was sent back; empty where it was not."""
    event = request.events.order_by("-serial").first()
    return event.said if event is not None and event.act == "send_back" else ""


def why_drafted_anew(decision: Decision) -> str:
    """Why the draft before this one was sent back; empty for a first draft, and where another cause called for it."""
    if decision.number == 1:
        return ""
    event = decision.request.events.filter(act="send_back").order_by("-serial").first()
    return event.said if event is not None else ""


_ASKED = (
    "identity_kind",
    "identity_number",
    "representative",
    "contact",
    "phone",
    "fax",
    "email",
    "address",
    "postcode",
    "agent",
    "agent_identity",
    "needs_help",
)


def requester_of(request: InfoRequest) -> list[tuple[str, str]]:
    """What was written down of the requester, as label and value; nothing is left out but what is empty."""
    found = [("申请人", request.applicant)]
    given = Requester.objects.filter(request=request).first()
    if given is not None:
        labels = {f.name: str(f.verbose_name) for f in Requester._meta.fields}
        found += [(labels[name], getattr(given, name)) for name in _ASKED if getattr(given, name)]
    return found


def open_requests(agency: Agency) -> QuerySet[InfoRequest]:
    """Requests not closed, the most urgent first; those not yet confirmed before all others."""
    return InfoRequest.objects.filter(agency=agency, closed_on__isnull=True).order_by(
        F("due_on").asc(nulls_first=True), "id"
    )


def bare(text: str) -> str:
    """The text without spaces and punctuation, in one form of letters and digits."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())
