"""The Markdown of official Vietnamese texts: Python-Markdown with what Word and web editors make authors write.

Imported only when a text needs the library: loading it takes longer than publishing an article.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

import markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from loa.crowding import crowd_in
from loa.model import ConversionError, Heading
from loa.text import levels_without_gaps, slug


class Raw(NamedTuple):
    """HTML that is not sanitised yet, and its headings."""

    html: str
    headings: tuple[Heading, ...]


def to_html(text: str) -> Raw:
    """What Python-Markdown makes of ``text``.

    Raises ``ConversionError`` for nesting that it cannot follow, and where marks are too many for it.
    """
    if crowd := crowd_in(text):
        raise ConversionError(*crowd)
    converter = _converter()
    try:
        made = converter.reset().convert(_indent_nested_lists(text))
    except (RecursionError, AssertionError, ValueError):
        _converter.cache_clear()
        raise ConversionError from None
    except BaseException:
        # Its parser is left in the middle of that text, and ``reset`` does not bring it back.
        _converter.cache_clear()
        raise
    tokens: Any = getattr(converter, "toc_tokens", [])
    return Raw(made, tuple(_headings(tokens)))


_ITEM = re.compile(r"( *)([-*+]|\d{1,4}\.)( +)")
_SHALLOW_ITEM = re.compile(r"^ {2,3}(?:[-*+]|\d{1,4}\.) ", re.MULTILINE)


@cache
def _converter() -> markdown.Markdown:
    return markdown.Markdown(
        extensions=["extra", "toc", "sane_lists", _Official()],
        extension_configs={
            "extra": {
                "footnotes": {"BACKLINK_TITLE": "Quay lại chỗ có chú thích {}", "UNIQUE_IDS": False},
            },
            "toc": {"slugify": lambda text, _: f"muc-{slug(text) or 'khong-ten'}", "marker": ""},
        },
    )


class _Official(Extension):
    """What official Vietnamese texts need beyond Markdown."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:
        # After fenced code (25) and raw HTML (20) have been set aside.
        md.preprocessors.register(_ListsAfterParagraphs(md), "lists_after_paragraphs", 15)
        # After inline text (20), before headings get their ids (5).
        md.treeprocessors.register(_Structure(md), "structure", 8)


class _ListsAfterParagraphs(Preprocessor):
    """``Kính gửi:`` followed at once by ``- Các sở`` is a paragraph and a list, as every official text means it."""

    _opening = re.compile(r" {0,3}(?:[-*+]|1\.) +\S")
    # "**Nơi nhận:**" is prose although it begins with a star.
    _not_prose = re.compile(r" {0,3}(?:[-*+] |[>|#]|\d{1,4}\. )| {4}|\t|\[\^")

    def run(self, lines: list[str]) -> list[str]:
        result: list[str] = []
        in_prose = False
        for line in lines:
            if not line.strip():
                in_prose = False
            elif in_prose and self._opening.match(line):
                result.append("")
                in_prose = False
            elif not result or not result[-1].strip():
                in_prose = not self._not_prose.match(line)
            result.append(line)
        return result


def _indent_nested_lists(text: str) -> str:
    """Lists nested by two or three blanks, as Word and web editors write them, nested by the four Markdown wants."""
    if not _SHALLOW_ITEM.search(text):
        return text
    result: list[str] = []
    indents: list[int] = []
    in_code = False
    for line in text.split("\n"):
        words = line.lstrip(" ")
        own = len(line) - len(words)
        blanks = own
        if words.startswith(("```", "~~~")):
            in_code = not in_code
        if in_code:
            pass
        elif _ITEM.match(line):
            while indents and own < indents[-1] + 2:
                indents.pop()
            indents.append(own)
            blanks = 4 * (len(indents) - 1)
        elif words and own == 0:
            indents = []
        elif words and indents:
            while len(indents) > 1 and own < indents[-1] + 2:
                indents.pop()
            blanks = 4 * len(indents)
        result.append(" " * blanks + words)
    return "\n".join(result)


class _Structure(Treeprocessor):
    """Headings below the page's own title, tables that scroll by themselves, pictures as figures."""

    def run(self, root: Element) -> None:
        headings = [element for element in root.iter() if re.fullmatch(r"h[1-6]", element.tag)]
        levels = levels_without_gaps([int(heading.tag[1]) for heading in headings])
        for heading, level in zip(headings, levels, strict=True):
            heading.tag = f"h{level}"
        for cell in root.iter("th"):
            cell.set("scope", "col")
        for element in root.iter():
            for name in ("href", "src"):
                if _REFUSED_SCHEME.match(element.get(name, "")):
                    element.set(name, STRANDED + element.get(name, ""))
        tables = 0
        for parent in list(root.iter()):
            for index, child in enumerate(parent):
                if child.tag == "table":
                    tables += 1
                    parent[index] = _scrolling(child, tables)
                elif child.tag == "p" and len(child) == 1 and child[0].tag == "img" and not _has_text(child):
                    child.tag = "figure"
                    child.attrib.clear()
                    child.set("class", "figure")


# The sanitiser would drop these without a word; before them stands what makes them site paths that lead nowhere,
# so that the author hears of them.
_REFUSED_SCHEME = re.compile(r"(?!https?:|mailto:|tel:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)
STRANDED = "/@@/"


def _has_text(paragraph: Element) -> bool:
    return bool((paragraph.text or "").strip() or (paragraph[0].tail or "").strip())


def _scrolling(table: Element, number: int) -> Element:
    for cell in table.iter():
        style = cell.attrib.pop("style", "")
        if found := re.search(r"text-align:\s*(left|right|center)", style):
            cell.set("class", f"align-{found[1]}")
    frame = Element("div", {"class": "table-scroll", "role": "region", "aria-label": f"Bảng {number}", "tabindex": "0"})
    frame.tail, table.tail = table.tail, "\n"
    frame.append(table)
    return frame


_TAG = re.compile(r'<(?:[^>"]|"[^"]*")*>')


def _headings(tokens: list[dict[str, Any]]) -> Iterator[Heading]:
    for token in tokens:
        yield Heading(token["level"], token["id"], html.unescape(_TAG.sub("", token["name"])))
        yield from _headings(token["children"])
