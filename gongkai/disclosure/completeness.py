"""What an item still lacks before it can be reviewed, in words; and what other rooms have against its going out."""

from __future__ import annotations

from collections.abc import Callable

from gongkai.statute.duties import ACCESS_CLASSES

from .clean import clean_html
from .models import Item

Obstacle = Callable[[Item], list[str]]
OBSTACLES: dict[str, Obstacle] = {}
"""What is asked as well before an item is signed for the last time and before it is published, by name: a scan for
personal data, for instance. Each gives sentences in Chinese that say what to do; none when nothing is in the way."""


def register_obstacle(name: str, ask: Obstacle) -> None:
    """Ask this too from now on; naming it again replaces it."""
    OBSTACLES[name] = ask


class AskAgain(Exception):
    """It cannot be told inside the act what is in the way: something has to be looked at first, outside of it, as the
    act does when it is tried again. Says so in words."""


def obstacles(item: Item) -> list[str]:
    """What is in the way. Raises `AskAgain`."""
    return [words for ask in OBSTACLES.values() for words in ask(item)]


def lacking(item: Item) -> list[str]:
    """What has to be filled in before the item is put under review, a sentence each."""
    found = [words for words, missing in _questions(item) if missing]
    files = list(item.attachments.select_related("file"))
    if not clean_html(item.text, {one.file.pk.hex for one in files}) and not files:
        found.append("请写正文，或者上传附件。")
    found += [f"附件“{one.name}”已经删除，请从附件里去掉它。" for one in files if one.file.removed_at]
    return found


def _questions(item: Item) -> list[tuple[str, bool]]:
    needs_reason = ACCESS_CLASSES[item.access].reason_required
    ended = item.validity != Item.Validity.VALID
    return [
        ("请填写标题。", not item.title.strip()),
        ("请填写内容概述：用一两句话说明主要内容（《条例》第十二条）。", not item.summary.strip()),
        ("请填写不主动公开的理由。", needs_reason and not item.access_reason.strip()),
        ("请填写不主动公开的依据：哪部法规第几条。", needs_reason and not item.access_basis.strip()),
        (
            "请填写负责公开的机关（《条例》第十条）。",
            item.origin in (Item.Origin.FROM_ORGAN, Item.Origin.JOINT) and not item.responsible.strip(),
        ),
        ("请填写废止或者失效的日期。", ended and item.validity_on is None),
        ("请填写由什么文件废止或者宣布失效。", ended and not item.validity_by.strip()),
        (
            "有效期至早于施行之日，请核对这两个日期。",
            bool(item.in_force_on and item.lapses_on and item.lapses_on < item.in_force_on),
        ),
        (
            "请写更正说明：公众会看到这一版改了什么。",
            item.publications.exists() and not item.correction_note.strip(),
        ),
    ]
