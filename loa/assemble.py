"""Entries → the site: what is held back, what is sound, every output, and every problem on the way.

With ``skip_bad`` a faulty entry gives way to what was last published of it; one that never was published is left out,
and where other pages link to it, a page that asks for patience keeps the link alive.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from urllib.parse import unquote

from msgspec import Struct
from msgspec.structs import replace

from loa import addresses, messages, new_messages, site_messages
from loa.addresses import SEARCH
from loa.assets import Assets
from loa.check import (
    check_addresses,
    check_former_addresses,
    check_lengths,
    check_links,
    check_names,
    check_own_domain,
    check_static,
    file_requests,
    unused_files,
)
from loa.check_lives import check_ended, check_lives, withdrawn_addresses
from loa.config import FILE as SITE_TOML
from loa.config import Config
from loa.document_check import check_citations, check_documents, check_identities, check_issuers, check_lists
from loa.doubles import check_doubles
from loa.errors import Problem, problem
from loa.library import Library, chronological, link
from loa.lifecycle import Held, Standing, separate, waiting
from loa.model import Entry, url_of
from loa.pieces import AlertBar, Chrome
from loa.plan import plan
from loa.readership import UNCOUNTED, Readership
from loa.reading import Reader
from loa.sections import Section, always
from loa.syndication import feed_links
from loa.views import Output, PendingView

_SECURITY_WARNING_DAYS = 60


class Site(Struct, frozen=True):
    """Everything that is to be published, and the problems found while putting it together."""

    library: Library
    chrome: Chrome
    assets: Assets
    sections: list[Section]
    standing: Standing
    problems: list[Problem]


def assemble(
    entries: list[Entry],
    reader: Reader,
    config: Config,
    assets: Assets,
    now: datetime,
    *,
    skip_bad: bool,
    preview: bool = False,
    tells_of_drafts: bool = False,
    readership: Readership = UNCOUNTED,
    promises: Collection[str] = (),
) -> Site:
    """The site of ``entries``. Its problems block it unless ``skip_bad`` has made it whole without their files.

    A ``preview`` shows what is held back, too. ``tells_of_drafts``: what would be wrong once they are published.
    ``promises``: every address that was published for ever.
    """
    problems = _security_problems(config, now)
    problems_of_partial: list[Problem] = []
    of_drafts: list[Problem] = []
    chrome = _chrome(config, assets, now)
    tried: set[str] = set()
    while True:
        standing = separate(chronological(entries), now, config, preview=preview)
        held, content = standing.held, standing.shown
        found = check_names(_settled_first(standing), config, reader.locate)
        measured, missing = reader.measure(content)
        found += missing
        found += check_lives(standing, now, reader.locate)
        bad = {p.path for p in found if p.blocking}
        sound = standing.without(bad)
        library = link(sound, measured, config, reader.kept.resolve)
        planned = plan(library, config, chrome, assets, now, reader.stamp, readership, reader.kept.describe)
        static = always(assets.outputs)
        paths = _paths([*static, *planned])
        found += check_static(_paths(static), paths[len(assets.outputs) :])
        found += check_addresses(sound.answering, paths, reader.locate)
        found += check_former_addresses(config, paths, reader.config_line)
        left_out = _texts_left_out(sound, held, reader) if bad or len(entries) < len(reader.texts) else set()
        pending = always(_pending(left_out, sound.shown, config))
        paths += _paths(pending)
        # Of those texts something else is said, and not that links lead to them.
        paths += _left_out(left_out, [*standing.answering, *(() if skip_bad else reader.partial)]).difference(paths)
        found += check_links(content, paths, reader.lying, waiting(held), config, reader.locate, reader.config_line)
        if standing.marks:
            found += _faults_of_publishing(standing, paths, config, reader)
        coming = [item.entry for item in held if not item.entry.draft]
        found += [fault for fault in _faults_in_time(sound, coming, held, paths, config, reader) if fault not in found]
        if not problems_of_partial:
            themselves = [addresses.output_path(entry.url) for entry in reader.partial]
            problems_of_partial = check_names(reader.partial, config, reader.locate)
            problems_of_partial += _faults_of_unpublished(reader.partial, held, [*paths, *themselves], config, reader)
        bad = {p.path for p in found if p.blocking}
        # A preview shows drafts, but nobody is to wait for a colleague's: a build would not look at it.
        if bad and (drafts := {f"content/{path}" for path, mark in standing.marks.items() if mark == "draft"}):
            # Faults of others may be gone with those that have some themselves.
            faulty = bad & drafts
            of_drafts += (_of_draft(p) for p in found if p.blocking and p.path in (faulty or bad))
            entries = _without(entries, faulty or drafts)
            continue
        problems += found
        # Only texts can give way.
        if not bad or not skip_bad or any(not path.startswith("content/") for path in bad):
            break
        entries = _without_faults(entries, bad, reader, promises, tried)
    of_drafts = _faults_of_drafts(sound, held, paths, now, config, reader) if tells_of_drafts else of_drafts
    problems += _not_among(problems, of_drafts)
    problems += _remarks(entries, standing, library, paths, now, config, reader)
    sections = [*static, *planned, *pending]
    site = Site(library, chrome, assets, sections, standing, problems + problems_of_partial)
    return _with_pages_of_drafts(site, of_drafts) if preview and of_drafts else site


def _remarks(
    entries: list[Entry],
    standing: Standing,
    library: Library,
    paths: list[str],
    now: datetime,
    config: Config,
    reader: Reader,
) -> list[Problem]:
    """What is doubtful about ``entries`` and files, as they are to be published at ``paths``."""
    problems = check_ended(standing, now, config, reader.locate, reader.config_line)
    problems += check_documents(entries, reader.locate)
    problems += check_identities(library.documents, library.citator, reader.locate)
    problems += check_issuers(library.documents, config, reader.locate)
    problems += check_lists(entries, reader.locate)
    # Said when a text is new or has changed: an archive would say the same in every build.
    problems += check_citations((entry for entry in entries if entry.path in reader.just_read), reader.locate)
    problems += check_lengths(entry for entry in entries if entry.path in reader.just_read)
    problems += check_doubles(entries, reader.just_read, reader.locate)
    problems += check_own_domain(
        (entry for entry in standing.shown if entry.path in reader.just_read),
        {*paths, *reader.files},
        waiting(standing.held),
        reader.bodies.html,
        withdrawn_addresses(standing),
        config,
        reader.locate,
    )
    # What a text that cannot be read would show is not known.
    if len(entries) == len(reader.texts):
        files = reader.files
        used = {request.path for entry in entries for request in file_requests(entry, files)}
        problems += unused_files(files, used)
    return problems


def _settled_first(standing: Standing) -> list[Entry]:
    """What is shown, and last what is not to be published yet: of two that disagree it is what has to be mended."""
    if not standing.marks:
        return standing.shown
    return sorted(standing.shown, key=lambda entry: entry.path in standing.marks)


def _texts_left_out(sound: Standing, held: tuple[Held, ...], reader: Reader) -> set[str]:
    """The paths of texts of which nothing answers although they are not ``held``."""
    left_out = set(reader.texts).difference(entry.path for entry in sound.answering)
    return left_out.difference(item.entry.path for item in held)


def _paths(sections: Iterable[Section]) -> list[str]:
    return [path for section in sections for path in section.paths]


def _pending(left_out: set[str], sound: list[Entry], config: Config) -> list[Output]:
    """A page that asks for patience at each address that is linked to but whose text has a fault."""
    if not left_out:
        return []
    targets = {config.path_of(link.url) for link in config.links}
    for entry in sound:
        targets.update(addresses.resolve(entry.path, r.target)[0] for r in entry.body.references if r.kind == "link")
    urls = (url_of(path) for path in sorted(left_out))
    return [Output(addresses.output_path(url), PendingView(url)) for url in urls if url in targets]


def _left_out(paths: set[str], entries: Iterable[Entry]) -> set[str]:
    """Where the texts at ``paths`` would answer; at their old addresses, too, if they are among ``entries``."""
    if not paths:
        return set()
    urls = [url_of(path) for path in paths]
    urls += (alias for entry in entries if entry.path in paths for alias in entry.aliases)
    return set(map(addresses.output_path, urls))


def with_pending(site: Site, urls: Iterable[str]) -> Site:
    """The ``site`` with a page that asks for patience at each of ``urls`` that it does not answer at."""
    present = set(_paths(site.sections))
    missing = (Output(addresses.output_path(url), PendingView(url)) for url in urls)
    return replace(site, sections=[*site.sections, *always([page for page in missing if page.path not in present])])


def _with_pages_of_drafts(site: Site, faults: list[Problem]) -> Site:
    """The ``site`` of a preview with a page for each draft that is not shown for its ``faults``, to read them there."""
    texts = sorted({fault.path for fault in faults if fault.path.startswith("content/")})
    return with_pending(site, [url_of(path.removeprefix("content/")) for path in texts])


def _faults_of_unpublished(
    entries: list[Entry], held: tuple[Held, ...], present: list[str], config: Config, reader: Reader
) -> list[Problem]:
    """What is wrong with entries that are not part of the site, beside what kept them out of it."""
    if not entries:
        return []
    found = reader.measure(entries)[1]
    nothing = replace(config, menu=(), shortcuts=(), footer=(), alert=None)
    return found + check_links(
        entries, present, reader.lying, waiting(held), nothing, reader.locate, reader.config_line
    )


def _faults_in_time(
    standing: Standing,
    coming: list[Entry],
    held: tuple[Held, ...],
    present: list[str],
    config: Config,
    reader: Reader,
) -> list[Problem]:
    """What would be wrong on the day on which all of ``coming``, which are ``held``, have appeared.

    Better named now, to whoever writes it, than then, to nobody.
    """
    if not coming:
        return []
    found = _clashes_in_time(standing, coming, present, config, reader)
    return found + _faults_of_unpublished(coming, held, present, config, reader)


def _clashes_in_time(
    standing: Standing, coming: list[Entry], present: list[str], config: Config, reader: Reader
) -> list[Problem]:
    """Names and addresses of ``coming`` that do not go with those that are there."""
    found = check_names([*standing.shown, *coming], config, reader.locate)
    paths = [addresses.output_path(url) for entry in coming for url in (entry.url, *entry.aliases)]
    return found + check_addresses([*standing.answering, *coming], [*present, *paths], reader.locate)


def _faults_of_drafts(
    standing: Standing, held: tuple[Held, ...], present: list[str], now: datetime, config: Config, reader: Reader
) -> list[Problem]:
    """What would be wrong if the drafts were published now. Warnings: nobody is to wait for a colleague's."""
    drafts = [replace(item.entry, draft=False) for item in held if item.entry.draft]
    if not drafts:
        return []
    published = separate(drafts, now, config)
    coming = [*published.shown, *(item.entry for item in published.held)]
    left = (*(item for item in held if not item.entry.draft), *published.held)
    paths = [addresses.output_path(url) for entry in published.answering for url in (entry.url, *entry.aliases)]
    found = check_lives(published, now, reader.locate)
    found += _clashes_in_time(standing, coming, present, config, reader)
    found += _faults_of_unpublished(coming, left, [*present, *paths], config, reader)
    found += _unwritten(published.answering, reader)
    files = {f"content/{entry.path}" for entry in drafts}
    return [_of_draft(fault) for fault in found if fault.path in files]


def _unwritten(entries: list[Entry], reader: Reader) -> list[Problem]:
    """What to say of ``entries`` in which the sentence of a new file has been left beside others."""
    begun = [entry for entry in entries if entry.body.words > len(new_messages.BODY.split())]
    words = messages.placeholder_left(new_messages.BODY, is_alone=False)
    lines = {entry.path: reader.locate(entry.path, (new_messages.BODY,)) for entry in begun}
    return [problem(f"content/{path}", words, line=line) for path, line in lines.items() if line]


def _of_draft(fault: Problem) -> Problem:
    return replace(fault, severity="warning", of_draft=fault.blocking)


def _not_among(problems: list[Problem], of_drafts: list[Problem]) -> list[Problem]:
    """Those ``of_drafts`` that are not told of what is published as well."""
    said = set(problems)
    return [fault for fault in of_drafts if replace(fault, severity="error", of_draft=False) not in said]


def _faults_of_publishing(standing: Standing, present: list[str], config: Config, reader: Reader) -> list[Problem]:
    """What a build would refuse of a preview: links from what is published to what is not yet. Warnings."""
    marked = tuple(Held(entry, "") for entry in standing.published if entry.path in standing.marks)
    urls = [url for item in marked for url in (item.entry.url, *item.entry.aliases)]
    hidden, names = set(map(addresses.output_path, urls)), set(map(_name_in, urls))
    # Nearly all links lead elsewhere, as one sees sooner than where they lead.
    shown = [
        entry
        for entry in standing.shown
        if any(_name_in(unquote(reference.target)) in names for reference in entry.body.references)
        and entry.path not in standing.marks
    ]
    if not shown:
        return []
    bare = replace(config, menu=(), shortcuts=(), footer=(), alert=None)

    def faults(paths: list[str]) -> list[Problem]:
        return check_links(shown, paths, reader.lying, waiting(marked), bare, reader.locate, reader.config_line)

    anyway = faults(present)
    found = faults([path for path in present if path not in hidden])
    return [replace(fault, severity="warning") for fault in found if fault not in anyway]


def _name_in(target: str) -> str:
    """The last part of an address or path, without its ending."""
    path = target.partition("#")[0].partition("?")[0].rstrip(" /")
    return path.rpartition("/")[2].partition(".")[0].strip()


def _without(entries: list[Entry], files: set[str]) -> list[Entry]:
    return [entry for entry in entries if f"content/{entry.path}" not in files]


def _without_faults(
    entries: list[Entry], bad: set[str], reader: Reader, promises: Collection[str], tried: set[str]
) -> list[Entry]:
    """The entries with each faulty one replaced by what was last published of it, or left out if that is no better."""
    result: list[Entry] = []
    for entry in entries:
        if f"content/{entry.path}" not in bad:
            result.append(entry)
        elif entry.path not in tried:
            tried.add(entry.path)
            if (last := reader.last_published(entry.path, promises)) is not None:
                result.append(last)
    return result


def _chrome(config: Config, assets: Assets, now: datetime) -> Chrome:
    alert = config.alert if config.alert and config.alert.holds(now) else None
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
        alert=AlertBar(alert.level, alert.text, alert.link) if alert else None,
    )


def _security_problems(config: Config, now: datetime) -> list[Problem]:
    if config.security is None:
        return []
    days = (config.security.expires - now).days
    if days >= _SECURITY_WARNING_DAYS:
        return []
    words = site_messages.security_expires(days)
    return [problem(SITE_TOML, words, field="security.expires", severity="warning")]
