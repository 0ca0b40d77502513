"""Two names that would share an address, or that machines cannot keep: refused by name, before anything is written."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from conftest import SITE_TOML, SiteTest

A, B = "content/tin/a.md", "content/tin/b.md"
COLLISIONS: dict[str, tuple[str, dict[str, dict[str, Any]]]] = {
    # The file that is told, and the texts, of which ``a`` is published already.
    "capitals": ("content/tin/A.md", {"A": {}}),
    "capitals in a folder": ("content/tin/Thang-5/c.md", {"thang-5/c": {}, "Thang-5/c": {}}),
    "capitals of the ending": ("content/tin/c.MD.md", {"c": {}, "c.MD": {}}),
    "accents composed": ("content/tin/lịch.md", {"lich": {}, unicodedata.normalize("NFC", "lịch"): {}}),
    "accents decomposed": ("", {unicodedata.normalize("NFC", "lịch"): {}, unicodedata.normalize("NFD", "lịch"): {}}),
    "stroke": ("content/tin/đe.md", {"de": {}, "đe": {}}),
    "stroke, capital": ("content/tin/Đe.md", {"de": {}, "Đe": {}}),
    "blank and hyphen": ("content/tin/a b.md", {"a-b": {}, "a b": {}}),
    "two hyphens": ("content/tin/a--b.md", {"a-b": {}, "a--b": {}}),
    "underscore": ("content/tin/a_b.md", {"a-b": {}, "a_b": {}}),
    "dot at the end": ("content/tin/c..md", {"c": {}, "c.": {}}),
    "dot at the end of a folder": ("content/tin/c./d.md", {"c./d": {}}),
    "colon": ("content/tin/c:d.md", {"c:d": {}}),
    "device con": ("content/tin/con.md", {"con": {}}),
    "device nul": ("content/tin/nul.md", {"nul": {}}),
    "device aux as folder": ("content/tin/aux/c.md", {"aux/c": {}}),
    "device com1": ("content/tin/com1.md", {"com1": {}}),
    "device with another ending": ("content/tin/con.tat.md", {"con.tat": {}}),
    "tags with stroke and without": (B, {"a": {"tags": "[đe]"}, "b": {"tags": "[de]"}}),
    "tags with other accents": (B, {"a": {"tags": "[lũ]"}, "b": {"tags": "[lụ]"}}),
    "people with other accents": (B, {"a": {"author": "Lê Đan"}, "b": {"author": "Le Dan"}}),
    "alias of another": (B, {"b": {"aliases": "[/tin/a.html]"}}),
    "alias of two": (B, {"a": {"aliases": "[/cu.html]"}, "b": {"aliases": "[/cu.html]"}}),
    "alias below a page": (B, {"b": {"aliases": "[/tin/a.html/c.html]"}}),
    "alias of another in capitals": (B, {"b": {"aliases": "[/Tin/A.html]"}}),
    "alias of its own page in capitals": (B, {"b": {"aliases": "[/tin/B.html]"}}),
    "aliases that differ by capitals": (B, {"a": {"aliases": "[/Cu.html]"}, "b": {"aliases": "[/cu.html]"}}),
    "alias of a listing in capitals": (B, {"b": {"aliases": "[/Chuyen-Muc/Tin/]"}}),
    "alias below a page in capitals": (B, {"b": {"aliases": "[/Tin/A.html/c.html]"}}),
    "alias that is a folder": (B, {"b": {"aliases": "[/tin]"}}),
    "alias of a listing": (B, {"b": {"aliases": "[/chuyen-muc/tin/]"}}),
    "alias of the home page": (B, {"b": {"aliases": "[/index.html]"}}),
}


@pytest.mark.proves("R15 collisions")
@pytest.mark.parametrize("case", COLLISIONS)
def test_a_collision_is_refused_by_name_and_nothing_changes(case: str, site: SiteTest) -> None:
    told, texts = COLLISIONS[case]
    before = site.article("a").build().public

    for path, fields in texts.items():
        site.article(path, **fields)
    site.build()

    assert not site.report.done
    assert site.public == before
    files = {problem.path for problem in site.report.problems if problem.blocking}
    assert {told} <= files if told else len(files) == len(texts)


def test_of_addresses_that_differ_by_capitals_alone_each_is_told_so(site: SiteTest) -> None:
    site.article("a", aliases="[/Cu.html, /cu.html]").build()

    assert [problem.split(" | ")[1] for problem in site.problems] == [
        "Địa chỉ /Cu.html chỉ khác một địa chỉ khác ở chữ hoa, chữ thường.",
        "Địa chỉ /cu.html chỉ khác một địa chỉ khác ở chữ hoa, chữ thường.",
    ]


def test_a_static_file_may_not_differ_from_a_page_by_capitals_alone(site: SiteTest) -> None:
    before = site.article("a").build().public

    site.write("static/Tin/A.html", "x").build()

    assert site.problems[0].startswith("static/Tin/A.html:0")
    assert site.public == before


@pytest.mark.proves("R15 collisions", times=2)
def test_two_sections_at_one_address_are_refused_by_line(site: SiteTest) -> None:
    before = site.article("a").build().public

    for slug, line in (("chi-dao", 'slug = "tin"'), ("truyen-thong", 'slug = "Truyền thông"')):
        site.write("site.toml", SITE_TOML.replace(f'slug = "{slug}"', line)).build()

        assert not site.report.done
        assert site.problems[0].startswith("site.toml:")
        assert site.public == before
