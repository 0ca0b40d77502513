"""A view → what the head of its page says: title, Open Graph, Dublin Core; with JSON-LD from ``json_ld``. Pure.

Dublin Core: the six mandatory and four recommended elements of Thông tư 24/2011/TT-BTTTT, Điều 3 and 4.
"""

from __future__ import annotations

from datetime import datetime
from functools import singledispatch
from typing import Any

from msgspec.structs import replace

from loa import text
from loa.json_ld import json_ld_of
from loa.pieces import Card, Chrome, Link, Meta, Picture
from loa.views import (
    ArticleView,
    CitationsView,
    DocumentView,
    FeedsView,
    HomeView,
    IndexView,
    ListingView,
    NotFoundView,
    PageView,
    PendingView,
    RedirectView,
    RegisterView,
    SearchView,
    StubView,
    WithdrawnView,
)

_HOME = Link("Trang chủ", "/")
_REGISTER = Link("Văn bản", "/van-ban/")


def meta(view: Any, chrome: Chrome) -> Meta:
    """What the head of the page of ``view`` says."""
    described: Meta = _meta(view, chrome)
    json_ld, source = json_ld_of(view, described, chrome)
    return replace(described, json_ld=json_ld, json_ld_source=source)


def _base(chrome: Chrome, heading: str, description: str, url: str, crumbs: tuple[Link, ...] = (), **more: Any) -> Meta:
    title = heading if heading == chrome.title else f"{heading} – {chrome.title}"
    description = description or chrome.description or heading
    fields: dict[str, Any] = {
        "title": title,
        "heading": heading,
        "description": description,
        "url": url,
        "canonical": chrome.base_url + url,
        "kind": "website",
        "image": chrome.share_image,
        "image_alt": chrome.title,
        "image_width": 1200,
        "image_height": 630,
        "published": "",
        "modified": "",
        "section": "",
        "tags": (),
        "dublin_core": (),
        "crumbs": (_HOME, *crumbs, Link(heading, url)),
        "feeds": chrome.feeds,
        "json_ld": "",
        "json_ld_source": "",
        "webassembly": False,
        "robots": "",
        "current": url,
    }
    made = Meta(**{**fields, **more})
    return made if made.dublin_core else replace(made, dublin_core=_dublin_core(made, chrome))


def _dublin_core(
    made: Meta, chrome: Chrome, creator: str = "", source: str = "", subject: tuple[str, ...] = (), day: str = ""
) -> tuple[tuple[str, str], ...]:
    day = day or made.modified or made.published
    return (
        ("DC.title", made.heading),
        ("DC.creator", creator or chrome.organization),
        *((("DC.date", day),) if day else ()),
        ("DC.description", made.description),
        ("DC.publisher", chrome.organization),
        ("DC.identifier", made.canonical),
        ("DC.language", chrome.language),
        ("DC.source", source or chrome.title),
        ("DC.contributor", chrome.responsible or chrome.organization),
        *(("DC.subject", words) for words in subject or (chrome.organization,)),
    )


def _dated(made: Meta, chrome: Chrome, cards: tuple[Card, ...]) -> Meta:
    """A list is as new as its newest entry."""
    day = max((card.published for card in cards), default=None)
    return replace(made, dublin_core=_dublin_core(made, chrome, day=day.date().isoformat())) if day else made


def _pictured(picture: Picture | None) -> dict[str, Any]:
    if picture is None:
        return {}
    return {
        "image": picture.src,
        "image_alt": picture.alt or picture.caption,
        "image_width": picture.width,
        "image_height": picture.height,
    }


@singledispatch
def _meta(view: Any, _chrome: Chrome) -> Meta:
    raise TypeError(f"no metadata for {type(view).__name__}")


@_meta.register
def _(view: HomeView, chrome: Chrome) -> Meta:
    made = replace(_base(chrome, chrome.title, chrome.description, "/"), crumbs=())
    return _dated(made, chrome, (view.lead, *view.newest) if view.lead else view.newest)


@_meta.register
def _(view: ArticleView, chrome: Chrome) -> Meta:
    article = view.article
    published = _w3c(article.published, article.has_time)
    # Open Graph wants a full moment; a date alone is still a valid W3C date for Dublin Core.
    modified = _w3c(article.modified, article.modified_has_time) if article.modified else published
    made = _base(
        chrome,
        article.title,
        article.lead,
        article.url,
        (view.category,),
        kind="article",
        published=published,
        modified=modified,
        section=view.category.label,
        tags=article.tags,
        current=view.category.url,
        robots="noindex" if view.is_expired else "",
        **_pictured(view.picture),
    )
    creator = view.author.label if view.author else ""
    subjects = (view.category.label, *article.tags)
    return replace(made, dublin_core=_dublin_core(made, chrome, creator, article.source, subjects))


def _w3c(moment: datetime, has_time: bool) -> str:
    return moment.isoformat() if has_time else moment.date().isoformat()


@_meta.register
def _(view: PageView, chrome: Chrome) -> Meta:
    page = view.page
    modified = page.updated.date().isoformat() if page.updated else ""
    return _base(chrome, page.title, page.lead, page.url, modified=modified, **_pictured(view.picture))


@_meta.register
def _(view: DocumentView, chrome: Chrome) -> Meta:
    document = view.document
    modified = document.updated.date().isoformat() if document.updated else document.issued
    register = Link("Văn bản", "/van-ban/")
    made = _base(
        chrome,
        text.with_day(document.title, document.issued),
        document.subject,
        document.url,
        (register,),
        modified=modified,
    )
    made = replace(made, published=document.issued, current=register.url)
    subjects = (document.kind, document.field) if document.field else (document.kind,)
    return replace(made, dublin_core=_dublin_core(made, chrome, document.issuer, document.issuer, subjects))


@_meta.register
def _(view: ListingView, chrome: Chrome) -> Meta:
    where = f" – Trang {view.number}" if view.number else ""
    parents = (*view.parents, Link(view.title, view.front)) if view.number else view.parents
    description = view.description or f"Các tin của {chrome.title} trong mục {view.title}."
    made = _base(chrome, view.title + where, description + (where and f" Trang {view.number}."), view.url, parents)
    crumb = Link(f"Trang {view.number}", view.url) if view.number else Link(view.title, view.url)
    made = replace(made, crumbs=(*made.crumbs[:-1], crumb), current=view.front, feeds=(*chrome.feeds, *view.feeds))
    return _dated(made, chrome, view.cards)


@_meta.register
def _(view: StubView, chrome: Chrome) -> Meta:
    description = f"{view.name}: các tin, văn bản trên cổng nhắc đến văn bản này."
    made = _base(chrome, view.name, description, view.url, view.parents, robots="noindex")
    day = view.issued or max((line.day for line in view.citing), default="")
    return replace(made, current=_REGISTER.url, dublin_core=_dublin_core(made, chrome, view.issuer, day=day))


@_meta.register
def _(view: RegisterView, chrome: Chrome) -> Meta:
    where = f" – Trang {view.number}" if view.number else ""
    parents = (*view.parents, Link(view.title, view.front)) if view.number else view.parents
    made = _base(chrome, view.title + where, view.description, view.url, parents)
    crumb = Link(f"Trang {view.number}", view.url) if view.number else Link(view.title, view.url)
    made = replace(made, crumbs=(*made.crumbs[:-1], crumb), current=_REGISTER.url, feeds=(*chrome.feeds, *view.feeds))
    day = max((row.issued for row in view.rows), default="")
    return replace(made, dublin_core=_dublin_core(made, chrome, day=day)) if day else made


@_meta.register
def _(view: CitationsView, chrome: Chrome) -> Meta:
    # What nobody can date is for those who look for it.
    robots = "noindex" if view.downloads else ""
    made = _base(chrome, view.title, view.description, view.url, view.parents, robots=robots)
    return replace(made, current=_REGISTER.url)


@_meta.register
def _(view: IndexView, chrome: Chrome) -> Meta:
    return _base(chrome, view.title, view.description, view.url)


@_meta.register
def _(view: SearchView, chrome: Chrome) -> Meta:
    description = f"Tìm tin và văn bản trên {chrome.title} theo tiêu đề, số văn bản; gõ có dấu hay không dấu đều được."
    # What it shows comes from a script; robots find everything in the sitemaps.
    return _base(chrome, "Tìm kiếm", description, view.url, robots="noindex", webassembly=bool(view.texts))


@_meta.register
def _(view: FeedsView, chrome: Chrome) -> Meta:
    feeds = tuple(feed for group in view.groups for feed in group.feeds)
    return _base(chrome, view.title, f"Các bản tin RSS và Atom của {chrome.title}.", view.url, feeds=feeds)


@_meta.register
def _(_view: NotFoundView, chrome: Chrome) -> Meta:
    made = _base(chrome, "Không tìm thấy trang", "Địa chỉ này không có trên cổng.", "/404.html", robots="noindex")
    return replace(made, current="", crumbs=())


@_meta.register
def _(view: PendingView, chrome: Chrome) -> Meta:
    description = "Nội dung của trang này đang được hoàn thiện."
    return replace(_base(chrome, "Trang đang được cập nhật", description, view.url, robots="noindex"), crumbs=())


@_meta.register
def _(view: WithdrawnView, chrome: Chrome) -> Meta:
    words, day = "Nội dung ở địa chỉ này đã được gỡ bỏ.", _w3c(view.withdrawal.at, view.withdrawal.has_time)
    return _base(chrome, view.title, words, view.url, robots="noindex", modified=day)


@_meta.register
def _(view: RedirectView, chrome: Chrome) -> Meta:
    made = _base(chrome, view.title, view.title, view.url, robots="noindex")
    return replace(made, canonical=chrome.base_url + view.target, crumbs=())
