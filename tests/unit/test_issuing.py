"""Which spellings of issuers mean one body, and which of them is to be written."""

from __future__ import annotations

import pytest
from conftest import SITE_TOML
from msgspec.structs import replace

from loa.config import Config
from loa.issuing import spelling_in_use
from loa.site_toml import parse_config


def config(province: str = "Lâm Hải", organization: str = "Ủy ban nhân dân tỉnh Lâm Hải") -> Config:
    made, _ = parse_config(SITE_TOML)
    assert made is not None
    return replace(made, province=province, organization=organization)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("UBND tỉnh", "Ủy ban nhân dân tỉnh Lâm Hải"),
        ("Uỷ ban Nhân dân tỉnh", "Ủy ban nhân dân tỉnh Lâm Hải"),
        ("Sở Y tế Lâm Hải", "Sở Y tế"),
        ("Sở Y tế tỉnh Lâm Hải", "Sở Y tế"),
        ("Sở GD&ĐT", "Sở Giáo dục và Đào tạo"),
        ("Sở Văn hoá, Thể thao & Du lịch", "Sở Văn hóa, Thể thao và Du lịch"),
        ("VP UBND tỉnh", "Văn phòng Ủy ban nhân dân tỉnh Lâm Hải"),
        ("UBND xã Bình Khê", "Ủy ban nhân dân xã Bình Khê, tỉnh Lâm Hải"),
        ("Tỉnh uỷ", "Tỉnh ủy Lâm Hải"),
        ("Văn phòng Tỉnh ủy Lâm Hải", "Văn phòng Tỉnh ủy"),
        ("Công an Lâm Hải", "Công an tỉnh"),
        ("Thanh tra Sở Y tế", "Thanh tra Sở Y tế tỉnh Lâm Hải"),
    ],
)
def test_two_spellings_of_one_body_are_known(name: str, other: str) -> None:
    assert spelling_in_use(name, {other: 1, "Sở Tài chính": 3}, config()) == other
    assert spelling_in_use(name, {other: 1, "Sở Tài chính": 3}, config(province="")) == other


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("UBND phường Lâm Hải", "Ủy ban nhân dân tỉnh Lâm Hải"),
        ("UBND thành phố Lâm Hải", "UBND tỉnh Lâm Hải"),
        ("UBND xã Bình Khê", "UBND xã Bình Khánh"),
        ("Văn phòng UBND tỉnh", "UBND tỉnh"),
        ("Chủ tịch UBND tỉnh", "UBND tỉnh"),
        ("Đảng ủy UBND tỉnh", "UBND tỉnh"),
        ("Sở Văn hóa và Thể thao", "Sở Văn hóa, Thể thao và Du lịch"),
        ("Sở Y tế tỉnh Bình Khê", "Sở Y tế"),
        # These are of the whole country.
        ("Cục Thuế", "Cục Thuế tỉnh Lâm Hải"),
        ("Kho bạc Nhà nước Lâm Hải", "Kho bạc Nhà nước"),
        ("Chi cục Thủy lợi Sở Nông nghiệp và Môi trường", "Sở Nông nghiệp và Môi trường"),
    ],
)
def test_two_bodies_are_not_taken_for_one(name: str, other: str) -> None:
    assert spelling_in_use(name, {other: 1}, config()) == ""


def test_a_city_under_the_centre_is_as_good_as_a_province() -> None:
    city = config("Hải An", "Ủy ban nhân dân thành phố Hải An")

    assert spelling_in_use("UBND TP. Hải An", {"Ủy ban nhân dân thành phố Hải An": 1}, city)
    assert spelling_in_use("Sở Y tế TP Hải An", {"Sở Y tế": 1}, city) == "Sở Y tế"
    assert spelling_in_use("Thành ủy Hải An", {"Thành ủy": 1}, city) == "Thành ủy"
    assert spelling_in_use("Công an Hải An", {"Công an thành phố": 1}, city) == "Công an thành phố"


def test_the_name_of_the_organisation_is_written_then_what_most_write_then_what_was_first() -> None:
    used = {"UBND tỉnh": 9, "Ủy ban nhân dân tỉnh Lâm Hải": 1, "Sở Y tế": 2, "Sở Y tế tỉnh": 2, "Sở Y tế Lâm Hải": 1}

    assert spelling_in_use("UBND tỉnh Lâm Hải", used, config()) == "Ủy ban nhân dân tỉnh Lâm Hải"
    assert spelling_in_use("Sở Y tế Lâm Hải", used, config()) == "Sở Y tế"
    assert spelling_in_use("Sở Y tế", used, config()) == ""
