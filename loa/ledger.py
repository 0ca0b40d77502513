"""The promise that an address is for ever: what a build would take from readers who have its address (ADR 0014). Pure.

Promised are the addresses of entries, of the categories and units in ``site.toml``, and of redirects to them. Other
lists and the pages of documents that only citations know are derived from what is published, and come and go with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator

from loa import addresses, life_messages
from loa.config import FILE as SITE_TOML
from loa.config import Config
from loa.errors import Problem, problem
from loa.lifecycle import Held
from loa.model import Entry

_ENTRY = re.compile(r"/(?:tin|trang|van-ban)/")
_LISTING = r"(?:chuyen-muc|don-vi)/[^/]+/"
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
    urls += [addresses.unit_url(section.slug) for section in config.units]
    return urls + [alias for section in (*config.categories, *config.units) for alias in section.aliases]


def promises_of(
    answering: Iterable[Entry], before: dict[str, str], planned: Collection[str], config: Config
) -> dict[str, str]:
    """Every promised address with the path of its entry, once the ``planned`` paths are published.

    ``before`` are those of the last build: one that still has a page of some sort is not forgotten.
    """
    gone = config.gone
    promises = {url: path for url, path in before.items() if addresses.output_path(url) in planned and url not in gone}
    promises |= {url: SITE_TOML for url in listings_of(config) if addresses.output_path(url) in planned}
    return promises | {url: entry.path for entry in answering for url in addresses_of(entry)}


def promises_in(published: Iterable[str]) -> dict[str, str]:
    """The promises as far as the paths that were published tell: for a site whose own list is not there."""
    pages = (path for path in published if path.endswith(".html") and not _DERIVED.match(path))
    return {addresses.site_path(path): "" for path in pages}


def lost(promises: Iterable[str], planned: Collection[str], config: Config) -> list[str]:
    """The promised addresses at which nothing of the ``planned`` paths answers and that were not given up.

    A site that wants no listings of units any more has given them all up.
    """
    given_up = {*config.gone, *listings_of(config)}
    return sorted(url for url in promises if addresses.output_path(url) not in planned and url not in given_up)


def check_lost(
    lost: Iterable[str],
    before: Collection[Entry],
    now: Collection[Entry],
    held: Iterable[Held],
    faulty: Collection[str],
    locate: Callable[[str, tuple[str | int, ...]], int],
) -> list[Problem]:
    """What to say of lost addresses, at the files that they belonged to.

    ``before`` are the entries of the build that published it, as far as they are remembered; ``now`` those of today.
    Of ``faulty`` files something else has been said.
    """
    owners = {url: entry for entry in before for url in addresses_of(entry)}
    present = {entry.path for entry in now}
    reasons = {item.entry.url: item.reason for item in held}
    moved = moved_to(before, now)
    problems: list[Problem] = []
    for owner, urls in _by_owner(lost, owners):
        if owner is None:
            problems += map(_of_unknown_owner, urls)
            continue
        file = f"content/{owner.path}"
        if file in faulty:
            continue
        if owner.url in reasons:
            words = life_messages.published_and_held(owner.url, reasons[owner.url])
            problems.append(problem(file, words, line=locate(owner.path, ("draft",))))
        elif owner.path in present:
            line = locate(owner.path, ("aliases",))
            problems.append(problem(file, life_messages.alias_lost(urls), line=line, field="aliases"))
        else:
            words = life_messages.entry_lost(urls)
            if new := moved.get(owner.path):
                # The oldest first: it is by that one that feed readers know the entry.
                merged = tuple(dict.fromkeys((*addresses_of(owner), *new.aliases)))
                words = life_messages.entry_moved(urls, f"content/{new.path}", merged)
            problems.append(problem(file, words))
    return problems


def _of_unknown_owner(url: str) -> Problem:
    """What to say where nothing is remembered of what was published: at the file that an entry at ``url`` has."""
    if _ENTRY.match(url):
        return problem(f"content{url.removesuffix('.html')}.md", life_messages.entry_lost([url]))
    if re.fullmatch(f"/{_LISTING}", url):
        table = "category" if url.startswith("/chuyen-muc/") else "unit"
        return problem(SITE_TOML, life_messages.listing_lost(url, table), field=table)
    return problem(SITE_TOML, life_messages.address_lost([url]), field="addresses.gone")


def _by_owner(lost: Iterable[str], owners: dict[str, Entry]) -> Iterator[tuple[Entry | None, list[str]]]:
    """The lost addresses of each entry, the entry's own first."""
    by_path: dict[str, list[str]] = {}
    for url in lost:
        by_path.setdefault(owners[url].path if url in owners else "", []).append(url)
    for urls in by_path.values():
        owner = owners.get(urls[0])
        yield owner, sorted(urls, key=lambda url: (owner is None or url != owner.url, url))


def moved_to(before: Collection[Entry], now: Collection[Entry]) -> dict[str, Entry]:
    """What each entry of ``before`` whose file is gone is ``now``, by its former path: a new file with its text.

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
