"""The promise that an address is for ever: what a build would take from readers who have its address (ADR 0014). Pure.

Promised are the addresses of entries, of the categories and units in ``site.toml``, and of redirects to them. Other
lists and the pages of documents that only citations know are derived from what is published, and come and go with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from msgspec.structs import replace

from loa import addresses, life_messages
from loa.config import FILE as SITE_TOML
from loa.config import Config
from loa.errors import Problem, problem
from loa.lifecycle import Held
from loa.model import Entry, url_of

# To whom a promise of a unit's belongs: all of them can be given up with one word, wherever they lie.
_UNITS = f"{SITE_TOML}#unit"
_ENTRY = re.compile(r"/(?:tin|trang|van-ban)/")
_LISTING = r"(?:chuyen-muc|don-vi)/[^/]+/"
_UNIT = re.compile(r"/don-vi/[^/]+/")
_DERIVED = re.compile(
    rf"(?!{_LISTING}index\.html$)(?:chuyen-muc|don-vi|tac-gia|the|luu-tru|tim-kiem|ban-tin)/"
    r"|van-ban/(?:so|nam|loai|co-quan|linh-vuc|trich-dan|trang)/"
    r"|(?:van-ban/)?index\.html$|404\.html$"
)


def addresses_of(entry: Entry) -> tuple[str, ...]:
    """Where ``entry`` answers: at its old addresses, the oldest first, and at its own."""
    return (*entry.aliases, entry.url)


def listings_of(config: Config) -> list[str]:
    """Where the categories and units of ``config`` are listed, or would be if there were such listings, and were."""
    urls = [addresses.category_url(section.slug) for section in config.categories]
    return urls + [alias for section in config.categories for alias in section.aliases] + _of_units(config)


def _of_units(config: Config) -> list[str]:
    urls = [addresses.unit_url(section.slug) for section in config.units]
    return urls + [alias for section in config.units for alias in section.aliases]


def promises_of(
    answering: Iterable[Entry], before: dict[str, str], planned: Collection[str], config: Config
) -> dict[str, str]:
    """Every promised address with the path of its owner, once the ``planned`` paths are published.

    ``before`` are those of the last build: one that still has a page of some sort is not forgotten.
    """
    gone = config.gone
    promises = {url: path for url, path in before.items() if addresses.output_path(url) in planned and url not in gone}
    units = set(_of_units(config))
    listings = (url for url in listings_of(config) if addresses.output_path(url) in planned)
    promises |= {url: _UNITS if url in units else SITE_TOML for url in listings}
    return promises | {url: entry.path for entry in answering for url in addresses_of(entry)}


def promises_in(published: Iterable[str]) -> dict[str, str]:
    """The promises as far as the paths that were published tell: for a site whose own list is not there."""
    pages = (path for path in published if path.endswith(".html") and not _DERIVED.match(path))
    return {addresses.site_path(path): "" for path in pages}


def lost(promises: Mapping[str, str], planned: Collection[str], config: Config) -> dict[str, str]:
    """The promised addresses at which nothing of the ``planned`` paths answers and that were not given up.

    Each with the path of its entry, as ``promises_of`` gave it. A site that wants no listings of units any more has
    given them all up, whether it still names the units or not.
    """
    given_up = {*config.gone, *listings_of(config)}
    if "unit" not in config.lists.kinds:
        # Where nobody remembers whose an address was, it is a unit's by its folder.
        given_up.update(
            url
            for url, path in promises.items()
            if path == _UNITS or (path in ("", SITE_TOML) and _UNIT.fullmatch(url))
        )
    return {
        url: path.partition("#")[0]
        for url, path in sorted(
            (url, path) for url, path in promises.items() if addresses.output_path(url) not in planned
        )
        if url not in given_up
    }


def by_owner(lost: Mapping[str, str], before: Iterable[Entry]) -> dict[str, list[str]]:
    """The lost addresses of each entry, by its path, its own address first; at "" those of which nobody knows.

    ``before`` are the entries of the build that published them, as far as they are remembered.
    """
    remembered = {url: entry.path for entry in before for url in addresses_of(entry)} if "" in lost.values() else {}
    owned: dict[str, list[str]] = {}
    for url, path in lost.items():
        owned.setdefault(path or remembered.get(url, ""), []).append(url)
    for path, urls in owned.items():
        urls.sort(key=lambda url: (not path or url != url_of(path), url))
    return owned


def check_lost(
    owned: Mapping[str, Sequence[str]],
    before: Collection[Entry],
    now: Collection[Entry],
    held: Iterable[Held],
    faulty: Collection[str],
    locate: Callable[[str, tuple[str | int, ...]], int],
) -> list[Problem]:
    """What to say of lost addresses, at the files that they belonged to (see ``by_owner``).

    ``now`` are the entries of today. Of ``faulty`` files something else has been said.
    """
    known, present = {entry.path: entry for entry in before}, {entry.path for entry in now}
    reasons = {item.entry.path: item.reason for item in held}
    moved = moved_to(before, now)
    problems: list[Problem] = []
    for path, urls in owned.items():
        file = f"content/{path}"
        if path in ("", SITE_TOML):
            problems += map(_of_no_entry, urls)
        elif file in faulty:
            continue
        elif path in reasons:
            words = life_messages.published_and_held(urls[0], reasons[path])
            problems.append(problem(file, words, line=locate(path, ("draft",))))
        elif path in present:
            line = locate(path, ("aliases",))
            problems.append(problem(file, life_messages.alias_lost(urls), line=line, field="aliases"))
        elif new := moved.get(path):
            # The oldest first: it is by that one that feed readers know the entry.
            merged = tuple(dict.fromkeys((*addresses_of(known[path]), *urls, *new.aliases)))
            problems.append(problem(file, life_messages.entry_moved(urls, f"content/{new.path}", merged)))
        else:
            problems.append(problem(file, life_messages.entry_lost(urls)))
    return problems


def _of_no_entry(url: str) -> Problem:
    """What to say of a category or unit, and where nothing is remembered: at the file that an entry at ``url`` has."""
    if _ENTRY.match(url):
        return problem(f"content{url.removesuffix('.html')}.md", life_messages.entry_lost([url]))
    if re.fullmatch(f"/{_LISTING}", url):
        table = "category" if url.startswith("/chuyen-muc/") else "unit"
        return problem(SITE_TOML, life_messages.listing_lost(url, table), field=table)
    return problem(SITE_TOML, life_messages.address_lost([url]), field="addresses.gone")


def moved_to(before: Collection[Entry], now: Collection[Entry]) -> dict[str, Entry]:
    """What each entry of ``before`` whose file is gone probably is ``now``, by its path: a new file with its text.

    Or with its title, where the text was edited, too.
    """
    known, present = {entry.path for entry in before}, {entry.path for entry in now}
    new = [entry for entry in now if entry.path not in known]
    by_text = {(type(entry), entry.body.digest): entry for entry in reversed(new)}
    by_title = {(type(entry), entry.title): entry for entry in reversed(new)}
    gone = (entry for entry in before if entry.path not in present)
    found = (
        (entry.path, by_text.get((type(entry), entry.body.digest)) or by_title.get((type(entry), entry.title)))
        for entry in gone
    )
    return {path: entry for path, entry in found if entry}


def is_same(entry: Entry, other: Entry) -> bool:
    """Whether ``entry`` is certainly ``other`` in another file: by title and text."""
    return type(entry) is type(other) and entry.title == other.title and entry.body.digest == other.body.digest


def with_addresses(
    entries: Iterable[Entry], owned: Mapping[str, Sequence[str]], before: Collection[Entry]
) -> tuple[list[Entry], list[str]]:
    """``entries`` with the lost addresses that belong to them still, and the paths whose addresses nobody has taken.

    An entry gets back what its file no longer names, and what is ``before`` in another file its former addresses.
    """
    known, moved = {entry.path: entry for entry in before}, {}
    present = {entry.path: entry for entry in entries}
    for path, entry in moved_to(before, list(present.values())).items():
        if is_same(entry, known[path]):
            moved[path] = entry.path
    back: dict[str, list[str]] = {}
    for path, urls in owned.items():
        back.setdefault(path if path in present else moved.get(path, ""), []).extend(urls)
    given = {
        path: replace(entry, aliases=(*back[path], *entry.aliases)) for path, entry in present.items() if path in back
    }
    return list((present | given).values()), [path for path in owned if path not in present and path not in moved]
