"""复查: one finding looked at again, now, with no more than it takes."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.db import transaction

from ..models import Finding, OutsideLink
from ..visiting import visit
from .files import file_rows, look_at_files
from .found import Found, Round
from .items import about, look_at_items, look_at_overdue, overdue_rows, public_rows
from .keeping import Owners, keep
from .links import Places, look_at_attachments, look_at_links, sort_out
from .outside import Answer, ask
from .running import look_at_agency, prober
from .tasks import close_done, hand_out

State = Finding.State


def look_again(round_: Round, finding: Finding) -> Found | None:
    """The same thing, if it is still to be found."""
    for one in _found(round_, finding):
        if one.named == (finding.rule, finding.key):
            return one
    return None


def _found(round_: Round, finding: Finding) -> Iterator[Found]:
    if finding.item_id is None:
        if finding.rule in ("site_failed", "site_down") and settings.PROBE_SITE:
            visit(round_.agency, round_.now, prober())
        yield from look_at_agency(round_)
        return
    if finding.rule == "overdue":
        yield from look_at_overdue(round_, list(overdue_rows(round_).filter(pk=finding.item_id)))
        return
    rows = list(public_rows(round_).filter(item=finding.item_id))
    lot = sort_out(round_, rows)
    if finding.rule == "link_outside":
        for row, link in lot.outside:
            if finding.key.endswith(link.digest[:16]) and (said := _asked(round_, link.digest)):
                what = f"链接“{link.words}”打不开：{said}"
                yield about(round_, row, "link_outside", what, part=link.digest[:16], where="的正文")
        return
    yield from look_at_items(round_, rows)
    yield from look_at_links(round_, lot, Places())
    yield from look_at_attachments(round_, rows)
    yield from look_at_files(round_, list(file_rows(round_).filter(publication__item=finding.item_id)))


def _asked(round_: Round, digest: str) -> str:
    """How a link fails, asked now where that is allowed, else as it was last known; empty where it does not."""
    link = OutsideLink.objects.filter(digest=digest).first()
    if link is None:
        return ""
    if settings.PROBE_LINKS:
        ask([link], prober(), round_.now)
    return link.said if link.answer == Answer.DEAD else ""


def settle_one(round_: Round, finding: Finding, found: Found | None) -> Finding:
    """Keep what the re-check showed: still there, or closed; its task follows."""
    owners = Owners(round_)
    with transaction.atomic():
        if found is not None:
            keep(round_, [found], owners)
        else:
            Finding.objects.filter(pk=finding.pk).exclude(state=State.CLOSED).update(
                state=State.CLOSED, closed_at=round_.now, seen_at=finding.seen_at
            )
        hand_out(round_, owners)
        close_done(round_.agency, round_.day)
    finding.refresh_from_db()
    return finding
