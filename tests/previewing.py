"""Runs the preview of a site as an editor does: the command in a process of its own."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from conftest import REPOSITORY


class Previewed:
    """A preview that runs: its address (without a closing slash), its port, and what it has said so far."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.said: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.address = self.wait_for(r"(http://127\.0\.0\.1:\d+\S*)/")[1]
        self.port = int(re.search(r":(\d+)", self.address[5:])[1])  # type: ignore[index]  # found just now

    def _read(self) -> None:
        assert self._process.stdout
        with suppress(ValueError):  # closed at the end
            self.said.extend(iter(self._process.stdout.readline, ""))

    def wait_for(self, pattern: str, after: int = 0, seconds: float = 60) -> re.Match[str]:
        """The first match in what was said, from its line ``after`` on."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if found := re.search(pattern, "".join(self.said[after:])):
                return found
            assert self._process.poll() is None, "".join(self.said)
            time.sleep(0.02)
        raise AssertionError(f"{pattern!r} was not said in {seconds} s: {''.join(self.said)}")

    def children(self) -> list[int]:
        """The processes that the server has started and that live."""
        return [
            int(pid) for pid in Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children").read_text().split()
        ]

    def signal(self, name: str) -> None:
        """Send the server alone a signal."""
        self._process.send_signal(signal.Signals[name])

    def interrupt(self) -> int:
        """Ctrl-C at the terminal, which both processes get; the exit code."""
        os.killpg(self._process.pid, signal.SIGINT)
        return self._process.wait(20)


@contextmanager
def previewing(root: Path, *options: str) -> Iterator[Previewed]:
    """The preview of the site at ``root``, on a port that is free."""
    command = [sys.executable, str(REPOSITORY / "build.py"), "serve", "--root", str(root), "--port", "0", *options]
    process = subprocess.Popen(  # our own command
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", start_new_session=True
    )
    try:
        yield Previewed(process)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
