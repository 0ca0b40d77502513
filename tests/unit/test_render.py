"""What templates print is escaped, as the library would."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from loa.pieces import Chrome
from loa.render import environment, escaped, unbroken


@pytest.fixture
def chrome() -> Chrome:
    texts = {name: () if kind.startswith("tuple") else "" for name, kind in Chrome.__annotations__.items()}
    return Chrome(**{**texts, "base_url": "https://thu.example"})  # type: ignore[arg-type]  # all are texts or tuples


TEXTS = st.text() | st.text(alphabet="&<>\"'aạ \n\x00")


@given(TEXTS)
def test_text_is_escaped_as_the_library_does(text: str) -> None:
    assert escaped(text) == escape(text)
    assert type(str(escaped(text))) is str


@given(TEXTS)
def test_markup_stays_as_it_is(text: str) -> None:
    assert escaped(Markup(text)) == text


class Text(str):
    """Text that is no plain ``str``."""

    __slots__ = ()


@pytest.mark.parametrize("value", [0, 1.5, None, True, Text("a<b"), ["<"], {"<": ">"}])
def test_other_values_are_escaped_as_the_library_does(value: object) -> None:
    assert escaped(value) == escape(value)


VECTOR = "</title><script>alert('1')</script>&amp;\""


@pytest.mark.parametrize(
    "template",
    [
        "{{ text }}",
        "{% for one in [text] %}{{ one }}{% endfor %}",
        "{% macro show(one) %}{{ one }}{% endmacro %}{{ show(text) }}",
        "{% macro show() %}{{ caller() }}{% endmacro %}{% call show() %}{{ text }}{% endcall %}",
        "{% set one %}{{ text }}{% endset %}{{ one }}",
        "{% block main %}{{ text }}{% endblock %}",
        '{{ text | default("") }}',
        '{{ "" ~ text }}',
        "{% filter trim %}{{ text }}{% endfilter %}",
    ],
)
def test_whatever_way_a_template_prints_text_it_is_escaped_once(template: str, chrome: Chrome, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(template)

    assert environment(chrome, (tmp_path,)).get_template("a.html").render(text=VECTOR) == str(escape(VECTOR))


@pytest.mark.parametrize(
    "template",
    [
        '{% extends "base.html" %}{% block main %}{{ text }}{% endblock %}',
        '{% from "show.html" import show %}{{ show(text) }}',
    ],
)
def test_text_is_escaped_in_what_a_template_extends_or_imports(template: str, chrome: Chrome, tmp_path: Path) -> None:
    (tmp_path / "base.html").write_text("{{ text }}{% block main %}{% endblock %}")
    (tmp_path / "show.html").write_text("{% macro show(one) %}{{ one }}{{ one }}{% endmacro %}")
    (tmp_path / "a.html").write_text(template)

    assert environment(chrome, (tmp_path,)).get_template("a.html").render(text=VECTOR) == str(escape(VECTOR)) * 2


@pytest.mark.parametrize(
    ("words", "html"),
    [
        ("Quyết định 12/2026/QĐ-UBND ngày 5/6", 'Quyết định <span class="unbroken">12/2026/QĐ-UBND</span> ngày 5/6'),
        ("733/UBND-KT", '<span class="unbroken">733/UBND-KT</span>'),
        ("10-TB/VPTW, khóa XIII", '<span class="unbroken">10-TB/VPTW</span>, khóa XIII'),
        ("<b> & 5/CT-TTg", '&lt;b&gt; &amp; <span class="unbroken">5/CT-TTg</span>'),
        ("ngày 14/3/2023, 2021-2026", "ngày 14/3/2023, 2021-2026"),
    ],
)
def test_no_line_ends_inside_the_number_of_a_document(words: str, html: str) -> None:
    assert unbroken(words) == html
