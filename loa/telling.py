"""Problems → what is told of them, in order: what keeps the site back first, many lost texts of a folder in one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from loa import life_messages
from loa.errors import Problem, problem

# So many alike are told of each; of more than these, what they have in common.
MANY = 10


def told(problems: Iterable[Problem], shown: int) -> list[Problem]:
    """``problems`` with the errors first.

    Where more than ``shown`` published texts of one folder are gone, one problem stands for them: hardly anybody has
    deleted them one by one, and what to do is not said best of each.
    """
    found: list[Problem] = []
    lost: dict[tuple[str, bool], list[Problem]] = defaultdict(list)
    for fault in problems:
        folder = "/".join(fault.path.split("/")[:2])
        (lost[folder, fault.blocking] if life_messages.is_entry_lost(fault.message) else found).append(fault)
    for (folder, _), faults in lost.items():
        many = [problem(folder, life_messages.folder_lost(folder, len(faults)), severity=faults[0].severity)]
        found += many if len(faults) > shown else faults
    return sorted(found, key=lambda fault: (not fault.blocking, fault))
