"""The pages of gongkai/desk/requests/papers.py."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from gongkai.files.actions.adding import examine
from gongkai.inforequests.actions.papers import put_paper
from gongkai.inforequests.models import CasePaper, InfoRequest
from tests.cast import Cast
from tests.matrix.answers import INSIDERS, Row, absent, ours, theirs
from tests.matrix.requests_case import asking, crossed, foreign, mine, own


def paper(cast: Cast) -> int:
    """A paper of one case of the bureau's."""
    found = CasePaper.objects.first()
    if found is not None:
        return found.pk
    by = cast.actor("clerk")
    judged = examine(by=by, agency=cast.agency, upload=SimpleUploadedFile("a.txt", b"a"), confirmed=True)
    case = InfoRequest.objects.get(pk=asking(cast))
    return put_paper(case, judged, by=by, kind="material", dated=timezone.localdate()).pk


def its_case(cast: Cast) -> int:
    """The case that paper lies in."""
    return CasePaper.objects.get(pk=paper(cast)).request_id


theirs_of_ours = own | {"pk": its_case, "number": paper}
TABLE: dict[str, list[Row]] = {
    "desk:request-paper-new": [(mine, ours(INSIDERS)), (foreign, theirs()), (crossed, absent())],
    "desk:request-note-new": [(mine, ours(INSIDERS)), (foreign, theirs()), (crossed, absent())],
    "desk:request-paper": [
        (theirs_of_ours, ours(INSIDERS)),
        # A paper is found in its own case only.
        (mine | {"number": paper}, ours((), 404) | dict.fromkeys(INSIDERS, 404)),
        (foreign | {"number": paper}, absent()),
    ],
}
