"""When two citations mean one document: issuer, symbol and number, and the year or term."""

from __future__ import annotations

import pytest

from loa.identity import contradiction, key_of, province_on, series_of, year_in


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("10937/UBND-TH", "UBND tỉnh"), ("10937/UBND-TH", None)),
        (("10937/UBND-TH", "UBND tỉnh"), ("10937/UBND-TH", "Chủ tịch Ủy ban nhân dân tỉnh")),
        (("12/QĐ-UBND", "UBND tỉnh Kon Tum"), ("12/QĐ-UBND", "Uỷ ban nhân dân tỉnh Kon Tum")),
        (("01/NQ-CP", "Chính phủ"), ("1/NQ-CP", None)),
        (("895-TB/TU", "Thường trực Tỉnh ủy"), ("895-TB/TU", "Tỉnh ủy")),
        (("10-TB/VPTW", "Văn phòng Trung ương Đảng"), ("10-TB/VPTW", None)),
        (("148-NQ/TU", "Ban Thường vụ Tỉnh ủy Bắc Giang"), ("148-NQ/TU", "Tỉnh ủy Bắc Giang")),
    ],
)
def test_ways_to_name_one_document_have_one_key(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert key_of(*one) == key_of(*other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("12/QĐ-UBND", "UBND tỉnh Kon Tum"), ("12/QĐ-UBND", "UBND tỉnh Gia Lai")),
        (("12/QĐ-UBND", "UBND tỉnh"), ("12/QĐ-UBND", "UBND xã Mỹ An")),
        (("12/HD-SNV", None), ("12/HĐ-SNV", None)),
        (("12-QĐ/TU", None), ("12/QĐ-UBND", None)),
        (("285/TB-VPCP", None), ("285-TB/VPCP", "Văn phòng Tỉnh ủy")),
        (("66/NQ-CP", None), ("66.7/2025/NQ-CP", None)),
        (("30/NQ-CP", None), ("30a/2008/NQ-CP", None)),
    ],
)
def test_documents_that_only_look_alike_have_keys_of_their_own(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert key_of(*one) != key_of(*other)


def test_a_symbol_of_another_body_than_the_issuer_is_told() -> None:
    assert contradiction("1117-TB/VPCP", "Văn phòng Tỉnh ủy")
    assert not contradiction("1117-TB/VPTU", "Văn phòng Tỉnh ủy")
    assert not contradiction("46/TB-SNV", "Sở Nội vụ")
    assert not contradiction("41/KH-BCĐ389", "Ban Chỉ đạo 389 tỉnh Lạng Sơn")


@pytest.mark.parametrize(
    ("number", "year"),
    [("42/2022/NĐ-CP", "2022"), ("19-2016/NQ-CP", "2016"), ("51/2010/QH12", "2010"), ("68/NQ-CP", ""), ("558", "")],
)
def test_a_legal_number_has_its_year(number: str, year: str) -> None:
    assert year_in(number) == year


def test_state_numbers_run_by_year_and_those_of_the_party_by_term() -> None:
    state, party, centre = key_of("12/QĐ-UBND", None), key_of("895-TB/TU", None), key_of("10-TB/VPTW", None)

    assert series_of(state, "2021-12-31") != series_of(state, "2022-01-01")
    assert series_of(party, "2021-03-01") == series_of(party, "2024-11-01") != series_of(party, "2025-11-20")
    assert series_of(centre, "2021-01-10") != series_of(centre, "2021-03-01")


def test_a_province_is_what_it_was_merged_into_from_that_day_on() -> None:
    assert province_on("Đắk Nông", "2021-11-08") == "Đắk Nông"
    assert province_on("Đắk Nông", "2025-07-01") == "Lâm Đồng"
    assert province_on("Hà Nội", "2026-01-01") == "Hà Nội"
    assert province_on("Lâm Hải", "2026-01-01") == "Lâm Hải"


@pytest.mark.parametrize(
    ("number", "issuer", "body", "place"),
    [
        ("51/2010/QH12", None, "QH", ""),
        ("11/2020/UBTVQH14", None, "UBTVQH", ""),
        ("895-TB/TU", None, "TU", "@"),
        ("115-TTg", None, "TTg", ""),
        # Another spelling of a symbol is the same body.
        ("5/TB-BGD&ĐT", None, "BGDĐT", ""),
        # A number alone: whoever is named, however many words stand before the name, or just the words.
        ("558", "Nguyên Chính phủ", "CP", "@"),
        ("558", "Hội Cây cảnh", "hoi-cay-canh", "@"),
        ("558", None, "", "@"),
        # Huế is a province of its own since.
        ("558", "Đoàn Thừa Thiên Huế", "doan-thua-thien-hue", "thua-thien-hue"),
    ],
)
def test_a_key_names_the_body_and_its_place(number: str, issuer: str | None, body: str, place: str) -> None:
    assert key_of(number, issuer).split("|")[:2] == [body, place]


def test_a_name_that_two_symbols_share_contradicts_neither() -> None:
    for symbol in ("BNN", "BNNPTNT"):
        assert not contradiction(f"5/TB-{symbol}", "Bộ Nông nghiệp và Phát triển nông thôn")
    assert not contradiction("51/2010/QH12", "Quốc hội")
    assert contradiction("51/2010/QH12", "Chính phủ")
    assert contradiction("558/TB-BGD&ĐT", "Bộ Công an")


def test_numbers_from_before_the_first_term_known_are_counted_into_it() -> None:
    assert series_of(key_of("10-TB/VPTW", None), "1990-01-01") == "khoa-1996"
    assert series_of(key_of("895-TB/TU", None), "1990-01-01") == "khoa-1995"
