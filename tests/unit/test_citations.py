"""Mentions of official documents are found where they are, as a reader would mark them, and nowhere else."""

from __future__ import annotations

import json
import re
import time
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from loa.citations import Mention, find_mentions

VECTORS = Path(__file__).resolve().parent.parent / "vectors" / "citations.jsonl"
CASES = [json.loads(line) for line in VECTORS.read_text(encoding="utf-8").splitlines()]


def expected(case: dict[str, Any]) -> tuple[str, list[Mention]]:
    """The text without its marks, and the mentions that the marks and fields of a case tell."""
    text, spans = "", []
    for part in re.split("([⟦⟧])", case["text"]):
        if part == "⟦":
            spans.append([len(text)])
        elif part == "⟧":
            spans[-1].append(len(text))
        else:
            text += part
    fields = case["mentions"]
    return text, [
        Mention(start, end, said["kind"], said["number"], said["date"], said["issuer"])
        for (start, end), said in zip(spans, fields, strict=True)
    ]


@pytest.mark.parametrize("case", CASES, ids=[str(number) for number in range(1, len(CASES) + 1)])
def test_mentions_are_those_that_a_reader_would_mark(case: dict[str, Any]) -> None:
    text, mentions = expected(case)

    assert list(find_mentions(text)) == mentions, case["note"]


def said(text: str) -> list[tuple[str, str | None, str | None]]:
    """Number, date and issuer of each mention in ``text``."""
    return [(mention.number, mention.date, mention.issuer) for mention in find_mentions(text)]


def test_a_text_without_numbers_mentions_nothing() -> None:
    assert find_mentions("") == ()
    assert find_mentions("Quyết định số của UBND tỉnh") == ()


def test_a_day_that_no_calendar_has_is_no_date() -> None:
    assert said("Công văn số 12/UBND-TH ngày 31/02/2021 của UBND tỉnh") == [("12/UBND-TH", None, "UBND tỉnh")]


def test_the_kind_that_is_said_outranks_the_one_in_the_symbol() -> None:
    (mention,) = find_mentions("Thông tri số 12-TT/TU")

    assert mention.kind == "Thông tri"


def test_a_stroke_makes_another_symbol() -> None:
    instruction, contract = find_mentions("Hướng dẫn số 12/HD-SNV; Hợp đồng số 12/HĐ-SNV")

    assert (instruction.number, contract.number) == ("12/HD-SNV", "12/HĐ-SNV")


def test_spans_count_the_characters_of_the_text_as_typed() -> None:
    text = unicodedata.normalize(
        "NFD", "Căn cứ\u00a0Quyết   định\nsố 12/QĐ-UBND ngày 05/3/2021 của\u00a0UBND tỉnh, các sở"
    )
    (mention,) = find_mentions(text)
    verbatim = unicodedata.normalize("NFC", text[mention.start : mention.end])

    assert verbatim == "Quyết   định\nsố 12/QĐ-UBND ngày 05/3/2021 của\u00a0UBND tỉnh"
    assert (mention.number, mention.issuer) == ("12/QĐ-UBND", "UBND tỉnh")


def test_a_mention_does_not_run_on_into_the_next_paragraph() -> None:
    assert said("Công văn số 12/UBND-TH\n\nngày 05/3/2021 của UBND tỉnh") == [("12/UBND-TH", None, None)]


HOSTILE = {
    "digits": "1 " * 2500,
    "strokes": "1/" * 2500,
    "parts": "12/A-A-A-" * 555,
    "kinds": "Quyết định số " * 360,
    "lists": "số 12, " * 715,
    "issuing": "ban hành " * 555,
    "capitals": "UBND tỉnh A " * 400 + " ban hành Quyết định số 12/QĐ-UBND",
    "blanks": "12" + " " * 4900 + "/QĐ",
    "lines": "1\n" * 2500,
    "laws": "Luật " * 990 + "số 12/2020/QH14",
    "marks": "e\u0301" * 2400 + " số 12/QĐ-UBND",
    "one part": "12/" + "A" * 4990,
    "dashes": "12 - A" * 833,
    "ands": "1/A&" * 1250,
}


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE.keys())
def test_time_grows_no_faster_than_a_hostile_text(hostile: str) -> None:
    find_mentions(hostile)

    once, four_times = seconds(hostile), seconds(hostile * 4)

    # 4 is linear; a quarter of a millisecond is noise.
    assert four_times < 2.5 * 4 * max(once, 0.00025)


def test_an_article_is_read_in_less_than_five_milliseconds() -> None:
    sentence = (
        "Thực hiện Công văn số 1187/UBND-KGVX ngày 14/3/2022 của UBND tỉnh, ngày 15/3/2022 Sở Y tế đã rà soát 1.250 "
        "trẻ em ở 12/15 xã, đạt 96,5% kế hoạch; phần còn lại làm xong trước ngày 30/4. "
    )
    text = (sentence * 40)[:5000]
    find_mentions(text)

    assert seconds(text) < 0.005


def seconds(text: str) -> float:
    """The least processor time of a few runs."""
    return min(_once(text) for _ in range(5))


def _once(text: str) -> float:
    started = time.process_time()
    find_mentions(text)
    return time.process_time() - started
