"""The editors' guide names exactly the fields and settings that the program knows."""

from __future__ import annotations

import re

import pytest
from conftest import REPOSITORY

from loa import config
from loa.content import ARTICLE_FIELDS, DOCUMENT_FIELDS, PAGE_FIELDS

GUIDE = (REPOSITORY / "docs" / "huong-dan-bien-tap.md").read_text(encoding="utf-8")


def first_column(heading: str) -> list[str]:
    """The names in backticks that begin the rows of the first table under ``heading``."""
    section = re.split(r"^#{2,3} ", GUIDE.split(f"### {heading}\n")[1], maxsplit=1, flags=re.MULTILINE)[0]
    return re.findall(r"^\| `([^`]+)` \|", section, flags=re.MULTILINE)


def settings() -> set[str]:
    nested = {**config._TABLES, **config._ARRAYS}
    return {*config._TEXTS, *(f"{table}.{name}" for table, names in nested.items() for name in names)}


@pytest.mark.parametrize(
    ("heading", "known"),
    [
        ("Trường của bài viết", set(ARTICLE_FIELDS)),
        ("Trường của trang", set(PAGE_FIELDS)),
        ("Trường của văn bản", set(DOCUMENT_FIELDS)),
        ("Các mục của site.toml", settings()),
    ],
)
def test_the_guide_names_every_field_and_no_other(heading: str, known: set[str]) -> None:
    names = first_column(heading)

    assert len(names) == len(set(names))
    assert set(names) == known


def test_every_path_that_the_readme_links_to_is_there() -> None:
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    targets = [target for target in re.findall(r"\]\(([^)]+)\)", readme) if "://" not in target]

    assert targets
    assert [target for target in targets if not (REPOSITORY / target).exists()] == []
