"""What can go wrong.

    LoaError                 a fault of ours or of the machine; ``cli`` prints it and exits with 2
    ├── UsageError           the command line asks for something impossible
    ├── StoreError           the output folder cannot be read or written as it must be
    ├── CountingError        views cannot be counted: a log, or what was counted before, is not usable
    ├── TemplateFaultError   a template is wrong; ``pipeline`` makes a problem of it
    ├── GateError            what was made must not go live; ``pipeline`` tells its problems
    └── MemoryDamagedError   what was remembered is unreadable; the build starts again without it

Author's mistakes are not exceptions: they are ``Problem`` values, gathered, sorted and printed together.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct


class LoaError(Exception):
    """Root of every exception Loa raises on purpose."""


class UsageError(LoaError):
    """The command line asks for something that cannot be done."""


class StoreError(LoaError):
    """The output folder or the state beside it is not usable."""


class CountingError(LoaError):
    """Views cannot be counted; nothing was."""


class MemoryDamagedError(LoaError):
    """What was remembered between builds is gone or unreadable."""


class Words(Struct, frozen=True):
    """What is wrong, and what to write instead; both in Vietnamese."""

    message: str
    hint: str = ""


class Problem(Struct, frozen=True, order=True):
    """An author's mistake: where it is, what is wrong and what to do.

    ``path`` is relative to the site folder; ``line`` counts from 1, 0 for the whole file;
    ``field`` is empty when the fault is not in a field. An ``error`` keeps the file from being published.
    ``of_draft``: it will be one, once the draft that has it is published.
    """

    path: str
    line: int
    field: str
    message: str
    hint: str = ""
    severity: Literal["error", "warning"] = "error"
    of_draft: bool = False

    @property
    def blocking(self) -> bool:
        """Whether the file must not be published like this."""
        return self.severity == "error"


class PictureError(Exception):
    """A file is no picture we can use; the message is for the editor."""


class PictureDamagedError(PictureError):
    """A picture of a kind that we use cannot be read to its end."""


class PictureTooLargeError(PictureError):
    """A picture has more pixels than we take."""

    def __init__(self, width: int, height: int) -> None:
        super().__init__("quá lớn")
        self.width, self.height = width, height


class RefusedError(Exception):
    """Why a text cannot be taken, at a line of its file. Never leaves ``source``, which makes a problem of it."""

    def __init__(self, words: Words, line: int, field: str = "") -> None:
        super().__init__(words.message)
        self.words, self.line, self.field = words, line, field


class TemplateFaultError(LoaError):
    """A template cannot be read or used; ``problem`` says why, with its file as it lies on the disk."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return f"{self.problem.path}:{self.problem.line}: {self.problem.message}"


class GateError(LoaError):
    """What was made must not go live; ``problems`` say why. Nothing published was touched."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(*(fault.message for fault in problems))
        self.problems = problems


def problem(
    path: str,
    words: Words,
    *,
    line: int = 0,
    field: str = "",
    severity: Literal["error", "warning"] = "error",
) -> Problem:
    """A problem at a place, in the given words."""
    return Problem(path, line, field, words.message, words.hint, severity)
