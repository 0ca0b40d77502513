"""What ``check --fix`` does to a file: mends what needs no judgement, shows it, and replaces the file in one step.

Nothing but the characters that a rule names is changed: line ends, marks of byte order, the file's mode stay.
"""

from __future__ import annotations

import difflib
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from loa.proofreading import ALL, Choice, Patch, read
from loa.telling import visible

# Mending a place may bring another to light: "ngô...và" needs the dots first, then the blank.
_ROUNDS = 12


def fixed(path: str, data: bytes, choice: Choice = ALL) -> bytes:
    """``data``, the file at ``path`` below ``content``, with everything mended that can be without judging it."""
    for _ in range(_ROUNDS):
        patches = read(path, data, choice).patches
        if not patches:
            break
        mended = _patched(data.decode("utf-8"), patches).encode("utf-8")
        if mended == data:
            break
        data = mended
    return data


def _patched(text: str, patches: tuple[Patch, ...]) -> str:
    parts: list[str] = []
    at = 0
    for patch in sorted(set(patches)):
        # Where two meet, the other waits for the next round.
        if patch.start < at or (parts and patch.start == at):
            continue
        parts += [text[at : patch.start], patch.text]
        at = patch.end
    return "".join([*parts, text[at:]])


_LINE = re.compile(r"[^\n]*\n|[^\n]+\Z")


def diff(path: str, before: bytes, after: bytes) -> Iterator[str]:
    """The lines of a unified diff, with what nobody would see made ``visible``."""

    def lines(data: bytes) -> list[str]:
        return _LINE.findall(visible(data.decode("utf-8")))

    for line in difflib.unified_diff(lines(before), lines(after), path, path, n=1):
        yield line.rstrip("\r\n")


def replace_file(file: Path, data: bytes) -> None:
    """Put ``data`` in the place of a file, all at once, with the mode that it has. Links lead to what they led to."""
    real = file.resolve()
    mode = real.stat().st_mode & 0o7777
    handle, name = tempfile.mkstemp(prefix=f".{real.name}.", dir=real.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(mode)
        os.replace(temporary, real)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
