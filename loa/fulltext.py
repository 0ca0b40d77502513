"""Texts → the index of their words, a bundle for each part: Pagefind, beside the site and never in its way (ADR 0013).

The index of a part stays as it is published while nothing in the part has changed. When it cannot be made anew, it
stays only as long as everything that it holds is still published as it was.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from hashlib import file_digest
from pathlib import Path
from threading import Event

import msgspec
from msgspec import Struct

from loa import addresses, search_messages
from loa.config import Config
from loa.errors import Words
from loa.fingerprint import digest
from loa.library import Library
from loa.model import Entry
from loa.parts import Parts
from loa.pieces import SearchRow
from loa.reasons import reason
from loa.related import Describer
from loa.scan import walk
from loa.search_parts import Part, Rows, page_for_index, parts_of
from loa.sections import Section
from loa.store import Store
from loa.views import IndexFileView, Output

# Where the files of the index lie, in the output folder and while they wait.
FOLDER = addresses.TEXTS.lstrip("/")
# In each bundle: the addresses of what it holds, each with a digest of title and text.
_HOLDS = "dia-chi.json"
# What all bundles share; the rest of what Pagefind brings is for pages of its own.
_ENGINE = ("pagefind.js", "wasm.unknown.pagefind")
# Few files, since each is looked at in each build; not so few that an answer brings many texts with it.
_FRAGMENTS = 256
# Entries of indexes that are made at the same time; each takes a third of a megabyte of memory.
_TOGETHER = 1200
# Seconds; what takes longer hangs. An entry takes some milliseconds.
_LEAST, _EACH = 60.0, 0.1
_STROKE = "\N{COMBINING SHORT STROKE OVERLAY}"


class TextPart(Struct, frozen=True):
    """What is indexed together: rows as in the look-up, each with the HTML of its text; ``inputs`` is its digest.

    ``holds`` has the address of each, and a digest of its title and text.
    """

    name: str
    inputs: bytes
    holds: dict[str, str]
    texts: Callable[[], Iterable[tuple[SearchRow, str]]]


class _Language(Struct, frozen=True):
    page_count: int


class _Entry(Struct, frozen=True):
    """What Pagefind says of an index that it has made, as far as we ask."""

    languages: dict[str, _Language]


class Texts(Struct, frozen=True):
    """The outputs of the index, and what went wrong."""

    sections: tuple[Section, ...]
    failure: Words | None


def text_parts(
    library: Library, config: Config, stamp: Callable[[Entry], bytes], html_of: Callable[[str], str]
) -> list[TextPart]:
    """What is to be indexed of ``library``."""
    rows = Rows(library, config, Parts(library, config, Describer(library.citator, "")))

    def texts(part: Part) -> Iterator[tuple[SearchRow, str]]:
        return ((rows.of(entry), html_of(entry.body.digest)) for entry in part.entries)

    def holds(part: Part) -> dict[str, str]:
        return {entry.url: digest((entry.title, entry.body.digest)).hex()[:12] for entry in part.entries}

    return [
        TextPart(part.name, rows.inputs(part, stamp), holds(part), partial(texts, part))
        for part in parts_of(library, config.search.part)
    ]


def find_program() -> Path | None:
    """The Pagefind that the environment names, that our own installation has brought, or that is on the path."""
    if chosen := os.environ.get("PAGEFIND_BINARY_PATH"):
        return Path(chosen)
    installed = Path(sys.prefix, "pagefind", "node_modules", "@pagefind").glob("*/bin/pagefind_extended*")
    ours = next((file for file in sorted(installed) if file.suffix in ("", ".exe")), None)
    on_path = shutil.which("pagefind_extended") or shutil.which("pagefind")
    return ours or (Path(on_path) if on_path else None)


def index(
    parts: Sequence[TextPart], store: Store, work: Path, count: int, program: Path | None, code: str, *, full: bool
) -> Texts:
    """The index of ``parts``: what is published of it and still right, and the rest made anew in the folder ``work``.

    Up to ``count`` parts are made at once, as memory allows. ``full`` makes all anew, and so does another ``code``.
    """
    published = _published(store)
    try:
        size = program.stat().st_size if program else 0
    except OSError:
        program, size = None, 0
    # Without a program what it has made before is as good as ever.
    made_by = digest((size, code)) if program else store.manifest.sections.get(_name(""), b"")
    inputs = {part.name: digest((made_by, part.inputs)) for part in parts}
    engine = None if full else _kept(store, "", published.get("", ()), made_by)
    sections: list[Section] = []
    missing: list[TextPart] = []
    for part in parts:
        kept = None if full else _kept(store, part.name, published.get(part.name, ()), inputs[part.name])
        # The engine comes with an index, whichever.
        if kept and (engine or missing):
            sections.append(kept)
        else:
            missing.append(part)
    failure: Words | None = None
    new_engine: Section | None = None
    for part, result in _made(missing, program, work, count):
        if isinstance(result, Words):
            failure = failure or result
            sections += _former(store, part, published.get(part.name, ()))
        else:
            engine_files = [file for file in result if file.source.removeprefix(FOLDER) in _ENGINE]
            new_engine = _section("", engine_files, made_by)
            sections.append(_section(part.name, [f for f in result if f not in engine_files], inputs[part.name]))
    engine = new_engine or engine or _as_it_was(store, "", published.get("", ()))
    return Texts((*sections, engine) if sections and engine else (), failure)


def _name(part: str) -> str:
    return f"texts {part}"


def _published(store: Store) -> dict[str, tuple[str, ...]]:
    """The files of the index that are published, by part; those that all share under an empty name."""
    found: dict[str, list[str]] = {}
    for path in store.manifest.outputs:
        if path.startswith(FOLDER):
            part, slash, _ = path.removeprefix(FOLDER).partition("/")
            found.setdefault(part if slash else "", []).append(path)
    return {part: tuple(paths) for part, paths in found.items()}


def _kept(store: Store, part: str, paths: tuple[str, ...], inputs: bytes) -> Section | None:
    """What is published of a part, if it was made of ``inputs`` and is whole."""
    if not paths or store.manifest.sections.get(_name(part)) != inputs or not store.holds(paths):
        return None
    return Section(_name(part), paths, inputs, partial(_as_published, store, paths))


def _as_published(store: Store, paths: tuple[str, ...]) -> list[Output]:
    return [Output(path, IndexFileView(path, store.manifest.outputs[path].content)) for path in paths]


def _as_it_was(store: Store, part: str, paths: tuple[str, ...]) -> Section | None:
    return _kept(store, part, paths, store.manifest.sections.get(_name(part), b""))


def _former(store: Store, part: TextPart, paths: tuple[str, ...]) -> list[Section]:
    """What is published of a part that could not be made anew; nothing if it holds what has gone or been corrected."""
    try:
        held = json.loads((store.output / FOLDER / part.name / _HOLDS).read_bytes())
        is_sound = held.items() <= part.holds.items()
    except (OSError, ValueError, AttributeError):
        return []
    kept = _as_it_was(store, part.name, paths) if is_sound else None
    return [kept] if kept else []


def _section(part: str, files: list[IndexFileView], inputs: bytes) -> Section:
    outputs = [Output(file.source, file) for file in files]
    return Section(_name(part), tuple(output.path for output in outputs), inputs, partial(list, outputs))


def _made(
    missing: list[TextPart], program: Path | None, work: Path, count: int
) -> Iterator[tuple[TextPart, list[IndexFileView] | Words]]:
    """The parts with their files or what went wrong, up to ``count`` made at once; meanwhile we write pages."""
    if program is None:
        yield from ((part, search_messages.no_indexer()) for part in missing)
        return
    # What hangs once would hang again, and keep the site waiting each time.
    hangs = Event()
    with ThreadPoolExecutor(count) as pool:
        running: deque[tuple[TextPart, Future[list[IndexFileView] | Words]]] = deque()
        for part in missing:
            while running and (len(running) == count or _size(part, *(other for other, _ in running)) > _TOGETHER):
                first, future = running.popleft()
                yield first, future.result()
            running.append((part, pool.submit(_make, part, program, work, _pages_of(part, work), hangs)))
        yield from ((part, future.result()) for part, future in running)


def _pages_of(part: TextPart, work: Path) -> Path | OSError:
    """The folder of the pages that are to be indexed, or what has kept us from writing them."""
    pages = work / "pages" / part.name
    try:
        for row, html in part.texts():
            file = pages / row.url.lstrip("/")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(_stroked(page_for_index(row, html)), encoding="utf-8")
    except OSError as error:
        return error
    return pages


def _size(*parts: TextPart) -> int:
    return sum(len(part.holds) for part in parts)


def _make(
    part: TextPart, program: Path, work: Path, pages: Path | OSError, hangs: Event
) -> list[IndexFileView] | Words:
    """The files of the index of a part, made in ``work`` where they are to lie in the output; or what went wrong."""
    bundle = work / FOLDER / part.name
    if isinstance(pages, OSError):
        return search_messages.indexer_fails(reason(pages))
    made = _try(part, program, work, pages, hangs)
    shutil.rmtree(pages, ignore_errors=True)
    if isinstance(made, Words):
        # What is half made stands in nobody's way.
        shutil.rmtree(bundle, ignore_errors=True)
    return made


def _try(part: TextPart, program: Path, work: Path, pages: Path, hangs: Event) -> list[IndexFileView] | Words:
    bundle = work / FOLDER / part.name
    limit = _LEAST + _EACH * len(part.holds)
    try:
        if hangs.is_set():
            return search_messages.indexer_hangs(round(limit))
        fault = _run(program, pages, bundle, limit)
        if not fault:
            return _files_of(part, bundle, work)
    except subprocess.TimeoutExpired:
        hangs.set()
        return search_messages.indexer_hangs(round(limit))
    except (OSError, ValueError) as error:  # of the latter is what msgspec says
        fault = f"{program.name}: {reason(error) if isinstance(error, OSError) else error}"
    return search_messages.indexer_fails(fault)


def _run(program: Path, pages: Path, bundle: Path, limit: float) -> str:
    """Make the index of ``pages``; gives what went wrong, if the program says so."""
    command = [str(program), "--site", str(pages), "--output-path", str(bundle), "--include-characters", _STROKE]
    command += ["--force-language", "vi", "--max-fragments", str(_FRAGMENTS), "--silent"]
    done = subprocess.run(  # noqa: S603  # our own program; nothing of it comes from content
        command, stdin=subprocess.DEVNULL, capture_output=True, timeout=limit, check=False
    )
    words = done.stderr.decode(errors="replace").strip().splitlines()
    return "" if done.returncode == 0 else words[-1] if words else f"{program.name}: {done.returncode}"


def _files_of(part: TextPart, bundle: Path, work: Path) -> list[IndexFileView]:
    """The files of a bundle that are published, those that all bundles share one folder up.

    Raises ``OSError`` and ``ValueError`` for what is no whole index of the part.
    """
    entry = (bundle / "pagefind-entry.json").read_bytes()
    count = sum(language.page_count for language in msgspec.json.decode(entry, type=_Entry).languages.values())
    if count != len(part.holds):
        raise ValueError(f"{count}/{len(part.holds)}")
    for name in _ENGINE:
        (bundle / name).replace(work / FOLDER / name)
    (bundle / _HOLDS).write_text(json.dumps(part.holds), encoding="utf-8")
    wanted = ("index/", "fragment/", "filter/", "pagefind-entry.json", _HOLDS)
    files = [path for path in sorted(walk(bundle)) if path.startswith(wanted) or path.endswith(".pf_meta")]
    paths = [*(f"{FOLDER}{name}" for name in _ENGINE), *(f"{FOLDER}{part.name}/{path}" for path in files)]
    return [IndexFileView(path, _digest_of(work / path)) for path in paths]


def _digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _stroked(text: str) -> str:
    """``text`` with a stroke beside the d instead of through it: a mark like others, which the index folds."""
    return text.replace("đ", f"d{_STROKE}").replace("Đ", f"D{_STROKE}")
