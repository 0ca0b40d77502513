"""A view → what the head of its page says: title, Open Graph, Dublin Core, JSON-LD. Pure.

Dublin Core: the six mandatory and four recommended elements of Thông tư 24/2011/TT-BTTTT, Điều 3 and 4.
JSON-LD: schema.org NewsArticle, WebPage, BreadcrumbList, GovernmentOrganization.
"""

from __future__ import annotations

from base64 import b64encode
from datetime import datetime
from functools import lru_cache, singledispatch
from hashlib import sha256
from typing import Any, Literal

import msgspec
from markupsafe import Markup
from msgspec.structs import replace

from loa import text
from loa.model import Record
from loa.views import (
    ArticleView,
    Card,
    Chrome,
    CitationsView,
    DocumentView,
    FeedLink,
    FeedsView,
    HomeView,
    IndexView,
    Link,
    ListingView,
    NotFoundView,
    PageView,
    PendingView,
    Picture,
    RedirectView,
    RegisterView,
    StubView,
)


class Meta(Record, frozen=True):
    """What the head of a page says about it; made from a view by ``metadata.meta``.

    ``title`` is the whole text of the title element; ``heading`` the page's own name.
    ``dublin_core`` are name and content of the ``DC.*`` elements; ``json_ld`` is safe inside a script element,
    and ``json_ld_source`` is what a Content-Security-Policy calls it (CSP 3, 2.3.1): browsers run no data and need no
    leave for it, but checkers ask.
    ``current`` is the site path of the menu entry that is to be marked as the present one.
    """

    title: str
    heading: str
    description: str
    url: str
    canonical: str
    kind: Literal["article", "website"]
    image: str
    image_alt: str
    image_width: int
    image_height: int
    published: str
    modified: str
    section: str
    tags: tuple[str, ...]
    dublin_core: tuple[tuple[str, str], ...]
    crumbs: tuple[Link, ...]
    feeds: tuple[FeedLink, ...]
    json_ld: str
    json_ld_source: str
    robots: str
    current: str


_HOME = Link("Trang chủ", "/")
_REGISTER = Link("Văn bản", "/van-ban/")


def meta(view: Any, chrome: Chrome) -> Meta:
    """What the head of the page of ``view`` says."""
    described: Meta = _meta(view, chrome)
    graph = [_organization(chrome), _thing(view, described, chrome)]
    if len(described.crumbs) > 1:
        graph.append(_breadcrumbs(described, chrome))
    json_ld = _script_safe({"@context": "https://schema.org", "@graph": graph})
    digest = b64encode(sha256(json_ld.encode()).digest()).decode()
    return replace(described, json_ld=json_ld, json_ld_source=Markup(f"'sha256-{digest}'"))  # noqa: S704  # base64


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
    modified = _w3c(article.updated, article.updated_has_time) if article.updated else published
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
    made = _base(chrome, view.name, description, view.url, (_REGISTER,), robots="noindex")
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
def _(view: RedirectView, chrome: Chrome) -> Meta:
    made = _base(chrome, view.title, view.title, view.url, robots="noindex")
    return replace(made, canonical=chrome.base_url + view.target, crumbs=())


# --- JSON-LD -------------------------------------------------------------------


@lru_cache(maxsize=1)
def _organization(chrome: Chrome) -> dict[str, Any]:
    contact = {"@type": "ContactPoint", "contactType": "customer service", "availableLanguage": "vi"}
    return _without_blanks(
        {
            "@type": "GovernmentOrganization",
            "@id": f"{chrome.base_url}/#co-quan",
            "name": chrome.organization,
            "url": f"{chrome.base_url}/",
            "logo": f"{chrome.base_url}/icon-512.png",
            "address": chrome.address,
            "telephone": chrome.phone,
            "email": chrome.email,
            "contactPoint": {**contact, "telephone": chrome.phone, "email": chrome.email} if chrome.phone else "",
        }
    )


def _thing(view: Any, described: Meta, chrome: Chrome) -> dict[str, Any]:
    thing: dict[str, Any] = {
        "@type": "CollectionPage" if isinstance(view, ListingView | IndexView | RegisterView) else "WebPage",
        "@id": described.canonical,
        "url": described.canonical,
        "name": described.heading,
        "description": described.description,
        "inLanguage": chrome.language,
        "dateModified": described.modified,
        "publisher": {"@id": f"{chrome.base_url}/#co-quan"},
    }
    if isinstance(view, HomeView):
        thing["@type"] = "WebSite"
    if isinstance(view, ArticleView):
        thing |= {
            "@type": "NewsArticle",
            "headline": described.heading,
            "mainEntityOfPage": described.canonical,
            "datePublished": described.published,
            "articleSection": described.section,
            "keywords": ", ".join(described.tags),
            "image": _image(view.picture, chrome),
            "author": _author(view, chrome),
            "wordCount": view.article.body.words,
            "isAccessibleForFree": True,
            "citation": [
                {"@type": "Legislation", "name": cited.name, "url": chrome.base_url + cited.url}
                for cited in view.documents
            ],
        }
    if isinstance(view, DocumentView):
        thing |= _legislation(view, described)
    return _without_blanks(thing)


_FORCE = {
    "in_force": "InForce",
    "partly_expired": "PartiallyInForce",
    "expired": "NotInForce",
    "suspended": "NotInForce",
}


def _legislation(view: DocumentView, described: Meta) -> dict[str, Any]:
    """What schema.org/Legislation says of a document."""
    document = view.document
    force = _FORCE.get(document.status, "")
    return {
        "@type": "Legislation",
        "mainEntityOfPage": described.canonical,
        "legislationIdentifier": document.number,
        "legislationType": document.kind,
        "legislationDate": document.issued,
        "legislationDateVersion": document.updated.date().isoformat() if document.updated else "",
        "datePublished": document.issued,
        "legislationPassedBy": {"@type": "GovernmentOrganization", "name": document.issuer},
        "legislationLegalForce": f"https://schema.org/{force}" if force else "",
        "temporalCoverage": f"{document.effective}/{document.expires or '..'}" if document.effective else "",
        "about": document.field,
        "abstract": document.subject,
    }


def _image(picture: Picture | None, chrome: Chrome) -> list[dict[str, Any]]:
    if picture is None:
        return []
    image = {
        "@type": "ImageObject",
        "url": chrome.base_url + picture.src,
        "width": picture.width,
        "height": picture.height,
        "caption": picture.caption or picture.alt,
        "creditText": picture.credit,
    }
    return [_without_blanks(image)]


def _author(view: ArticleView, chrome: Chrome) -> dict[str, Any]:
    if view.author is None:
        return {"@id": f"{chrome.base_url}/#co-quan"}
    kind = "Person" if view.author.kind == "person" else "GovernmentOrganization"
    address = chrome.base_url + view.author.url if view.author.url else ""
    return _without_blanks({"@type": kind, "name": view.author.label, "url": address})


def _breadcrumbs(described: Meta, chrome: Chrome) -> dict[str, Any]:
    items = [
        {"@type": "ListItem", "position": position, "name": crumb.label, "item": chrome.base_url + crumb.url}
        for position, crumb in enumerate(described.crumbs, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _without_blanks(thing: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in thing.items() if value not in ("", [], (), None)}


def _script_safe(data: dict[str, Any]) -> Markup:
    """JSON that cannot end the script element it stands in, whatever a title says."""
    text = msgspec.json.encode(data).decode()
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704  # every character that HTML minds was escaped above
