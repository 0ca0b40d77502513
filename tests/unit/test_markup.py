"""Markdown → Body and HTML."""

from __future__ import annotations

import pytest
from lxml.html import fromstring

from loa.markup import convert, digest_of
from loa.model import MARK, ConversionError, Heading, Reference


def made(text: str) -> str:
    return convert(text).html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Kính gửi:\n- Các sở\n- Các xã", "<p>Kính gửi:</p>\n<ul>\n<li>Các sở</li>\n<li>Các xã</li>\n</ul>"),
        ("Kính gửi:\n1. Các sở\n2. Các xã", "<p>Kính gửi:</p>\n<ol>\n<li>Các sở</li>\n<li>Các xã</li>\n</ol>"),
        ("**Nơi nhận:**  \n- Như trên", "<p><strong>Nơi nhận:</strong>  </p>\n<ul>\n<li>Như trên</li>\n</ul>"),
        # A number that does not begin a list is part of the sentence.
        ("Trong năm\n2026. Hai", "<p>Trong năm\n2026. Hai</p>"),
        ("5. Năm\n6. Sáu", '<ol start="5">\n<li>Năm</li>\n<li>Sáu</li>\n</ol>'),
        ("Câu\n\n---\n\nCâu", "<p>Câu</p>\n<hr>\n<p>Câu</p>"),
        ("H<sub>2</sub>O", "<p>H<sub>2</sub>O</p>"),
        ("a & b < c", "<p>a &amp; b &lt; c</p>"),
        ("“Trích” – dẫn…", "<p>“Trích” – dẫn…</p>"),
    ],
)
def test_official_texts_come_out_as_they_are_meant(text: str, html: str) -> None:
    assert made(text) == html


@pytest.mark.parametrize("indent", ["  ", "   ", "    "])
def test_a_nested_list_may_be_indented_by_two_to_four_blanks(indent: str) -> None:
    text = f"- Một\n{indent}- Hai\n{indent}{indent}- Ba\n- Bốn"
    nested = "<ul>\n<li>Một<ul>\n<li>Hai<ul>\n<li>Ba</li>\n</ul>\n</li>\n</ul>\n</li>\n<li>Bốn</li>\n</ul>"
    assert made(text) == nested


def test_code_is_left_alone() -> None:
    assert made("```\n- a\n  - b\n```") == "<pre><code>- a\n  - b\n</code></pre>"
    assert "Kính gửi:\n- Các sở" in made("```\nKính gửi:\n- Các sở\n```")


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("## Một\n\n### Hai", [2, 3]),
        ("# Một\n\n## Hai", [2, 3]),
        ("### Một\n\n#### Hai", [2, 3]),
        ("## Một\n\n#### Hai\n\n## Ba", [2, 3, 2]),
        ("# 1\n\n## 2\n\n### 3\n\n#### 4\n\n##### 5\n\n###### 6", [2, 3, 4, 5, 6, 6]),
    ],
)
def test_headings_go_down_from_two_without_gaps(text: str, levels: list[int]) -> None:
    assert [heading.level for heading in convert(text).body.headings] == levels


def test_headings_have_ids_of_their_words_and_no_two_the_same() -> None:
    headings = convert("## Đê điều & hồ chứa\n\n## Đê điều & hồ chứa\n\n## !!!").body.headings
    assert headings == (
        Heading(2, "muc-de-dieu-ho-chua", "Đê điều & hồ chứa"),
        Heading(2, "muc-de-dieu-ho-chua_1", "Đê điều & hồ chứa"),
        Heading(2, "muc-khong-ten", "!!!"),
    )


def test_a_table_scrolls_by_itself_and_says_what_its_columns_are() -> None:
    html = made("| Sở | Số |\n|:---|---:|\n| A | 1 |")
    frame = fromstring(html)
    assert frame.attrib == {"class": "table-scroll", "role": "region", "aria-label": "Bảng 1", "tabindex": "0"}
    assert [dict(cell.attrib) for cell in frame.iter("th")] == [
        {"scope": "col", "class": "align-left"},
        {"scope": "col", "class": "align-right"},
    ]
    assert [dict(cell.attrib) for cell in frame.iter("td")] == [{"class": "align-left"}, {"class": "align-right"}]


def test_references_are_held_by_marks_in_their_order() -> None:
    converted = convert(
        '[a](b.md "T") và ![c](/d.jpg "E")\n\n![f](g.png)\n\n[h](https://h.example) [i](#k) [l](mailto:a@b.c)'
    )
    assert converted.body.references == (
        Reference("link", "b.md"),
        Reference("picture", "/d.jpg", "c", "E"),
        Reference("figure", "g.png", "f"),
    )
    assert [f"{MARK}{n}{MARK}" in converted.html for n in range(4)] == [True, True, True, False]
    assert 'href="https://h.example"' in converted.html
    assert 'href="#k"' in converted.html
    assert "<img" not in converted.html


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:x",
        "vbscript:x",
        "file:///c:/x",
        "ftp://x.example/y",
        "data:text/html,x",
        "C:/x.pdf",
    ],
)
def test_a_target_that_readers_cannot_follow_is_kept_for_the_check_but_not_in_the_html(target: str) -> None:
    converted = convert(f"[a]({target})\n\n![b]({target})")
    assert converted.body.references == (Reference("link", target), Reference("figure", target, "b"))
    assert target not in converted.html


def test_the_excerpt_is_the_beginning_of_the_text_without_lists_and_notes() -> None:
    body = convert("## Mục\n\nCâu **đầu**[^1] & hai.\n\n- mục\n\nCâu ba.\n\n[^1]: Chú thích.").body
    assert body.excerpt == "Câu đầu & hai. Câu ba."


def test_an_excerpt_has_no_blank_before_a_comma_and_one_between_lines() -> None:
    body = convert('Câu **đầu**, [hai](/x.html "<b>"), *ba*.  \nBốn<br>năm.\n\n> Sáu').body
    assert body.excerpt == "Câu đầu, hai, ba. Bốn năm. Sáu"


def test_words_are_counted_as_readers_see_them() -> None:
    assert convert("Một **hai** [ba](/x.html)\n\n- bốn\n\n<!-- không -->").body.words == 4


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        "<iframe src='https://x.example'></iframe>",
        "<svg onload=alert(1)>",
        "<p style='position:fixed'>x</p>",
        "[x](/y){: onclick='alert(1)' style='color:red' class='masthead' }",
        "<form action='https://x.example'><input name=a></form>",
        "<details ontoggle=alert(1) open>x</details>",
        "<base href='https://x.example'><meta http-equiv=refresh content='0;url=https://x.example'>",
    ],
)
def test_what_could_act_is_taken_out(text: str) -> None:
    html = made(f"Câu đầu.\n\n{text}\n\nCâu cuối.")
    for danger in (
        "script",
        "alert",
        "onload",
        "onclick",
        "ontoggle",
        "style",
        "masthead",
        "iframe",
        "<form",
        "<base",
        "<meta",
    ):
        assert danger not in html
    assert "Câu cuối." in html


def test_footnotes_lead_there_and_back_in_vietnamese() -> None:
    html = made("Câu[^1].\n\n[^1]: Chú thích.")
    assert 'href="#fn:1"' in html
    assert 'title="Quay lại chỗ có chú thích 1"' in html


def test_a_text_converted_after_one_that_failed_is_not_affected() -> None:
    text = "Câu đầu.\n\n- một\n- hai\n\n[a](/b.html)"
    before = convert(text)

    with pytest.raises(ConversionError):
        convert("- " * 750 + "mục")

    assert convert(text) == before


def test_notes_of_one_text_do_not_appear_in_the_next() -> None:
    convert("Câu[^1].\n\n[^1]: Chú thích.\n\n[ref]: /x.html\n\n## Mục")
    after = convert("Câu [ref].")
    assert after.body.headings == ()
    assert after.html == "<p>Câu [ref].</p>"


def test_the_digest_names_the_text() -> None:
    assert convert("a").body.digest == digest_of("a")
    assert digest_of("a") != digest_of("b")
