"""View → bytes: Jinja for pages, feedgen for feeds, Pillow for pictures. Never sees the Library.

The environment has no globals and no way out: a template can use what its view holds and nothing else,
which is what makes a view's fingerprint the whole truth about a page.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from jinja2 import BytecodeCache, ChoiceLoader, Environment, FileSystemLoader, StrictUndefined, Template
from jinja2.runtime import Macro
from markupsafe import Markup, escape
from msgspec.structs import asdict

from loa import site_messages, text
from loa.document_pieces import CitedLink
from loa.errors import TemplateFaultError, problem
from loa.metadata import meta
from loa.model import MARK, Body, Size
from loa.pictures import Encoder
from loa.pieces import Chrome, FeedItem, Picture, Variant
from loa.redirect_data import redirect_map
from loa.register_data import register_data
from loa.search_data import search_data
from loa.views import (
    ArticleView,
    CitationDataView,
    CitationsView,
    DataView,
    DocumentView,
    FeedsView,
    FeedView,
    HomeView,
    IndexView,
    LeadsView,
    ListingView,
    LookupView,
    ManifestView,
    NewsSitemapView,
    NotFoundView,
    PageView,
    PendingView,
    PictureView,
    RedirectMapView,
    RedirectView,
    RegisterDataView,
    RegisterView,
    RobotsView,
    SearchView,
    SecurityView,
    SitemapIndexView,
    SitemapView,
    StubView,
    TextView,
    View,
    WithdrawnView,
)

# What macros made of how many values is kept, for pages to come that show the same: cards, lines, the frame.
_ONCE = 16_384
_FEED_NOTES = "feed_notes"
BODY_PICTURE = "components/body_picture.html"
PAGE_TEMPLATES: dict[type, str] = {
    HomeView: "pages/home.html",
    ArticleView: "pages/article.html",
    PageView: "pages/page.html",
    DocumentView: "pages/document.html",
    RegisterView: "pages/register.html",
    StubView: "pages/stub.html",
    CitationsView: "pages/citations.html",
    SearchView: "pages/search.html",
    ListingView: "pages/listing.html",
    IndexView: "pages/index.html",
    FeedsView: "pages/feeds.html",
    NotFoundView: "pages/404.html",
    PendingView: "pages/pending.html",
    WithdrawnView: "pages/withdrawn.html",
    RedirectView: "pages/redirect.html",
}
PLAIN_TEMPLATES: dict[type, str] = {
    SitemapView: "feeds/sitemap.xml",
    SitemapIndexView: "feeds/sitemap-index.xml",
    NewsSitemapView: "feeds/sitemap-news.xml",
    RobotsView: "feeds/robots.txt",
    SecurityView: "feeds/security.txt",
}


def templates_of(view_type: type) -> tuple[str, ...]:
    """The templates that make the outputs of a view type; empty for those made without one."""
    if view_type in (ArticleView, PageView, DocumentView):
        return PAGE_TEMPLATES[view_type], BODY_PICTURE
    if view_type is FeedView:
        return (BODY_PICTURE,)
    name = PAGE_TEMPLATES.get(view_type) or PLAIN_TEMPLATES.get(view_type)
    return (name,) if name else ()


class Renderer:
    """Makes the bytes of any view of one build. ``html_of`` gives the HTML of a body by its digest."""

    def __init__(
        self,
        chrome: Chrome,
        template_folders: tuple[Path, ...],
        html_of: Callable[[str], str],
        content: Path,
        encoder: Encoder,
        compiled: BytecodeCache | None = None,
    ) -> None:
        self.chrome = chrome
        self._html_of = html_of
        self._content = content
        self._encoder = encoder
        self._environment = environment(chrome, template_folders, compiled)

    def render(self, view: View) -> bytes:
        """The bytes of the output whose view this is. FileViews are copied by the store, not rendered."""
        kind = type(view)
        if kind in PAGE_TEMPLATES:
            return self._page(view, PAGE_TEMPLATES[kind])
        if kind in PLAIN_TEMPLATES:
            template = self._environment.get_template(PLAIN_TEMPLATES[kind])
            return template.render(**_fields(view), chrome=self.chrome).encode()
        if isinstance(view, PictureView):
            size = Size(view.width, view.height)
            return self._encoder.encode(self._content / view.source, view.digest, size, view.format)
        if isinstance(view, FeedView):
            from loa.feeds import feed_bytes  # noqa: PLC0415  # heavy, and most builds need it for few outputs

            return feed_bytes(view, self.chrome, self._feed_content)
        if isinstance(view, DataView):
            return self._data(view)
        if isinstance(view, TextView):
            return view.text.encode()
        raise TypeError(f"nothing renders {kind.__name__}")

    def _data(self, view: DataView) -> bytes:
        if isinstance(view, RegisterDataView | CitationDataView):
            return register_data(view, self.chrome.base_url)
        if isinstance(view, LookupView | LeadsView):
            return search_data(view)
        if isinstance(view, RedirectMapView):
            return redirect_map(view, urlsplit(self.chrome.base_url).path)
        return _manifest(view, urlsplit(self.chrome.base_url).path)

    def _page(self, view: View, name: str) -> bytes:
        context = _fields(view)
        if isinstance(view, ArticleView):
            context["content"] = self._body(view.article.body, view.links, view.pictures, view.cited)
        elif isinstance(view, PageView):
            context["content"] = self._body(view.page.body, view.links, view.pictures, view.cited)
        elif isinstance(view, DocumentView):
            context["content"] = self._body(view.document.body, view.links, view.pictures, view.cited)
        template = self._environment.get_template(name)
        return template.render(**context, chrome=self.chrome, meta=_Meta(view, self.chrome)).encode()

    def _body(
        self, body: Body, links: tuple[str, ...], pictures: tuple[Picture, ...], cited: tuple[CitedLink, ...]
    ) -> Markup:
        return self._filled(body, links, pictures, cited, "body_picture", "href")

    def _feed_content(self, item: FeedItem) -> str:
        if item.body.is_long:
            # Readers fetch a feed again and again, with all that is in it; it has a summary.
            return ""
        notes = ""
        if item.corrections:
            notes = str(self._macro(_FEED_NOTES)(item.corrections))
        filled = self._filled(item.body, item.links, item.pictures, item.cited, "feed_picture", "absolute")
        return notes + str(filled)

    def _filled(
        self,
        body: Body,
        links: tuple[str, ...],
        pictures: tuple[Picture, ...],
        cited: tuple[CitedLink, ...],
        macro: str,
        address: str,
    ) -> Markup:
        """The HTML of a body with its references filled in. It was sanitised when it was converted."""
        html = self._html_of(body.digest)
        if MARK not in html:
            return Markup(html)  # noqa: S704  # sanitised
        to_address = self._environment.filters[address]
        filled = self._references(body, links, pictures, macro, to_address) if body.references else []
        parts = html.split(MARK)
        parts[1::2] = (_mark(mark, filled, cited, to_address) for mark in parts[1::2])
        return Markup("".join(parts))  # noqa: S704  # sanitised; what was filled in is escaped

    def _references(
        self,
        body: Body,
        links: tuple[str, ...],
        pictures: tuple[Picture, ...],
        macro: str,
        to_address: Callable[[str], str],
    ) -> list[str]:
        """What stands for the markers of pictures and addresses."""
        to_picture = self._macro(macro)
        link: Iterator[str] = iter(links)
        picture: Iterator[Picture] = iter(pictures)
        return [
            str(Markup.escape(to_address(next(link))))
            if reference.kind == "link"
            else str(to_picture(next(picture), reference.kind == "figure")).strip()
            for reference in body.references
        ]

    def _macro(self, name: str) -> Macro:
        """A macro of the template for what stands inside a text, which the site may have replaced by its own."""
        template = self._environment.get_template(BODY_PICTURE)
        macro: Macro | None = getattr(template.module, name, None)
        if macro is None:
            raise TemplateFaultError(problem(str(template.filename), site_messages.macro_missing(name)))
        return macro


def _mark(mark: str, filled: list[str], cited: tuple[CitedLink, ...], to_address: Callable[[str], str]) -> str:
    """What stands for a marker: a picture, an address, or the beginning or end of a citation."""
    if mark[0] not in "[]":
        return filled[int(mark)]
    link = cited[int(mark[1:])] if cited else None
    if link is None or not link.url:
        return '<cite class="citation">' if mark[0] == "[" else "</cite>"
    if mark[0] == "]":
        return "</a>"
    return f'<a class="citation" href="{escaped(to_address(link.url))}" title="{escaped(link.title)}">'


class _Meta:
    """``metadata.meta`` of a view for templates, made when one first asks for it."""

    def __init__(self, view: View, chrome: Chrome) -> None:
        self._of = (view, chrome)

    def __getattr__(self, name: str) -> object:
        made = meta(*self._of)
        self.__dict__ |= asdict(made)
        return getattr(made, name)

    def __str__(self) -> str:
        return str(meta(*self._of))


def escaped(value: object) -> str:
    """``value`` as it may stand in HTML: what ``markupsafe.escape`` gives, and nine times in ten sooner.

    That makes ``Markup`` of every text, which takes three times as long as to see that there is nothing to escape.
    """
    if type(value) is str and not (
        "&" in value or "<" in value or ">" in value or '"' in value or "'" in value  # each sought by memchr
    ):
        return value
    return escape(value)


class _Template(Template):
    """A template that prints by ``escaped``."""

    @classmethod
    def from_code(cls, *arguments: Any, **options: Any) -> Template:
        made = super().from_code(*arguments, **options)
        # Compiled templates call this name for what they print, and for nothing else.
        made.root_render_func.__globals__["escape"] = escaped
        return made


def environment(
    chrome: Chrome, template_folders: tuple[Path, ...], compiled: BytecodeCache | None = None
) -> Environment:
    """Jinja with our filters: strict, escaping, without globals. Earlier folders win over later ones."""
    made = Environment(
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in template_folders]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=compiled,
    )
    made.template_class = _Template
    made.globals.clear()
    base_path = urlsplit(chrome.base_url).path

    def href(url: str) -> str:
        return base_path + url if url.startswith("/") else url

    def absolute(url: str) -> str:
        return chrome.base_url + url if url.startswith("/") else url

    def srcset(variants: tuple[Variant, ...]) -> str:
        return ", ".join(f"{href(variant.url)} {variant.width}w" for variant in variants)

    @lru_cache(maxsize=_ONCE)
    def once(macro: Macro, *values: object) -> str:
        # Values that are equal in one build print alike: a card or line belongs to one address.
        return macro(*values)

    made.filters |= {
        "once": once,
        "unbroken": unbroken,
        "href": href,
        "absolute": absolute,
        "srcset": srcset,
        "day": text.format_day,
        "issued": text.format_issued,
        "issued_short": text.format_day_of,
        "moment": text.format_moment,
        "iso": lambda moment: moment.isoformat(),
        "isodate": lambda day: f"{day.year:04}-{day.month:02}-{day.day:02}",
        "number": text.format_number,
        "filesize": text.format_size,
        "slug": text.slug,
        "mailto_subject": lambda words: quote(words, safe=""),
    }
    return made


# The number of a document with its symbol.
_NUMBER = re.compile(r"(?<!\S)\d+[/-][\d/-]*[^\W\d_][\w/-]*")


def unbroken(words: str) -> Markup:
    """``words`` as HTML in which no line ends inside the number of a document, 12/2026/QĐ-UBND, if it has room.

    By an element and not by other hyphens: a number is copied, and looked for in the page, as it is typed.
    """
    return Markup(_NUMBER.sub(r'<span class="unbroken">\g<0></span>', str(escape(words))))  # noqa: S704  # escaped


def _fields(view: View) -> dict[str, object]:
    fields: dict[str, object] = asdict(view)
    return fields


def _manifest(view: ManifestView, base_path: str) -> bytes:
    icons = [
        {
            "src": f"{base_path}/icon-{size}.png",
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": "any maskable",
        }
        for size in (192, 512)
    ]
    manifest = {
        "name": view.name,
        "short_name": view.short_name,
        "description": view.description,
        "lang": view.language,
        "start_url": f"{base_path}/",
        "scope": f"{base_path}/",
        "display": "minimal-ui",
        "background_color": "#ffffff",
        "theme_color": "#0b5a7a",
        "icons": icons,
    }
    return (json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode()
