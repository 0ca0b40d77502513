"""The short way through Markdown gives what the library gives, or gives up."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from loa.markup import _convert_any, _convert_prose
from loa.model import ConversionError
from loa.source import Source, read_source

# Others measure what is run here; to measure it once more takes as long as to run it.
pytestmark = pytest.mark.no_cover

CONTENT = Path(__file__).resolve().parents[2] / "content"

WORD = st.sampled_from((
    "Ủy", "ban", "nhân", "dân", "tỉnh", "yêu", "cầu", "10937/UBND-TH,", "24/6/2026;", "(Sở", "Y", "tế)", "“tăng",
    "cường”", "–", "12,5%", "…", "R&D", "A", ">", "B", "2.", "1)", "đ/c", "No\xa01", "a_b",
    "http://lamhai.example/x_y?", ":)", "!", "-", "+", "=", "#", ":", "AT&T;", "&c", "'x'", '"y"', "1.500", "VNĐ",
    "§", "É", "①", "×", "²", "https://vanban.example/a-b?id=12", "10.", "I.", "½", "€", "👍", "ﬁ", "ê", "?!",
    "[x]", "*", "**", "_", "|", "~", "^", "{}", "<b>", "\\*", "`", "&amp;", "&nbsp;", "---",
))  # fmt: skip
PLAIN = st.lists(WORD.filter(lambda word: not set(word) & set("[]*_|~^{}<\\`&-+=#:!")), min_size=1, max_size=8).map(
    " ".join
)
MIXED = st.lists(WORD, min_size=1, max_size=8).map(" ".join)
TARGET = st.sampled_from((
    "https://vanban.example/vb/1", "http://a.vn", "https://a.vn/x_y?z=1", "/tin/2021/01/a.html", "../a.html",
    "#muc", "//a.vn", "x", "https://a.vn:99999/", "https://1.2.3.400/", "https://xn--a.vn/", "https://a.1/",
    "javascript:alert(1)", "/a(b)", "mailto:a@a.vn", "/tep/a.pdf", "https://a.vn/%zz", "https://a..vn/",
    "https:///a", "https://-a.vn", "https://a.vn/?a=1&b=2", "<https://a.vn>",
))  # fmt: skip
INLINE = st.one_of(
    PLAIN,
    PLAIN.map("**{}**".format),
    PLAIN.map("*{}*".format),
    st.builds("[{}]({})".format, PLAIN, TARGET),
    MIXED.map("**{}**".format),
    MIXED.map("*{}*".format),
    st.builds("[{}]({})".format, MIXED, TARGET),
    st.builds("![{}]({})".format, PLAIN, TARGET),
    MIXED,
)
LINE = st.one_of(
    PLAIN, st.lists(INLINE, min_size=1, max_size=4).map(" ".join), st.lists(INLINE, min_size=2, max_size=4).map("".join)
)
ORDERLY = st.lists(
    st.one_of(
        PLAIN,
        PLAIN,
        PLAIN.map("**{}**".format),
        PLAIN.map("*{}*".format),
        st.builds("[{}]({})".format, PLAIN, st.sampled_from(("https://vanban.example/vb/1", "/tin/2021/01/a.html"))),
    ),
    min_size=1,
    max_size=4,
).map(" ".join)
CELLS = st.lists(PLAIN | st.just("") | INLINE, min_size=2, max_size=4)
ITEM = st.sampled_from(("- ", "* ", "+ ", "1. ", "2. ", "7. ", "-  ", "0. ", "a) ", "01. "))
MARK = st.sampled_from(("---", ":---", "---:", ":-:", "-", "", ":", "- -"))


def table(rows: list[list[str]], marks: list[str]) -> str:
    lines = [" | ".join(row) for row in rows]
    return "\n".join(f"| {line} |" for line in (lines[0], " | ".join(marks[: len(rows[0])]), *lines[1:]))


def listed(items: list[tuple[str, str]]) -> str:
    return "\n".join(mark + words for mark, words in items)


def same_list(mark: str, lines: list[str]) -> str:
    return "\n".join(mark + line for line in lines)


BLOCK = st.one_of(
    LINE,
    st.lists(LINE, min_size=2, max_size=3).map("\n".join),
    st.builds("{} {}".format, st.sampled_from(("#", "##", "###", "####", "#######")), LINE),
    st.builds("{} {}\n{}".format, st.sampled_from(("##", "###")), PLAIN, LINE),
    st.builds(same_list, ITEM, st.lists(LINE, min_size=1, max_size=3)),
    st.lists(st.tuples(ITEM, LINE), min_size=1, max_size=3).map(listed),
    st.builds("{}\n{}".format, LINE, st.builds(same_list, ITEM, st.lists(PLAIN, min_size=1, max_size=3))),
    st.lists(LINE | st.just(""), min_size=1, max_size=3).map(
        lambda lines: "\n".join(f"> {line}".rstrip() for line in lines)
    ),
    st.builds(table, st.lists(CELLS, min_size=1, max_size=3), st.lists(MARK, min_size=2, max_size=4)),
    st.builds(
        lambda width, cells, marks: table([cells[at : at + width] for at in range(0, 6, width)], [marks] * width),
        st.sampled_from((1, 2, 3)),
        st.lists(PLAIN, min_size=6, max_size=6),
        MARK,
    ),
    st.builds("![{}]({})".format, PLAIN, TARGET),
    st.builds('![{}](/anh/2021/a.jpg "{}")'.format, PLAIN, PLAIN),
    st.sampled_from(("![](/anh/a.jpg)", "*Nguồn: TTXVN*", "> — Ông A", "---", "***", "Nơi nhận:", "===", "# ", "#")),
)
ORDERLY_BLOCK = st.one_of(
    ORDERLY,
    st.lists(ORDERLY, min_size=2, max_size=3).map("\n".join),
    st.builds("{} {}".format, st.sampled_from(("#", "##", "###", "####")), ORDERLY),
    st.builds("## {}\n{}".format, PLAIN, ORDERLY),
    st.builds(same_list, ITEM, st.lists(ORDERLY, min_size=1, max_size=3)),
    st.builds("{}\n{}".format, ORDERLY, st.builds(same_list, ITEM, st.lists(PLAIN, min_size=1, max_size=3))),
    st.lists(ORDERLY, min_size=1, max_size=3).map(lambda lines: "\n>\n".join(f"> {line}" for line in lines)),
    st.builds(
        lambda width, cells, mark: table([cells[at : at + width] for at in range(0, 6, width)], [mark] * width),
        st.sampled_from((1, 2, 3)),
        st.lists(ORDERLY | st.just(""), min_size=6, max_size=6),
        st.sampled_from(("---", ":---", "---:", ":-:")),
    ),
    st.builds('![{}](/anh/2021/a.jpg "{}")'.format, PLAIN, PLAIN),
)
GAP = st.sampled_from(("\n\n", "\n\n", "\n\n", "\n\n\n", "\n", "\n \n"))
TEXT = st.builds(
    lambda blocks, gaps: "".join(part for pair in zip(blocks, gaps, strict=False) for part in pair),
    st.lists(BLOCK, min_size=1, max_size=5),
    st.lists(GAP, min_size=5, max_size=5),
)
NASTY = st.sampled_from(
    [*list("*_[]()!#>-+|`\\<&~^{}:=.1 \n\t\"'\xa0\u200b\u3000\ufeff\x85"), "  \n", "\n    ", "](", "![", "**"]
)


def spoilt(text: str, place: int, piece: str) -> str:
    at = place % (len(text) + 1)
    return text[:at] + piece + text[at:]


ORDERLY_TEXT = st.lists(ORDERLY_BLOCK, min_size=1, max_size=6).map("\n\n".join)
SPOILT = st.builds(spoilt, ORDERLY_TEXT | TEXT, st.integers(0, 500), NASTY)


def agrees(text: str) -> bool:
    """Whether the short way goes through ``text``; what it makes there is what the library makes."""
    made = _convert_prose(text)
    if made is None:
        return False
    try:
        expected = _convert_any(text)
    except ConversionError:
        pytest.fail(f"the library refuses {text!r}")
    assert made == expected
    return True


@settings(max_examples=400)
@example("a\n\n- b\n\n\n- c\n- d\n\n1. e")
@example("1. a\n\n2. b\n\n- c\n\n3. d")
@example("> a\n>\n> b\n\n> c")
@example("> \n> a")
@example("[a](/b)[c](/d)")
@example("| a | b |\n|---|---|")
@example("1. [a]: b")
@given(ORDERLY_TEXT | TEXT)
def test_official_text_comes_out_as_from_the_library(text: str) -> None:
    agrees(text)


@settings(max_examples=400)
@given(SPOILT)
def test_a_stray_character_anywhere_changes_nothing_of_that(text: str) -> None:
    agrees(text)


@settings(max_examples=400)
@given(st.text("*_[]()!#>-+|`:=.1 \n\"'&;a“đ\xa0", max_size=30) | st.text(max_size=40))
def test_neither_does_any_text_at_all(text: str) -> None:
    agrees(text)


def texts(folder: Path) -> list[str]:
    read = [read_source(path.name, path.read_bytes()) for path in sorted(folder.rglob("*.md"))]
    return [source.body for source in read if isinstance(source, Source)]


def test_nine_in_ten_texts_of_the_sample_site_go_the_short_way() -> None:
    bodies = texts(CONTENT)

    assert sum(map(agrees, bodies)) >= 0.9 * len(bodies)
