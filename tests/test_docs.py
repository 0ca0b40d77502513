"""The editors' guide names exactly the fields and settings that the program knows."""

from __future__ import annotations

import re

import pytest
from conftest import REPOSITORY

from loa import site_toml
from loa.content import ARTICLE_FIELDS, DOCUMENT_FIELDS, PAGE_FIELDS
from loa.proof_rules import RULES
from tools import reference

GUIDE = (REPOSITORY / "docs" / "huong-dan-bien-tap.md").read_text(encoding="utf-8")


def first_column(heading: str) -> list[str]:
    """The names in backticks that begin the rows of the first table under ``heading``."""
    section = re.split(r"^#{2,3} ", GUIDE.split(f"### {heading}\n")[1], maxsplit=1, flags=re.MULTILINE)[0]
    return re.findall(r"^\| `([^`]+)` \|", section, flags=re.MULTILINE)


def settings() -> set[str]:
    nested = {**site_toml._TABLES, **site_toml._ARRAYS}
    return {*site_toml._TEXTS, *(f"{table}.{name}" for table, names in nested.items() for name in names)}


@pytest.mark.parametrize(
    ("heading", "known"),
    [
        ("Trường của bài viết", set(ARTICLE_FIELDS)),
        ("Trường của trang", set(PAGE_FIELDS)),
        ("Trường của văn bản", set(DOCUMENT_FIELDS)),
        ("Các mục của site.toml", settings()),
        ("Các quy tắc soát", set(RULES)),
    ],
)
def test_the_guide_names_every_field_and_no_other(heading: str, known: set[str]) -> None:
    names = first_column(heading)

    assert len(names) == len(set(names))
    assert set(names) == known


@pytest.mark.parametrize("file", ["README.md", "deploy/README.md"])
def test_every_path_that_a_readme_links_to_is_there(file: str) -> None:
    readme = REPOSITORY / file
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", readme.read_text(encoding="utf-8"))
    targets = [target for target in links if "://" not in target]

    assert targets
    assert [target for target in targets if not (readme.parent / target).exists()] == []


def test_the_guide_says_of_each_rule_what_the_program_says() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \| (.+?) \| .+ \| (có|không) \|$", GUIDE, flags=re.MULTILINE)

    told = {name: (about, mends == "có") for name, about, mends in rows if name in RULES}
    assert told == {name: (rule.about, rule.is_mechanical) for name, rule in RULES.items()}


def test_the_reference_is_what_the_program_says_of_itself() -> None:
    assert reference.FILE.read_text(encoding="utf-8") == reference.reference(), "run: make reference"
