"""Where each article stands: category, unit, person, tag, year and month."""

from __future__ import annotations

from datetime import datetime

import pytest

from loa.config import Config
from loa.library import Library, Shelf, chronological, link
from loa.lifecycle import Standing, separate
from loa.model import Article, Body, Page
from loa.site_toml import parse_config

SITE = """
title = "Cổng"
base_url = "https://thu.example"
[[category]]
slug = "tin"
name = "Tin tức – Sự kiện"
[[category]]
slug = "chi-dao"
name = "Chỉ đạo điều hành"
[[unit]]
slug = "truyen-thong"
name = "Phòng Truyền thông"
"""


@pytest.fixture
def config() -> Config:
    made, problems = parse_config(SITE)
    assert made is not None
    assert problems == ()
    return made


def article(path: str, date: str = "2026-05-01T08:00+07:00", **fields: object) -> Article:
    values: dict[str, object] = {
        "title": path,
        "has_time": True,
        "category": "Tin tức – Sự kiện",
        "author": "",
        "source": "",
        "views": None,
        "summary": "",
        "image": None,
        "tags": (),
        "attachments": (),
        "aliases": (),
        "updated": None,
        "updated_has_time": False,
        "draft": False,
        "body": Body("", "", (), (), 1),
    }
    return Article(path=f"tin/{path}.md", published=datetime.fromisoformat(date), **{**values, **fields})  # type: ignore[arg-type]  # any


def page(path: str) -> Page:
    return Page(
        f"trang/{path}.md",
        path,
        "",
        None,
        (),
        (),
        None,
        updated_has_time=False,
        draft=False,
        body=Body("", "", (), (), 1),
    )


def standing(entries: list[Article | Page]) -> Standing:
    """All of them published."""
    config, _ = parse_config(SITE)
    assert config
    return separate(chronological(entries), datetime.fromisoformat("2100-01-01T00:00Z"), config)


def paths(shelf: Shelf) -> list[str]:
    return [entry.path.removeprefix("tin/").removesuffix(".md") for entry in shelf.articles]


def shelf(library: Library, url: str) -> Shelf:
    every = (
        *library.categories, *library.units, *library.people, *library.tags, *library.years, *library.months,
    )  # fmt: skip
    return next(found for found in every if found.url == url)


def test_articles_stand_in_order_of_time_and_equal_times_in_order_of_path(config: Config) -> None:
    # 07:00 in Tokyo is 05:00 in Hà Nội.
    entries = [
        article("c", "2026-05-01T08:00+07:00"),
        article("a", "2026-05-01T08:00+07:00"),
        article("b", "2026-05-01T10:00+09:00"),
        article("sau", "2026-05-01T08:01+07:00"),
        article("truoc", "2026-05-01T07:00+09:00"),
    ]

    library = link(standing(entries), {}, config)

    assert [entry.title for entry in library.articles] == ["truoc", "a", "b", "c", "sau"]
    assert paths(library.categories[0]) == ["truoc", "a", "b", "c", "sau"]


def test_the_order_in_which_entries_are_read_does_not_matter(config: Config) -> None:
    entries = [
        article("a", author="An", tags=("y tế",)),
        article("b", "2025-01-01T00:00+07:00", author="Bình"),
        page("x"),
        article("c", tags=("y tế", "lễ hội")),
        page("a"),
    ]

    assert link(standing(entries), {}, config) == link(standing(entries[::-1]), {}, config)


def test_categories_and_units_stand_in_the_order_of_the_settings_even_when_empty(config: Config) -> None:
    library = link(standing([]), {}, config)

    assert [(found.name, found.url) for found in library.categories] == [
        ("Tin tức – Sự kiện", "/chuyen-muc/tin/"),
        ("Chỉ đạo điều hành", "/chuyen-muc/chi-dao/"),
    ]
    assert [found.url for found in library.units] == ["/don-vi/truyen-thong/"]
    assert library.people == library.tags == library.years == library.months == ()


@pytest.mark.parametrize("typed", ["Tin tức – Sự kiện", "tin tức - sự kiện", "Tin tức  –  Sự kiện"])
def test_a_category_is_found_however_its_dash_and_capitals_are_typed(config: Config, typed: str) -> None:
    assert paths(link(standing([article("a", category=typed)]), {}, config).categories[0]) == ["a"]


def test_an_author_is_a_unit_or_a_person_and_never_both(config: Config) -> None:
    entries = [article("a", author="phòng truyền thông"), article("b", author="Lê Văn An"), article("c")]

    library = link(standing(entries), {}, config)

    assert paths(library.units[0]) == ["a"]
    assert [(found.name, found.url, paths(found)) for found in library.people] == [
        ("Lê Văn An", "/tac-gia/le-van-an/", ["b"])
    ]


def test_the_first_spelling_of_a_tag_or_person_stays_its_name(config: Config) -> None:
    entries = [
        article("b", "2026-05-02T00:00+07:00", tags=("Y Tế",), author="LÊ VĂN AN"),
        article("a", "2026-05-01T00:00+07:00", tags=("y tế",), author="Lê Văn An"),
    ]

    library = link(standing(entries), {}, config)

    assert [(found.name, paths(found)) for found in library.tags] == [("y tế", ["a", "b"])]
    assert [found.name for found in library.people] == ["Lê Văn An"]


def test_years_and_months_are_those_of_the_sites_time_zone(config: Config) -> None:
    # In Hà Nội the new year has begun.
    library = link(standing([article("a", "2025-12-31T20:00+00:00")]), {}, config)

    assert [(found.name, found.url) for found in library.years] == [("Năm 2026", "/luu-tru/2026/")]
    assert [(found.name, found.url) for found in library.months] == [("Tháng 1 năm 2026", "/luu-tru/2026/01/")]


def test_every_article_stands_on_every_shelf_it_belongs_to(config: Config) -> None:
    entry = article("a", author="Phòng Truyền thông", tags=("y tế", "lễ hội"))
    library = link(standing([entry, page("gioi-thieu")]), {}, config)

    for url in (
        "/chuyen-muc/tin/",
        "/don-vi/truyen-thong/",
        "/the/y-te/",
        "/the/le-hoi/",
        "/luu-tru/2026/",
        "/luu-tru/2026/05/",
    ):
        assert shelf(library, url).articles == (entry,)
    assert [found.path for found in library.pages] == ["trang/gioi-thieu.md"]
