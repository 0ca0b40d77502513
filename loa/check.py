"""What can only be judged with the whole site in view: categories, names, addresses, files, links. Pure.

A fault is reported where it stands in the author's file; ``Locate`` finds the line, reading the file once more.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from html import unescape
from urllib.parse import unquote

from msgspec.structs import replace

from loa import addresses, file_messages, life_messages, limit_messages, messages
from loa.config import FILE as SITE_TOML
from loa.config import Config
from loa.errors import Problem, Words, problem
from loa.model import Article, Asset, Document, Entry
from loa.parts import ATTACHMENT_SUFFIXES
from loa.scan import TEXT_FOLDERS
from loa.text import name_key, nearest, nearest_name, nearest_path, slug

# (path below content, keys of a field) → line; with one string that is no field, the line of those words.
Locate = Callable[[str, tuple[str | int, ...]], int]
Measure = Callable[[str], Asset | Words]
NO_FAULTS: Mapping[str, Problem] = {}


class FileRequest:
    """A file that an entry refers to: how it was written, where it lies, and the field or words that name it."""

    __slots__ = ("keys", "path", "picture", "target")

    def __init__(self, target: str, path: str, keys: tuple[str | int, ...], *, picture: bool) -> None:
        self.target, self.path, self.keys, self.picture = target, path, keys, picture


def file_requests(entry: Entry, files: Iterable[str]) -> Iterator[FileRequest]:
    """Every file below ``content`` that ``entry`` shows or offers; links count when they name one of ``files``."""
    if entry.image:
        target = entry.image.file
        yield FileRequest(target, addresses.content_path(entry.path, target), ("image",), picture=True)
    field = "files" if isinstance(entry, Document) else "attachments"
    for index, attachment in enumerate(entry.attachments):
        path = addresses.content_path(entry.path, attachment.file)
        yield FileRequest(attachment.file, path, (field, index), picture=False)
    for reference in entry.body.references:
        path = addresses.content_path(entry.path, reference.target)
        if reference.kind != "link" or path in files:
            yield FileRequest(reference.target, path, (reference.target,), picture=reference.kind != "link")


def check_files(
    entries: Iterable[Entry],
    files: Mapping[str, object],
    measure: Measure,
    locate: Locate,
    faulty: Mapping[str, Problem] = NO_FAULTS,
) -> tuple[dict[str, Asset], list[Problem]]:
    """The assets that entries refer to, by path, and a problem for each that is missing or unusable.

    ``faulty`` are files that lie there but cannot be used, as badly named ones, with what was said of them.
    """
    lying = {**files, **faulty} if faulty else files
    assets: dict[str, Asset] = {}
    refused: dict[str, Words] = {}
    problems: list[Problem] = []
    for entry in entries:
        if not (entry.image or entry.attachments or entry.body.references):
            continue
        for request in file_requests(entry, lying):
            words = refused.get(request.path)
            if words is None and request.path not in assets:
                fault = faulty.get(request.path)
                found = file_messages.faulty_file(request.target, fault) if fault else _file(request, files, measure)
                if isinstance(found, Asset):
                    assets[request.path] = found
                else:
                    words = refused[request.path] = found
            if words is None and request.picture and not assets[request.path].width:
                words = file_messages.not_a_picture(request.target, "không phải là hình")
            if words is not None:
                field = str(request.keys[0]) if len(request.keys) > 1 or request.keys == ("image",) else ""
                line = locate(entry.path, request.keys)
                problems.append(problem(f"content/{entry.path}", words, line=line, field=field))
    return assets, problems


def _file(request: FileRequest, files: Mapping[str, object], measure: Measure) -> Asset | Words:
    if request.target.startswith(("http:", "https:", "//", "data:")) and request.picture:
        return file_messages.foreign_picture(request.target)
    if request.target.startswith(("http:", "https:", "//")):
        return file_messages.foreign_file(request.target)
    if request.path not in files:
        near = _near_file(request, files)
        return file_messages.missing_file(request.target, f"/{near}" if near else "", is_picture=request.picture)
    suffix = request.path.rpartition(".")[2].lower()
    if suffix in ATTACHMENT_SUFFIXES:
        return measure(request.path)
    if request.picture:
        return file_messages.not_a_picture(request.target, f"loại tệp .{suffix} không dùng làm hình được")
    return file_messages.wrong_attachment(f".{suffix}", ", ".join(sorted(ATTACHMENT_SUFFIXES)))


def _near_file(request: FileRequest, files: Iterable[str]) -> str:
    """The file most likely meant: written without its folder or slash, or with a slip of the finger."""
    written = request.target.lstrip("./").removeprefix("content/")
    return nearest_path(written, files) or nearest_path(request.path, files)


# How the names of offices begin, and those of people do not.
_BODY = re.compile(
    r"(?:phòng|sở|ubnd|hđnd|[uủ][yỷ] ban|văn phòng|trung tâm|chi cục|công an|bộ (?:chỉ huy|tư lệnh)"
    r"|ban (?:biên tập|quản lý|chỉ đạo|tuyên giáo|tổ chức|dân vận|tiếp công dân)|tổ (?:công tác|biên tập|thông tin)"
    r"|đài (?:phát thanh|truyền hình|khí tượng)|trường (?:đại học|cao đẳng|trung học|tiểu học|mầm non|chính trị|th))\b",
    re.IGNORECASE,
)


def is_body(name: str) -> bool:
    """Whether ``name`` begins as those of offices do."""
    return _BODY.match(name) is not None


def check_names(entries: Iterable[Entry], config: Config, locate: Locate) -> list[Problem]:
    """Unknown categories, two names of tags or people that would share one address, people who are probably units."""
    problems: list[Problem] = []
    known = tuple(section.name for section in config.categories)
    categories: dict[str, Words | None] = {}
    spellings: dict[tuple[str, str], tuple[str, str]] = {}
    units = [section.name for section in config.units]
    fine: dict[str, set[str]] = {"tags": set(), "author": set()}
    tags, authors = fine["tags"], fine["author"]
    for entry in entries:
        if not isinstance(entry, Article):
            continue
        if entry.category not in categories:
            is_known = not entry.category or config.category(entry.category)
            near = "" if is_known else nearest_name(entry.category, known)
            categories[entry.category] = None if is_known else messages.unknown_category(entry.category, near, known)
        if words := categories[entry.category]:
            line = locate(entry.path, ("category",))
            problems.append(problem(f"content/{entry.path}", words, line=line, field="category"))
        names = [("tags", tag) for tag in entry.tags if tag not in tags]
        if entry.author and entry.author not in authors:
            if config.unit(entry.author) is None:
                names.append(("author", entry.author))
            else:
                authors.add(entry.author)
        for field, name in names:
            first, path = spellings.setdefault((field, slug(name)), (name, entry.path))
            # Case and dashes are typing habits; accents make another word.
            if first != name and name_key(first) != name_key(name):
                words = messages.two_spellings(name, first, f"content/{path}")
                line = locate(entry.path, (field,))
                problems.append(problem(f"content/{entry.path}", words, line=line, field=field))
            else:
                fine[field].add(name)
                if field == "author" and is_body(name):
                    words = life_messages.author_is_a_body(name, nearest(name, units))
                    line = locate(entry.path, (field,))
                    problems.append(problem(f"content/{entry.path}", words, line=line, field=field, severity="warning"))
    return problems


def check_lengths(entries: Iterable[Entry]) -> list[Problem]:
    """A warning for each of ``entries`` whose text is ``is_long``."""
    return [
        problem(f"content/{entry.path}", limit_messages.long_text(entry.body.words), severity="warning")
        for entry in entries
        if entry.body.is_long
    ]


def check_addresses(entries: Sequence[Entry], paths: Iterable[str], locate: Locate) -> list[Problem]:
    """Two files with one address, or an address that would have to be a file and a folder at once.

    ``paths`` are those of all planned outputs, in which a clash shows as the same path twice. Paths that differ only
    by capitals count as the same: on Windows and macOS they are.
    """
    problems: list[Problem] = []
    owners: dict[str, str] = {}
    aliased: list[tuple[Entry, int, str]] = []
    aliasing: dict[str, list[str]] = {}
    if not any(entry.aliases for entry in entries):
        return []
    for entry in entries:
        owners[addresses.output_path(entry.url)] = f"content/{entry.path}"
        for index, alias in enumerate(entry.aliases):
            path = addresses.output_path(alias).lower()
            aliased.append((entry, index, path))
            aliasing.setdefault(path, []).append(f"content/{entry.path}")
    exact = Counter(paths)
    counts = Counter(path.lower() for path in exact.elements())
    folders = _folders(counts)
    for entry, index, path in aliased:
        parents = path.split("/")[:-1]
        above = next((p for p in ("/".join(parents[:n]) for n in range(1, len(parents) + 1)) if p in counts), "")
        if counts[path] > 1 or path in folders or above:
            url = entry.aliases[index]
            others = (file for file in aliasing[path] if file != f"content/{entry.path}")
            other = owners.get(path) or next(others, "")
            if above:
                words = messages.address_below_page(url, addresses.site_path(above))
            elif path in folders:
                words = messages.address_is_folder(url)
            elif exact[addresses.output_path(url)] > 1:
                words = messages.same_address(url, other or "một trang hoặc tệp khác")
            else:
                words = life_messages.same_but_for_capitals(url, other)
            line = locate(entry.path, ("aliases", index))
            problems.append(problem(f"content/{entry.path}", words, line=line, field="aliases"))
    return problems


def check_former_addresses(config: Config, paths: Iterable[str], config_line: Callable[[str], int]) -> list[Problem]:
    """Former addresses of categories and units at which something else answers; ``paths`` are all planned."""
    urls = [
        (table, alias)
        for table, sections in (("category", config.categories), ("unit", config.units))
        for section in sections
        for alias in section.aliases
    ]
    if not urls:
        return []
    problems: list[Problem] = []
    counts = Counter(paths)
    for table, url in dict.fromkeys(urls):
        folders = url.strip("/").split("/")
        above = next((p for p in ("/".join(folders[: n + 1]) for n in range(len(folders))) if p in counts), "")
        feeds = (addresses.output_path(addresses.feed_url(url, kind)) for kind in config.lists.feed_formats)
        if above:
            words = messages.address_below_page(url, addresses.site_path(above))
        elif any(counts[path] > 1 for path in (addresses.output_path(url), *feeds)):
            words = messages.same_address(url, "một trang hoặc tệp khác")
        else:
            continue
        problems.append(problem(SITE_TOML, words, line=config_line(url), field=f"{table}.aliases"))
    return problems


def _folders(paths: Iterable[str]) -> set[str]:
    folders: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return folders


def check_static(static: Iterable[str], planned: Iterable[str]) -> list[Problem]:
    """Files of ``static/`` that would take the address of a page; both by path of output."""
    taken = {path.lower() for path in planned}
    return [
        problem(f"static/{path}", messages.same_address(f"/{path}", "một trang do Loa tạo"))
        for path in static
        if path.lower() in taken
    ]


def check_links(
    entries: Iterable[Entry],
    paths: Iterable[str],
    files: Iterable[str],
    held: Mapping[str, datetime],
    config: Config,
    locate: Locate,
    config_line: Callable[[str], int],
) -> list[Problem]:
    """Links, in texts and in ``site.toml``, that lead to no page when they can be read.

    ``held`` are the addresses of entries held back, with the moments at which they appear: a link to one is fine in
    what appears no sooner. ``paths`` are those of all planned outputs.
    ``files`` are those of content: what is wrong with one that is linked to, ``check_files`` has said.
    """
    problems: list[Problem] = []
    present = {*paths, *files}
    known: set[str] = set()  # made when a link leads nowhere, to find what was meant
    for entry in entries:
        for reference in entry.body.references:
            if reference.kind != "link":
                continue
            url, _ = addresses.resolve(entry.path, reference.target)
            if not _leads_to(url, present, config):
                if url in held and held[url] <= held.get(entry.url, _NOW):
                    continue
                if url in held:
                    words = messages.link_to_held(reference.target)
                elif not url:
                    words = messages.link_of_wrong_kind(reference.target)
                else:
                    words = messages.broken_link(
                        reference.target, _outside(reference.target) or _near(url, known, present)
                    )
                line = locate(entry.path, (reference.target,))
                problems.append(problem(f"content/{entry.path}", words, line=line))
    return problems + _faults_of_menus(present, known, held, config, config_line)


def check_own_domain(
    entries: Iterable[Entry],
    present: set[str],
    held: Mapping[str, datetime],
    html_of: Callable[[str], str],
    withdrawn: set[str],
    config: Config,
    locate: Locate,
) -> list[Problem]:
    """Links written with the whole address of the site that lead to no page of it, or to one that was ``withdrawn``.

    Something else than Loa may answer there, under the same name: a warning. ``present`` are all paths that answer.
    """
    problems: list[Problem] = []
    known: set[str] = set()
    own = re.compile(rf'\shref="({re.escape(config.base_url)}(/[^"?#]*)[^"]*)"')
    for entry in entries:
        for whole, path in own.findall(html_of(entry.body.digest)):
            target, url = unescape(whole), unquote(unescape(path))
            words = life_messages.link_to_withdrawn(target) if url in withdrawn else None
            if not _leads_to(url, present, config):
                words = messages.own_link_nowhere(target, "" if url in held else _near(url, known, present))
            if words:
                line = locate(entry.path, (target,))
                problems.append(problem(f"content/{entry.path}", words, line=line, severity="warning"))
    return problems


def _faults_of_menus(
    present: set[str],
    known: set[str],
    held: Mapping[str, datetime],
    config: Config,
    config_line: Callable[[str], int],
) -> list[Problem]:
    """The same of the links in ``site.toml``; that of the alert counts from when it is said."""
    problems: list[Problem] = []
    # An address that stands in several menus is one fault.
    for link in {link.url: link for link in config.links}.values():
        # Something else than Loa may answer at the whole address, under the same name: a warning, as in texts.
        is_whole = not link.url.startswith("/")
        url = config.path_of(link.url)
        since = config.alert.since if config.alert and link.url == config.alert.link else None
        if url in held and held[url] <= (since or _NOW):
            continue
        if url and not _leads_to(url, present, config):
            if is_whole:
                words = messages.own_link_nowhere(link.url, "" if url in held else _near(url, known, present))
            elif url in held:
                words = messages.link_to_held(link.url)
            else:
                words = messages.broken_link(link.url, _near(url, known, present))
            fault = problem(SITE_TOML, words, line=config_line(link.url), field="url")
            problems.append(replace(fault, severity="warning") if is_whole else fault)
    return problems


# The moment of what is published: sooner than anything that is held.
_NOW = datetime.min.replace(tzinfo=UTC)
_HOST = re.compile(r"(?:www\.|[a-z0-9.-]+\.(?:vn|com|org|net|info)(?:/|$))", re.IGNORECASE)


def _outside(target: str) -> str:
    """The address outside the site that was probably meant, when only its beginning is missing."""
    if re.fullmatch(r"[^/\s@]+@[^/\s@]+\.[a-z]+", target):
        return f"mailto:{target}"
    return f"https://{target}" if _HOST.match(target) else ""


def _leads_to(url: str, present: set[str], config: Config) -> bool:
    """Whether a file, or another program, answers at ``url``."""
    return url.startswith("/") and (addresses.output_path(url) in present or config.is_elsewhere(url))


def _known_urls(paths: Iterable[str]) -> set[str]:
    known = {addresses.site_path(path) for path in paths}
    # A folder may be written with or without index.html; servers differ in the bare name, so that is refused.
    return known | {f"{url}index.html" for url in known if url.endswith("/")}


def _near(url: str, known: set[str], present: set[str]) -> str:
    """A known address like ``url``; looked for among those whose last part begins alike, since there may be many.

    ``known`` is filled with the addresses of what is ``present`` when it is empty.
    """
    if not known:
        known |= _known_urls(present)
    beginning = url.lower().rstrip("/").rpartition("/")[2][:3]
    alike = sorted(other for other in known if other.rstrip("/").rpartition("/")[2].startswith(beginning))
    return nearest(url, alike[:500]) if url else ""


def unused_files(files: Iterable[str], used: set[str]) -> list[Problem]:
    """A warning for each file of ``content`` that no entry refers to.

    One of a word processor is not refused beside texts, as those of other kinds are: an entry may offer it.
    """
    return [problem(f"content/{path}", _unused(path), severity="warning") for path in files if path not in used]


_WRITTEN = (".doc", ".docx", ".odt", ".rtf", ".pdf")


def _unused(path: str) -> Words:
    is_written = path.lower().endswith(_WRITTEN) and path.partition("/")[0] in TEXT_FOLDERS
    return file_messages.text_not_taken(path[path.rfind(".") :]) if is_written else file_messages.unused_file()
