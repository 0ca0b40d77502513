"""FeedView → RSS 2.0 or Atom, by feedgen. Same view, same bytes: no clock, dates from the entries.

Imported only when a feed is stale, since feedgen and lxml are a third of all import time.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from feedgen.feed import FeedGenerator

from loa.pieces import Chrome, FeedItem
from loa.views import FeedView


def feed_bytes(view: FeedView, chrome: Chrome, content_of: Callable[[FeedItem], str]) -> bytes:
    """The feed; ``content_of`` gives an item's full text as HTML with absolute addresses, or nothing."""
    feed = FeedGenerator()
    feed.load_extension("dc")
    feed.load_extension("media")
    feed.id(view.id)
    feed.title(view.title)
    feed.description(view.description)
    feed.subtitle(view.description)
    feed.language(chrome.language)
    feed.author({"name": chrome.organization})
    feed.rights(chrome.organization)
    feed.generator("Loa")
    media_type = "application/rss+xml" if view.format == "rss" else "application/atom+xml"
    # The channel's own link is the last one given, so the page comes after the feed itself.
    feed.link(href=chrome.base_url + view.url, rel="self", type=media_type)
    feed.link(href=chrome.base_url + view.page, rel="alternate", type="text/html")
    feed.updated(view.updated)
    feed.lastBuildDate(view.updated)
    for item in view.items:
        _add(feed, view, item, chrome, content_of(item))
    data = feed.rss_str(pretty=True) if view.format == "rss" else feed.atom_str(pretty=True)
    return bytes(data)


def _add(feed: FeedGenerator, view: FeedView, item: FeedItem, chrome: Chrome, content: str) -> None:
    author = item.author or chrome.organization
    # The default order prepends, which would turn the list round.
    entry = feed.add_entry(order="append")
    entry.title(item.title)
    entry.link(href=chrome.base_url + item.url, rel="alternate", type="text/html")
    entry.published(item.published)
    entry.updated(item.updated)
    entry.category([{"term": term} for term in item.terms])
    entry.author({"name": author})
    entry.dc.dc_creator(author)
    # In RSS it is the one plain text that readers take for HTML (RSS Advisory Board, Really Simple Syndication Best
    # Practices Profile, 4.1); in Atom it is what its type says.
    entry.summary(escape(item.summary, quote=False) if view.format == "rss" else item.summary)
    entry.id(item.id)
    if view.format == "rss":
        entry.guid(item.id, permalink=False)
        entry.pubDate(item.published)
    if content:
        entry.content(content, type="CDATA" if view.format == "rss" else "html")
    if item.picture:
        picture = item.picture
        entry.media.content(
            {
                "url": chrome.base_url + picture.src,
                "type": "image/jpeg",
                "medium": "image",
                "width": str(picture.width),
                "height": str(picture.height),
            },
            group=None,
        )
