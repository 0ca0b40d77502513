"""Bytes → Source: what is mended in silence, what is refused, and where each field stands.

The words of each refusal are in tests/expected/problems.
"""

from __future__ import annotations

import time
import unicodedata

import pytest

from loa.errors import Problem
from loa.source import MAX_FILE, MAX_FRONT_MATTER, Source, read_source

TEXT = """\
---
title: Lễ hội
date: 2026-05-17
image:
  file: /anh/x.jpg
  alt: Hình
tags:
  - một
  - hai
---

Câu đầu.

Câu [hai](/x.html).
"""


def read(data: str | bytes) -> Source:
    source = read_source("tin/x.md", data.encode() if isinstance(data, str) else data)
    assert isinstance(source, Source), source
    return source


def refuse(data: str | bytes) -> Problem:
    problem = read_source("tin/x.md", data.encode() if isinstance(data, str) else data)
    assert isinstance(problem, Problem), problem
    return problem


def test_fields_are_what_the_author_typed() -> None:
    fields = read("---\nno: no\nphone: 0262\ntime: 9:15\nday: 2026-05-17\nnumber: 1_000\nnone: null\n---\nx").fields
    assert fields == {
        "no": "no",
        "phone": "0262",
        "time": "9:15",
        "day": "2026-05-17",
        "number": "1_000",
        "none": "null",
    }


def test_nested_fields_stay_nested() -> None:
    assert read(TEXT).fields == {
        "title": "Lễ hội",
        "date": "2026-05-17",
        "image": {"file": "/anh/x.jpg", "alt": "Hình"},
        "tags": ["một", "hai"],
    }


def test_the_body_is_what_stands_below_the_second_fence() -> None:
    assert read(TEXT).body == "Câu đầu.\n\nCâu [hai](/x.html)."
    assert read("---\na: b\n---\nMột.\n\n---\n\nHai.\n").body == "Một.\n\n---\n\nHai."
    assert read("---\na: b\n---").body == ""


@pytest.mark.parametrize(
    "data",
    [
        "\ufeff" + TEXT,
        TEXT.replace("\n", "\r\n"),
        TEXT.replace("\n", "\r"),
        unicodedata.normalize("NFD", TEXT),
        TEXT.replace("hội", "h\ufeffội"),
    ],
    ids=["byte-order mark", "CR LF", "CR", "decomposed", "byte-order mark inside"],
)
def test_harmless_bytes_make_no_difference(data: str) -> None:
    plain = read(TEXT)
    source = read(data)
    assert (source.fields, source.body) == (plain.fields, plain.body)


def test_a_soft_line_break_ends_a_line_of_the_body_and_none_of_the_front_matter() -> None:
    source = read("---\ntitle: Lịch\x0btiếp dân\n---\nmột\u2028hai\x85ba\x0bbốn\u2029năm")
    assert source.fields == {"title": "Lịch tiếp dân"}
    assert source.body == "một\nhai\nba\nbốn\nnăm"


@pytest.mark.parametrize("soft", ["\x0b", "\x85", "\u2028", "\u2029"])
def test_a_soft_line_break_is_no_line_of_an_editor(soft: str) -> None:
    source = read(f"---\ntitle: a{soft}b\ndate: c\n---\n{soft}một{soft}hai\n\nba /x.html\nbốn")
    assert source.line_of("date") == 3
    assert source.line_of_words("/x.html") == 7
    assert source.body_line == 5
    assert [source.line_of_body(line) for line in range(5)] == [5, 5, 6, 7, 8]
    assert refuse(f"---\ntitle: a{soft}b{soft}{soft}\ndate: c\x00\n---\nx").line == 3
    assert refuse(f"---\ntitle: a\n---\nx{soft}{soft}\ny\x00").line == 5
    assert "dòng 2" in refuse(f"---\ntitle: a{soft}b\ntitle: c\n---\nx").message


def test_lines_are_true_in_a_file_of_old_macs() -> None:
    marks = "\u0316" * 40
    assert refuse("---\ra: b\r---\r\rx" + marks + "y" * 4_000).line == 5
    assert refuse(b"---\ra: b\r---\rx\r\xff").line == 5


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        (("title",), 2),
        (("date",), 3),
        (("image",), 4),
        (("image", "alt"), 6),
        (("tags", 0), 8),
        (("tags", 1), 9),
        (("tags", 7), 7),
        (("nothing",), 1),
        (("image", "nothing"), 4),
        (("title", "nothing"), 2),
    ],
)
def test_a_field_is_found_on_its_line(keys: tuple[str | int, ...], line: int) -> None:
    assert read(TEXT).line_of(*keys) == line


def test_lines_are_true_below_a_blank_first_line_and_a_comment() -> None:
    source = read("---\n\n# ghi chú\n\ntitle: a\n---\nx")
    assert source.line_of("title") == 5


def test_words_are_found_in_the_body_not_in_the_fields() -> None:
    source = read("---\ntitle: xem /x.html\n---\n\nCâu đầu.\n\n[y](/x.html)")
    assert source.line_of_words("/x.html") == 7
    assert source.line_of_words("không có") == 0


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ("---\na: b\n---\nx", 4),
        ("---\na: b\n---\n\n\nx\ny\n\n", 6),
        ("---\na: b\n---\n\n\n", 4),
        ("---\na: b\n---", 4),
    ],
)
def test_the_body_has_a_line(data: str, line: int) -> None:
    assert read(data).body_line == line


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"---\na: b\n---\nx\n\xff", 5),
        ("---\na: b\n---\n\nx\x00", 5),
        ("---\na: b\x1b\n---\nx", 2),
        ("---\na: b\n---\nx\x7f", 4),
        ("---\na: b\n---\n\u202ex", 4),
        ("---\na: b\n---\nx\ufffe", 4),
        ("\r\n\r\n---\na: b\n---\nx", 3),
        ("---\na: b\nc: d: e\n---\nx", 3),
        ("---\n\na: b\n\nc: 'd\n---\nx", 5),
        ("---\na: b\na: c\n---\nx", 3),
        ("---\na:\n  b: 1\n  b: 2\n---\nx", 4),
        ("---\na: *b\n---\nx", 2),
        ("---\nx: y\na: &b c\n---\nx", 3),
        ("---\nx: y\n\na: !!int 3\n---\nx", 4),
        ("---\nx: y # z\n---\nx", 2),
        ("---\nx: [a, b #c\n ]\n---\nx", 2),
        ("---\nx: [[[[[[[[a]]]]]]]]\n---\nx", 2),
        ("---\n- a\n---\nx", 2),
        ("---\na: b\n", 1),
        ("a: b\n", 1),
    ],
)
def test_what_is_refused_is_named_by_its_line(data: str | bytes, line: int) -> None:
    problem = refuse(data)
    assert (problem.path, problem.line) == ("content/tin/x.md", line)
    assert problem.blocking


@pytest.mark.parametrize("value", ["a#b", "'a # b'", '"a # b"', "/x.html#muc", "|\n  a # b", ">\n  a # b"])
def test_a_hash_that_hides_no_words_is_kept(value: str) -> None:
    assert "#" in read(f"---\nx: {value}\n---\nx").fields["x"]


def test_a_comment_on_a_line_of_its_own_is_passed_over() -> None:
    assert read("---\n# một\nx: a\n  # hai\ny: b\n---\nx").fields == {"x": "a", "y": "b"}


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "[[", "- - "])
@pytest.mark.parametrize("times", [10, 1_000, 15_000])
def test_depth_is_refused_before_it_costs_the_stack(opening: str, times: int) -> None:
    front = f"x:\n {opening * times}"
    if len(front) < MAX_FRONT_MATTER:
        refuse(f"---\n{front}\n---\nx")


def test_depth_that_would_end_the_process_is_refused() -> None:
    for front in ("[" * 63_000, "[" * 31_000 + "]" * 31_000, "- " * 31_000):
        refuse(f"---\nx:\n {front}\n---\nx")


def test_a_long_line_of_blanks_is_refused_quickly() -> None:
    refuse("---\nx: 'a\ny" + " " * 60_000 + "z\n---\nx")


def test_size_is_limited() -> None:
    body = "---\na: b\n---\n"
    read(body + "x" * (MAX_FILE - len(body)))
    refuse(body + "x" * (MAX_FILE - len(body) + 1))
    read("---\na: " + "x" * (MAX_FRONT_MATTER - 3) + "\n---\nx")
    refuse("---\na: " + "x" * (MAX_FRONT_MATTER - 2) + "\n---\nx")


@pytest.mark.parametrize("marks", ["\u0301", "\u0323\u0301", "\u0591", "\u1dc0\u20d0", "\u0301\ufeff"])
def test_a_letter_carries_thirty_marks_and_no_more(marks: str) -> None:
    long = TEXT + "Câu thường. " * 400 + "\nDòng này: "

    count = 2 if "\ufeff" in marks else 1
    assert read(f"{long}a{(marks * 30)[: 30 * count]}b").fields["title"] == "Lễ hội"
    refused = refuse(f"{long}a{(marks * 31)[: 31 * count]}b")
    assert (refused.line, refused.message) == (16, "Ở cột 12 một chữ mang hơn 30 dấu.")


def test_a_file_full_of_marks_is_refused_at_once() -> None:
    data = f"---\ntitle: a{chr(0x323)}{chr(0x301)}".encode() + "\u0323\u0301".encode() * 240_000
    begun = time.process_time()

    assert refuse(data).line == 2
    # To put so many in order takes minutes.
    assert time.process_time() - begun < 2
