"""What requesters sent online, for those who handle their requests."""

from __future__ import annotations

from django.db.models import QuerySet

from gongkai.agencies.models import Agency

from .models import InfoRequest, RequesterMessage

__all__ = ["RequesterMessage", "messages_of", "waiting_messages"]


def messages_of(request: InfoRequest) -> QuerySet[RequesterMessage]:
    """What the requester sent about this request, oldest first."""
    return request.messages.select_related("file").order_by("id")


def waiting_messages(agency: Agency) -> QuerySet[RequesterMessage]:
    """What waits for a word of the agency's clerk, the oldest first."""
    found = RequesterMessage.objects.filter(request__agency=agency, taken_on__isnull=True)
    return found.select_related("request").order_by("id")
