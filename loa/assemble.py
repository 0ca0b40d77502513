"""Entries → the site: what is held back, what is sound, every output, and every problem on the way.

With ``skip_bad`` a faulty entry gives way to what was last published of it; one that never was published is left out,
and where other pages link to it, a page that asks for patience keeps the link alive.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

import msgspec
from msgspec import Struct

from loa import addresses, messages
from loa.addresses import SEARCH
from loa.assets import Assets
from loa.check import (
    check_addresses,
    check_citations,
    check_documents,
    check_links,
    check_names,
    check_static,
    file_requests,
    unused_files,
)
from loa.config import FILE as SITE_TOML
from loa.config import Config
from loa.errors import Problem, problem
from loa.library import Library, chronological, link
from loa.model import Article, Entry, url_of
from loa.pieces import Chrome
from loa.plan import plan
from loa.reading import Reader
from loa.sections import Section, always
from loa.syndication import feed_links
from loa.text import format_moment
from loa.views import Output, PendingView

_SECURITY_WARNING_DAYS = 60


class Held(Struct, frozen=True):
    """An entry that is not published yet, and why."""

    entry: Entry
    reason: str

    @property
    def file(self) -> str:
        """Its file, as messages name it."""
        return f"content/{self.entry.path}"


class Site(Struct, frozen=True):
    """Everything that is to be published, and the problems found while putting it together."""

    library: Library
    chrome: Chrome
    assets: Assets
    sections: list[Section]
    held: tuple[Held, ...]
    problems: list[Problem]


def separate(entries: Iterable[Entry], now: datetime, config: Config) -> tuple[list[Entry], tuple[Held, ...]]:
    """What is published at the moment ``now``, and what is held back: drafts, and articles dated later."""
    published: list[Entry] = []
    held: list[Held] = []
    for entry in entries:
        if entry.draft:
            held.append(Held(entry, messages.held_draft()))
        elif isinstance(entry, Article) and entry.published > now:
            due = format_moment(entry.published.astimezone(config.zone))
            held.append(Held(entry, messages.held_future(due)))
        else:
            published.append(entry)
    return published, tuple(held)


def assemble(
    entries: list[Entry], reader: Reader, config: Config, assets: Assets, now: datetime, *, skip_bad: bool
) -> Site:
    """The site of ``entries``. Its problems block it unless ``skip_bad`` has made it whole without their files."""
    problems = _security_problems(config, now)
    problems_of_partial: list[Problem] = []
    chrome = _chrome(config, assets)
    tried: set[str] = set()
    while True:
        content, held = separate(entries, now, config)
        content = chronological(content)
        found = check_names(content, config, reader.locate)
        measured, missing = reader.measure(content)
        found += missing
        bad = {p.path for p in found}
        sound = [entry for entry in content if f"content/{entry.path}" not in bad] if bad else content
        library = link(sound, measured, config)
        planned = plan(library, config, chrome, assets, now, reader.stamp)
        static = always(assets.outputs)
        paths = _paths([*static, *planned])
        found += check_static(_paths(static), paths[len(assets.outputs) :])
        found += check_addresses(sound, paths, reader.locate)
        left_out: set[str] = set()
        if bad or len(entries) < len(reader.texts):
            left_out = set(reader.texts).difference(entry.path for entry in sound)
            left_out.difference_update(item.entry.path for item in held)
        pending = always(_pending(left_out, sound, config))
        paths += _paths(pending)
        found += check_links(content, paths, reader.files, held_urls(held), config, reader.locate, reader.config_line)
        # Articles that wait for their date are checked today: better named now than on the day they are due.
        found += _faults_of_unpublished([h.entry for h in held if not h.entry.draft], held, paths, config, reader)
        if not problems_of_partial:
            problems_of_partial = _faults_of_unpublished(reader.partial, held, paths, config, reader)
        problems += found
        bad = {p.path for p in found}
        # Only texts can give way.
        if not bad or not skip_bad or any(not path.startswith("content/") for path in bad):
            break
        entries = _without_faults(entries, bad, reader, tried)
    problems += check_documents(entries, reader.locate)
    # Said when a text is new or has changed: an archive would say the same in every build.
    problems += check_citations((entry for entry in entries if entry.path in reader.just_read), reader.locate)
    # What a text that cannot be read would show is not known.
    if len(entries) == len(reader.texts):
        used = {request.path for entry in entries for request in file_requests(entry, reader.files)}
        problems += unused_files(reader.files, used)
    sections = [*static, *planned, *pending]
    return Site(library, chrome, assets, sections, held, problems + problems_of_partial)


def _paths(sections: Iterable[Section]) -> list[str]:
    return [path for section in sections for path in section.paths]


def _pending(left_out: set[str], sound: list[Entry], config: Config) -> list[Output]:
    """A page that asks for patience at each address that is linked to but whose text has a fault."""
    if not left_out:
        return []
    links = (*config.menu, *config.shortcuts, *config.footer)
    targets = {re.split("[?#]", link.url)[0] for link in links}
    for entry in sound:
        targets.update(addresses.resolve(entry.path, r.target)[0] for r in entry.body.references if r.kind == "link")
    urls = (url_of(path) for path in sorted(left_out))
    return [Output(addresses.output_path(url), PendingView(url)) for url in urls if url in targets]


def held_urls(held: tuple[Held, ...]) -> set[str]:
    """The addresses at which entries that are held back will answer one day."""
    return {item.entry.url for item in held}


def _faults_of_unpublished(
    entries: list[Entry], held: tuple[Held, ...], present: list[str], config: Config, reader: Reader
) -> list[Problem]:
    """What is wrong with entries that are not part of the site, beside what kept them out of it."""
    if not entries:
        return []
    found = check_names(entries, config, reader.locate)
    found += reader.measure(entries)[1]
    themselves = [addresses.output_path(entry.url) for entry in entries]
    nothing = msgspec.structs.replace(config, menu=(), shortcuts=(), footer=())
    return found + check_links(
        entries, [*present, *themselves], reader.files, held_urls(held), nothing, reader.locate, reader.config_line
    )


def _without_faults(entries: list[Entry], bad: set[str], reader: Reader, tried: set[str]) -> list[Entry]:
    """The entries with each faulty one replaced by what was last published of it, or left out if that is no better."""
    result: list[Entry] = []
    for entry in entries:
        if f"content/{entry.path}" not in bad:
            result.append(entry)
        elif entry.path not in tried:
            tried.add(entry.path)
            if (last := reader.last_good(entry.path)) is not None:
                result.append(last)
    return result


def _chrome(config: Config, assets: Assets) -> Chrome:
    return Chrome(
        title=config.title,
        short_title=config.short_title,
        organization=config.organization,
        description=config.description,
        base_url=config.base_url,
        language=config.language,
        notice=config.notice,
        menu=config.menu,
        footer=config.footer,
        responsible=config.contact.responsible,
        address=config.contact.address,
        phone=config.contact.phone,
        email=config.contact.email,
        hours=config.contact.hours,
        feeds=feed_links("Tất cả tin", "/", config),
        stylesheet=assets.stylesheet,
        theme_script=assets.theme_script,
        script=assets.script,
        mark=assets.mark,
        share_image=assets.share_image,
        search=SEARCH if config.search.enabled else "",
    )


def _security_problems(config: Config, now: datetime) -> list[Problem]:
    if config.security is None:
        return []
    days = (config.security.expires - now).days
    if days >= _SECURITY_WARNING_DAYS:
        return []
    words = messages.security_expires(days)
    return [problem(SITE_TOML, words, field="security.expires", severity="warning")]
