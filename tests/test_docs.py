"""The guides name exactly what the program knows, and what they show and lead to is there."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest
from conftest import REPOSITORY, SiteTest

from loa import site_toml
from loa.content import ARTICLE_FIELDS, DOCUMENT_FIELDS, PAGE_FIELDS
from loa.proof_rules import RULES
from tools import guide_pictures, reference

DOCS = REPOSITORY / "docs"
GUIDE = (DOCS / "huong-dan-bien-tap.md").read_text(encoding="utf-8")
ADMINISTRATION = (DOCS / "huong-dan-quan-tri.md").read_text(encoding="utf-8")


def first_column(guide: str, heading: str) -> list[str]:
    """The names in backticks that begin the rows of the first table under ``heading`` of a guide."""
    section = re.split(r"^#{2,3} ", guide.split(f"### {heading}\n")[1], maxsplit=1, flags=re.MULTILINE)[0]
    return re.findall(r"^\| `([^`]+)` \|", section, flags=re.MULTILINE)


def settings() -> set[str]:
    nested = {**site_toml._TABLES, **site_toml._ARRAYS}
    return {*site_toml._TEXTS, *(f"{table}.{name}" for table, names in nested.items() for name in names)}


@pytest.mark.parametrize(
    ("guide", "heading", "known"),
    [
        (GUIDE, "Trường của bài viết", set(ARTICLE_FIELDS)),
        (GUIDE, "Trường của trang", set(PAGE_FIELDS)),
        (GUIDE, "Trường của văn bản", set(DOCUMENT_FIELDS)),
        (ADMINISTRATION, "Các mục của site.toml", settings()),
        (GUIDE, "Các quy tắc soát", set(RULES)),
    ],
    ids=lambda value: value if isinstance(value, str) and "\n" not in value else "",
)
def test_the_guides_name_every_field_and_no_other(guide: str, heading: str, known: set[str]) -> None:
    names = first_column(guide, heading)

    assert len(names) == len(set(names))
    assert set(names) == known


@pytest.mark.parametrize("file", ["README.md", "deploy/README.md", "SECURITY.md"])
def test_every_path_that_a_readme_links_to_is_there(file: str) -> None:
    readme = REPOSITORY / file
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", readme.read_text(encoding="utf-8"))
    targets = [target for target in links if "://" not in target]

    assert targets
    assert [target for target in targets if not (readme.parent / target).exists()] == []


def test_whoever_finds_a_fault_of_security_is_told_where_to_report_it() -> None:
    policy = (REPOSITORY / "SECURITY.md").read_text(encoding="utf-8")

    for file in ("README.md", "CONTRIBUTING.md"):
        assert "](SECURITY.md)" in (REPOSITORY / file).read_text(encoding="utf-8")
    # No person's address, which would be read by robots and outlive the person's office.
    assert re.findall(r"[\w.+-]+@[\w-]+\.\w+", policy) == []
    anchors = re.findall(r"huong-dan-quan-tri\.md#([^)]+)", policy)
    titles = {
        re.sub(r"[^\w\- ]", "", line.lstrip("# ").lower()).replace(" ", "-")
        for line in ADMINISTRATION.splitlines()
        if line.startswith("#")
    }
    assert set(anchors) <= titles
    for command in re.findall(r"`make ([a-z-]+)`", policy):
        assert f"\n{command}: " in (REPOSITORY / "Makefile").read_text(encoding="utf-8")


def test_the_guide_says_of_each_rule_what_the_program_says() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \| (.+?) \| .+ \| (có|không) \|$", GUIDE, flags=re.MULTILINE)

    told = {name: (about, mends == "có") for name, about, mends in rows if name in RULES}
    assert told == {name: (rule.about, rule.is_mechanical) for name, rule in RULES.items()}


def test_the_reference_is_what_the_program_says_of_itself() -> None:
    assert reference.FILE.read_text(encoding="utf-8") == reference.reference(), "run: make reference"


def sentences(module: str) -> list[str]:
    """The longest fixed part of each sentence that a module of messages can say of the content."""
    tree = ast.parse((REPOSITORY / "loa" / f"{module}.py").read_text(encoding="utf-8"))
    said = [
        node.args[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Words"
    ]
    texts = [
        [
            part.value
            for part in (one.values if isinstance(one, ast.JoinedStr) else [one])
            if isinstance(part, ast.Constant)
        ]
        for one in said
    ]
    return [max(parts, key=len).strip(' ".:') for parts in texts]


@pytest.mark.parametrize(
    "module",
    [
        "messages",
        "file_messages",
        "life_messages",
        "document_messages",
        "search_messages",
        "count_messages",
        "gate_messages",
        "site_messages",
    ],
)
def test_the_guides_explain_every_sentence(module: str) -> None:
    # The tables shorten long sentences.
    assert [text for text in sentences(module) if text[:14] not in GUIDE + ADMINISTRATION] == []


# --- links, pictures, examples ----------------------------------------------------------


def prose(text: str) -> str:
    """A text without its code, which may look like headings, links and pictures."""
    return re.sub(r"`[^`\n]+`", "", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL))


@cache
def anchors(file: Path) -> frozenset[str]:
    """The anchors of a file's headings as GitHub makes them: letters of any language stay, spaces become hyphens."""
    text = re.sub(r"^```.*?^```", "", file.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    found: list[str] = []
    for heading in re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE):
        anchor = re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")
        again = sum(re.fullmatch(rf"{re.escape(anchor)}(-\d+)?", other) is not None for other in found)
        found.append(f"{anchor}-{again}" if again else anchor)
    return frozenset(found)


def missing(file: Path) -> list[str]:
    """The links and pictures of a file that lead nowhere in the repository."""
    targets = re.findall(
        r"\]\(<?([^()\s>]+(?:\([^()\s]*\)[^()\s]*)?)>?[^()]*\)", prose(file.read_text(encoding="utf-8"))
    )
    lost = []
    for target in targets:
        path, _, anchor = unquote(target).partition("#")
        there = (file.parent / path) if path else file
        if re.match(r"[a-z]+:", target):
            continue
        if not there.exists() or (anchor and anchor not in anchors(there)):
            lost.append(target)
    return lost


WRITTEN = [*sorted(DOCS.rglob("*.md")), *(REPOSITORY / name for name in ("README.md", "CONTRIBUTING.md"))]
WRITTEN += [REPOSITORY / "deploy/README.md", REPOSITORY / "tests/README.md"]


@pytest.mark.parametrize("file", WRITTEN, ids=lambda file: str(file.relative_to(REPOSITORY)))
def test_every_link_anchor_and_picture_is_there(file: Path) -> None:
    assert missing(file) == []


def test_a_lost_link_anchor_or_picture_is_found(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text(
        "# Đính chính, “sửa” – 1.\n## Trùng\n## Trùng\n```\n# Mã\n[x](mat.md)\n```\n`[y](mat.md)`\n"
        "[a](#đính-chính-sửa--1) [b](#trùng-1) [c](a.md#trùng) [d](https://thu.example/#x)\n"
        "[e](#mã) [f](mat.md) ![g](mat.webp) [h](a.md#không-có)\n",
        encoding="utf-8",
    )

    assert missing(file) == ["#mã", "mat.md", "mat.webp", "a.md#không-có"]


@pytest.mark.parametrize("guide", [GUIDE, ADMINISTRATION], ids=["editors", "administrators"])
def test_every_chapter_is_in_the_table_of_contents(guide: str) -> None:
    contents, _, _ = guide.partition("\n## ")
    chapters = re.findall(r"^## (\d+\. .+)$", guide, flags=re.MULTILINE)

    assert re.findall(r"^ *- \[([^]]+)\]", contents, flags=re.MULTILINE) == chapters
    assert [chapter.split(".")[0] for chapter in chapters] == [str(number + 1) for number in range(len(chapters))]


@pytest.mark.parametrize("file", [DOCS / "huong-dan-bien-tap.md", DOCS / "huong-dan-quan-tri.md"], ids=["e", "a"])
def test_a_chapter_is_called_by_its_number(file: Path) -> None:
    for number, anchor in re.findall(r"\[mục (\d+)\]\([^)#]*#([^)]+)\)", file.read_text(encoding="utf-8")):
        assert anchor.startswith(f"{number}-")


def test_the_pictures_of_the_guide_are_those_that_its_tool_makes() -> None:
    shown = re.findall(r"!\[([^]]*)\]\(hinh/([\w-]+)\.webp\)", GUIDE)
    made = {shot.name for shot in guide_pictures.SHOTS}

    assert sorted(name for _, name in shown) == sorted(made)
    assert {file.stem for file in (DOCS / "hinh").iterdir()} == made
    assert [alt for alt, _ in shown if len(alt) < 40] == []


def test_what_the_pictures_show_is_made_by_the_program() -> None:
    shown = {part for shot in guide_pictures.SHOTS for part in (shot.first, shot.last, shot.click, *shot.marks)}
    classes = {name for part in shown for name in re.findall(r"\.([a-z][\w-]*)", part)}
    sources = [*(REPOSITORY / "templates").rglob("*.html"), *(REPOSITORY / "loa").glob("*.py")]
    program = "\n".join(file.read_text(encoding="utf-8") for file in sources)

    assert {name for name in classes if not re.search(rf"\b{name}\b", program)} == set()


def test_the_pictures_of_the_guide_are_small() -> None:
    sizes = {file.name: file.stat().st_size for file in (DOCS / "hinh").iterdir()}

    assert {name: size for name, size in sizes.items() if size > 40 * 1024} == {}
    assert sum(sizes.values()) <= 500 * 1024


def test_the_examples_of_the_guide_are_accepted(site: SiteTest) -> None:
    article, page, document = re.findall(r"^```markdown\n(---\n.*?)^```", GUIDE, flags=re.MULTILINE | re.DOTALL)
    site.write("content/anh/le-hoi.jpg", (REPOSITORY / "content/anh/le-hoi.jpg").read_bytes())
    site.page("lich-tiep-cong-dan")
    site.write("content/tin/a.md", article).write("content/trang/b.md", page).write("content/van-ban/c.md", document)
    site.build()

    assert site.report.problems == ()
    assert site.report.done
