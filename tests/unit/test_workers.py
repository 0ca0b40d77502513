"""Work is spread over processes only where that pays, and its results never depend on it."""

from __future__ import annotations

import os

import pytest

from loa.workers import default_workers, spread


@pytest.mark.parametrize("workers", [1, 2, 3])
@pytest.mark.parametrize("count", [0, 1, 7, 100, 1001])
def test_results_come_in_the_order_of_the_items_whatever_the_number_of_workers(workers: int, count: int) -> None:
    assert list(spread(lambda n: n * n, range(count), workers, worth=10)) == [n * n for n in range(count)]


@pytest.mark.parametrize(("workers", "count"), [(1, 100), (2, 9)])
def test_little_work_and_one_worker_stay_in_this_process(workers: int, count: int) -> None:
    assert set(spread(lambda _: os.getpid(), range(count), workers, worth=10)) == {os.getpid()}


def test_enough_work_is_done_by_other_processes() -> None:
    pids = set(spread(lambda _: os.getpid(), range(100), 2, worth=10))

    assert os.getpid() not in pids
    assert 1 <= len(pids) <= 2


def test_a_fault_in_another_process_arrives_here() -> None:
    def fail(number: int) -> int:
        raise ValueError(str(number))

    with pytest.raises(ValueError, match="0"):
        list(spread(fail, range(100), 2, worth=10))
    # And the next work starts clean.
    assert list(spread(abs, range(100), 2, worth=10)) == list(range(100))


def test_what_the_items_hold_needs_no_pickling() -> None:
    items = [lambda n=n: n for n in range(50)]

    assert list(spread(lambda item: item(), items, 2, worth=10)) == list(range(50))


def test_there_is_always_at_least_one_worker() -> None:
    assert default_workers() >= 1
