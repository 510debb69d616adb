"""The pages of gongkai/desk/requests/: a case, its acts, its draft, its letters."""

from __future__ import annotations

from gongkai.agencies.models import Agency
from gongkai.inforequests.actions.consultation import consult
from gongkai.inforequests.actions.deciding import decide, review, sign
from gongkai.inforequests.actions.register import Intake, register
from tests.cast import SYSTEM, Cast
from tests.inforequests.cases import DAY, new_case, said_of
from tests.matrix.answers import CASEWORKERS, GET, POST, Row, absent, ours, signed_in, theirs

own, other = {"agency": "xtxsfj"}, {"agency": "sample-office"}
HANDLERS = ("clerk", "ogi_head")
DRAFTERS = ("clerk", "drafter", "section_head", "ogi_head")


def _registered(agency: Agency) -> int:
    return register(
        agency,
        Intake(
            channel="in_person",
            requester_kind="natural",
            applicant="甲某",
            content="申请公开某项目的批复文件",
            submitted_on=SYSTEM.day,
        ),
        by=SYSTEM,
    ).pk


def ours_open(cast: Cast) -> int:
    """A case of the bureau's, being handled."""
    return _registered(cast.agency)


def theirs_open(cast: Cast) -> int:
    """A case of the neighbour's."""
    return _registered(cast.other)


def drafted(cast: Cast) -> int:
    """A case whose answer waits for the review."""
    case = new_case(cast)
    decide(
        case,
        by=cast.actor("clerk", DAY),
        on=DAY,
        reply="granted_provided",
        states=said_of("granted_provided"),
    )
    return case.pk


def signed(cast: Cast) -> int:
    """A case whose answer waits to be served."""
    case = new_case(cast)
    decide(
        case,
        by=cast.actor("clerk", DAY),
        on=DAY,
        reply="granted_provided",
        states=said_of("granted_provided"),
    )
    review(case, by=cast.actor("reviewer", DAY), on=DAY)
    sign(case, by=cast.actor("leader", DAY), on=DAY)
    return case.pk


_asked: dict[str, int] = {}


def asking(cast: Cast) -> int:
    """A case in which somebody was asked; the consultation's own number is kept beside."""
    case = new_case(cast)
    made = consult(
        case, by=cast.actor("clerk", DAY), on=DAY, whom="third_party", name="某公司", about="合同单价"
    )
    _asked["number"] = made.pk
    return case.pk


def the_asked(cast: Cast) -> int:
    """The consultation of that case."""
    return _asked["number"]


def nothing(cast: Cast) -> int:
    """A number that nothing bears."""
    return 0


mine, foreign = own | {"pk": ours_open}, other | {"pk": theirs_open}
crossed, gone = own | {"pk": theirs_open}, own | {"pk": nothing}


def _act(act: str) -> dict[str, object]:
    return {"act": act}


TABLE: dict[str, list[Row]] = {
    "desk:request": [(mine, ours()), (foreign, theirs()), (crossed, absent()), (gone, absent())],
    "desk:request-alike": [(mine, ours()), (foreign, theirs()), (crossed, absent())],
    "desk:request-clock": [(mine, ours()), (foreign, theirs()), (crossed, absent())],
    "desk:request-person": [(mine, ours(CASEWORKERS)), (foreign, theirs())],
    "desk:request-amend": [
        (mine, ours(HANDLERS)),
        (foreign, theirs()),
        (crossed, ours(HANDLERS, 404)),
    ],
    "desk:request-act": [
        (mine | _act("ask_clarification"), ours(HANDLERS)),
        (mine | _act("extend"), ours(("ogi_head",))),
        (mine | _act("withdraw"), ours(HANDLERS)),
        # Not open in this state: told so, to whoever may look at the case.
        (mine | _act("confirm_receipt"), ours()),
        (mine | _act("nothing"), absent()),
        (foreign | _act("withdraw"), theirs()),
        (crossed | _act("withdraw"), absent()),
    ],
    "desk:request-opinion": [(own | {"pk": asking, "number": the_asked}, ours(HANDLERS))],
    "desk:request-reached": [(own | {"pk": asking, "number": the_asked}, ours(HANDLERS))],
    "desk:request-decide": [(mine, ours(DRAFTERS)), (foreign, theirs())],
    "desk:request-kinds": [(mine, ours(DRAFTERS)), (foreign, theirs())],
    "desk:request-draft": [
        (mine | {"reply": "granted_provided"}, ours(DRAFTERS)),
        (foreign | {"reply": "granted_provided"}, theirs()),
    ],
    "desk:request-review": [
        (own | {"pk": drafted}, ours(), GET),
        (own | {"pk": drafted}, ours(("reviewer", "ogi_head")), POST),
        (mine, absent(), GET),
    ],
    "desk:request-serve": [(own | {"pk": signed}, ours(HANDLERS)), (foreign, theirs())],
    "desk:request-make-reply": [
        (own | {"pk": signed}, signed_in(405)),
        (own | {"pk": signed}, ours(HANDLERS, 302), POST),
    ],
    "desk:request-letters": [(mine, ours(CASEWORKERS)), (foreign, theirs())],
    "desk:request-letter-new": [
        (mine | {"kind": "receipt"}, ours(HANDLERS)),
        (foreign | {"kind": "receipt"}, theirs()),
    ],
}
