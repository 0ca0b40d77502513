"""Vietnamese text: folding, slugs, dates, numbers, excerpts."""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from loa.text import (
    NO_BREAK,
    DateError,
    count_words,
    end_of_day,
    excerpt,
    fold,
    format_day,
    format_day_of,
    format_issued,
    format_moment,
    format_number,
    format_size,
    joins,
    levels_without_gaps,
    line_and_column,
    name_key,
    nearest,
    nearest_name,
    nearest_path,
    one_placement,
    parse_date,
    slug,
    tone_placements,
    with_day,
)

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đắk Lắk", "dak lak"),
        ("ĐƯỜNG", "duong"),
        ("hoà", "hoa"),
        ("hòa", "hoa"),
        ("Uỷ ban", "uy ban"),
        ("12/QĐ-UBND", "12/qd-ubnd"),
        ("ươ ƯƠ ăâ êô", "uo uo aa eo"),
        ("STRASSE straße", "strasse strasse"),
        ("", ""),
    ],
)
def test_fold_drops_case_and_accents(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert fold(unicodedata.normalize("NFD", text)) == folded


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Lễ hội cầu ngư", "le-hoi-cau-ngu"),
        ("Tin tức – Sự kiện", "tin-tuc-su-kien"),
        ("  2240/UBND-KGVX ", "2240-ubnd-kgvx"),
        ("Ea H'leo", "ea-h-leo"),
        ("C++", "c"),
        ("!!!", ""),
        ("", ""),
        ("日本", ""),
    ],
)
def test_slug_holds_only_letters_digits_and_single_hyphens(text: str, address: str) -> None:
    assert slug(text) == address


@pytest.mark.parametrize(
    "other", ["Tin tức - Sự kiện", "tin tức — sự kiện", "Tin  tức\u2013Sự kiện", "TIN TỨC – SỰ KIỆN"]
)
def test_two_typings_of_a_name_share_a_key(other: str) -> None:
    assert name_key(other) == name_key("Tin tức – Sự kiện")


@pytest.mark.parametrize("other", ["Tin tuc – Su kien", "Tin tức Sự kiện", "Tin tức – Sự kiện 2"])
def test_another_name_has_another_key(other: str) -> None:
    assert name_key(other) != name_key("Tin tức – Sự kiện")


@pytest.mark.parametrize(
    ("word", "options", "found"),
    [
        ("tittle", ("title", "date"), "title"),
        ("Tin tuc su kien", ("Tin tức – Sự kiện", "Chỉ đạo điều hành"), "Tin tức – Sự kiện"),
        ("Thể thao", ("Tin tức – Sự kiện", "Chỉ đạo điều hành"), ""),
        ("gì đó", (), ""),
    ],
)
def test_the_nearest_option_is_found_without_accents(word: str, options: tuple[str, ...], found: str) -> None:
    assert nearest(word, options) == found


@pytest.mark.parametrize(
    ("plain", "limit", "cut"),
    [
        ("Lễ hội cầu ngư", 14, "Lễ hội cầu ngư"),
        ("Lễ hội cầu ngư", 13, "Lễ hội cầu…"),
        ("Gồm: một, hai, ba", 14, "Gồm: một…"),
        ("Mộttừrấtdàikhôngcódấucách", 10, "Mộttừrấtd…"),
        ("", 10, ""),
        ("một   hai\n ba", 20, "một hai ba"),
        # A word that would end in the first half is rather cut than left out.
        ("một haibabốnnămsáu", 10, "một haiba…"),
        ("mộthai babốnnămsáu", 12, "mộthai babố…"),
        ("mộthai1 babốnnămsáu", 12, "mộthai1…"),
        ("a b c d e", 8, "a b c d…"),
        ("a b c d e", 9, "a b c d e"),
        ("Gồm – và nữa", 8, "Gồm…"),
    ],
)
def test_an_excerpt_ends_between_words(plain: str, limit: int, cut: str) -> None:
    assert excerpt(plain, limit) == cut
    assert len(excerpt(plain, limit)) <= limit


@pytest.mark.proves("R13 forms")
@pytest.mark.parametrize(
    ("text", "iso", "has_time"),
    [
        ("2021-11-09", "2021-11-09T00:00:00+07:00", False),
        ("2021-1-9", "2021-01-09T00:00:00+07:00", False),
        (" 2021-11-09 ", "2021-11-09T00:00:00+07:00", False),
        ("2021-11-09 09:15", "2021-11-09T09:15:00+07:00", True),
        ("2021-11-09 9:15", "2021-11-09T09:15:00+07:00", True),
        ("2021-11-09T09:15:30", "2021-11-09T09:15:30+07:00", True),
        ("2021-11-09T09:15:30.5", "2021-11-09T09:15:30+07:00", True),
        ("2021-11-09 00:00", "2021-11-09T00:00:00+07:00", True),
        ("2021-11-09T09:15Z", "2021-11-09T09:15:00+00:00", True),
        ("2021-11-09 09:15 +07:00", "2021-11-09T09:15:00+07:00", True),
        ("2021-11-09 09:15-0530", "2021-11-09T09:15:00-05:30", True),
        ("2024-02-29", "2024-02-29T00:00:00+07:00", False),
    ],
)
def test_a_date_is_read_year_first(text: str, iso: str, has_time: bool) -> None:
    assert parse_date(text, HANOI) == (datetime.fromisoformat(iso), has_time)


@pytest.mark.proves("R13 forms")
@pytest.mark.parametrize(
    ("text", "kind", "suggestion"),
    [
        ("2026-02-30", "impossible", ""),
        ("2023-02-29", "impossible", ""),
        ("2026-13-01", "impossible", ""),
        ("2026-05-17 24:00", "hour", ""),
        ("2026-05-17 10:60", "hour", ""),
        ("2026-05-17 10:00+99:00", "impossible", ""),
        ("0000-01-01", "impossible", ""),
        ("0001-01-01", "impossible", ""),
        ("17/05/2026", "day-first", "2026-05-17"),
        ("7/5/2026 08:30", "day-first", "2026-05-07 08:30"),
        ("03-04-2024", "day-first", "2024-04-03"),
        ("17.5.2026", "day-first", "2026-05-17"),
        ("30/02/2026", "impossible", ""),
        ("05/17/2026", "impossible", ""),
        ("2026-05-17 8h30", "clock", "2026-05-17 08:30"),
        ("2026-05-17 8 giờ", "clock", "2026-05-17 08:00"),
        ("2026-05-17, 14g05", "clock", "2026-05-17 14:05"),
        ("2026-05-17 25h", "hour", ""),
        ("2026-02-30 8h30", "impossible", ""),
        ("17/05/2026 8h30", "day-first", "2026-05-17 08:30"),
        ("17/05/26", "form", ""),
        ("2026/05/17", "form", ""),
        ("2026-05", "form", ""),
        ("2026", "form", ""),
        ("hôm nay", "form", ""),
        ("", "form", ""),
        ("٢٠٢٦-٠٥-١٧ sáng", "form", ""),
    ],
)
def test_what_is_no_date_says_why(text: str, kind: str, suggestion: str) -> None:
    with pytest.raises(DateError) as caught:
        parse_date(text, HANOI)
    assert (caught.value.kind, caught.value.suggestion) == (kind, suggestion)


def test_a_moment_is_written_the_vietnamese_way() -> None:
    moment = datetime(2021, 11, 9, 9, 5, tzinfo=HANOI)
    assert format_moment(moment) == "Thứ Ba, 09/11/2021, 09:05"
    assert format_moment(moment, has_time=False) == "Thứ Ba, 09/11/2021"
    assert format_moment(datetime(2021, 11, 14, 23, 0, tzinfo=UTC)) == "Chủ Nhật, 14/11/2021, 23:00"
    assert format_day(date(2026, 1, 2)) == "02/01/2026"


@pytest.mark.parametrize(
    ("issued", "long", "short", "named"),
    [
        ("2021-09-08", "ngày 08 tháng 9 năm 2021", "08/09/2021", "X ngày 08/09/2021"),
        ("2021-02-28", "ngày 28 tháng 02 năm 2021", "28/02/2021", "X ngày 28/02/2021"),
        ("2021-03-01", "ngày 01 tháng 3 năm 2021", "01/03/2021", "X ngày 01/03/2021"),
        ("2021-12", f"ngày {NO_BREAK * 4} tháng 12 năm 2021", "12/2021", "X tháng 12/2021"),
    ],
)
def test_a_day_of_issue_is_written_as_the_decree_wants(issued: str, long: str, short: str, named: str) -> None:
    assert format_issued(issued) == long
    assert format_day_of(issued) == short
    assert with_day("X", issued) == named
    assert with_day("X", "") == "X"


@pytest.mark.parametrize(
    ("moment", "end"),
    [
        ("2026-05-17T00:00:00+07:00", "2026-05-18T00:00:00+07:00"),
        ("2026-05-17T23:59:59+07:00", "2026-05-18T00:00:00+07:00"),
        # Evening in London is the next day in Hanoi.
        ("2026-05-17T18:00:00+00:00", "2026-05-19T00:00:00+07:00"),
    ],
)
def test_a_day_ends_where_the_next_begins_in_its_zone(moment: str, end: str) -> None:
    found = end_of_day(datetime.fromisoformat(moment), HANOI)

    assert found.isoformat() == end
    assert found.tzinfo == timezone(timedelta(hours=7))


@pytest.mark.parametrize(
    ("levels", "without_gaps"),
    [
        ([], []),
        ([4], [2]),
        ([2, 3, 2], [2, 3, 2]),
        ([2, 4, 6, 4, 2], [2, 3, 4, 3, 2]),
        ([3, 2, 3], [2, 2, 3]),
        ([1, 2, 3, 4, 5, 6], [2, 3, 4, 5, 6, 6]),
        ([4, 6, 5], [2, 3, 3]),
    ],
)
def test_levels_of_headings_have_no_gaps(levels: list[int], without_gaps: list[int]) -> None:
    assert levels_without_gaps(levels) == without_gaps


@pytest.mark.parametrize(
    ("text", "words"),
    [("", 0), ("a", 1), ("a b", 2), ("a\nb", 2), ("a  b", 2), (" a b", 2), ("a b ", 2), ("a\tb", 2), ("a\xa0b", 2)],
)
def test_words_are_counted_however_they_are_divided(text: str, words: int) -> None:
    assert count_words(text) == words


PATHS = ("anh/2021/hop-bao.jpg", "anh/2022/hop-bao.jpg", "tep/bao-cao.pdf")


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("anh/2022/hop-bao.png", "anh/2022/hop-bao.jpg"),
        ("anh/2021/hop-bao.jpeg", "anh/2021/hop-bao.jpg"),
        ("hop-baao", "anh/2021/hop-bao.jpg"),
        ("tep/2021/bao-cao.pdf", "tep/bao-cao.pdf"),
        ("xa/lac/bao-cao", "tep/bao-cao.pdf"),
        ("anh/2021/khac.jpg", ""),
        (".htaccess", ""),
    ],
)
def test_the_nearest_path_has_a_name_like_it(written: str, found: str) -> None:
    assert nearest_path(written, PATHS) == found


def test_a_name_that_was_cut_short_is_found_by_how_it_begins() -> None:
    units = ("Văn phòng", "Sở Giáo dục và Đào tạo tỉnh", "Sở Y tế")

    assert nearest_name("so giao duc", units) == "Sở Giáo dục và Đào tạo tỉnh"
    assert nearest_name("Văn phòn", units) == "Văn phòng"
    # Whole words only: what begins in the middle of one may be anything.
    assert nearest_name("so giao du", units) == ""
    assert nearest_name("phòng", units) == ""
    assert nearest_name("…", units) == ""


@pytest.mark.parametrize(("text", "old"), [("hoà thuỷ", "hòa thủy"), ("hòa thủy", "hòa thủy"), ("quý", "quý")])
def test_tones_can_be_placed_by_the_old_rules(text: str, old: str) -> None:
    assert one_placement(text) == old


@pytest.mark.parametrize(("number", "shown"), [(0, "0"), (999, "999"), (31791, "31.791"), (1234567, "1.234.567")])
def test_thousands_are_divided_by_dots(number: int, shown: str) -> None:
    assert format_number(number) == shown


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        (0, "0 byte"),
        (999, "999 byte"),
        (1000, "1 KB"),
        (640_400, "640 KB"),
        (999_499, "999 KB"),
        (999_500, "1,0 MB"),
        (1_250_000, "1,2 MB"),
        (12_000_000, "12,0 MB"),
    ],
)
def test_a_file_size_is_short(size: int, shown: str) -> None:
    assert format_size(size) == shown


def test_all_that_is_composed_joins_what_stands_before() -> None:
    taken_apart = (unicodedata.normalize("NFD", chr(point)) for point in range(0x110000))

    assert [whole for whole in taken_apart if len(whole) > 1 and not all(map(joins, whole[1:]))] == []
    assert not any(map(joins, "aạ -.0\n中가ᄀ"))


@pytest.mark.parametrize(("offset", "place"), [(0, (1, 1)), (2, (1, 3)), (3, (2, 1)), (5, (2, 3)), (6, (3, 1))])
def test_a_byte_has_a_line_and_a_column(offset: int, place: tuple[int, int]) -> None:
    for end in (b"\n", b"\r"):
        assert line_and_column(end.join((b"ab", b"cd", b"ef")), offset) == place


def test_both_characters_that_end_a_line_are_one_end() -> None:
    assert line_and_column(b"ab\r\ncd", 5) == (2, 2)


@pytest.mark.parametrize(
    ("new", "old"),
    [("hoà bình", "hòa bình"), ("uỷ ban", "ủy ban"), ("khoá xii", "khóa xii"), ("hoè", "hòe"), ("thuỵ", "thụy")],
)
def test_a_tone_may_stand_on_either_vowel(new: str, old: str) -> None:
    assert tone_placements(new) >= {new, old}
    assert tone_placements(old) >= {new, old}


@pytest.mark.parametrize("word", ["quý", "hoàn", "toàn", "thuyền", "quốc", "của"])
def test_a_tone_with_one_place_stays_there(word: str) -> None:
    assert tone_placements(word) == {word}
