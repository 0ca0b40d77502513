"""Markdown → Body and HTML: the one ``convert``. Knows nothing of other entries.

Where a reference into the site leads is not decided here: in the HTML its place is held by a marker,
and the renderer puts in what ``plan`` resolved. So a conversion depends on its text alone and can be remembered.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

import markdown
import nh3
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from loa.model import Body, Heading, Reference
from loa.text import excerpt, slug

# Stands for the n-th reference of a body: MARK n MARK. Sources cannot hold it (control characters are refused).
MARK = "\x1a"

# Whatever could change the result of ``convert`` for the same text.
_VERSION = f"{blake2b(Path(__file__).read_bytes()).hexdigest()} {version('markdown')} {version('nh3')}"


class ConversionError(Exception):
    """A text that Markdown cannot convert; the message is for the author."""


class Converted(NamedTuple):
    """A body and its HTML, with markers in place of references."""

    body: Body
    html: str


def digest_of(text: str) -> str:
    """The name under which the conversion of ``text`` is remembered."""
    return blake2b(f"{_VERSION}\n{text}".encode(), digest_size=16).hexdigest()


def convert(text: str) -> Converted:
    """The HTML of ``text``, sanitised, and what a page needs to know of it.

    Raises ``ConversionError`` for nesting that Markdown cannot follow.
    """
    converter = _converter()
    try:
        raw = converter.reset().convert(_indent_nested_lists(text))
    except (RecursionError, AssertionError, ValueError) as error:
        # Its parser is left in the middle of that text, and ``reset`` does not bring it back.
        _converter.cache_clear()
        raise ConversionError(type(error).__name__) from None
    clean = _CONTROL.sub("", _cleaner().clean(raw))
    marked, references = _mark_references(clean)
    plain = _plain(marked)
    paragraphs = " ".join(_PARAGRAPH.findall(marked.partition('<div class="footnote">')[0])[:5])
    tokens: Any = getattr(converter, "toc_tokens", [])
    body = Body(
        digest=digest_of(text),
        excerpt=excerpt(_plain(paragraphs) or plain),
        headings=tuple(_headings(tokens)),
        references=references,
        words=len(plain.split()),
    )
    return Converted(body, marked)


# --- Markdown ------------------------------------------------------------------

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
        _close_gaps([element for element in root.iter() if re.fullmatch(r"h[1-6]", element.tag)])
        for cell in root.iter("th"):
            cell.set("scope", "col")
        for element in root.iter():
            for name in ("href", "src"):
                if _REFUSED_SCHEME.match(element.get(name, "")):
                    element.set(name, _STRANDED + element.get(name, ""))
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
_STRANDED = "/@@/"


def _close_gaps(headings: list[Element]) -> None:
    """Levels from 2 without gaps: authors choose a level by its size, screen readers go by its number."""
    above: list[int] = []
    for heading in headings:
        level = int(heading.tag[1])
        while above and above[-1] >= level:
            above.pop()
        above.append(level)
        heading.tag = f"h{min(len(above) + 1, 6)}"


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


# --- sanitising ------------------------------------------------------------------

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_TAGS = {
    "p",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "blockquote",
    "pre",
    "code",
    "em",
    "strong",
    "b",
    "i",
    "u",
    "s",
    "del",
    "ins",
    "sub",
    "sup",
    "small",
    "mark",
    "abbr",
    "cite",
    "q",
    "kbd",
    "samp",
    "var",
    "br",
    "hr",
    "a",
    "img",
    "figure",
    "figcaption",
    "table",
    "caption",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "th",
    "td",
    "colgroup",
    "col",
    "div",
    "span",
    "details",
    "summary",
    "time",
}


@cache
def _cleaner() -> nh3.Cleaner:
    # Author's classes would reach into the theme, so only those the converter itself writes are let through.
    return nh3.Cleaner(
        tags=_TAGS,
        clean_content_tags={"script", "style", "iframe", "object", "svg", "math", "template", "noscript"},
        attributes={
            "*": {"id", "lang", "dir", "title"},
            "a": {"href", "hreflang"},
            "img": {"src", "alt"},
            "ol": {"start", "reversed", "type"},
            "li": {"value"},
            "th": {"scope", "colspan", "rowspan", "abbr"},
            "td": {"colspan", "rowspan"},
            "col": {"span"},
            "colgroup": {"span"},
            "time": {"datetime"},
            "del": {"datetime"},
            "ins": {"datetime"},
            "details": {"open"},
            "div": {"aria-label"},
        },
        allowed_classes={
            "div": {"footnote", "table-scroll"},
            "figure": {"figure"},
            "a": {"footnote-ref", "footnote-backref"},
            "th": {"align-left", "align-right", "align-center"},
            "td": {"align-left", "align-right", "align-center"},
        },
        tag_attribute_values={"div": {"role": {"region"}, "tabindex": {"0"}}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
        strip_comments=True,
    )


# --- references ------------------------------------------------------------------

_ELSEWHERE = re.compile(r"(?:https?:|mailto:|tel:|#)", re.IGNORECASE)
_ATTRIBUTES = r'(?:\s+[a-z-]+(?:="[^"]*")?)*'
# The sanitiser writes every attribute in double quotes, so a quoted ">" cannot end a tag here.
_POINTER = re.compile(rf'(<figure class="figure">\s*)?<(a|img)({_ATTRIBUTES})\s*>')
_ATTRIBUTE = re.compile(r'\s([a-z-]+)="([^"]*)"')
_HREF = re.compile(r'\shref="([^"]*)"')


def _mark_references(clean: str) -> tuple[str, tuple[Reference, ...]]:
    references: list[Reference] = []

    def hold(reference: Reference) -> str:
        references.append(reference)
        return f"{MARK}{len(references) - 1}{MARK}"

    def replace(match: re.Match[str]) -> str:
        opening, tag, attributes = match[1] or "", match[2], match[3]
        if tag == "img":
            found = {name: html.unescape(value) for name, value in _ATTRIBUTE.findall(attributes)}
            target, alt, title = (
                found.get("src", "").removeprefix(_STRANDED),
                found.get("alt", ""),
                found.get("title", ""),
            )
            kind: Any = "figure" if opening else "picture"
            return opening + hold(Reference(kind, target, alt, title))
        href = _HREF.search(attributes)
        if href is None or _ELSEWHERE.match(href[1]):
            return match[0]
        mark = hold(Reference("link", html.unescape(href[1]).removeprefix(_STRANDED)))
        return f"{opening}<a{attributes[: href.start(1)]}{mark}{attributes[href.end(1) :]}>"

    if "<a " not in clean and "<img" not in clean:
        return clean, ()
    return _POINTER.sub(replace, clean), tuple(references)


# --- plain text ------------------------------------------------------------------

_TAG_OR_MARK = re.compile(rf'<(?:[^>"]|"[^"]*")*>|{MARK}\d+{MARK}')
# Between these and the next comma there is no blank.
_INLINE_TAG = re.compile(
    r'</?(?:a|abbr|b|cite|code|del|em|i|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup|time|u|var)(?:\s(?:[^>"]|"[^"]*")*)?>'
)
_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_FOOTNOTE_MARK = re.compile(r"<sup\b[^>]*>.*?</sup>", re.DOTALL)


def _plain(marked: str) -> str:
    without_notes = _FOOTNOTE_MARK.sub("", marked.partition('<div class="footnote">')[0])
    return " ".join(html.unescape(_TAG_OR_MARK.sub(" ", _INLINE_TAG.sub("", without_notes))).split())


def _headings(tokens: list[dict[str, Any]]) -> Iterator[Heading]:
    for token in tokens:
        yield Heading(token["level"], token["id"], html.unescape(_TAG_OR_MARK.sub("", token["name"])))
        yield from _headings(token["children"])
