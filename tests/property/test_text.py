"""Laws of text that hold for every text, not only for those we thought of."""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loa.dialect import _SHALLOW_ITEM, _indent_nested_lists
from loa.text import DateError, count_words, excerpt, fold, name_key, parse_date, slug

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
VIETNAMESE = st.text(
    "aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"
    "AĂÂĐÊÔƠƯỆ 0123456789-–/.,“”"
)
TEXTS = VIETNAMESE | st.text()


@given(TEXTS)
def test_a_slug_is_plain_and_safe(text: str) -> None:
    made = slug(text)
    assert made.isascii()
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert not made.startswith("-")
    assert not made.endswith("-")
    assert "--" not in made


@given(TEXTS)
def test_a_slug_of_a_slug_is_itself(text: str) -> None:
    assert slug(slug(text)) == slug(text)


@given(TEXTS)
def test_slugs_and_folds_do_not_depend_on_how_accents_are_stored(text: str) -> None:
    composed, decomposed = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    assert slug(composed) == slug(decomposed)
    assert fold(composed) == fold(decomposed)
    assert name_key(composed) == name_key(decomposed)


@given(TEXTS)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(VIETNAMESE)
def test_folded_vietnamese_is_ascii(text: str) -> None:
    assert fold(text.translate(str.maketrans("–“”", "-''"))).isascii()


@given(TEXTS)
def test_a_name_key_of_a_name_key_is_itself(text: str) -> None:
    assert name_key(name_key(text)) == name_key(text)


@given(TEXTS, st.integers(10, 300))
def test_an_excerpt_is_a_short_beginning(text: str, limit: int) -> None:
    plain = " ".join(text.split())
    made = excerpt(plain, limit)
    assert len(made) <= limit
    assert plain.startswith(made.removesuffix("…"))


# --- dates -------------------------------------------------------------------------

DATE_LIKE = st.from_regex(
    r"\d{1,4}[-/. ]\d{1,2}[-/. ]\d{1,4}([ T]\d{1,2}[:h]\d{0,2}( ?[+-]\d\d:?\d\d|Z)?)?", fullmatch=True
)


@given(st.text() | DATE_LIKE | st.text("0123456789-/.:TZ+ "))
def test_a_date_is_read_or_refused_with_a_date_error(text: str) -> None:
    try:
        moment, _ = parse_date(text, HANOI)
    except DateError as fault:
        # What is suggested must not be refused in its turn.
        suggestion = fault.suggestion
        moment = parse_date(suggestion, HANOI)[0] if suggestion else datetime.now(UTC)
    assert moment.astimezone(UTC) == moment


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_a_date_means_the_day_that_it_names(day: date) -> None:
    assert parse_date(day.isoformat(), HANOI)[0].date() == day


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)), st.sampled_from("/-."), st.booleans())
def test_day_and_month_are_never_swapped(day: date, mark: str, padded: bool) -> None:
    written = (
        f"{day.day:02}{mark}{day.month:02}{mark}{day.year}" if padded else f"{day.day}{mark}{day.month}{mark}{day.year}"
    )
    with pytest.raises(DateError) as caught:
        parse_date(written, HANOI)
    assert (caught.value.kind, caught.value.suggestion) == ("day-first", day.isoformat())


@given(st.integers(-(10**9), 4 * 10**9), st.integers(-12 * 60, 14 * 60))
def test_a_moment_written_with_its_offset_is_that_moment(seconds: int, minutes: int) -> None:
    moment = datetime.fromtimestamp(seconds, timezone(timedelta(minutes=minutes)))
    read, has_time = parse_date(moment.isoformat(), HANOI)
    assert (read, has_time) == (moment, True)
    assert read.utcoffset() == moment.astimezone(HANOI).utcoffset()


# --- lists -------------------------------------------------------------------------

LINES = st.lists(
    st.sampled_from(
        [
            "",
            "Câu.",
            "- một",
            "* hai",
            "1. ba",
            "    - bốn",
            "    câu",
            "        - năm",
            "```",
            "~~~",
            "> trích",
            "    1. x",
            "| a |",
            "-",
            "+ y",
        ]
    )
)


@given(LINES)
def test_a_text_without_shallow_lists_is_left_alone(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert not _SHALLOW_ITEM.search(text)
    assert _indent_nested_lists(text) == text


@given(st.lists(st.text(" -*+1.`~abc", max_size=12)))
def test_mending_lists_changes_nothing_but_leading_blanks(lines: list[str]) -> None:
    mended = _indent_nested_lists("\n".join(lines)).split("\n")
    assert [line.lstrip(" ") for line in mended] == [line.lstrip(" ") for line in "\n".join(lines).split("\n")]


@given(TEXTS | st.text("a b\n\t\xa0\u3000", max_size=12))
def test_words_are_what_blanks_divide(text: str) -> None:
    assert count_words(text) == len(text.split())
