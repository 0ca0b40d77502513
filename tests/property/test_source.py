"""The short way through front matter gives what YAML gives, or gives up."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from loa.front_matter import _StrictLoader
from loa.source import _simple_fields

WORDS = st.text("aĐệ 0129-–:#'\"[]{},&*!|>%@`\\?=~.\xa0\t", max_size=12) | st.sampled_from(
    (
        "2026-05-17T09:15:00+07:00",
        "Kinh tế – Xã hội",
        "true",
        "null",
        "a: b",
        "a #b",
        "a:",
        "x  ",
        "12_0",
        "0x1f",
        "=",
        "<<",
    )
)
PLAIN = st.text("aĐệ 0129-–:.,/()", min_size=1, max_size=12)
VALUE = st.one_of(
    WORDS,
    PLAIN,
    PLAIN.map('"{}"'.format),
    WORDS.map('"{}"'.format),
    st.lists(PLAIN.map('"{}"'.format), max_size=3).map(lambda items: f"[{', '.join(items)}]"),
    st.lists(WORDS.map('"{}"'.format), max_size=3).map(lambda items: f"[{','.join(items)}]"),
    st.lists(PLAIN | WORDS | PLAIN.map('"{}"'.format), max_size=3).map(lambda items: f"[{', '.join(items)}]"),
    st.just(""),
)
NAME = st.sampled_from(("title", "date", "tags", "a_b", "A1", "<<", "title ", "ngày", "1", "- x", "? x", "x-y"))
LINE = st.one_of(st.builds("{}: {}".format, NAME, VALUE), st.builds("{}:{}".format, NAME, VALUE), WORDS)
FRONT = st.lists(LINE, max_size=5).map("\n".join)
ORDERLY = st.lists(
    st.tuples(st.sampled_from(("title", "date", "tags", "a_b", "A1")), VALUE),
    max_size=5,
    unique_by=lambda pair: pair[0],
).map(lambda pairs: "\n".join(f"{name}: {value}" for name, value in pairs))


@settings(max_examples=500)
@example('title: "a"\n')
@example('tags: ["a", "b"]\ntitle: x:y')
@example('tags: ["a",]')
@given(ORDERLY | FRONT | st.text("ab: \"[],\n'-#", max_size=20))
def test_front_matter_comes_out_as_from_yaml(front: str) -> None:
    simple = _simple_fields(front)

    if simple is not None:
        loader = _StrictLoader(front)
        loader.lines = (*front.split("\n"), "")
        assert simple == loader.get_single_data()


def test_plain_fields_go_the_short_way() -> None:
    assert _simple_fields('title: "Đê: “vững”"\ndate: 2026-05-17 09:15\ntags: ["y tế", đê  điều , "x"]\nviews: 12') == {
        "title": "Đê: “vững”",
        "date": "2026-05-17 09:15",
        "tags": ["y tế", "đê  điều", "x"],
        "views": "12",
    }
