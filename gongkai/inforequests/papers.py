"""The papers and notes of a case, and which of the papers its requester has been given."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from .models import CaseNote, CasePaper, InfoRequest, RequestEvent

__all__ = [
    "KINDS",
    "CaseNote",
    "CasePaper",
    "attachments",
    "disclosed_papers",
    "notes_of",
    "paper_of",
    "papers_of",
    "passed_over",
    "to_disclose",
]
KINDS = CasePaper.Kind.choices
"""What a paper may be."""
FROM_REQUESTER = ("application", "identity", "authorisation", "supplement")
"""What comes from the requester."""


def papers_of(request: InfoRequest) -> QuerySet[CasePaper]:
    """The papers of the case by the day they bear, without the removed ones."""
    return request.papers.filter(file__removed_at__isnull=True).select_related("file")


def papers_from_requester(request: InfoRequest) -> QuerySet[CasePaper]:
    """Those of them that came from the requester."""
    return papers_of(request).filter(kind__in=FROM_REQUESTER)


def paper_of(request: InfoRequest, pk: int) -> CasePaper | None:
    """One paper of the case; None where there is none such, or it was removed."""
    return papers_of(request).select_related("request__agency").filter(pk=pk).first()


def notes_of(request: InfoRequest) -> QuerySet[CaseNote]:
    """The notes of the case, oldest first."""
    return request.notes.all()


def to_disclose(request: InfoRequest) -> QuerySet[CasePaper]:
    """The material that goes out with the next answer that provides something."""
    return papers_of(request).filter(kind=CasePaper.Kind.MATERIAL, disclose=True)


def passed_over(request: InfoRequest) -> QuerySet[CasePaper]:
    """Material that lies in the case and was not chosen to go out: forgotten, or kept back on purpose."""
    return papers_of(request).filter(kind=CasePaper.Kind.MATERIAL, disclose=False)


def attachments(titles: Sequence[str]) -> str:
    """The list of what is enclosed, as the letter says it: one by its name, several numbered."""
    if len(titles) < 2:
        return "".join(titles)
    return "；".join(f"{n}．{title}" for n, title in enumerate(titles, start=1))


def disclosed_papers(request: InfoRequest, events: list[RequestEvent] | None = None) -> list[CasePaper]:
    """What the requester has been given: the material listed in the answers that were served, whose content is still
    what was signed. Nothing before service, nothing of a draft."""
    done = list(request.events.all()) if events is None else events
    served = [event.data.get("decision") for event in done if event.act == "serve"]
    if not served:
        return []
    lists = request.decisions.filter(number__in=served).values_list("papers", flat=True)
    signed = {row["paper"]: row["digest"] for papers in lists for row in papers}
    return [one for one in papers_of(request).filter(pk__in=signed) if one.file.digest == signed[one.pk]]
