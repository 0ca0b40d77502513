"""Texts → the index of their words, a bundle for each part: Pagefind, beside the site and never in its way (ADR 0013).

The index of a part stays as it is published while nothing in the part has changed. When it cannot be made anew, it
stays only as long as everything that it holds is still published.
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
from hashlib import sha256
from pathlib import Path

from msgspec import Struct

from loa import addresses, search_messages
from loa.config import Config
from loa.errors import Words
from loa.fingerprint import digest
from loa.library import Library
from loa.model import Entry
from loa.parts import Parts
from loa.pieces import SearchRow
from loa.scan import walk
from loa.search import Part, inputs_of, page_for_index, parts_of, row_of
from loa.sections import Section
from loa.store import Store
from loa.views import IndexFileView, Output

# Where the files of the index lie, in the output folder and while they wait.
FOLDER = addresses.TEXTS.lstrip("/")
# In each bundle: the addresses of what it holds.
_HOLDS = "dia-chi.json"
# What all bundles share; the rest of what Pagefind brings is for pages of its own.
_ENGINE = ("pagefind.js", "wasm.unknown.pagefind")
# Few files, since each is looked at in each build; not so few that an answer brings many texts with it.
_FRAGMENTS = 256
# Seconds; what takes longer hangs. An entry takes some milliseconds.
_LEAST, _EACH = 60.0, 0.1
_STROKE = "\N{COMBINING SHORT STROKE OVERLAY}"


class TextPart(Struct, frozen=True):
    """What is indexed together: rows as in the look-up, each with the HTML of its text; ``inputs`` is its digest."""

    name: str
    inputs: bytes
    urls: tuple[str, ...]
    texts: Callable[[], Iterable[tuple[SearchRow, str]]]


class Texts(Struct, frozen=True):
    """The outputs of the index, and what went wrong."""

    sections: tuple[Section, ...]
    failure: Words | None


def text_parts(
    library: Library, config: Config, stamp: Callable[[Entry], bytes], html_of: Callable[[str], str]
) -> list[TextPart]:
    """What is to be indexed of ``library``."""
    parts = Parts(library, config, "")

    def texts(part: Part) -> Iterator[tuple[SearchRow, str]]:
        return ((row_of(entry, parts), html_of(entry.body.digest)) for entry in part.entries)

    return [
        TextPart(part.name, inputs_of(part, config, stamp), tuple(e.url for e in part.entries), partial(texts, part))
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
    parts: Sequence[TextPart], store: Store, work: Path, count: int, program: Path | None, *, full: bool
) -> Texts:
    """The index of ``parts``: what is published of it and still right, and the rest made anew in the folder ``work``.

    ``count`` parts are made at once, at most two; ``full`` makes all anew.
    """
    shutil.rmtree(work, ignore_errors=True)
    published = _published(store)
    try:
        size = program.stat().st_size if program else 0
    except OSError:
        program, size = None, 0
    inputs = {part.name: digest((size, _FRAGMENTS, part.inputs)) for part in parts}
    engine = None if full else _kept(store, "", published.get("", ()), digest(size))
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
    for part, result in _made(missing, program, work, max(1, min(count, 2))):
        if isinstance(result, Words):
            failure = failure or result
            sections += _former(store, part, published.get(part.name, ()))
        else:
            sections.append(_section(part.name, result, inputs[part.name], work))
            new_engine = _section("", [f"{FOLDER}{name}" for name in _ENGINE], digest(size), work)
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
    """What is published of a part that could not be made anew; nothing if it holds what is not published any more."""
    try:
        held = json.loads((store.output / FOLDER / part.name / _HOLDS).read_bytes())
    except (OSError, ValueError):
        return []
    kept = _as_it_was(store, part.name, paths) if set(held) <= set(part.urls) else None
    return [kept] if kept else []


def _section(part: str, paths: list[str], inputs: bytes, work: Path) -> Section:
    views = [(path, IndexFileView(path, sha256((work / path).read_bytes()).hexdigest())) for path in paths]
    outputs = [Output(path, view) for path, view in views]
    return Section(_name(part), tuple(paths), inputs, partial(list, outputs))


def _made(
    missing: list[TextPart], program: Path | None, work: Path, count: int
) -> Iterator[tuple[TextPart, list[str] | Words]]:
    """The parts with their files or what went wrong, ``count`` made at once; this process meanwhile writes pages."""
    if program is None:
        yield from ((part, search_messages.no_indexer()) for part in missing)
        return
    with ThreadPoolExecutor(count) as pool:
        running: deque[tuple[TextPart, Future[list[str] | Words]]] = deque()
        for part in missing:
            if len(running) == count:
                first, future = running.popleft()
                yield first, future.result()
            pages = work / "pages" / part.name
            for row, html in part.texts():
                file = pages / row.url.lstrip("/")
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(_stroked(page_for_index(row, html)), encoding="utf-8")
            running.append((part, pool.submit(_run, part, program, pages, work)))
        yield from ((part, future.result()) for part, future in running)


def _run(part: TextPart, program: Path, pages: Path, work: Path) -> list[str] | Words:
    """The files of the index of ``pages``, made in ``work`` where they are to lie in the output; or what went wrong."""
    bundle = work / FOLDER / part.name
    command = [str(program), "--site", str(pages), "--output-path", str(bundle), "--include-characters", _STROKE]
    command += ["--force-language", "vi", "--max-fragments", str(_FRAGMENTS), "--silent"]
    limit = _LEAST + _EACH * len(part.urls)
    try:
        done = subprocess.run(  # noqa: S603  # our own program; nothing of it comes from content
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=limit, check=False
        )
    except subprocess.TimeoutExpired:
        return search_messages.indexer_hangs(round(limit))
    except OSError as error:
        return search_messages.indexer_fails(f"{program}: {error.strerror or error}")
    if done.returncode != 0 or not (bundle / "pagefind-entry.json").is_file():
        words = done.stderr.decode(errors="replace").strip().splitlines()
        return search_messages.indexer_fails(words[-1] if words else f"{program.name}: {done.returncode}")
    for name in _ENGINE:
        (bundle / name).replace(work / FOLDER / name)
    (bundle / _HOLDS).write_text(json.dumps(part.urls), encoding="utf-8")
    shutil.rmtree(pages)
    wanted = ("index/", "fragment/", "filter/", "pagefind-entry.json", _HOLDS)
    files = [path for path in walk(bundle) if path.startswith(wanted) or path.endswith(".pf_meta")]
    return [f"{FOLDER}{part.name}/{path}" for path in sorted(files)]


def _stroked(text: str) -> str:
    """``text`` with a stroke beside the d instead of through it: a mark like others, which the index folds."""
    return text.replace("đ", f"d{_STROKE}").replace("Đ", f"D{_STROKE}")
