"""Is what a peer built what the corpus asks for? Looks at the pages as a reader or a robot would."""

from __future__ import annotations

import html
import json
import random
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

from bench.corpus import CATEGORIES, Entry
from bench.peers import BEFORE, Peer

SITE = "https://benchmark.example"
EARLIER, LISTED = 15, 20
# Up to so many articles each page is looked at; of more, a sample.
ALL, SAMPLE = 1_010, 500
# A fault is seldom alone.
TOLD = 10

_LINK = re.compile(r'<a\b[^>]*\bhref="(/tin/[^"]+\.html)"[^>]*>(.*?)</a>', re.DOTALL)
_DATED = re.compile(_LINK.pattern + r'.*?<time\b[^>]*\bdatetime="([\d-]{10})[^"]*"[^>]*>([^<]*)</time>', re.DOTALL)
_SLUGS = {category.name: category.slug for category in CATEGORIES}


class Expected(NamedTuple):
    """What there ought to be: all articles and those of each category, oldest first; the staged site they lie in."""

    stage: Path
    entries: list[Entry]
    shelves: dict[str, list[Entry]]


def expected(stage: Path) -> Expected:
    """What the manifest of a staged site asks for."""
    entries: list[Entry] = [json.loads(line) for line in (stage / "manifest.jsonl").open(encoding="utf-8")]
    shelves: dict[str, list[Entry]] = {name: [] for name in _SLUGS}
    for entry in entries:
        shelves[entry["category"]].append(entry)
    return Expected(stage, entries, shelves)


def verify(peer: Peer, stage: Path, *, title: str = BEFORE) -> list[str]:
    """What is wrong with the site that the peer built in ``stage``; ``title`` stands above the earlier articles."""
    wanted = expected(stage)
    faults: list[str] = []
    for check in (
        _pages(wanted),
        _articles(peer, wanted, title),
        _listings(peer, wanted),
        _home(peer, wanted),
        _feeds(peer, wanted),
        _sitemap(wanted),
    ):
        try:
            for fault in check:
                faults.append(fault)
                if len(faults) >= TOLD:
                    return faults
        except (OSError, ET.ParseError, AttributeError, IndexError) as error:
            faults.append(f"{type(error).__name__}: {error}".replace(str(stage), ""))
    return faults


# --- what the pages say ------------------------------------------------------------------


def _url(entry: Entry) -> str:
    return f"/{entry['path'].removesuffix('.md')}.html"


def _read(stage: Path, url: str) -> str:
    path = url.lstrip("/") + ("index.html" if url.endswith("/") else "")
    return (stage / "public" / path).read_text(encoding="utf-8")


def _words(markup: str) -> str:
    """The text of some HTML, in single spaces."""
    within = re.sub(r"</?(?:a|cite|em|strong|span)\b[^>]*>", "", markup)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", within)).split())


def _links(markup: str) -> list[str]:
    """The articles that a page links to, in order, each once."""
    return list(dict.fromkeys(url for url, _ in _LINK.findall(markup)))


def _day(entry: Entry) -> str:
    return f"{date.fromisoformat(entry['date'][:10]):%d/%m/%Y}"


class Source(NamedTuple):
    """What an article's file says: its summary, and the words of its text in the order of the page."""

    summary: str
    said: list[str]


def _source(stage: Path, entry: Entry) -> Source:
    _, front, body = (stage / "content" / entry["path"]).read_text(encoding="utf-8").split("---\n", 2)
    summary = re.search(r'^summary: "(.*)"$', front, re.MULTILINE)
    assert summary
    body = re.sub(r"^(?:> ?|- |\d+\. |## |\|[-:|]+$)", "", body, flags=re.MULTILINE)
    body = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", body).replace("*", "")
    said = [" ".join(part.split()) for part in re.split(r"[\n|]+", body)]
    return Source(summary[1], [part for part in said if part])


# --- the checks ----------------------------------------------------------------------------


def _pages(wanted: Expected) -> Iterator[str]:
    """A page for each article, and no other."""
    public = wanted.stage / "public"
    found = {f"/{path.relative_to(public)}" for path in (public / "tin").rglob("*.html")}
    urls = {_url(entry) for entry in wanted.entries}
    if found != urls:
        yield f"{len(urls - found)} article pages are missing, {len(found - urls)} are too many"


def _sampled(wanted: Expected) -> set[str]:
    """The articles to look at: all of a few, of many a sample with both ends."""
    urls = [_url(entry) for entry in wanted.entries]
    if len(urls) <= ALL:
        return set(urls)
    draw = random.Random(len(urls))  # noqa: S311  # has to be foreseeable
    return {*urls[:20], *urls[-20:], *draw.sample(urls, SAMPLE - 40)}


def _articles(peer: Peer, wanted: Expected, title: str) -> Iterator[str]:
    """Title, date, author, views, category, summary, text and the earlier articles."""
    sampled = _sampled(wanted)
    for shelf in wanted.shelves.values():
        for place, entry in enumerate(shelf):
            if _url(entry) in sampled:
                earlier = shelf[max(0, place - EARLIER) : place][::-1]
                for fault in _article(peer, wanted, entry, earlier, title):
                    yield f"{_url(entry)}: {fault}"


def _article(peer: Peer, wanted: Expected, entry: Entry, earlier: list[Entry], title: str) -> Iterator[str]:
    page = _read(wanted.stage, _url(entry))
    above, _, below = page.partition(f">{title}<")
    heading = re.search(r"<h1\b[^>]*>(.*?)</h1>", above, re.DOTALL)
    if not heading or _words(heading[1]) != entry["title"]:
        yield "the title is wrong"
    moment = re.search(r'<time\b[^>]*\bdatetime="([^"]*)"[^>]*>([^<]*)</time>', above)
    if not moment or html.unescape(moment[1]) != entry["date"] or _day(entry) not in moment[2]:
        yield "the date is wrong"
    if f'href="/chuyen-muc/{_SLUGS[entry["category"]]}/"' not in above:
        yield "the link to the category is wrong"
    words = _words(above)
    source = _source(wanted.stage, entry)
    views = f"{entry['views']:,}".replace(",", ".") if peer.theme else str(entry["views"])
    for name, text in (("author", entry["author"]), ("views", f"{views} lượt xem"), ("summary", source.summary)):
        if text not in words:
            yield f"the {name} is missing"
    position = words.find(source.summary)
    for said in source.said:
        position = words.find(said, position)
        if position < 0:
            yield f"the text lacks {said[:50]!r}"
            break
    shown = [(url, _words(label), day, words) for url, label, day, words in _DATED.findall(below.partition("</ul>")[0])]
    if shown != [(_url(item), item["title"], item["date"][:10], _day(item)) for item in earlier]:
        yield f"the {len(earlier)} earlier articles are wrong"


def _listings(peer: Peer, wanted: Expected) -> Iterator[str]:
    """Every article is in the listing of its category; pages of 20, newest first."""
    for name, shelf in wanted.shelves.items():
        folder = wanted.stage / "public/chuyen-muc" / _SLUGS[name]
        order = {_url(entry): number for number, entry in enumerate(shelf)}
        seen: list[str] = []
        for path in [folder / "index.html", *sorted(folder.glob("trang/*/index.html"))]:
            page = path.read_text(encoding="utf-8")
            urls = _links(page)
            seen += urls
            numbers = [order.get(url, -1) for url in urls]
            if len(urls) > LISTED or -1 in numbers or numbers != sorted(numbers, reverse=True):
                yield f"{path.relative_to(folder.parent)} is not up to 20 of {name}, newest first"
            elif path.parent == folder:
                words = _words(page)
                for entry in shelf[: -LISTED - 1 : -1]:
                    if not all(
                        text in words for text in (entry["title"], _day(entry), _source(wanted.stage, entry)[0])
                    ):
                        yield f"the front of {name} lacks title, date or summary of {_url(entry)}"
        if set(seen) != set(order):
            yield f"{len(set(order) - set(seen))} articles of {name} are in no listing"
        if len(seen) != len(set(seen)) and not peer.repeats:
            yield f"{len(seen) - len(set(seen))} articles of {name} are listed twice"


def _home(peer: Peer, wanted: Expected) -> Iterator[str]:
    """The newest articles, and a link to each category."""
    page = _read(wanted.stage, "/")
    newest = [_url(entry) for entry in wanted.entries[: -LISTED - 1 : -1]]
    links = _links(page)
    # The real theme has a layout of its own, with fewer of the newest.
    if newest[0] not in links if peer.theme else links != newest:
        yield "the home page lacks the newest"
    if not all(f'href="/chuyen-muc/{_SLUGS[name]}/"' in page for name, shelf in wanted.shelves.items() if shelf):
        yield "the home page lacks a category"


def _feeds(peer: Peer, wanted: Expected) -> Iterator[str]:
    """The 20 newest with summary and full text, for the site and for each category."""
    feeds = {"": wanted.entries} | {
        f"chuyen-muc/{_SLUGS[name]}/": shelf for name, shelf in wanted.shelves.items() if shelf
    }
    for folder, entries in feeds.items():
        items = ET.parse(wanted.stage / "public" / folder / "rss.xml").getroot().findall("channel/item")  # noqa: S314  # just built
        newest = entries[: -LISTED - 1 : -1]
        if [(item.findtext("link"), item.findtext("title")) for item in items] != [
            (SITE + _url(entry), entry["title"]) for entry in newest
        ]:
            yield f"{folder}rss.xml does not hold the newest"
            continue
        for item, entry in zip(items, newest, strict=True):
            source = _source(wanted.stage, entry)
            description = item.findtext("description") or ""
            text = item.findtext("{http://purl.org/rss/1.0/modules/content/}encoded") or description
            if source.said[-1] not in _words(text):
                yield f"{folder}rss.xml lacks the text of {_url(entry)}"
            if description != source.summary and not peer.short_feeds:
                yield f"{folder}rss.xml lacks the summary of {_url(entry)}"


def _sitemap(wanted: Expected) -> Iterator[str]:
    """Every article is in the sitemap, or in one of those that it names."""
    found: set[str] = set()
    pending = ["/sitemap.xml"]
    for url in pending:
        root = ET.parse(wanted.stage / "public" / url.lstrip("/")).getroot()  # noqa: S314  # just built, by a peer that we started
        urls = [
            (loc.text or "").removeprefix(SITE) for loc in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")
        ]
        if root.tag.endswith("sitemapindex"):
            pending += urls
        else:
            found |= {url for url in urls if url.startswith("/tin/")}
    if missing := {_url(entry) for entry in wanted.entries} ^ found:
        yield f"{len(missing)} articles are missing in the sitemap, or too many"
