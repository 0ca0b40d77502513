"""The gate: what is made is read once more before the first published file is touched (ADR 20). Pure.

It knows nothing of how outputs are made, only their bytes and which files there will be: what it finds is a fault of a
template, of a stylesheet, of the disk, or ours. The texts have been judged before.
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree as ET

from loa import gate_messages
from loa.addresses import output_path
from loa.config import FILE as SITE_TOML
from loa.config import Config
from loa.errors import Problem, Words, problem
from loa.gate_html import HtmlGate, is_json

# So many pages may go at once without a question, on a site however small: those of a few tags, a list that is shorter.
_FEW = 10
# And so many of a hundred of a larger one.
_PERCENT = 5
# Faults that are told each by itself.
_TOLD = 30

# What stylesheets and scripts load.
_NAMES = {
    "css": re.compile(r"""(?:\burl\(\s*|@import\s+)["']?(?!url\()([^"')\s;]*)"""),
    "js": re.compile(r"""^\s*(?:import|export)\b[^;'"(]*["']([^"']+)["']""", re.MULTILINE),
}
_SITEMAPS = re.compile(r"(?mi)^sitemap:\s*(\S+)")
# Up to so many addresses are sought in a page one by one, a fifth of the time that taking out all it has takes.
_SOUGHT = 8
_NAMED_IN = re.compile(rb'\b(?:href|src|srcset|action)="([^"]*)"')
_END = re.compile(rb"[ #?]")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_BEGINNINGS = {
    "jpg": b"\xff\xd8\xff",
    "jpeg": b"\xff\xd8\xff",
    "png": b"\x89PNG\r\n\x1a\n",
    "webp": b"RIFF",
    "avif": b"\0\0\0",
}
_ATOM = "{http://www.w3.org/2005/Atom}"
_SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


class Found(NamedTuple):
    """A fault of an output, and the template that made it; empty where none did."""

    path: str
    template: str
    words: Words


class Gate:
    """Judges what is made for a site under ``config`` whose outputs will be at the paths ``present``."""

    def __init__(self, present: Collection[str], config: Config) -> None:
        self._present, self._config = present, config
        self._base_url = f"{config.base_url}/"
        parts = urlsplit(config.base_url)
        self._base, self._origin = parts.path, f"{parts.scheme}://{parts.netloc}/"
        self._judges: dict[str, Callable[[bytes], Iterable[Words]]] = {
            "html": HtmlGate(self._leads, self._loads).faults,
            "xml": self._of_xml,
            "json": _of_json,
            "webmanifest": _of_json,
            "idx": _of_packed,
            **{suffix: partial(_of_picture, suffix) for suffix in _BEGINNINGS},
        }

    def faults(self, path: str, data: bytes) -> list[Words]:
        """What is wrong with the bytes of the output at ``path``, each fault once; nothing for kinds it cannot read."""
        suffix = path.rpartition(".")[2]
        if suffix in _NAMES:
            return list(dict.fromkeys(self._of_names(path, _NAMES[suffix].findall(_text(data)))))
        judge = self._of_robots if path == "robots.txt" else self._judges.get(suffix)
        if judge and not data.strip():
            return [gate_messages.empty()]
        return list(dict.fromkeys(judge(data))) if judge else []

    # --- addresses ------------------------------------------------------------------

    def _leads(self, target: str) -> Words | None:
        """What is wrong with a link to ``target``; what lies outside the site is nobody's business here."""
        if target.startswith(("#", "?", "//")) or re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", target):
            return None
        return self._inside(target)

    def _loads(self, target: str) -> Words | None:
        """What is wrong with a browser's fetching ``target`` by itself, or sending something there."""
        if target.startswith(("#", "?")):
            return None
        if target.startswith(self._base_url):
            return self._inside(self._base + target[len(self._base_url) - 1 :])
        if target.startswith("//") or re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", target):
            # Another program under the same name is the same office.
            return None if target.startswith(self._origin) else gate_messages.foreign(target)
        return self._inside(target)

    def _inside(self, target: str) -> Words | None:
        path = unquote(re.split("[?#]", target)[0])
        if not path.startswith("/"):
            return gate_messages.relative(target)
        if not path.startswith(f"{self._base}/"):
            return gate_messages.outside_base(target, self._base)
        path = path[len(self._base) :]
        if output_path(path) in self._present or self._config.is_elsewhere(path):
            return None
        return gate_messages.dead(target)

    def _of_addresses(self, urls: Iterable[str]) -> Iterator[Words]:
        """What is wrong with whole addresses that must be the site's own."""
        for url in urls:
            if not url.startswith(self._base_url):
                yield gate_messages.not_ours(url)
            elif words := self._loads(url):
                yield words

    # --- what is not HTML -----------------------------------------------------------

    def _of_names(self, path: str, targets: Iterable[str]) -> Iterator[Words]:
        """What is wrong with what the stylesheet or script at ``path`` loads; there an address may be relative."""
        for target in targets:
            if words := self._loads(urljoin(f"{self._base}/{path}", target)):
                yield words

    def _of_robots(self, data: bytes) -> Iterator[Words]:
        return self._of_addresses(_SITEMAPS.findall(_text(data)))

    def _of_xml(self, data: bytes) -> Iterator[Words]:
        try:
            root = ET.fromstring(data)  # noqa: S314  # made by us, a moment ago
        except ET.ParseError as error:
            yield gate_messages.not_xml(*error.position)
            return
        if root.tag == "rss":
            channel = root.find("channel")
            yield from _lacking(channel, ("title", "link", "description"))
            items = root.findall("channel/item")
            for item in items:
                yield from _lacking(item, ("title", "link", "guid"))
            yield from _twice(item.findtext("guid", "") for item in items)
            yield from self._of_addresses(item.findtext("link", "") for item in items)
        elif root.tag == f"{_ATOM}feed":
            yield from _lacking(root, ("id", "title", "updated"), _ATOM)
            entries = root.findall(f"{_ATOM}entry")
            for entry in entries:
                yield from _lacking(entry, ("id", "title", "updated"), _ATOM)
            yield from _twice(entry.findtext(f"{_ATOM}id", "") for entry in entries)
            links = (link for entry in entries for link in entry.findall(f"{_ATOM}link"))
            yield from self._of_addresses(link.get("href", "") for link in links if link.get("rel") != "enclosure")
        elif root.tag in (f"{_SITEMAP}urlset", f"{_SITEMAP}sitemapindex"):
            yield from self._of_addresses((place.text or "").strip() for place in root.iter(f"{_SITEMAP}loc"))


def _text(data: bytes) -> str:
    """``data`` without the comments of stylesheets and scripts."""
    return _COMMENT.sub("", data.decode(errors="replace"))


def _lacking(element: ET.Element | None, names: Iterable[str], space: str = "") -> Iterator[Words]:
    for name in names:
        found = None if element is None else element.find(f"{space}{name}")
        if found is None or not (found.text or "").strip():
            yield gate_messages.feed_lacks(name)


def _twice(identities: Iterable[str]) -> Iterator[Words]:
    counts = Counter(identities)
    return (gate_messages.twice_in_feed(identity) for identity, count in counts.items() if count > 1)


def _of_json(data: bytes) -> Iterator[Words]:
    if not is_json(data):
        yield gate_messages.not_json()


def _of_packed(data: bytes) -> Iterator[Words]:
    try:
        yield from _of_json(gzip.decompress(data))
    except (OSError, EOFError, zlib.error):
        yield gate_messages.not_json()


def _of_picture(suffix: str, data: bytes) -> Iterator[Words]:
    if not data.startswith(_BEGINNINGS[suffix]):
        yield gate_messages.wrong_bytes(suffix)


# --- the site as a whole ---------------------------------------------------------------


def links_to(page: bytes, gone: frozenset[bytes]) -> bytes:
    """One of the addresses ``gone``, as they stand in pages, that ``page`` still leads to; empty for none."""
    if len(gone) <= _SOUGHT and not any(url in page for url in gone):
        return b""
    named = (_END.split(part, maxsplit=1)[0] for value in _NAMED_IN.findall(page) for part in value.split(b", "))
    return next(iter(gone.intersection(named)), b"")


def shrinking(before: Collection[str], after: Collection[str]) -> Words | None:
    """What to say where so many of the pages ``before`` are not among those ``after`` that it is hardly meant."""
    pages, now = _pages(before), _pages(after)
    if len(pages) - len(now) <= max(_FEW, len(pages) * _PERCENT // 100):
        return None
    folders = Counter(f"{path.partition('/')[0]}/" if "/" in path else path for path in pages - now)
    return gate_messages.shrinks(len(pages), len(now), folders.most_common(5))


def _pages(paths: Iterable[str]) -> set[str]:
    return {path for path in paths if path.endswith(".html")}


def problems_of(found: Iterable[Found]) -> tuple[Problem, ...]:
    """What was ``found``, a problem for each fault of a template, at the template; others at the output itself."""
    pages: dict[tuple[str, Words], list[str]] = {}
    for fault in sorted(found, key=lambda fault: (fault.template, fault.path)):
        pages.setdefault((fault.template, fault.words), []).append(fault.path)
    problems = [
        problem(template or paths[0], gate_messages.of_pages(paths[0], len(paths) - 1, words))
        for (template, words), paths in pages.items()
    ]
    if len(problems) <= _TOLD:
        return tuple(problems)
    return (*problems[:_TOLD], problem(SITE_TOML, gate_messages.more_faults(len(problems) - _TOLD)))
