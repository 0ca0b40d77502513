"""Nothing that an editor writes, in any place, runs in a reader's browser; judged here by what parsers find.

A browser's own judgement is in ``browser/test_scripts.py``.
"""

from __future__ import annotations

import json
import re

import pytest
from conftest import LONG, SiteTest
from hostile import (
    HARMLESS,
    SETTINGS,
    Element,
    Shapes,
    Vector,
    elements,
    faults_of_text,
    faults_of_xml,
    vectors,
    with_texts,
    with_what_is_there,
    write_entries,
)
from hypothesis import example, given, settings
from hypothesis import strategies as st

from loa.markup import convert, sanitised
from loa.model import MARK
from loa.site_toml import parse_config

# Others measure what is run here; to measure it once more takes as long as to run it.
pytestmark = pytest.mark.no_cover

# All of them take ten seconds; which are tried each time is not chosen by what they are.
TRIED = vectors() if LONG else vectors()[::5]
FAMILIES = sorted({vector.family for vector in vectors()})
HARMLESS_VECTORS = [Vector(number, "", f"{HARMLESS} số {number}") for number in range(100, 112)]


_OTHERS = {"txt", "csv", "css", "js", "idx", "png", "ico", "svg", "jpg", "webp", "avif", "woff2", "pdf"}


def faults(site: SiteTest, shapes: Shapes) -> dict[str, list[str]]:
    """What could run, by published file."""
    found = {}
    for path, data in site.public.items():
        if path.endswith(".html"):
            found[path] = shapes.faults(elements(data))
        elif path.endswith(".xml"):
            found[path] = faults_of_xml(data)
        elif path.endswith((".json", ".webmanifest")):
            json.loads(data)
        else:
            # Whatever else is there, no browser takes it for a page.
            assert path.rpartition(".")[2] in _OTHERS, path
    return {path: said for path, said in found.items() if said}


def pages(site: SiteTest) -> list[list[Element]]:
    return [elements(data) for path, data in site.public.items() if path.endswith(".html")]


def test_there_are_as_many_ways_to_try_it_as_are_known() -> None:
    assert len({vector.text for vector in vectors()}) == len(vectors()) >= 400
    assert len({vector.family for vector in vectors()}) >= 15


@pytest.fixture(scope="module")
def shapes(tmp_path_factory: pytest.TempPathFactory) -> Shapes:
    """What the pages of sites without such texts are made of."""
    site = SiteTest(tmp_path_factory.mktemp("harmless"))
    write_entries(site, HARMLESS_VECTORS)
    found = pages(site)
    site.write("site.toml", with_texts([HARMLESS], HARMLESS)).build()
    assert site.report.done, site.problems
    # With and without an alert, a notice, and what else settings may leave out.
    return Shapes([*found, *pages(site)])


@pytest.mark.proves("R6 vectors")
def test_nothing_that_is_written_in_any_field_or_text_can_run(
    site: SiteTest, shapes: Shapes, record_property: pytest.RecordProperty
) -> None:
    site.replace("site.toml", "page_size = 3", "page_size = 50").replace("site.toml", "feed = 3", "feed = 500")

    told = write_entries(site, TRIED)

    assert faults(site, shapes) == {}
    # Most are published, as words; the rest is refused by name.
    assert told.published > 25 * len(TRIED)
    record_property("times", told.published + told.refused)
    record_property("published", told.published)
    record_property("refused", told.refused)


@pytest.mark.proves("R6 vectors")
def test_nothing_that_is_written_in_the_settings_can_run(
    site: SiteTest, shapes: Shapes, record_property: pytest.RecordProperty
) -> None:
    site.article("a", tags="[hè]").page("a").document("a")
    # Those of a family in one text, in each place; and each in menus of its own.
    published = [vector for vector in TRIED if parse_config(with_texts([], vector.text))[0]]
    together = FAMILIES if LONG else [" ".join(FAMILIES)]

    for families in together:
        texts = [vector.text for vector in published if vector.family in families.split()]
        site.write("site.toml", with_texts(texts, " ".join(texts))).build()
        assert site.report.done, site.problems
        assert faults(site, shapes) == {}

    # The rest has control characters.
    assert len(published) > 0.9 * len(TRIED)
    record_property("times", len(TRIED) * (SETTINGS + 3))


@pytest.mark.proves("R6 vectors")
def test_no_html_of_a_text_can_run_also_where_its_links_and_pictures_are_refused() -> None:
    found = {}
    for vector in vectors():
        for text in (vector.text, with_what_is_there(vector.text), f"Câu {vector.text} trong **câu**."):
            # Pictures and addresses of its own site stand there as markers.
            made = convert(text).html
            if said := faults_of_text(re.sub(f"{MARK}.*?{MARK}", "x", made)):
                found[text] = said

    assert found == {}


# --- twice is once ---------------------------------------------------------------------

_TAGS = (
    "p", "a", "b", "i", "em", "div", "span", "table", "tr", "td", "th", "caption", "ul", "li", "pre", "code",
    "h2", "img", "br", "hr", "details", "summary", "figure", "q", "blockquote", "script", "style", "svg",
    "math", "mtext", "mglyph", "annotation-xml", "foreignObject", "desc", "title", "textarea", "select",
    "option", "template", "noscript", "noembed", "noframes", "xmp", "plaintext", "iframe", "object", "embed",
    "form", "input", "button", "base", "link", "meta", "frameset", "body", "html",
)  # fmt: skip
_PIECES = st.sampled_from(
    [
        *("<", ">", "</", "/>", '"', "'", "`", "=", "&", ";", "<!--", "-->", "--!>", "<![CDATA[", "]]>", "<?", "<!"),
        *(
            "&lt;",
            "&gt;",
            "&quot;",
            "&#60;",
            "&#x3c",
            "&amp;lt;",
            "&nbsp;",
            "\x00",
            "\n",
            " ",
            "\t",
            "a",
            "ắ",
            "\ufeff",
        ),
        *(f"<{tag}>" for tag in _TAGS),
        *(f"</{tag}>" for tag in _TAGS),
        *(f'<{tag} title="' for tag in _TAGS),
        *('href="javascript:alert(1)"', "onerror=alert(1)", 'src="/a"', "style=x", 'class="figure masthead"', "id=a"),
    ]
)
_HTML = st.lists(_PIECES, max_size=24).map("".join)


@pytest.mark.proves("R6 cleaned", times=10_000 if LONG else 300)
@settings(max_examples=10_000 if LONG else 300)
@given(_HTML)
@example("<p><select><hr></select>")
@example("<a><li><select><a><table>")
@example("<pre><object></object>\n\n")
@example("\ufeff\ufeff")
def test_what_was_cleaned_is_clean(text: str) -> None:
    once = sanitised(text)

    assert sanitised(once) == once
    assert faults_of_text(once) == []
