"""Citations are marked in the HTML of a body: around the words, whole elements only, and no word changes."""

from __future__ import annotations

import re

import pytest

from loa.markup import convert
from loa.model import MARK


def marked(text: str) -> str:
    """The HTML of a text, its citations in ⟦⟧."""
    html = re.sub(rf"{MARK}\[\d+{MARK}", "⟦", convert(text).html)
    return re.sub(rf"{MARK}\]\d+{MARK}", "⟧", html)


def told(text: str) -> list[str]:
    """The numbers of the documents that a text cites."""
    return [citation.number for citation in convert(text).body.citations]


PLAIN = "Thực hiện Công văn số 12/UBND-TH ngày 05/3/2021 của UBND tỉnh, các xã báo cáo."


def test_in_a_paragraph_with_links_what_stands_beside_them_is_marked() -> None:
    text = "Xem 1/QĐ-UBND, [2/QĐ-UBND, 3/QĐ-UBND và 4/QĐ-UBND](/a.html), 5/QĐ-UBND, [đây](/b.html) và 6/QĐ-UBND"

    found = marked(f"{text}, [7/QĐ-UBND](/c.html), 8/QĐ-UBND.")

    assert re.findall("⟦([0-9])/", found) == ["1", "5", "6", "8"]


def test_a_citation_is_marked_where_it_stands() -> None:
    assert marked(PLAIN) == ("<p>Thực hiện ⟦Công văn số 12/UBND-TH ngày 05/3/2021 của UBND tỉnh⟧, các xã báo cáo.</p>")
    (citation,) = convert(PLAIN).body.citations
    assert (citation.kind, citation.date, citation.issuer) == ("Công văn", "2021-03-05", "UBND tỉnh")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Theo **Quyết định số 12/QĐ-UBND** này", "<strong>⟦Quyết định số 12/QĐ-UBND⟧</strong>"),
        ("Theo **Quyết định** số 12/QĐ-UBND này", "⟦<strong>Quyết định</strong> số 12/QĐ-UBND⟧ này"),
        ("Công văn số 5/SNV-XDCQ&TCBC gửi", "⟦Công văn số 5/SNV-XDCQ&amp;TCBC⟧ gửi"),
        ("- Quyết định số 12/QĐ-UBND\n- Quyết định số 13/QĐ-UBND", "<li>⟦Quyết định số 12/QĐ-UBND⟧</li>"),
        ("Công văn số **558** ngày 5/3/2021 gửi", "⟦Công văn số <strong>558</strong> ngày 5/3/2021⟧ gửi"),
        ("Quyết định **12**/QĐ-UBND này", "⟦Quyết định <strong>12</strong>/QĐ-UBND⟧ này"),
        ("Công văn 558&nbsp;ngày 5/3/2021 gửi", "⟦Công văn 558&nbsp;ngày 5/3/2021⟧ gửi"),
        ("> Chỉ thị số 16/CT-TTg", "⟦Chỉ thị số 16/CT-TTg⟧"),
        ("## Công điện số 5/CĐ-UBND\n\nNội dung.", ">⟦Công điện số 5/CĐ-UBND⟧</h2>"),
        ("Công văn số\n12/UBND-TH\nngày 5/3/2021 gửi", "⟦Công văn số\n12/UBND-TH\nngày 5/3/2021⟧ gửi"),
        ("| Văn bản |\n|---|\n| Kế hoạch số 7/KH-UBND |", "<td>⟦Kế hoạch số 7/KH-UBND⟧</td>"),
    ],
)
def test_elements_are_marked_whole(text: str, expected: str) -> None:
    assert expected in marked(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Theo Quyết định số 1506/QĐ-UBND[^1].\n\n[^1]: Sửa năm sau.", "⟦Quyết định số 1506/QĐ-UBND⟧<sup"),
        ("Theo Quyết định 12/QĐ-UBND[^1] ngày 5/3/2021.\n\n[^1]: Sửa.", "⟦Quyết định 12/QĐ-UBND⟧<sup"),
        ("Theo Quyết định 12/QĐ-UBND<sup>(1)</sup> này.", "⟦Quyết định 12/QĐ-UBND⟧<sup"),
    ],
)
def test_the_mark_of_a_footnote_is_no_part_of_a_number(text: str, expected: str) -> None:
    assert expected in marked(text)


def test_what_follows_the_mark_of_a_footnote_is_read() -> None:
    (citation,) = convert("Theo Quyết định 12/QĐ-UBND[^1] ngày 5/3/2021.\n\n[^1]: Sửa.").body.citations

    assert (citation.number, citation.date) == ("12/QĐ-UBND", "2021-03-05")


@pytest.mark.parametrize(
    "text",
    [
        "Xem [Quyết định số 12/QĐ-UBND](/tep/12.pdf) nhé",
        "Xem [Quyết định](/tep/12.pdf) số 12/QĐ-UBND nhé",
        "Theo **Quyết định số** 12/QĐ-UBND và **Kế hoạch số 7/KH-UBND ngày** 5/3/2021 nhé",
    ],
)
def test_what_cannot_be_a_link_is_told_but_not_marked(text: str) -> None:
    assert "12/QĐ-UBND" in told(text)
    if "](" in text:
        assert "⟦" not in marked(text)


def test_code_cites_nothing() -> None:
    assert told("Gõ `Quyết định số 12/QĐ-UBND` vào ô.") == []


def test_items_of_a_list_do_not_run_on_into_each_other() -> None:
    assert told("- Quyết định số 12\n- 13/QĐ-UBND nữa") == ["13/QĐ-UBND"]


def test_a_footnote_may_cite() -> None:
    text = "Theo chỉ đạo.[^1]\n\n[^1]: Công văn số 12/UBND-TH ngày 05/3/2021."

    assert told(text) == ["12/UBND-TH"]
    assert "⟦Công văn số 12/UBND-TH ngày 05/3/2021⟧" in marked(text)


def test_links_and_pictures_keep_their_places_beside_citations() -> None:
    text = "Theo Công văn số 12/UBND-TH, xem [biểu mẫu](/tep/a.pdf).\n\n![Hình](/anh/a.jpg)"
    converted = convert(text)

    assert [reference.target for reference in converted.body.references] == ["/tep/a.pdf", "/anh/a.jpg"]
    assert re.findall(rf"{MARK}([^{MARK}]*){MARK}", converted.html) == ["[0", "]0", "0", "1"]


@pytest.mark.parametrize("text", [PLAIN, "**Công** văn số 12/UBND-TH", "a\n\nNghị quyết số 5/NQ-CP; b"])
def test_no_word_of_the_text_changes(text: str) -> None:
    bare = re.sub(rf"{MARK}[^{MARK}]*{MARK}", "", convert(text).html)

    assert re.sub("<[^>]+>|[*-]", "", bare).split() == re.sub("[*-]", "", text).split()


def test_a_kind_that_ends_one_number_does_not_begin_the_next() -> None:
    """Found by fuzzing: the letters belonged to two citations, and were published twice."""
    text = "Quyết định số 77 / QĐ : 78/QĐ-UBND nêu rõ."

    assert marked(text) == "<p>⟦Quyết định số 77 / QĐ⟧ : ⟦78/QĐ-UBND⟧ nêu rõ.</p>"
    assert told(text) == ["77/QĐ", "78/QĐ-UBND"]
