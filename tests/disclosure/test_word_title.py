"""A Word file begins with its title, and the page shows the title already."""

from __future__ import annotations

import pytest

from gongkai.disclosure.word_import import without_title

TITLE = "湘潭县司法局关于做好普法工作的通知"


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        (f"<h2>{TITLE}</h2><p>正文</p>", "<p>正文</p>"),
        ("<p>湘潭县司法局</p><p><strong>关于做好普法工作的通知</strong></p><p>正文</p>", "<p>正文</p>"),
        ("<p>湘潭县司法局 关于做好　普法工作的通知</p>\n<p>正文</p>", "<p>正文</p>"),
        (f"<p>{TITLE}如下</p><p>正文</p>", None),
        ("<p>湘潭县司法局</p><p>文件</p><p>正文</p>", None),
        (f"<p>正文</p><p>{TITLE}</p>", None),
        (f"<p>{TITLE}</p>", None),
        (f'<p><img src="files/a"></p><p>{TITLE}</p><p>正文</p>', None),
        ("<table><tr><td>表</td></tr></table>", None),
        ("", None),
    ],
)
def test_the_title_is_taken_off_where_the_text_begins_with_it(text: str, rest: str | None) -> None:
    assert without_title(text, TITLE) == ((rest, True) if rest is not None else (text, False))
