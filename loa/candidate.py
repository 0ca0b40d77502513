"""Entries → what a build would publish, with everything there is to say of it and the files that stand in its way.

Here the site is held against what has been published: an address that readers have is not taken from them unsaid.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from loa import life_messages
from loa.addresses import output_path
from loa.assemble import Site, with_pending
from loa.check_sections import with_renamed, with_renamed_units
from loa.config import FILE as SITE_TOML
from loa.config import Config
from loa.errors import Problem, problem
from loa.ledger import addresses_of, by_owner, check_lost, lost, promises_of, with_addresses
from loa.model import Entry
from loa.reading import Reader
from loa.text import slug

PutTogether = Callable[[list[Entry]], Site]


class Candidate(Struct, frozen=True):
    """A site that could be published.

    ``refused`` are the files that may not be published as they are; nothing at all is when one ``is_blocked``. Of some
    the last published form is ``kept``; others are ``completed``, with the addresses that they had and no longer name.
    """

    site: Site
    problems: tuple[Problem, ...]
    refused: tuple[str, ...]
    kept: tuple[str, ...]
    completed: tuple[str, ...]
    is_blocked: bool

    def published(self, texts: Collection[str]) -> int:
        """How many of the files ``texts`` are published as they are."""
        answering = self.site.standing.answering
        if not self.refused:
            return len(answering)
        # What is published of a file that is gone, or is called otherwise now, is of none.
        return sum(entry.path in texts and f"content/{entry.path}" not in self.refused for entry in answering)

    def promises(self, before: dict[str, str], config: Config) -> dict[str, str]:
        """What is promised once it is published; see ``promises_of``."""
        return promises_of(self.site.standing.answering, before, _paths(self.site), config)


def candidate(
    entries: list[Entry],
    found: Sequence[Problem],
    promises: Mapping[str, str],
    put_together: PutTogether,
    config: Config,
    reader: Reader,
    *,
    skip_bad: bool,
    preview: bool,
) -> Candidate:
    """The site of ``entries``, as ``put_together`` makes it, with the problems ``found`` before among its own.

    ``promises``: every address that was published for ever, see ``promises_of``. With ``skip_bad`` the texts that have
    faults give way to what was last published of them. A ``preview`` takes nothing from readers, but says what a build
    would refuse.
    """
    if skip_bad:
        faulty = (p.path.removeprefix("content/") for p in found if p.blocking)
        entries = entries + _last_published(faulty, reader, promises)
    site = put_together(entries)
    faults = [*found, *site.problems]
    # Those of what a preview shows and a build would hold back are lost, too.
    marked = {output_path(url) for item in site.standing.marked for url in addresses_of(item.entry)}
    vanished = lost(promises, _paths(site) - marked, config)
    owned = by_owner(vanished, reader.published_before)
    about = _of_addresses(site, owned, entries, faults, config, reader)
    faults += (replace(fault, severity="warning") for fault in about) if preview else about
    faults = with_renamed(
        with_renamed_units(faults, site.library, config, reader.config_line),
        [*entries, *reader.partial],
        lambda: reader.published_before,
        config,
        reader.config_line,
        skip_bad=skip_bad,
    )
    first = _judged(site, faults, reader, skip_bad=skip_bad)
    if first.is_blocked or preview or not vanished:
        return first
    if skip_bad:
        entries = _given_way(entries, site.problems, reader, promises)
    site = _with_what_vanished(put_together, site, entries, vanished, owned, reader, promises)
    faults = with_renamed_units([*first.problems, *site.problems], site.library, config, reader.config_line)
    return _judged(site, faults, reader, skip_bad=skip_bad)


def _paths(site: Site) -> set[str]:
    return {path for section in site.sections for path in section.paths}


def _judged(site: Site, faults: Iterable[Problem], reader: Reader, *, skip_bad: bool) -> Candidate:
    problems = tuple(sorted(set(faults)))
    refused = tuple(sorted({fault.path for fault in problems if fault.blocking}))
    # Only texts can give way.
    can_give_way = skip_bad and all(path.startswith("content/") for path in refused)
    if can_give_way and any(item.file in refused for item in site.standing.held):
        # What was held back of a file before it had a fault is not what the file says now.
        held = tuple(item for item in site.standing.held if item.file not in refused)
        site = replace(site, standing=replace(site.standing, held=held))
    kept, completed = _shown_nevertheless(site, refused, reader) if refused else ((), ())
    return Candidate(site, problems, refused, kept, completed, is_blocked=bool(refused) and not can_give_way)


def _shown_nevertheless(
    site: Site, refused: tuple[str, ...], reader: Reader
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Which of the ``refused`` files are published as they were last time, and which as they are."""
    before = {f"content/{entry.path}": replace(entry, aliases=()) for entry in reader.published_before}
    shown = {f"content/{entry.path}": replace(entry, aliases=()) for entry in site.standing.answering}
    kept = tuple(path for path in refused if path in shown and shown[path] == before.get(path))
    return kept, tuple(path for path in refused if path in shown and path not in kept)


def _last_published(paths: Iterable[str], reader: Reader, promises: Mapping[str, str]) -> list[Entry]:
    """What was last published of the files at ``paths``."""
    last = (reader.last_published(path, promises) for path in paths)
    return list({entry.path: entry for entry in last if entry is not None}.values())


def _given_way(
    entries: list[Entry], faults: Iterable[Problem], reader: Reader, promises: Mapping[str, str]
) -> list[Entry]:
    """``entries``, with what was last published of those that have ``faults``, if anything was."""
    bad = {fault.path.removeprefix("content/") for fault in faults if fault.blocking}
    return [entry for entry in entries if entry.path not in bad] + _last_published(sorted(bad), reader, promises)


def _of_addresses(
    site: Site,
    owned: Mapping[str, Sequence[str]],
    entries: list[Entry],
    faults: Iterable[Problem],
    config: Config,
    reader: Reader,
) -> list[Problem]:
    """What to say of lost addresses (see ``by_owner``), and of those that were given up and still answer."""
    present = _paths(site) if config.gone else set()
    found = [
        problem(SITE_TOML, life_messages.not_gone(url), line=reader.config_line(url), severity="warning")
        for url in config.gone
        if output_path(url) in present
    ]
    if owned:
        # Also by the name that is asked for: one that was changed to capitals is not gone.
        bad = {fault.path.removesuffix(".md") for fault in faults if fault.blocking}
        faulty = {f"{name}.md" for path in bad for name in (path, "/".join(slug(part) for part in path.split("/")))}
        # Nor is one that cannot be read.
        faulty.update(f"content/{path}" for path in set(reader.texts).difference(entry.path for entry in entries))
        held = [*site.standing.held, *site.standing.marked]
        found += check_lost(owned, reader.published_before, entries, held, faulty, reader.locate)
    return found


def _with_what_vanished(
    put_together: PutTogether,
    site: Site,
    entries: list[Entry],
    vanished: Collection[str],
    owned: Mapping[str, Sequence[str]],
    reader: Reader,
    promises: Mapping[str, str],
) -> Site:
    """The ``site`` with what was last published at ``vanished`` addresses, or a page there that asks for patience."""
    held = {item.entry.path for item in site.standing.held}.intersection(owned)
    still = {path: urls for path, urls in owned.items() if path not in held}
    entries, gone = with_addresses(entries, still, reader.published_before)
    back = {path: reader.last_published(path, promises) for path in (*gone, *held)}
    kept = [entry for entry in back.values() if entry is not None]
    return with_pending(put_together([*(entry for entry in entries if entry.path not in back), *kept]), vanished)
