"""The folder beside an output where its builds leave notes: which addresses are promised, and when something is due.

Apart from the manifest, since they hold where the output was emptied, and for every later Loa.
"""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path

import msgspec

from loa.fingerprint import BrokenSealError, sealed, unsealed
from loa.manifest import encode

# How soon a build that was refused may be tried again by a timer.
_REFUSED = timedelta(hours=1)

_decode_promises = msgspec.msgpack.Decoder(dict[str, str]).decode


def state_of(output: Path) -> Path:
    """Where the state of ``output`` lies: beside it; inside it where that is a file system of its own.

    A rename cannot leave a file system.
    """
    try:
        is_mounted = output.stat().st_dev != output.parent.stat().st_dev
    except FileNotFoundError:
        is_mounted = False
    return output / ".loa" if is_mounted else output.parent / f".{output.name}.loa"


class State:
    """The notes in the folder ``state``."""

    def __init__(self, state: Path) -> None:
        self.state = state
        # Where ``promises`` are remembered.
        self.promises_file = state / "addresses"

    @property
    def lock_file(self) -> Path:
        """Held by the build that is at work on this output."""
        return self.state / "lock"

    @cached_property
    def promises(self) -> dict[str, str] | None:
        """What ``note_promises`` was given last; None when nobody knows."""
        try:
            return _decode_promises(unsealed(self.promises_file.read_bytes()))
        except (OSError, msgspec.DecodeError, BrokenSealError):
            return None

    def note_promises(self, promises: dict[str, str]) -> None:
        """Remember which addresses readers have, and of which entry each is (ADR 0014).

        Apart from the manifest: they hold when the output folder was emptied, and for every later Loa.
        """
        if self.promises != promises:
            self._write_state(self.promises_file.name, encode(promises))
            self.promises = promises

    @property
    def due(self) -> str | None:
        """What ``note_due`` was given last; None when nobody knows."""
        try:
            return str(unsealed((self.state / "due").read_bytes()), "utf-8")
        except (OSError, BrokenSealError):
            return None

    def note_due(self, moment: str) -> None:
        """Remember when the published site changes by itself."""
        if self.due != moment:
            self._write_state("due", moment.encode())

    def postpone_due(self, now: datetime) -> None:
        """Have a timer that was answered that something is due ask again in an hour: that build was refused."""
        if self.due and datetime.fromisoformat(self.due) <= now:
            self.note_due((now + _REFUSED).isoformat())

    def _write_state(self, name: str, data: bytes) -> None:
        temporary = self.state / f"{name}.tmp"
        with temporary.open("wb") as file:
            file.write(sealed(data))
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, self.state / name)
