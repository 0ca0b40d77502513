"""A view and what its head says → JSON-LD for machines that search: schema.org. Pure.

NewsArticle, Legislation, WebPage, BreadcrumbList, GovernmentOrganization.
"""

from __future__ import annotations

from base64 import b64encode
from functools import lru_cache
from hashlib import sha256
from typing import Any

import msgspec
from markupsafe import Markup

from loa.model import Life
from loa.pieces import Chrome, Meta, Picture
from loa.views import ArticleView, DocumentView, HomeView, IndexView, ListingView, RegisterView


def json_ld_of(view: Any, described: Meta, chrome: Chrome) -> tuple[Markup, Markup]:
    """The JSON-LD of the page of ``view``, safe in a script element, and what a Content-Security-Policy calls it."""
    graph = [_organization(chrome), _thing(view, described, chrome)]
    if len(described.crumbs) > 1:
        graph.append(_breadcrumbs(described, chrome))
    json_ld = _script_safe({"@context": "https://schema.org", "@graph": graph})
    digest = b64encode(sha256(json_ld.encode()).digest()).decode()
    return json_ld, Markup(f"'sha256-{digest}'")  # noqa: S704  # base64


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
        life = view.article.life or Life()
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
            "expires": life.expires.moment.isoformat() if life.expires else "",
            "correction": [
                {"@type": "CorrectionComment", "text": correction.note, "datePublished": correction.at.isoformat()}
                for correction in life.corrections
            ],
            "citation": [
                {"@type": "Legislation", "name": cited.name, "url": chrome.base_url + cited.url}
                for cited in view.documents
            ],
        }
    if isinstance(view, DocumentView):
        thing |= _legislation(view, described)
    return _without_blanks(thing)


_FORCE = {
    "pending": "NotInForce",
    "in_force": "InForce",
    "partly_expired": "PartiallyInForce",
    "expired": "NotInForce",
    "suspended": "NotInForce",
}


def _legislation(view: DocumentView, described: Meta) -> dict[str, Any]:
    """What schema.org/Legislation says of a document."""
    document = view.document
    force = _FORCE.get(view.validity.status, "")
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
