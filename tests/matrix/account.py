"""The pages of gongkai/desk/account*.py: one's own account, open to everybody signed in, and 登录安全."""

from __future__ import annotations

from django.utils import timezone

from gongkai.sign_in.models import Counter, Stay
from tests.cast import Cast
from tests.matrix.answers import ADMINISTRATORS, POST, Row, absent, of_site, signed_in

HERE, POSTED = signed_in(200), signed_in(405)
WITHOUT = signed_in(404)


def of_security(cast: Cast) -> int:
    """The security administrator, who has a second factor as soon as somebody signs in as such."""
    cast.browse("secadmin")
    return cast.secadmin.pk


def stay_of_clerk(cast: Cast) -> int:
    """Where the clerk is signed in."""
    return Stay.objects.filter(person=cast.clerk).latest("pk").pk


def lock_of_clerk(cast: Cast) -> int:
    """What counts the clerk's failures."""
    return Counter.objects.create(scope="name", key="matrix", person=cast.clerk, last_at=timezone.now()).pk


def of_clerk(cast: Cast) -> int:
    """The clerk, who has none."""
    return cast.clerk.pk


TABLE: dict[str, list[Row]] = {
    "desk:account": [({}, HERE)],
    "desk:password": [({}, HERE)],
    "desk:sessions": [({}, HERE)],
    "desk:session-end": [
        ({"pk": stay_of_clerk}, POSTED),
        ({"pk": stay_of_clerk}, absent() | {"clerk": 302}, POST),
    ],
    "desk:sessions-end": [({}, POSTED), ({}, signed_in(302), POST)],
    "desk:session-left": [({}, HERE)],
    "desk:session-stay": [({}, POSTED), ({}, HERE, POST)],
    "desk:kept": [({}, POSTED), ({}, HERE, POST)],
    # Only one's own goes; that there was nothing is not said.
    "desk:kept-drop": [({"pk": "clerk"}, POSTED), ({"pk": "clerk"}, signed_in(302), POST)],
    "desk:factor": [({}, HERE)],
    "desk:factor-set-up": [({}, HERE | dict.fromkeys(ADMINISTRATORS, 302))],
    "desk:factor-qr": [({}, HERE | dict.fromkeys(ADMINISTRATORS, 404))],
    "desk:factor-verify": [({}, signed_in(302))],
    "desk:factor-codes": [({}, signed_in(302) | dict.fromkeys(ADMINISTRATORS, 200))],
    "desk:factor-give-up": [({}, WITHOUT)],
    "desk:site-sign-in": [({}, of_site("secadmin"))],
    "desk:site-unlock": [
        ({"pk": lock_of_clerk}, POSTED),
        ({"pk": lock_of_clerk}, of_site("secadmin", status=302), POST),
    ],
    "desk:site-failures": [({}, of_site("secadmin"))],
    "desk:site-factors": [({}, of_site("secadmin"))],
    "desk:site-factor-remove": [
        ({"pk": of_security}, of_site("secadmin")),
        ({"pk": of_clerk}, of_site("secadmin", status=404)),
    ],
}
