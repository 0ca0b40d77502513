"""What a new file holds and how it is named, without a disk."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from loa import new_messages
from loa.config import Config
from loa.content import SCHEMAS
from loa.fields import FieldError
from loa.front_matter import read_fields
from loa.new_entry import LONGEST, cleaned, faults, file_name, is_file_name, path_of, quoted, settled, text_of
from loa.scan import _TEXT
from loa.site_toml import load_config

VALUES = {
    "tin": {"title": "Lịch công tác", "date": "2026-06-01 12:00", "category": "Tin tức – Sự kiện"},
    "trang": {"title": "Giới thiệu"},
    "van-ban": {
        "kind": "Công văn",
        "number": "125/UBND-TH",
        "issued": "2026-05-17",
        "issuer": "Sở Y tế",
        "subject": "phòng dịch",
    },
}


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Config:
    from conftest import SITE_TOML

    root = tmp_path_factory.mktemp("site")
    (root / "site.toml").write_text(SITE_TOML, encoding="utf-8")
    found, problems = load_config(root)
    assert found, problems
    return found


def front(text: str) -> str:
    return text.split("---\n")[1]


@pytest.mark.parametrize("folder", SCHEMAS)
def test_every_field_of_the_schema_stands_in_a_new_file_once(folder: str) -> None:
    names = re.findall(r"^#?([a-z_]+): ", front(text_of(folder, VALUES[folder])), flags=re.MULTILINE)

    assert sorted(names) == sorted(SCHEMAS[folder])


@pytest.mark.parametrize("folder", SCHEMAS)
def test_required_fields_and_the_draft_are_written_and_the_others_are_comments(folder: str) -> None:
    found = read_fields(front(text_of(folder, VALUES[folder])), "")

    assert found == {**VALUES[folder], "draft": "true"}
    assert {name for name, field in SCHEMAS[folder].items() if field.required} == set(VALUES[folder])


@pytest.mark.parametrize("folder", SCHEMAS)
def test_taking_the_mark_away_makes_a_field_that_is_understood(folder: str, config: Config) -> None:
    text = text_of(folder, VALUES[folder])

    for name, field in SCHEMAS[folder].items():
        if name not in {*VALUES[folder], "draft"}:
            opened = read_fields(front(text.replace(f"\n#{name}: ", f"\n{name}: ")), "")
            field.read(name, opened[name], config.zone)


def test_each_explanation_belongs_to_a_field_and_each_field_has_one() -> None:
    known = {name for schema in SCHEMAS.values() for name in schema}

    assert set(new_messages.ABOUT) == known
    assert set(new_messages.ABOUT_DOCUMENTS) <= set(SCHEMAS["van-ban"])


def test_the_line_to_take_out_stands_last_among_those_that_are_written() -> None:
    text = text_of("tin", {**VALUES["tin"], "author": "Phòng Truyền thông"})

    written = re.findall(r"^([a-z_]+): ", front(text), flags=re.MULTILINE)
    assert written == ["title", "date", "category", "author", "draft"]


@given(st.text(st.characters(codec="utf-8"), min_size=1))
@example('"')
@example("\\")
@example("a: b # c")
@example("- [x] {y} & *z !t %u @v")
def test_whatever_passes_as_a_value_is_read_back_as_it_was(value: str) -> None:
    value = cleaned(value)
    if not re.search(r"[\x00-\x1f\x7f-\x9f\ufffe\uffff]", value):
        assert read_fields(f"title: {quoted(value)}", "") == {"title": value}


@given(st.text(max_size=400), st.sampled_from(sorted(SCHEMAS)))
@example("Con", "tin")
@example("LPT1", "trang")
@example("Index", "trang")
@example("a" * 300, "tin")
@example("Trường " * 40, "tin")
@example("х", "tin")
def test_a_name_is_safe_and_short_or_there_is_none(title: str, folder: str) -> None:
    name = file_name(title, folder)

    if name:
        assert is_file_name(name)
        assert len(name) <= LONGEST
        assert _TEXT.fullmatch(path_of(folder, name, "2026-06-01"))


def test_long_titles_are_cut_between_words() -> None:
    title = "Ủy ban nhân dân tỉnh họp phiên thường kỳ tháng năm về phát triển kinh tế xã hội và đầu tư công"

    assert file_name(title, "tin") == "uy-ban-nhan-dan-tinh-hop-phien-thuong-ky-thang-nam-ve-phat-trien-kinh"


def test_names_that_windows_keeps_for_devices_are_given_their_folder() -> None:
    assert [file_name(title, "tin") for title in ("Con", "nul", "COM 1", "Com1")] == [
        "tin-con", "tin-nul", "com-1", "tin-com1",
    ]  # fmt: skip


def test_titles_in_one_form_or_the_other_are_one_title() -> None:
    title = "Hội nghị\n  trực tuyến "

    assert cleaned(unicodedata.normalize("NFD", title)) == "Hội nghị trực tuyến"


@pytest.mark.parametrize("typed", ["tin tuc - su kien", "TIN TỨC - SỰ KIỆN", "tin", "Tin tức – Sự kiện"])
def test_a_category_may_be_typed_without_diacritics_or_by_its_address(typed: str, config: Config) -> None:
    assert settled("tin", "category", typed, config) == "Tin tức – Sự kiện"


def test_an_unknown_category_is_refused_as_a_build_does(config: Config) -> None:
    with pytest.raises(FieldError, match="Không có chuyên mục"):
        settled("tin", "category", "Thể thao", config)


def test_a_file_that_a_build_would_refuse_is_found_before_it_is_written(config: Config) -> None:
    title = "Tin \N{RIGHT-TO-LEFT OVERRIDE}x"

    found = faults("tin/a.md", text_of("tin", {**VALUES["tin"], "title": title}), config)

    assert [fault.message for fault in found] == ["Có ký tự điều khiển U+202E ở cột 13."]
