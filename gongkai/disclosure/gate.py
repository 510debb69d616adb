"""The gate (先审查、后公开): what goes public is exactly what was reviewed.

One function answers whether the item as it stands now may go public, and every way to the public asks it: publishing
by hand, publishing at a set time, bringing in what was public before. The database stands behind it (guard.py).
"""

from __future__ import annotations

from dataclasses import dataclass

from .completeness import AskAgain, obstacles
from .content import content_of, digest_of
from .models import Item, ReviewSheet


class GateClosed(ValueError):
    """It cannot go public as it is; says why and what to do. `changed` is true when it was passed and then altered,
    `again` when it may go once its attachments were searched anew, as after a change of the words."""

    def __init__(self, words: str, *, changed: bool = False, again: bool = False) -> None:
        super().__init__(words)
        self.changed, self.again = changed, again


@dataclass(frozen=True, slots=True)
class Passage:
    """Leave to go public: the sheet that passed, of exactly this content."""

    sheet: ReviewSheet
    content: str


def newest_sheet(item: Item) -> ReviewSheet | None:
    """The last review begun of the version worked on."""
    return item.sheets.filter(version=item.version).order_by("-serial").first()


def is_unchanged(item: Item, sheet: ReviewSheet) -> bool:
    """True when the item stands exactly as it was put under this review."""
    content = content_of(item)
    return content == sheet.content and digest_of(content) == sheet.digest


def passage(item: Item) -> Passage:
    """Leave for the item, locked by the caller, to go public now. Raises `GateClosed`."""
    sheet = newest_sheet(item)
    if sheet is None or sheet.result != ReviewSheet.Result.PASSED:
        raise GateClosed("还没有审查通过，不能发布。请先送审。")
    if not is_unchanged(item, sheet):
        raise GateClosed("审查通过以后内容或者附件有改动，不能发布。请重新送审。", changed=True)
    if item.access != Item.Access.PROACTIVE:
        raise GateClosed(f"公开属性是“{item.get_access_display()}”，不能发布。")
    if item.publications.filter(sheet=sheet).exists():
        raise GateClosed("这一次审查通过的内容已经发布过。要再次发布，请修订后重新送审。")
    gone = [one.name for one in item.attachments.select_related("file") if one.file.removed_at]
    if gone:
        raise GateClosed(f"附件“{gone[0]}”已经删除，请从附件里去掉它，重新送审。")
    try:
        found = obstacles(item)
    except AskAgain as error:
        raise GateClosed(str(error), again=True) from error
    if found:
        raise GateClosed("".join(found))
    return Passage(sheet, sheet.content)
