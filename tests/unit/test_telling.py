"""What is told of many problems, and that telling of a whole archive takes no longer than finding out."""

from __future__ import annotations

from typing import ClassVar

from loa import life_messages
from loa.errors import Problem, Words, problem
from loa.telling import told


class Path(str):
    """A path that counts how often it is looked up."""

    __slots__ = ()
    looked_up: ClassVar[list[str]] = []

    def __hash__(self) -> int:
        self.looked_up.append(self)
        return super().__hash__()


def lost(path: str) -> Problem:
    return problem(path, life_messages.entry_lost([f"/{path}.html"]))


def test_a_lost_folder_is_one_problem_and_all_others_are_told_beside_it() -> None:
    other = problem("content/tin/a.md", Words("Câu khác."), severity="warning")
    faults = [other, *(lost(f"content/tin/{number}.md") for number in range(3)), lost("content/trang/a.md")]

    found = told(faults, 2)

    assert [fault.path for fault in found] == ["content/tin", "content/trang/a.md", "content/tin/a.md"]
    assert told(faults, 3) == sorted(faults, key=lambda fault: (not fault.blocking, fault))


def test_a_whole_archive_that_is_lost_is_looked_through_once() -> None:
    count = 200
    faults = [lost(Path(f"content/tin/{number}.md")) for number in range(count)]

    assert len(told(faults, 10)) == 1
    assert len(Path.looked_up) <= 3 * count
