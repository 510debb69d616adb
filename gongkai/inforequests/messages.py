"""What requesters sent online, for those who handle their requests."""

from __future__ import annotations

from django.db.models import QuerySet

from gongkai.agencies.models import Agency

from .models import InfoRequest, RequesterMessage

__all__ = ["TAKEN_BY", "RequesterMessage", "messages_of", "waiting_messages", "waiting_with"]

TAKEN_BY = {
    "receive_clarification": "补正",
    "receive_reasons": "说明理由",
    "receive_payment": "告知已缴费",
}
"""The act that follows from each kind of message once it is confirmed, by the word of its kind."""


def messages_of(request: InfoRequest) -> QuerySet[RequesterMessage]:
    """What the requester sent about this request, oldest first."""
    return request.messages.select_related("file").order_by("id")


def waiting_with(message: RequesterMessage) -> list[RequesterMessage]:
    """This message and what the requester sent of the same kind that waits too, oldest first: a second answer usually
    completes the first, and one act takes them all."""
    same = messages_of(message.request).filter(kind=message.kind, taken_on__isnull=True)
    return list(same)


def waiting_messages(agency: Agency) -> QuerySet[RequesterMessage]:
    """What waits for a word of the agency's clerk in cases that are open, the oldest first."""
    found = RequesterMessage.objects.filter(
        request__agency=agency, request__closed_on__isnull=True, taken_on__isnull=True
    )
    return found.select_related("request").order_by("id")
