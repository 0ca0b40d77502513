"""What lies in a folder: names and signatures, never the bytes. Refuses links and special files by name."""

from __future__ import annotations

import os
import re
import stat
import time
from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from itertools import chain, count
from pathlib import Path

import msgspec

from loa import document_messages, file_messages, messages
from loa.errors import Problem, Words, problem
from loa.model import Record
from loa.text import slug

# Which folders of content/ hold what; the folder says the type.
TEXT_FOLDERS = ("tin", "van-ban", "trang")
FILE_FOLDERS = ("anh", "tep")

# Windows has devices of these names, whatever ending they have (Microsoft, "Naming Files, Paths, and Namespaces"):
# colleagues who clone the site there would not get the file.
DEVICES = frozenset({"con", "prn", "aux", "nul"} | {f"{port}{n}" for port in ("com", "lpt") for n in range(10)})
_DEVICE = re.compile(r"(?:^|/)((?:con|prn|aux|nul|com\d|lpt\d)(?=[./]|$)|[^/]+\.(?=/|$))", re.IGNORECASE)

# Two dashes in a row are looked for apart, which takes less time.
_TEXT = re.compile(
    rf"(?:{'|'.join(TEXT_FOLDERS)})"
    r"(?:/(?!(?:con|prn|aux|nul|com\d|lpt\d)[./])[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+\.md"
)
_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
# What editors' machines leave behind.
_LITTER = re.compile(r"\..*|.*~|~\$.*|#.*#|Thumbs\.db|desktop\.ini|.*\.(?:swp|tmp|bak)", re.IGNORECASE)


class Signature(Record, frozen=True):
    """How a file looked from outside. Any write changes ``ctime``, which no program can set back."""

    size: int
    mtime: int
    ctime: int
    inode: int


def signature(status: os.stat_result) -> Signature:
    """The signature in what ``stat`` says of a file; times in nanoseconds."""
    return Signature(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


class Scan(Record, frozen=True):
    """Files below a folder, by path relative to it (with ``/``), each in order of path.

    ``taken`` is the moment in nanoseconds since 1970 after which a change may have gone unseen.
    """

    taken: int
    texts: dict[str, Signature]
    files: dict[str, Signature]
    problems: tuple[Problem, ...]


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(tuple[int, dict[str, Signature], dict[str, Signature]]).decode


def packed(scan: Scan) -> tuple[bytes, tuple[Problem, ...]]:
    """``scan`` as it is soonest handed to another process. Problems may name files whose names are no UTF-8."""
    return _encode((scan.taken, scan.texts, scan.files)), scan.problems


def unpacked(scan: tuple[bytes, tuple[Problem, ...]]) -> Scan:
    """The scan that was ``packed``."""
    return Scan(*_decode(scan[0]), scan[1])


# Where the pages lie that Loa makes of what it finds.
_TAKEN = re.compile(r"van-ban/(?:so|nam|loai|co-quan|linh-vuc|trich-dan|trang)/")


def scan_content(content: Path) -> Scan:
    """The texts and other files below ``content``, with a problem for each thing that cannot be published."""
    texts: dict[str, Signature] = {}
    files: dict[str, Signature] = {}
    problems: list[Problem] = []
    taken = time.time_ns()
    lying = walk(content, into_litter=True)
    names = _Names(lying)
    for path in sorted(lying):
        found = lying[path]
        # Disks take no name of more than 255 bytes, and the names of pages and pictures are longer than those of files.
        if found is not None and len(path) > _LONG and (words := _too_long(path)):
            problems.append(problem(f"content/{path}", words))
        elif found is not None and _TEXT.fullmatch(path) and "--" not in path:
            if path.endswith("/index.md") or _TAKEN.match(path):
                problems.append(problem(f"content/{path}", document_messages.name_taken(path.partition("/")[0])))
            else:
                texts[path] = found
        elif found is None:
            problems.append(problem(f"content/{path}", messages.not_a_plain_file()))
        elif (words := _refused_by_windows(path) or _refusal(path, names)) is not None:
            problems.append(problem(f"content/{path}", words))
        else:
            files[path] = found
    return Scan(taken, texts, files, tuple(problems))


_LONG = 230


def _too_long(path: str) -> Words | None:
    """Why no page, or no picture in three sizes, could have a name like that of the file at ``path``."""
    name = path.rpartition("/")[2]
    limit = _LONG + 20 if name.endswith(".md") else _LONG
    return file_messages.name_too_long(len(name), limit) if len(name) > limit else None


def _refused_by_windows(path: str) -> Words | None:
    """Why a machine with Windows could not hold the file at ``path``; None if it can."""
    device = _DEVICE.search(path)
    return file_messages.name_of_a_device(device[1]) if device else None


def _refusal(path: str, names: _Names) -> Words | None:
    """Why the file at ``path``, which is no well-named text, cannot be published; None if it can."""
    folder, _, rest = path.partition("/")
    name = path.rpartition("/")[2]
    if name.lower().endswith(".md"):
        if folder in TEXT_FOLDERS and rest:
            return messages.bad_file_name(names.better(path, "md"))
        return messages.wrong_folder(" hoặc ".join(f"content/{known}/" for known in TEXT_FOLDERS))
    if folder not in (*TEXT_FOLDERS, *FILE_FOLDERS) or not rest:
        return messages.wrong_folder(" hoặc ".join(f"content/{known}/" for known in FILE_FOLDERS))
    if name.lower().endswith((".markdown", ".mdown", ".txt", ".html", ".htm")) and folder in TEXT_FOLDERS:
        return messages.wrong_kind_of_file(name[name.rfind(".") :])
    if not all(_FILE_NAME.fullmatch(part) for part in path.split("/")):
        return messages.bad_asset_name(names.better(path, path.rpartition(".")[2].lower()))
    return None


class _Names:
    """The names below a folder: those of what is ``lying`` there, and those that were proposed for others.

    Capitals make no difference: editors' machines may not know any.
    """

    def __init__(self, lying: Iterable[str]) -> None:
        self._lying = lying

    @cached_property
    def _taken(self) -> Counter[str]:
        return Counter(path.casefold() for path in self._lying)

    def better(self, path: str, suffix: str) -> str:
        """A name for the file at ``path`` that no other has, as messages name files; empty where none can be made."""
        stem, dot, _ = path.rpartition(".")
        stem = "/".join(slug(part) for part in stem.split("/"))
        if not dot or "//" in stem or stem.endswith("/"):
            return ""
        # What differs in capitals alone is this file itself.
        self._taken[path.casefold()] -= 1
        stems = chain([stem], (f"{stem}-{number}" for number in count(2)))
        free = next(name for stem in stems if not self._taken[name := f"{stem}.{suffix}"])
        self._taken.update((free, path.casefold()))
        return f"content/{free}"


def walk(folder: Path, *, into_litter: bool = False) -> dict[str, Signature | None]:
    """Every file below ``folder`` by relative path; None for what is no plain file. Editors' litter is passed over.

    ``into_litter``: of folders only those that are hidden, since somebody may keep texts in ``2026.bak``.
    """
    found: dict[str, Signature | None] = {}
    pending = [(str(folder), "")]
    while pending:
        where, prefix = pending.pop()
        try:
            entries = list(os.scandir(where))
        except FileNotFoundError:
            continue
        for entry in entries:
            name = entry.name
            # Most files are texts, and texts are not litter.
            is_litter = (name[-3:] != ".md" or name[0] in ".~#") and _LITTER.fullmatch(name)
            if is_litter and not (into_litter and name[0] != "." and entry.is_dir(follow_symlinks=False)):
                continue
            path = prefix + name
            if entry.is_dir(follow_symlinks=False):
                pending.append((entry.path, f"{path}/"))
            else:
                status = entry.stat(follow_symlinks=False)
                found[path] = signature(status) if stat.S_ISREG(status.st_mode) else None
    return found
