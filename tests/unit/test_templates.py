"""Which templates count for a page: its own and all that it pulls in, from the site's folder before Loa's."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from loa.errors import LoaError, TemplateFaultError, problem
from loa.site_messages import template_not_utf8
from loa.templates import Templates, references


def folder(path: Path, **files: str) -> Path:
    for name, text in files.items():
        file = path / f"{name.replace('__', '/')}.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    return folder(
        tmp_path / "ours",
        base='{% from "parts/head.html" import head %}<html>{{ head() }}',
        pages__article="{% extends \"base.html\" %}{% import 'parts/card.html' as cards %}",
        pages__other="<p>alone</p>",
        parts__head='{% include "parts/icons.html" %}',
        parts__icons="icons",
        parts__card="card",
        parts__unused="unused",
    )


def test_the_closure_holds_everything_that_is_pulled_in_at_any_depth(ours: Path) -> None:
    found = Templates((ours,)).closure(("pages/article.html",))

    assert found == ("base.html", "pages/article.html", "parts/card.html", "parts/head.html", "parts/icons.html")


def test_templates_may_import_one_another(tmp_path: Path) -> None:
    circle = folder(tmp_path, a='{% import "b.html" as b %}', b='{% import "a.html" as a %}')

    assert Templates((circle,)).closure(("a.html",)) == ("a.html", "b.html")


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("pages/article", True),
        ("base", True),
        ("parts/icons", True),
        ("parts/unused", False),
        ("pages/other", False),
    ],
)
def test_a_digest_changes_with_every_template_in_the_closure_and_no_other(ours: Path, name: str, changes: bool) -> None:
    before = Templates((ours,)).digest(("pages/article.html",))
    file = ours / f"{name}.html"
    file.write_text(file.read_text(encoding="utf-8") + " ", encoding="utf-8")

    assert (Templates((ours,)).digest(("pages/article.html",)) != before) is changes


def test_an_output_without_templates_has_an_empty_digest(ours: Path) -> None:
    assert Templates((ours,)).digest(()) == ""


def test_the_sites_own_template_wins_and_the_others_are_still_there(ours: Path, tmp_path: Path) -> None:
    before = Templates((ours,)).digest(("pages/article.html",))
    own = folder(tmp_path / "own", parts__card="own card")
    both = Templates((own, ours))

    assert both.source("parts/card.html") == "own card"
    assert both.source("base.html").startswith("{% from")
    assert both.digest(("pages/article.html",)) != before


def test_what_an_own_template_pulls_in_counts_too(ours: Path, tmp_path: Path) -> None:
    own = folder(tmp_path / "own", parts__card='{% include "parts/mine.html" %}', parts__mine="mine")

    assert "parts/mine.html" in Templates((own, ours)).closure(("pages/article.html",))


def test_a_missing_template_is_named(ours: Path) -> None:
    with pytest.raises(LoaError, match=r"templates/pages/nowhere\.html"):
        Templates((ours,)).closure(("pages/nowhere.html",))


def test_a_template_of_loa_that_was_deleted_is_to_be_taken_back_where_loa_lies(tmp_path: Path, ours: Path) -> None:
    (ours / "pages/article.html").unlink()
    own = folder(tmp_path / "own", parts__mine="mine")

    with pytest.raises(LoaError) as raised:
        Templates((own, ours)).closure(("pages/article.html",))

    assert str(raised.value).endswith(
        f"Lấy lại bằng git, trong thư mục {tmp_path}: git checkout -- templates/pages/article.html"
    )


def test_a_template_that_another_pulls_in_may_have_been_deleted_too(ours: Path) -> None:
    (ours / "base.html").unlink()

    with pytest.raises(TemplateFaultError) as raised:
        Templates((ours,)).closure(("pages/article.html",))

    assert raised.value.problem.hint.endswith("lấy lại bằng git: git checkout -- templates/base.html")


@pytest.mark.parametrize(
    "text",
    ["{% include pick %}", "{%- extends layout -%}", "{% from part import x %}", "{% import name as y %}"],
)
def test_a_computed_name_is_refused(text: str) -> None:
    with pytest.raises(LoaError, match="ngoặc kép"):
        references(text)


@pytest.mark.parametrize(
    "text",
    [
        '{% include ["a.html", "b.html"] %}',
        '{% include "a.html" if wide else "b.html" %}',
        '{% include "a" ~ ".html" %}',
    ],
)
def test_a_name_that_is_chosen_while_rendering_is_refused(text: str) -> None:
    with pytest.raises(LoaError):
        references(text)


@pytest.mark.parametrize(
    "text",
    [
        '{%include "a.html"%}',
        '{%- include "a.html" -%}',
        '{%+ include "a.html" %}',
        "{%\n include\n 'a.html' ignore missing %}",
        '{% from "a.html" import x, y as z without context %}',
        '{% extends "a.html" %}',
    ],
)
def test_every_way_to_write_a_reference_is_understood(text: str) -> None:
    assert list(references(text)) == ["a.html"]


def test_words_that_only_look_like_a_reference_are_none() -> None:
    assert references('<p>{{ "include" }} from "b.html"</p>') == {}
    assert references('{# {% include "b.html" %} #}') == {}


def test_a_reference_has_its_line_also_below_comments() -> None:
    assert references('{# a\nb #}\n\n{% include "b.html" %}{% include "c.html" %}') == {"b.html": 4, "c.html": 4}


def test_a_fault_comes_whole_out_of_another_process() -> None:
    fault = TemplateFaultError(problem("templates/a.html", template_not_utf8(), line=3))

    assert pickle.loads(pickle.dumps(fault)).problem == fault.problem
