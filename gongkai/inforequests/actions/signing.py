"""签发: the signature and the letter of exactly what was signed, in one act, so that no letter differs from it."""

from __future__ import annotations

from datetime import date

from gongkai.agencies.actor import Actor
from gongkai.agencies.rights import several

from ..letters.catalogue import kind_of_reply
from ..letters.fields import decision_fields
from ..models import InfoRequest, Letter
from ..queries import newest_draft
from .base import CannotDo
from .deciding import review_with_signature, sign
from .letters import make_letter


def sign_and_make(request: InfoRequest, *, by: Actor, on: date, opinion: str = "") -> Letter:
    """Sign the answer and make its letter, dated `on`; all or nothing.

    A draft still to be reviewed is signed where the agency has nobody else to review it. Raises what `sign`,
    `review_with_signature` and `make_letter` raise: a letter that cannot be made is not signed either.
    """
    with several():
        if request.state == "in_review":
            review_with_signature(request, by=by, on=on)
        sign(request, by=by, on=on, opinion=opinion)
        draft = newest_draft(request)
        if draft is None:
            raise CannotDo("还没有答复稿。")
        kind = kind_of_reply(draft.reply)
        fields = decision_fields(draft)
        return make_letter(
            request, kind.slug, by=by, on=on, fields=fields, right="requests.sign", decision=draft
        )
