"""Markdown → Body and HTML: the one ``convert``. Knows nothing of other entries.

Where a reference into the site leads is not decided here: in the HTML its place is held by a marker,
and the renderer puts in what ``plan`` resolved. So a conversion depends on its text alone and can be remembered.
"""

from __future__ import annotations

import html
import re
from functools import cache, lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from loa.limits import TooSlowError, seconds_for, within
from loa.model import MARK, Body, ConversionError, Converted, Heading, Reference
from loa.prose import read_prose
from loa.text import count_words, excerpt
from loa.versions import version_of

if TYPE_CHECKING:
    import nh3

# Characters.
_SHORT = 20_000
# Links and pictures, each of which is looked up.
_REFERENCES = 30_000

# All that takes part in a conversion.
_CODE = (
    *("markup.py", "prose.py", "dialect.py", "crowding.py", "text.py", "marking.py"),
    *("citations.py", "citing.py", "issuers.py", "kinds.py", "agencies.py", "identity.py"),
    *("data/kinds.toml", "data/agencies.toml", "data/wording.toml"),
)


@cache
def _version() -> str:
    """Whatever could change the result of ``convert`` for the same text."""
    code = blake2b()
    for name in _CODE:
        code.update((Path(__file__).parent / name).read_bytes())
    return f"{code.hexdigest()} {version_of('markdown')} {version_of('nh3')}"


@lru_cache(maxsize=1)  # asked for twice in a row: whether a text is remembered, and to remember it
def digest_of(text: str, *, cites: bool = True) -> str:
    """The name under which the conversion of ``text`` is remembered, with its citations looked for or not."""
    return blake2b(f"{_version()}{'' if cites else ' uncited'}\n{text}".encode(), digest_size=16).hexdigest()


def convert(text: str, *, cites: bool = True) -> Converted:
    """The HTML of ``text``, sanitised, and what a page needs to know of it; ``cites``: with its citations marked.

    Raises ``ConversionError`` for nesting that Markdown cannot follow, and for what takes too much time or memory.
    """
    is_short = len(text) <= _SHORT
    prose = _convert_prose(text) if is_short else None
    if prose:
        # Nothing in so little plain prose takes long, and to watch over it would.
        return _cited(text, prose, cites=cites)
    seconds = seconds_for(text)
    try:
        with within(seconds):
            return _cited(text, _convert_any(text) if is_short else _convert_long(text), cites=cites)
    except TooSlowError:
        raise ConversionError("slow", seconds) from None
    except MemoryError:
        raise ConversionError("memory") from None


def _cited(text: str, made: Converted, *, cites: bool) -> Converted:
    """What was made of ``text``, with its citations marked if it ``cites``."""
    body, html = made
    if not cites:
        return Converted(replace(body, digest=digest_of(text, cites=False)), html)
    from loa.marking import mark_citations  # noqa: PLC0415  # heavy, and most builds convert nothing

    marked, citations = mark_citations(html)
    return Converted(replace(body, citations=citations), marked) if citations else Converted(body, html)


def _convert_long(text: str) -> Converted:
    return _convert_prose(text) or _convert_any(text)


def _convert_prose(text: str) -> Converted | None:
    """The short way, where it can be gone: nothing in plain prose needs the library or the sanitiser."""
    prose = read_prose(text)
    if prose is None:
        return None
    return Converted(_body(text, prose.plain, prose.paragraphs, prose.headings, prose.references), prose.html)


def _convert_any(text: str) -> Converted:
    """The library's way, which defines what is right."""
    from loa import dialect  # noqa: PLC0415  # heavy, and most builds convert nothing

    raw = dialect.to_html(text)
    marked, references = _mark_references(sanitised(raw.html), dialect.STRANDED)
    paragraphs = " ".join(_PARAGRAPH.findall(marked.partition('<div class="footnote">')[0])[:5])
    return Converted(_body(text, _plain(marked), _plain(paragraphs), raw.headings, references), marked)


def _body(
    text: str, plain: str, paragraphs: str, headings: tuple[Heading, ...], references: tuple[Reference, ...]
) -> Body:
    if len(references) > _REFERENCES:
        raise ConversionError("links", _REFERENCES)
    return Body(digest_of(text), excerpt(paragraphs or plain), headings, references, count_words(plain))


# --- sanitising ------------------------------------------------------------------

_READINGS = 12
# Who reads HTML drops a line break there: what has been read once would be another text each time.
_FIRST_LINE = re.compile(r'(<pre(?:\s(?:[^>"]|"[^"]*")*)?>)\n+')
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")
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


def sanitised(html: str) -> str:
    """``html`` with only what neither acts nor loads anything, nor takes the look of what is no text.

    It is what browsers read: where an element is taken out, others may stand where none can, and are moved when the
    text is read again. So it is read until nothing moves; twice, but for texts that were made to confuse.
    """
    for _ in range(_READINGS):
        clean = _CONTROL.sub("", _cleaner().clean(html))
        clean = _FIRST_LINE.sub(r"\1", clean) if "<pre" in clean else clean
        if clean == html:
            break
        html = clean
    return html


@cache
def _cleaner() -> nh3.Cleaner:
    import nh3  # noqa: PLC0415  # most builds convert nothing

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


def _mark_references(clean: str, stranded: str) -> tuple[str, tuple[Reference, ...]]:
    references: list[Reference] = []

    def hold(reference: Reference) -> str:
        references.append(reference)
        return f"{MARK}{len(references) - 1}{MARK}"

    def replace(match: re.Match[str]) -> str:
        opening, tag, attributes = match[1] or "", match[2], match[3]
        if tag == "img":
            found = {name: html.unescape(value) for name, value in _ATTRIBUTE.findall(attributes)}
            target, alt, title = (
                found.get("src", "").removeprefix(stranded),
                found.get("alt", ""),
                found.get("title", ""),
            )
            kind: Any = "figure" if opening else "picture"
            return opening + hold(Reference(kind, target, alt, title))
        href = _HREF.search(attributes)
        if href is None or _ELSEWHERE.match(href[1]):
            return match[0]
        mark = hold(Reference("link", html.unescape(href[1]).removeprefix(stranded)))
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
