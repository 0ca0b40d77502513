"""Problems → what is told of them, in order: what keeps the site back first, many lost texts of a folder in one.

Links that lead to what is lost are told in one, too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from msgspec.structs import replace

from loa import addresses, file_messages, life_messages, messages
from loa.errors import Problem, problem

# So many alike are told of each; of more than these, what they have in common.
MANY = 10

# What stands before and behind an address at which nothing is.
_NOWHERE = tuple(
    words.message.split("*")
    for words in (messages.broken_link("*", ""), file_messages.missing_file("*", "", is_picture=True))
)


def told(problems: Iterable[Problem], shown: int) -> list[Problem]:
    """``problems`` with the errors first.

    Where more than ``shown`` published texts of one folder are gone, one problem stands for them: hardly anybody has
    deleted them one by one, and what to do is not said best of each. So it is with links to one file or folder.
    """
    found = list(problems)
    lost: dict[tuple[str, bool], list[Problem]] = defaultdict(list)
    for fault in found:
        if life_messages.is_entry_lost(fault.message):
            lost["/".join(fault.path.split("/")[:2]), fault.blocking].append(fault)
    many = {key: faults for key, faults in lost.items() if len(faults) > shown}
    for (folder, _), faults in many.items():
        words = life_messages.folder_lost(folder, len(faults))
        found = _without(found, faults)
        found.append(problem(folder, words, severity=faults[0].severity))
    found = _links_in_one(found, shown, {f"{folder.removeprefix('content')}/" for folder, _ in many})
    return sorted(found, key=lambda fault: (not fault.blocking, fault))


def _links_in_one(found: list[Problem], shown: int, lost: Collection[str]) -> list[Problem]:
    """``found`` with one problem, at the first of them, for more than ``shown`` links into one folder.

    That is the folder of what is linked to, or one of those that are ``lost``, as addresses with slashes at both ends.
    """
    into: dict[tuple[str, str, bool], list[tuple[str, Problem]]] = defaultdict(list)
    for fault in found:
        if target := _target(fault):
            folder = next((f for f in lost if target.startswith(f)), f"{target.rstrip('/').rpartition('/')[0]}/")
            into[folder, fault.severity, fault.of_draft].append((target, fault))
    for (folder, *_), links in into.items():
        if len(links) > shown:
            faults = sorted(fault for _, fault in links)
            targets, hints = {target for target, _ in links}, {fault.hint for fault in faults}
            where = targets.pop() if len(targets) == 1 else folder
            meant = hints.pop() if len(hints) == 1 and "?" in faults[0].hint else ""
            words = life_messages.links_lost(len(links), where, meant)
            found = _without(found, faults)
            found.append(replace(faults[0], message=words.message, hint=words.hint))
    return found


def _target(fault: Problem) -> str:
    """The site path of what is not there, if that is what the ``fault`` is about; else empty."""
    for before, behind in _NOWHERE:
        if fault.message.startswith(before) and fault.message.endswith(behind):
            written = fault.message.removeprefix(before).removesuffix(behind)
            return addresses.resolve(fault.path.removeprefix("content/"), written)[0]
    return ""


def _without(found: list[Problem], faults: Collection[Problem]) -> list[Problem]:
    gone = set(faults)
    return [fault for fault in found if fault not in gone]
