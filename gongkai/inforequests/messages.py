"""What requesters sent online, for those who handle their requests."""

from __future__ import annotations

from django.db.models import QuerySet

from gongkai.agencies.models import Agency
from gongkai.files.models import StoredFile
from gongkai.files.queries import files_of_owner

from .models import InfoRequest, RequesterMessage

__all__ = ["RequesterMessage", "messages_of", "papers_of", "waiting_messages"]


def messages_of(request: InfoRequest) -> QuerySet[RequesterMessage]:
    """What the requester sent about this request, oldest first."""
    return request.messages.select_related("file").order_by("id")


def papers_of(request: InfoRequest) -> QuerySet[StoredFile]:
    """What came with the request or later from the requester: its files without the letters the office made."""
    made = request.letters.values_list("word_id", "pdf_id")
    return files_of_owner(request).exclude(pk__in=[pk for pair in made for pk in pair])


def waiting_messages(agency: Agency) -> QuerySet[RequesterMessage]:
    """What waits for a word of the agency's clerk, the oldest first."""
    found = RequesterMessage.objects.filter(request__agency=agency, taken_on__isnull=True)
    return found.select_related("request").order_by("id")
