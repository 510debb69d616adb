"""The pages of gongkai/desk/disclosure/."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai.disclosure.actions.attaching import attach
from gongkai.disclosure.actions.drafting import draft
from gongkai.disclosure.actions.submitting import submit
from gongkai.disclosure.batches import template
from gongkai.disclosure.models import Item, ReviewSheet
from gongkai.files.actions.adding import add_file
from gongkai.inforequests.actions.conversion import propose
from gongkai.inforequests.models import Conversion
from tests.cast import Cast
from tests.disclosure.office import new_draft, published
from tests.inforequests.cases import new_case
from tests.matrix.answers import GET, INSIDERS, POST, Gets, Row, absent, ours, signed_in, theirs

own, other = {"agency": "xtxsfj"}, {"agency": "sample-office"}
DRAFTERS = ("clerk", "drafter", "section_head", "ogi_head")
SETTERS = ("clerk", "ogi_head")
REVIEWERS = ("reviewer", "ogi_head", "leader", "head")


def a_draft(cast: Cast) -> int:
    """A draft of the bureau's."""
    found = Item.objects.filter(agency=cast.agency, title="矩阵草稿").first()
    return (found or new_draft(cast, title="矩阵草稿")).pk


def their_draft(cast: Cast) -> int:
    """A draft of the neighbour's."""
    found = Item.objects.filter(agency=cast.other, title="邻居草稿").first()
    by = cast.actor("neighbour")
    return (found or draft(cast.other, cast.other.columns.get(slug="news"), title="邻居草稿", by=by)).pk


def nothing(cast: Cast) -> int:
    """No item at all."""
    return 999_999


def a_file(cast: Cast) -> UUID:
    """A file of the bureau's draft."""
    item = Item.objects.get(pk=a_draft(cast))
    found = item.attachments.first()
    if found is None:
        by = cast.actor("clerk")
        file = add_file(by=by, agency=cast.agency, upload=SimpleUploadedFile("a.txt", b"a"), owner=item)
        found = attach(item, file, by=by)
    return found.file.pk


def an_attachment(cast: Cast) -> int:
    """Its attachment."""
    a_file(cast)
    return Item.objects.get(pk=a_draft(cast)).attachments.get().pk


def a_sheet(cast: Cast) -> int:
    """A sheet of the bureau's under review."""
    found = ReviewSheet.objects.filter(item__agency=cast.agency, result="open").first()
    return (found or submit(new_draft(cast, title="矩阵送审"), by=cast.actor("clerk"))).pk


def no_sheet(cast: Cast) -> int:
    """A sheet of nobody's."""
    return 999_999


def conversion(cast: Cast) -> int:
    """A proposal of the bureau's, of which nothing has been begun."""
    found = Conversion.objects.first()
    by = cast.actor("clerk")
    return (found or propose(new_case(cast), by=by, what="某项批复", reason="几个人申请")).pk


def a_public(cast: Cast) -> int:
    """An item of the bureau's that is public."""
    found = Item.objects.filter(agency=cast.agency, title="矩阵公开").first()
    return (found or published(cast, title="矩阵公开")[0]).pk


def a_book(cast: Cast) -> UUID:
    """An offered workbook."""
    upload = SimpleUploadedFile("a.xlsx", template([]))
    return add_file(by=cast.actor("clerk"), agency=cast.agency, upload=upload).pk


def no_book(cast: Cast) -> UUID:
    """No workbook."""
    return uuid4()


mine, foreign = own | {"pk": a_draft}, other | {"pk": their_draft}
crossed, gone = own | {"pk": their_draft}, own | {"pk": nothing}
sheet, lost_sheet = own | {"pk": a_sheet}, own | {"pk": no_sheet}


def seen() -> list[Row]:
    """A page that everybody of the agency may read."""
    return [(mine, ours()), (foreign, theirs()), (crossed, absent_here()), (gone, absent_here())]


def absent_here(allowed: tuple[str, ...] = INSIDERS) -> Gets:
    """Not there, for who could open the page at all."""
    return ours(allowed, 404)


def written() -> list[Row]:
    """A page for who drafts."""
    return [(mine, ours(DRAFTERS)), (foreign, theirs()), (crossed, absent_here(DRAFTERS))]


def done(act: str, who: tuple[str, ...], where: object = None) -> list[Row]:
    """The page of an act on an item."""
    at = (mine if where is None else own | {"pk": where}) | {"act": act}
    return [(at, ours(who))]


TABLE: dict[str, list[Row]] = {
    "desk:items": [(own, ours()), (other, theirs()), ({"agency": "nobody"}, absent())],
    "desk:items-submit": [
        (own, signed_in(405)),
        (own, ours(DRAFTERS, 302), POST),
        (other, theirs(302), POST),
    ],
    "desk:review-next": [(own, ours(status=302)), (other, theirs(302))],
    "desk:items-batch": [(own, ours(DRAFTERS)), (other, theirs())],
    "desk:items-batch-template": [(own, ours(DRAFTERS)), (other, theirs())],
    "desk:items-batch-look": [
        (own | {"number": a_book}, ours(DRAFTERS)),
        (own | {"number": no_book}, absent_here(DRAFTERS)),
        (other | {"number": a_book}, absent()),
    ],
    "desk:item-convert": [
        (own | {"number": conversion}, ours(SETTERS)),
        (own | {"number": nothing}, absent_here(SETTERS)),
        (other | {"number": conversion}, absent()),
    ],
    "desk:item-new": [(own, ours(DRAFTERS)), (other, theirs())],
    "desk:item": seen(),
    "desk:item-file": [
        (mine | {"number": a_file}, ours()),
        (foreign | {"number": a_file}, absent()),
        (mine | {"number": no_book}, absent_here()),
    ],
    "desk:item-text": written(),
    "desk:item-preview": [
        (mine, signed_in(405)),
        (mine, ours(DRAFTERS), POST),
        (foreign, theirs(), POST),
    ],
    "desk:item-word": written(),
    "desk:item-catalogue": written(),
    "desk:item-access": written(),
    "desk:item-attachments": written(),
    "desk:item-attachment": [
        (mine | {"number": an_attachment}, ours(DRAFTERS)),
        (foreign | {"number": an_attachment}, absent()),
    ],
    "desk:item-relations": written(),
    "desk:item-submit": written(),
    "desk:item-findings": [
        (mine, ours(), GET),
        (mine, ours(REVIEWERS), POST),
        (foreign, theirs(), GET),
    ],
    "desk:item-act": [
        *done("publish", SETTERS),
        *done("revise", DRAFTERS, a_public),
        *done("withdraw", ("ogi_head", "leader", "head"), a_public),
        *done("throw-away", DRAFTERS),
        *done("evaluate", ("ogi_head",)),
        (mine | {"act": "nothing"}, absent_here()),
        (crossed | {"act": "publish"}, absent_here()),
    ],
    "desk:item-review": [(sheet, ours()), (lost_sheet, absent_here()), (other | {"pk": a_sheet}, absent())],
    "desk:item-review-paper": [(sheet, ours()), (other | {"pk": a_sheet}, absent())],
    "desk:item-refer": [(sheet, ours(REVIEWERS)), (other | {"pk": a_sheet}, theirs(403))],
    "desk:columns": [(own, ours()), (other, theirs())],
    "desk:items-publish": [
        (own, signed_in(405)),
        (own, ours(SETTERS, 302), POST),
        (other, theirs(302), POST),
    ],
    "desk:columns-set-up": [
        (own, ours(SETTERS)),
        (own, ours(SETTERS), POST),
        (other, theirs(), POST),
    ],
    "desk:column-new": [(own, ours(SETTERS)), (other, theirs())],
    "desk:column": [
        (own | {"column": "czxx"}, ours()),
        (other | {"column": "news"}, theirs()),
        (own | {"column": "news"}, absent_here()),
    ],
    "desk:column-act": [
        (own | {"column": "czxx", "act": "edit"}, ours(SETTERS)),
        (own | {"column": "czxx", "act": "remove"}, ours(SETTERS)),
        (own | {"column": "czxx", "act": "nothing"}, absent_here(SETTERS)),
        (other | {"column": "news", "act": "merge"}, theirs()),
    ],
    "desk:review-routes": [
        (own, ours(), GET),
        (own, ours(("ogi_head", "head")), POST),
        (other, theirs(), GET),
    ],
}
