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
    found = list(problems)
    lost: dict[tuple[str, bool], list[Problem]] = defaultdict(list)
    for fault in found:
        if life_messages.is_entry_lost(fault.message):
            lost["/".join(fault.path.split("/")[:2]), fault.blocking].append(fault)
    for (folder, _), faults in lost.items():
        if len(faults) > shown:
            words = life_messages.folder_lost(folder, len(faults))
            found = [fault for fault in found if fault not in set(faults)]
            found.append(problem(folder, words, severity=faults[0].severity))
    return sorted(found, key=lambda fault: (not fault.blocking, fault))
