"""The pages of gongkai/desk/notices.py, tasks.py and outbox.py."""

from __future__ import annotations

from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.tasks.actions.tasks import give_task
from tests.cast import SYSTEM, Cast
from tests.matrix.answers import GET, POST, Row, absent, of_site, ours, signed_in, theirs

own, other = {"agency": "xtxsfj"}, {"agency": "sample-office"}
GIVERS = ("clerk", "ogi_head", "leader", "head")


def _given(cast: Cast, agency: Agency, kind: str) -> int:
    seat = agency.seats.filter(kind=kind).earliest("pk")
    return give_task(by=SYSTEM, seat=seat, title="核对数据", key=f"matrix:{seat.pk}").pk


def nothing(cast: Cast) -> int:
    """A number that nothing bears."""
    return 0


def given_up(cast: Cast) -> int:
    """A mail that was given up."""
    from gongkai.outbox.models import Message

    now = timezone.now()
    more = {"made_at": now, "not_before": now}
    return Message.objects.create(key="matrix", channel="mail", state="given_up", to="a@b.cn", **more).pk


def drafters_task(cast: Cast) -> int:
    """A task of the drafter's seat."""
    return _given(cast, cast.agency, "drafter")


def others_task(cast: Cast) -> int:
    """A task of the neighbour's."""
    return _given(cast, cast.other, "clerk")


def clerks_notice(cast: Cast) -> int:
    """A notice to the bureau's clerk: nobody else's business."""
    from gongkai.outbox.models import Message

    task = _given(cast, cast.agency, "clerk")
    return Message.objects.get(key=f"task:{task}:given:{cast.clerk.pk}:desk").pk


TABLE: dict[str, list[Row]] = {
    "desk:notices": [(own, ours()), (other, theirs()), ({"agency": "nobody"}, absent())],
    "desk:notices-read": [
        (own, signed_in(405)),
        (own, ours(status=302), POST),
        (other, theirs(302), POST),
    ],
    "desk:notice": [
        (own | {"pk": clerks_notice}, absent() | {"clerk": 200}),
        (other | {"pk": clerks_notice}, absent()),
        (own | {"pk": nothing}, absent()),
    ],
    "desk:tasks": [(own, ours()), (other, theirs())],
    "desk:tasks-done": [(own, ours()), (other, theirs())],
    "desk:tasks-given": [(own, ours(GIVERS)), (other, theirs())],
    "desk:task-give": [(own, ours(GIVERS)), (other, theirs())],
    "desk:task": [
        (own | {"pk": drafters_task}, ours((*GIVERS, "drafter")), GET),
        (own | {"pk": drafters_task}, ours(("drafter",), 200), POST),
        (other | {"pk": others_task}, theirs()),
        (own | {"pk": others_task}, absent()),
    ],
    "desk:task-withdraw": [
        (own | {"pk": drafters_task}, ours(GIVERS)),
        (other | {"pk": others_task}, theirs()),
        (own | {"pk": others_task}, absent() | dict.fromkeys(("drafter", "section_head", "reviewer"), 403)),
    ],
    "desk:site-outbox": [({}, of_site("sysadmin"))],
    "desk:site-outbox-state": [
        *(({"state": state}, of_site("sysadmin")) for state in ("waiting", "sent", "given_up")),
        ({"state": "nowhere"}, of_site("sysadmin", status=404)),
    ],
    "desk:site-outbox-resend": [
        ({"pk": nothing}, signed_in(405)),
        ({"pk": nothing}, of_site("sysadmin", status=404), POST),
        ({"pk": given_up}, of_site("sysadmin", status=302), POST),
    ],
}
"""What each of the cast gets at an address, said in a few words."""
