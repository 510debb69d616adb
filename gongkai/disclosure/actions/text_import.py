"""导入 Word: the text of a .docx takes the place of the item's; its pictures come along as files of the item."""

from __future__ import annotations

from gongkai.agencies.actor import Actor
from gongkai.agencies.rights import several
from gongkai.files.actions.adding import Examined
from gongkai.files.actions.made import keep_made

from ..models import Item
from ..word_import import placed, take, without_title
from .attaching import attach
from .drafting import edit


def take_word(item: Item, judged: Examined, *, by: Actor) -> str:
    """Take the text over; what was done, in words. Same seats as `edit`. Raises `CannotRead`, `NotAllowed`,
    `CannotDo`."""
    judged.upload.seek(0)
    taken = take(judged.upload.read())
    with several():
        numbers = []
        for n, (ending, content) in enumerate(taken.pictures, 1):
            file = keep_made(
                by=by, agency=item.agency, name=f"正文图片{n}.{ending}", content=content, owner=item
            )
            attach(item, file, by=by, inline=True)
            numbers.append(file.pk.hex)
        text, doubled = without_title(placed(taken, numbers), item.title)
        edit(item, by=by, text=text)
    said = "已导入正文"
    if doubled:
        said += "（文件开头的标题和这条信息的标题一样，网页上已经有了，没有再放进正文）"
    if taken.pictures:
        said += f"和 {len(taken.pictures)} 张图片"
    if taken.left_out:
        said += f"；有 {taken.left_out} 张图片的格式网页显示不了，没有导入"
    return said + "。请看一遍，表格、编号有没有走样。"
