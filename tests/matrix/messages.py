"""The pages of gongkai/desk/messages/."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.oversight.models import Message, MessageEvent, MessageInquiry, MessageSender
from tests.cast import Cast
from tests.matrix.answers import POST, Gets, Row, absent, ours, signed_in, theirs
from tests.matrix.requests_case import nothing, other, own

HANDLERS = ("clerk", "ogi_head")
LISTENERS = ("clerk", "ogi_head", "leader", "head")
SETTERS = ("ogi_head", "head")
POSTED = signed_in(405)
NO_FILE = UUID(int=0)


def _message(agency: Agency, serial: int, **more: object) -> int:
    day = timezone.localdate()
    fields: dict[str, object] = {
        "agency": agency,
        "through": agency,
        "year": 2025,
        "serial": serial,
        "number": f"留〔2025〕{serial}号",
        "tracking_code": f"{agency.pk}-{serial}",
        "kind": "enquiry",
        "channel": "online",
        "subject": "测试留言",
        "text": "测试内容",
        "received_on": day,
        "accept_by": day,
        "due_on": day,
    }
    made = Message.objects.create(**{**fields, **more})
    MessageSender.objects.create(message=made, name="甲某", phone="13800000000")
    MessageEvent.objects.create(
        message=made, serial=1, act="register", to_state=made.state, on=day, at=timezone.now(), by="系统"
    )
    return int(made.pk)


def ours_new(cast: Cast) -> int:
    """A message to the bureau."""
    return _message(cast.agency, 9001)


def ours_in_review(cast: Cast) -> int:
    """One whose answer waits for its review."""
    return _message(cast.agency, 9002, state="review", answer="答复", answer_public=True)


def theirs_new(cast: Cast) -> int:
    """A message to the neighbour."""
    return _message(cast.other, 9003)


def about_us(cast: Cast) -> int:
    """A complaint about the bureau, at the county's."""
    return _message(cast.county, 9004, kind="complaint", about=cast.agency)


def _asked(agency: Agency, cast: Cast) -> int:
    message = Message.objects.get(pk=_message(cast.county, 9005 + agency.pk, kind="complaint", about=agency))
    day = timezone.localdate()
    made = MessageInquiry.objects.create(
        message=message, agency=agency, question="请说明", asked_on=day, asked_by="督导员", due_on=day
    )
    return made.pk


def asked_of_us(cast: Cast) -> int:
    """What the county asks the bureau."""
    return _asked(cast.agency, cast)


def asked_of_them(cast: Cast) -> int:
    """What it asks the neighbour."""
    return _asked(cast.other, cast)


def countys(status: int = 200) -> Gets:
    """A page of the county's, who is a supervisor."""
    return signed_in(404) | {"supervisor": status}


county = {"agency": "county-office"}
mine, foreign, crossed = own | {"pk": ours_new}, other | {"pk": theirs_new}, own | {"pk": theirs_new}
complaint = county | {"pk": about_us}
year, period = {"year": 2025}, {"name": "enquiry"}

TABLE: dict[str, list[Row]] = {
    "desk:messages": [(own, ours(LISTENERS)), (other, theirs()), (county, countys())],
    "desk:message-new": [(own, ours(HANDLERS)), (other, theirs()), (county, countys())],
    "desk:message": [
        (mine, ours(LISTENERS)),
        (foreign, theirs()),
        (crossed, ours(LISTENERS, 404)),
        (own | {"pk": nothing}, ours(LISTENERS, 404)),
        (complaint, countys()),
        (own | {"pk": about_us}, ours(LISTENERS, 404)),
    ],
    "desk:message-file": [
        (mine | {"number": NO_FILE}, ours(LISTENERS, 404)),
        (foreign | {"number": NO_FILE}, absent()),
    ],
    "desk:message-act": [
        *(
            (mine | {"act": act}, ours(HANDLERS))
            for act in ("accept", "answer", "refuse", "pass_on", "guide")
        ),
        (mine | {"act": "close"}, ours(HANDLERS, 302)),
        (own | {"pk": ours_in_review, "act": "approve"}, ours(("ogi_head", "leader", "head"))),
        (own | {"pk": ours_in_review, "act": "send_back"}, ours(("ogi_head", "leader", "head"))),
        (mine | {"act": "erase"}, ours(LISTENERS, 404)),
        (crossed | {"act": "accept"}, ours(LISTENERS, 404)),
        (foreign | {"act": "accept"}, theirs()),
        (complaint | {"act": "accept"}, countys()),
    ],
    "desk:message-counts-newest": [(own, ours(status=302)), (other, theirs(302))],
    "desk:message-counts": [
        (own | year, ours()),
        (own | {"year": 2199}, absent()),
        (other | year, theirs()),
        (county | year, countys()),
    ],
    "desk:message-counts-file": [
        (own | year, ours()),
        (own | {"year": 1999}, absent()),
        (other | year, theirs()),
    ],
    "desk:message-periods": [(own, ours()), (other, theirs())],
    "desk:message-period": [
        (own | period, ours(SETTERS)),
        (own | {"name": "none"}, ours(SETTERS, 404)),
        (other | period, theirs(403)),
        (county | period, countys()),
    ],
    "desk:message-period-clear": [
        (own | period, POSTED),
        (own | period, ours(SETTERS, 302), POST),
        (other | period, theirs(403), POST),
    ],
    "desk:message-inquiries": [(own, ours(LISTENERS)), (other, theirs()), (county, countys(403))],
    "desk:message-inquiry": [
        (own | {"pk": asked_of_us}, ours(LISTENERS)),
        (own | {"pk": asked_of_them}, ours(LISTENERS, 404)),
        (other | {"pk": asked_of_them}, theirs()),
    ],
}
