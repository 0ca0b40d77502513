"""Laws of text that hold for every text, not only for those we thought of."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from conftest import LONG
from hypothesis import given
from hypothesis import strategies as st

from loa.dialect import _SHALLOW_ITEM, _indent_nested_lists
from loa.text import (
    WEEKDAYS,
    DateError,
    count_words,
    end_of_day,
    excerpt,
    fold,
    format_day,
    format_moment,
    name_key,
    parse_date,
    slug,
)

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


# --- names in addresses ------------------------------------------------------------

INITIALS = (
    "",
    "b",
    "c",
    "d",
    "đ",
    "g",
    "h",
    "k",
    "l",
    "m",
    "n",
    "p",
    "q",
    "r",
    "s",
    "t",
    "v",
    "x",
    "ch",
    "gh",
    "gi",
    "kh",
    "ng",
    "ngh",
    "nh",
    "ph",
    "qu",
    "th",
    "tr",
)
# Vowels that carry the tone, each bare and with the five tones; what may stand before and behind them.
VOWELS = tuple("aăâeêioôơuưy")
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
GLIDES = ("", "o", "u", "i", "y", "ư", "iê", "yê", "uô", "ươ")
ENDINGS = ("", "c", "ch", "i", "m", "n", "ng", "nh", "o", "p", "t", "u", "y")
# Also what people mistype, paste, and put around words.
ODD = ("  ", *"–—“”…/.:? \u00a0\u200b&%№²½ﬁⅣİ")
LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")


def assert_safe_in_an_address(text: str) -> str:
    """The slug of ``text``, which must be what an address may hold, however its accents are stored and written."""
    made = slug(text)
    assert made.isascii(), text
    assert LETTERS.issuperset(made.replace("-", "")), text
    assert not made.startswith("-")
    assert not made.endswith("-")
    assert "--" not in made
    assert slug(made) == made, text
    for form in ("NFC", "NFD"):
        assert slug(unicodedata.normalize(form, text)) == made, text
    return made


@pytest.mark.proves("R15 syllables")
def test_every_syllable_has_an_address_that_has_all_its_letters(
    record_property: Callable[[str, object], None],
) -> None:
    """Of all that initials, vowels, tones and endings make, more than are in use."""
    plain = {vowel: unicodedata.normalize("NFD", vowel)[0] for vowel in VOWELS}
    glides = {glide: "".join(unicodedata.normalize("NFD", letter)[0] for letter in glide) for glide in GLIDES}
    seen = 0
    for initial, glide, vowel, ending in product(INITIALS, GLIDES, VOWELS, ENDINGS):
        wanted = initial.replace("đ", "d") + glides[glide] + plain[vowel] + ending
        for tone in TONES if LONG or not glide else TONES[seen % 6 : seen % 6 + 1]:
            syllable = unicodedata.normalize("NFC", initial + glide + vowel + tone + ending)
            seen += 1
            assert slug(syllable) == slug(syllable.upper()) == wanted
            assert slug(unicodedata.normalize("NFD", syllable)) == wanted
    record_property("times", seen)


@pytest.mark.proves("R15 titles")
def test_random_titles_have_safe_addresses(record_property: Callable[[str, object], None]) -> None:
    times = 100_000 if LONG else 4_000
    dice = random.Random(15)  # no secret
    for _ in range(times):
        words = []
        for _ in range(dice.randint(1, 9)):
            word = dice.choice(INITIALS) + dice.choice(GLIDES) + dice.choice(VOWELS) + dice.choice(TONES)
            word = unicodedata.normalize(dice.choice(("NFC", "NFD")), word + dice.choice(ENDINGS))
            words.append(dice.choice((str.lower, str.upper, str.capitalize))(word))
            if dice.random() < 0.3:
                words[-1] += dice.choice(ODD) * dice.randint(1, 2)
            if dice.random() < 0.05:
                words[-1] += chr(dice.randint(0x21, 0x2FFF))
        assert assert_safe_in_an_address(" ".join(words)), words
    record_property("times", times)


# --- dates -------------------------------------------------------------------------

ZONES = ("Asia/Ho_Chi_Minh", "UTC", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia")
FROM, TO = datetime(1945, 9, 2, tzinfo=UTC), datetime(2100, 12, 31, tzinfo=UTC)


@pytest.mark.proves("R13 instants")
def test_random_instants_are_on_the_day_that_calendars_in_vietnam_show(
    record_property: Callable[[str, object], None],
) -> None:
    """However an instant is written, and also where the site has another zone; zoneinfo says what is right."""
    times = 100_000 if LONG else 3_000
    dice = random.Random(13)  # no secret
    zones = [ZoneInfo(name) for name in ZONES]
    seconds = int((TO - FROM).total_seconds())
    for number in range(times):
        zone = zones[0] if number % 2 else dice.choice(zones)
        instant = FROM + timedelta(seconds=dice.randrange(seconds))
        if number % 5 == 0:
            # A second around midnight, where days are lost.
            midnight = datetime.combine(instant.astimezone(zone).date(), time(), zone)
            instant = midnight.astimezone(UTC) + timedelta(seconds=dice.randint(-1, 1))
        right = instant.astimezone(zone)
        # Offsets in writing have no seconds, as they had before there were zones.
        written_in = timezone(timedelta(minutes=dice.randint(-12 * 60, 14 * 60)))
        written = instant.astimezone(written_in).isoformat(dice.choice("T "))

        read, has_time = parse_date(written, zone)

        assert (read, has_time) == (instant, True)
        assert read.date() == right.date()
        day = f"{right.day:02}/{right.month:02}/{right.year}"
        assert format_day(read) == day
        assert format_moment(read) == f"{WEEKDAYS[right.weekday()]}, {day}, {right.hour:02}:{right.minute:02}"
        if right.fold == 0:
            local, _ = parse_date(right.strftime("%Y-%m-%d %H:%M:%S"), zone)
            assert local.date() == right.date()
        today, has_time = parse_date(right.date().isoformat(), zone)
        assert (today.date(), has_time) == (right.date(), False)
        assert today <= instant < end_of_day(today, zone)
    record_property("times", times)


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
    assert_day_first(day, mark, padded)


@pytest.mark.proves("R13 swapped", times=366 * 3 * 2)
def test_day_and_month_are_never_swapped_on_any_day_of_a_year() -> None:
    days = [date(2024, 1, 1) + timedelta(days=number) for number in range(366)]
    for day, mark, padded in product(days, "/-.", (False, True)):
        assert_day_first(day, mark, padded)


def assert_day_first(day: date, mark: str, padded: bool) -> None:
    """``day`` as it is written in Vietnam is refused, with this very day as what to write instead."""
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
