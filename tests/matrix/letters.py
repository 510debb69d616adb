"""The pages of letters that go out, and of an office's templates."""

from __future__ import annotations

from gongkai.inforequests.actions.letters import make_letter
from gongkai.inforequests.actions.service import Sending, send_out
from gongkai.inforequests.actions.templates import keep_template
from gongkai.inforequests.letters.catalogue import KIND_BY_SLUG
from gongkai.inforequests.letters.template import own_template
from tests.cast import SYSTEM, Cast
from tests.inforequests.cases import DAY, new_case
from tests.matrix.answers import POST, Row, absent, ours, signed_in, theirs
from tests.matrix.requests_case import HANDLERS, nothing, other, own, theirs_open

_made: dict[str, int] = {}


def waiting(cast: Cast) -> int:
    """A case with a letter that waits to go out; the letter's own number is kept beside."""
    case = new_case(cast)
    _made["letter"] = make_letter(case, "receipt", by=cast.actor("clerk", DAY), on=DAY).pk
    return case.pk


def sent(cast: Cast) -> int:
    """A case with a letter on its way."""
    case = new_case(cast)
    letter = make_letter(case, "receipt", by=cast.actor("clerk", DAY), on=DAY)
    send_out(letter, Sending("ems", DAY, mail_number="TEST0001"), by=cast.actor("clerk", DAY))
    _made["letter"] = letter.pk
    return case.pk


def the_letter(cast: Cast) -> int:
    """The letter of that case."""
    return _made["letter"]


def version(cast: Cast) -> int:
    """A template of the bureau's own."""
    kind = KIND_BY_SLUG["receipt"]
    return keep_template(cast.agency, kind.slug, by=SYSTEM, content=own_template(kind)).version


def own_of_nobody(cast: Cast) -> int:
    """A version that is not there."""
    return 99


_waiting, _sent = own | {"pk": waiting, "number": the_letter}, own | {"pk": sent, "number": the_letter}
_crossed = own | {"pk": theirs_open, "number": nothing}
_kind = {"kind": "receipt"}
TABLE: dict[str, list[Row]] = {
    "desk:outgoing": [(own, ours(HANDLERS)), (other, theirs()), ({"agency": "nobody"}, absent())],
    "desk:outgoing-print": [(own, ours(HANDLERS, 404)), (other, theirs(404))],
    "desk:outgoing-envelopes": [
        (own | {"size": "zl"}, ours(HANDLERS, 404)),
        (other | {"size": "zl"}, theirs(404)),
    ],
    "desk:letter": [(_waiting, ours(HANDLERS)), (_crossed, ours(HANDLERS, 404))],
    "desk:letter-signed": [(_sent, ours(HANDLERS)), (_crossed, ours(HANDLERS, 404))],
    "desk:letter-returned": [(_sent, ours(HANDLERS)), (_crossed, ours(HANDLERS, 404))],
    "desk:letter-aside": [(_waiting, ours(HANDLERS)), (_crossed, ours(HANDLERS, 404))],
    "desk:letter-templates": [(own, ours(HANDLERS)), (other, theirs())],
    "desk:letter-template": [
        (own | _kind, ours(HANDLERS)),
        (own | {"kind": "nothing"}, ours(HANDLERS, 404)),
        (other | _kind, theirs()),
    ],
    "desk:letter-template-download": [(own | _kind, ours(HANDLERS)), (other | _kind, theirs())],
    "desk:letter-template-sample": [
        (own | _kind | {"version": version, "what": "word"}, ours(HANDLERS)),
        (own | _kind | {"version": own_of_nobody, "what": "word"}, ours(HANDLERS, 404)),
        (other | _kind | {"version": nothing, "what": "word"}, theirs()),
    ],
    "desk:letter-template-use": [
        (own | _kind | {"version": version}, signed_in(405)),
        (own | _kind | {"version": version}, ours(HANDLERS, 302), POST),
        (other | _kind | {"version": nothing}, theirs(302), POST),
    ],
}
