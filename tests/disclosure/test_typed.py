"""The text as it is typed: there and back again without loss, whatever is typed; nothing typed becomes a tag."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.disclosure.clean import clean_html, unseen_words
from gongkai.disclosure.marking import Stretch, worded
from gongkai.disclosure.pasted import from_word
from gongkai.disclosure.retyped import to_typed
from gongkai.disclosure.typed import to_html

WORDS = st.text(alphabet="甲乙 丙1.-#*[]()|<>&\\{}中右^!\"'", min_size=1, max_size=20)
LINES = st.builds(
    lambda sign, words: sign + words,
    st.sampled_from(
        ["", "# ", "## ", "- ", "  - ", "1. ", "3. ", "> ", "{中}", "{右}", "| ", "\\- ", "**粗**", "---"]
    ),
    WORDS,
)


class _Tags(HTMLParser):
    """What tags and words an independent reader finds."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@settings(deadline=None)
@given(st.lists(LINES, max_size=8))
def test_what_was_typed_once_stays_as_it_is(lines: list[str]) -> None:
    clean = clean_html(to_html("\n".join(lines)))
    typed = to_typed(clean)
    again = clean_html(to_html(typed))
    assert to_typed(again) == typed
    assert "".join("".join(_Tags(again).words).split()) == "".join("".join(_Tags(clean).words).split())


@settings(deadline=None)
@given(st.text(alphabet="<>/\"'= scriptonerimgajvhef:&;甲", max_size=60))
def test_what_is_typed_never_becomes_a_tag(typed: str) -> None:
    assert set(_Tags(to_html(typed)).tags) <= {"p", "s", "blockquote"}


def test_tables_keep_their_merged_cells() -> None:
    html = (
        '<table><caption>表一</caption><thead><tr><th rowspan="2">甲</th><th colspan="2">乙</th></tr>'
        '<tr><th>丙</th><th>丁</th></tr></thead><tbody><tr><td colspan="3" class="center">合计</td></tr></tbody></table>'
    )
    assert clean_html(to_html(to_typed(html))) == clean_html(html)


def test_word_says_right_and_centre_by_style() -> None:
    pasted = "<p class=MsoNormal align=center style='text-align:center'>中</p><div style=\"text-align: right\">右</div>"
    assert clean_html(from_word(pasted)) == '<p class="center">中</p><p class="right">右</p>'


def test_marks_stand_in_the_words_and_touch_no_tag() -> None:
    text = worded("<p>甲<strong>乙</strong>&lt;丙</p><p>丁</p>")
    assert text.words == "甲乙<丙\n丁\n"
    assert [text.words[a:b] for a, b in text.lines()] == ["甲乙<丙", "丁"]
    made = text.marked([Stretch(1, 4, "find", 'a"b'), Stretch(0, 4, "new")])
    assert made == (
        '<p><mark class="new">甲</mark><strong><mark class="find new" title="a&quot;b">乙</mark></strong>'
        '<mark class="find new" title="a&quot;b">&lt;丙</mark></p><p>丁</p>'
    )


def test_what_is_not_closed_is_read_to_its_end() -> None:
    """Each of these would not end in this life where a letter may be read in two ways."""
    assert to_html("**" + r"\a" * 400).startswith("<p>**")
    assert "<thead" not in to_html(f"|a|\n|{'-' * 400}x|")
    for odd in ("<p ", "<p text-align: ", "<!--", "<![if "):
        assert from_word(odd * 60_000).count(odd.strip()) == 60_000


def test_what_nobody_sees_stays_out_or_is_told() -> None:
    kept = clean_html(
        '<p title="身份证" lang="138">x</p><ol type="13812345678"><li>y</li></ol>'
        '<table><tr><th scope="甲某">z</th></tr></table>'
        '<p><a href="https://x.gov.cn/q?sfz=%E7%94%B2+1" title="甲">a</a><a href="tel:13812345678">b</a></p>'
        f'<p><img src="files/{"a" * 32}" alt="甲某&quot;的照片"></p>',
        {"a" * 32},
    )
    assert not any(word in kept for word in ("身份证", "lang", '13812345678"><li', '甲某">z', "title"))
    assert unseen_words(kept).split("\n") == ["https://x.gov.cn/q?sfz=甲 1", "tel:13812345678", '甲某"的照片']
