"""The pages of gongkai/desk/requests/online.py."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from gongkai.inforequests.actions.clarification import ask_clarification
from gongkai.inforequests.actions.online import send_message
from gongkai.inforequests.models import InfoRequest, RequesterMessage
from tests.cast import Cast
from tests.inforequests.cases import new_case
from tests.matrix.answers import CASEWORKERS, GET, POST, Row, absent, ours

own, other = {"agency": "xtxsfj"}, {"agency": "sample-office"}


def case(cast: Cast) -> int:
    """A case whose requester was asked for a clarification and sent one."""
    found = InfoRequest.objects.filter(messages__isnull=False).first()
    if found is not None:
        return found.pk
    today = timezone.localdate()
    made = new_case(cast, on=today)
    until = today + timedelta(days=9)
    ask_clarification(made, by=cast.actor("clerk"), on=today, points=["哪一年的"], until=until)
    send_message(made, text="2024年的", now=timezone.now())
    return made.pk


def message(cast: Cast) -> int:
    """What that requester sent."""
    return RequesterMessage.objects.get(request=case(cast)).pk


HANDLERS = ours(("clerk", "ogi_head"))
TABLE: dict[str, list[Row]] = {
    "desk:request-online": [(own | {"pk": case}, ours(CASEWORKERS)), (other | {"pk": case}, absent())],
    "desk:request-online-take": [
        (own | {"pk": case, "number": message}, HANDLERS, GET),
        (own | {"pk": case, "number": message}, HANDLERS, POST),
        (other | {"pk": case, "number": message}, absent(), GET),
    ],
}
