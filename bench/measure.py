"""Runs a command as a user would, and measures it: time by the clock, processor time and memory of all its processes.

Linux only: what there is to know is read from /proc, which costs less than any library that reads it for us.
"""

# ruff: noqa: PTH123, PTH208  # looked at fifty times a second, beside what is measured; paths as objects cost more

from __future__ import annotations

import os
import select
import signal
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypedDict

_PAGE = os.sysconf("SC_PAGE_SIZE")
_TICK = os.sysconf("SC_CLK_TCK")
_CORES = os.cpu_count() or 1
MB = 1_000_000

# Between two looks at the memory, in seconds.
INTERVAL = 0.02
# PSS divides each shared page among those who share it. Asking for it makes the kernel walk every page,
# so it is asked for only as often as takes this part of the time.
PSS_SHARE = 0.01
# A machine that uses less than this part of its processors is idle.
IDLE = 0.05


class Measured(TypedDict):
    """One run. Seconds and megabytes; ``others`` is the processor time that other processes took meanwhile.

    ``stopped`` says that it took longer than it was given.
    """

    wall: float
    cpu: float
    rss: float
    pss: float
    others: float
    load: float
    idle: bool
    code: int
    stopped: bool


def measure(command: Sequence[str], folder: Path, log: Path, patience: float, limit: float = float("inf")) -> Measured:
    """Run ``command`` in ``folder`` once the machine is idle, or ``patience`` seconds have passed.

    What it prints goes to ``log``. It is stopped when it takes longer than ``limit`` seconds.
    """
    idle = settle(patience)
    load = os.getloadavg()[0]
    busy, own = _busy(), time.process_time()
    with log.open("wb") as words:
        started = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603  # our own commands
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=words, stderr=subprocess.STDOUT
        )
        rss, pss, stopped = _watch(process.pid, started, limit)
        # wait4 counts the children that the process has waited for; all of our programs wait for theirs.
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    cpu = usage.ru_utime + usage.ru_stime
    others = max(0.0, _busy() - busy - cpu - (time.process_time() - own))
    return Measured(
        wall=round(wall, 3),
        cpu=round(cpu, 3),
        rss=round(rss / MB, 1),
        pss=round(pss / MB, 1),
        others=round(others, 2),
        load=round(load, 2),
        idle=idle,
        code=process.returncode,
        stopped=stopped,
    )


def settle(patience: float) -> bool:
    """Write out what is not yet on the disk, then wait for an idle second; False when none came in time."""
    if not patience:
        return False
    os.sync()
    end = time.monotonic() + patience
    while True:
        busy = _busy()
        time.sleep(1)
        if _busy() - busy < IDLE * _CORES:
            return True
        if time.monotonic() > end:
            return False


def _busy() -> float:
    """The processor time that everybody has used since the machine started."""
    with open("/proc/stat", encoding="ascii") as stat:
        user, nice, system, _idle, _iowait, irq, softirq, steal = map(int, stat.readline().split()[1:9])
    return (user + nice + system + irq + softirq + steal) / _TICK


def _watch(pid: int, started: float, limit: float) -> tuple[int, int, bool]:
    """The largest RSS and PSS in bytes of the process and all below it until it ends, and whether it was stopped."""
    largest = largest_pss = 0
    stopped = False
    spent = 0.0
    handle = os.pidfd_open(pid)
    try:
        # Tells the end at once, so that looking now and then does not lengthen what is measured.
        while not select.select([handle], [], [], INTERVAL)[0]:
            pids = _tree(pid)
            largest = max(largest, sum(map(_rss, pids)))
            before = time.perf_counter()
            if before - started > limit:
                stopped = True
                for one in pids:
                    with suppress(ProcessLookupError):
                        os.kill(one, signal.SIGKILL)
            if spent <= PSS_SHARE * (before - started):
                largest_pss = max(largest_pss, sum(map(_pss, pids)))
                spent += time.perf_counter() - before
    finally:
        os.close(handle)
    return largest, largest_pss, stopped


def _tree(pid: int) -> list[int]:
    """The process and all below it, as far as they still run."""
    found = [pid]
    for parent in found:
        with suppress(OSError):
            for task in os.listdir(f"/proc/{parent}/task"):
                with open(f"/proc/{parent}/task/{task}/children", encoding="ascii") as children:
                    found += map(int, children.read().split())
    return found


def _rss(pid: int) -> int:
    with suppress(OSError), open(f"/proc/{pid}/statm", encoding="ascii") as statm:
        return int(statm.read().split()[1]) * _PAGE
    return 0


def _pss(pid: int) -> int:
    with suppress(OSError), open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as rollup:
        for line in rollup:
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0
