"""Work is spread over processes only where that pays, and its results never depend on it."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import time
import weakref
from collections.abc import Callable
from pathlib import Path

import pytest

from loa.errors import LoaError
from loa.workers import beside, default_workers, spread


@pytest.mark.parametrize("workers", [1, 2, 3])
@pytest.mark.parametrize("count", [0, 1, 7, 100, 1001])
def test_results_come_in_the_order_of_the_items_whatever_the_number_of_workers(workers: int, count: int) -> None:
    assert list(spread(lambda n: n * n, range(count), workers, worth=10)) == [n * n for n in range(count)]


@pytest.mark.parametrize(("workers", "count"), [(1, 100), (2, 9)])
def test_little_work_and_one_worker_stay_in_this_process(workers: int, count: int) -> None:
    assert set(spread(lambda _: os.getpid(), range(count), workers, worth=10)) == {os.getpid()}


@pytest.mark.parametrize("workers", [2, 3])
def test_enough_work_is_shared_with_other_processes(workers: int, tmp_path: Path) -> None:
    def work(_: int) -> int:
        """Ends when all of them are at work: on a busy machine some would have taken it all before others begin."""
        (tmp_path / str(os.getpid())).touch()
        end = time.monotonic() + 60
        while len(list(tmp_path.iterdir())) < workers and time.monotonic() < end:
            time.sleep(0.001)
        return os.getpid()

    pids = set(spread(work, range(200), workers, worth=10))

    assert os.getpid() in pids
    assert len(pids) == workers


@pytest.mark.parametrize("workers", [1, 2])
def test_what_was_young_before_the_work_is_young_after_it(workers: int) -> None:
    class Cycle:
        def __init__(self) -> None:
            self.itself = self

    gc.collect()
    left = weakref.ref(Cycle())
    assert len(list(spread(str, range(20), workers, worth=10))) == 20

    # The oldest are hardly ever looked at: what each build leaves would lie there.
    gc.collect(1)

    assert left() is None


def test_a_fault_in_another_process_arrives_here() -> None:
    def fail(number: int) -> int:
        raise ValueError(str(number))

    with pytest.raises(ValueError, match=r"^\d+$"):
        list(spread(fail, range(100), 2, worth=10))
    # And the next work starts clean.
    assert list(spread(abs, range(100), 2, worth=10)) == list(range(100))


def test_a_process_that_dies_ends_the_work_with_words_instead_of_hanging() -> None:
    here = os.getpid()

    def die(_: int) -> None:
        time.sleep(0.002)
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(LoaError, match="--workers 1"):
        list(spread(die, range(100), 2, worth=10))
    assert list(spread(abs, range(100), 2, worth=10)) == list(range(100))


def dies_of(deadly: set[int]) -> Callable[[int], int]:
    """Doubles a number; of some the process dies that has them, unless it is this one."""
    here = os.getpid()

    def double(number: int) -> int:
        # This one, which is not to die, leaves them to the others.
        time.sleep(0.02 if os.getpid() == here else 0.001)
        if number in deadly and os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return 2 * number

    return double


@pytest.mark.proves("R7 deaths")
@pytest.mark.parametrize("deadly", [{7}, {0, 60}, set(range(40, 50))], ids=["one", "two", "many"])
def test_of_an_item_that_kills_its_process_is_told_and_all_others_are_worked_on(deadly: set[int]) -> None:
    made = list(spread(dies_of(deadly), range(100), 2, worth=10, lost=lambda number: -number - 1))

    assert made == [-number - 1 if number in deadly else 2 * number for number in range(100)]
    assert list(spread(abs, range(100), 2, worth=10)) == list(range(100))


def test_nobody_goes_on_when_the_process_that_asked_is_killed(tmp_path: Path) -> None:
    program = """
import os, sys, time
from loa.workers import spread

def work(number):
    open(os.path.join(sys.argv[1], str(os.getpid())), "w").close()
    time.sleep(0.05)

list(spread(work, range(10_000), 3, worth=10))
"""
    asked = subprocess.Popen([sys.executable, "-c", program, tmp_path])  # ours
    try:
        wait_until(lambda: len(list(tmp_path.iterdir())) == 3)
    finally:
        asked.kill()
        asked.wait()

    wait_until(lambda: not any(is_running(int(file.name)) for file in tmp_path.iterdir()))


def wait_until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end, "waited for 20 seconds"
        time.sleep(0.02)


def is_running(pid: int) -> bool:
    try:
        # What has ended and is not yet buried does nothing any more.
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


class Result:
    pass


def test_all_results_need_not_be_in_memory_at_once() -> None:
    results = spread(lambda _: Result(), range(1_000), 2, worth=10)
    known = weakref.WeakSet[Result]()
    most = 0
    for result in results:
        known.add(result)
        most = max(most, len(known))

    assert most <= 200


@pytest.mark.parametrize("worth", [True, False])
def test_work_beside_gives_what_it_gives_here(worth: bool) -> None:
    with beside([lambda: b"one", lambda: b"", lambda: b"x" * 1_000_000], worth=worth) as (one, two, three):
        assert (one(), two(), len(three())) == (b"one", b"", 1_000_000)


def test_work_beside_is_done_by_another_process_at_the_same_time() -> None:
    with beside([lambda: str(os.getpid()).encode()], worth=True) as (pid,):
        assert int(pid()) not in (0, os.getpid())


def test_work_that_the_other_process_cannot_do_is_done_here() -> None:
    here = os.getpid()

    def fail() -> bytes:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return b"here"

    with beside([lambda: b"there", fail, lambda: b"too"], worth=True) as (first, second, third):
        assert (first(), second(), third()) == (b"there", b"here", b"too")


def children() -> set[str]:
    """The processes that this one has started: the browser of other tests may be among them."""
    return {child for task in Path("/proc/self/task").iterdir() for child in (task / "children").read_text().split()}


def test_a_fault_beside_arrives_here_and_nothing_is_left_behind() -> None:
    before = children()

    def fail() -> bytes:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"), beside([fail], worth=True) as (failing,):
        failing()
    with beside([lambda: b"x" * 10_000_000], worth=True):
        pass  # nobody reads it
    assert children() == before


def test_what_the_items_hold_needs_no_pickling() -> None:
    items = [lambda n=n: n for n in range(50)]

    assert list(spread(lambda item: item(), items, 2, worth=10)) == list(range(50))


def test_there_is_always_at_least_one_worker() -> None:
    assert default_workers() >= 1
