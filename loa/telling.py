"""Problems → what is told of them, in order: what keeps the site back first, many lost texts of a folder in one.

Links that lead to what is lost are told in one, too. What nobody would see on a terminal is made visible.
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
    found: list[Problem] = []
    lost: dict[tuple[str, bool], list[Problem]] = defaultdict(list)
    for fault in problems:
        folder = "/".join(fault.path.split("/")[:2])
        (lost[folder, fault.blocking] if life_messages.is_entry_lost(fault.message) else found).append(fault)
    folders = set()
    for (folder, _), faults in lost.items():
        if len(faults) <= shown:
            found += faults
            continue
        folders.add(f"{folder.removeprefix('content')}/")
        found.append(problem(folder, life_messages.folder_lost(folder, len(faults)), severity=faults[0].severity))
    found = _links_in_one(found, shown, folders)
    return sorted(found, key=lambda fault: (not fault.blocking, fault))


def _links_in_one(faults: list[Problem], shown: int, lost: Collection[str]) -> list[Problem]:
    """``faults`` with one problem, at the first of them, for more than ``shown`` links into one folder.

    That is the folder of what is linked to, or one of those that are ``lost``, as addresses with slashes at both ends.
    """
    found: list[Problem] = []
    into: dict[tuple[str, str, bool], list[tuple[str, Problem]]] = defaultdict(list)
    for fault in faults:
        if target := _target(fault):
            folder = next((f for f in lost if target.startswith(f)), f"{target.rstrip('/').rpartition('/')[0]}/")
            into[folder, fault.severity, fault.of_draft].append((target, fault))
        else:
            found.append(fault)
    for (folder, *_), links in into.items():
        found += [_all_links(folder, links)] if len(links) > shown else [fault for _, fault in links]
    return found


def _all_links(folder: str, links: list[tuple[str, Problem]]) -> Problem:
    """One problem for ``links`` into a ``folder``, given as targets with the problem of each."""
    first = min(fault for _, fault in links)
    targets, hints = {target for target, _ in links}, {fault.hint for _, fault in links}
    meant = first.hint if len(hints) == 1 and "?" in first.hint else ""
    words = life_messages.links_lost(len(links), targets.pop() if len(targets) == 1 else folder, meant)
    return replace(first, message=words.message, hint=words.hint)


def _target(fault: Problem) -> str:
    """The site path of what is not there, if that is what the ``fault`` is about; else empty."""
    for before, behind in _NOWHERE:
        if fault.message.startswith(before) and fault.message.endswith(behind):
            written = fault.message.removeprefix(before).removesuffix(behind)
            return addresses.resolve(fault.path.removeprefix("content/"), written)[0]
    return ""


_UNSEEN = str.maketrans({"\N{NO-BREAK SPACE}": "␣", **dict.fromkeys("\x0b\x85\u2028\u2029", "⏎")})


def visible(words: str) -> str:
    """``words`` with ␣ for no-break blanks and ⏎ for soft line breaks, which nobody would see on a terminal."""
    return words.translate(_UNSEEN)
