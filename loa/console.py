"""What every command needs at a terminal: arguments in Vietnamese, problems in print, how far the work is."""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn, TextIO

from loa.config import FILE as SITE_TOML
from loa.errors import Problem, UsageError
from loa.messages import no_site_toml
from loa.telling import MANY, told

# Exit codes: done; faults in the content, nothing changed; wrong use or a fault of ours; done with something left out;
# nothing to do yet.
OK, FAULTS, WRONG, INCOMPLETE, NOT_DUE = 0, 1, 2, 3, 4

# How many warnings that ask for the same are printed: the first build of an old archive may have thousands.
SHOWN = MANY

# What argparse says, and what we say instead.
_REFUSALS = {
    "unrecognized arguments:": "không có tùy chọn",
    "expected one argument": "thiếu giá trị",
    "expected at least one argument": "thiếu giá trị",
    "ignored explicit argument": "không nhận giá trị",
    "ambiguous option:": "tùy chọn không rõ:",
    "could match": "có thể là",
    "the following arguments are required:": "thiếu",
    "argument ": "tùy chọn ",
    "invalid choice:": "không nhận giá trị",
    "choose from": "chọn một trong",
}


class _Help(argparse.HelpFormatter):
    """Help with a Vietnamese word before the usage."""

    def add_usage(
        self, usage: str | None, actions: Iterable[argparse.Action], groups: Iterable[Any], prefix: str | None = None
    ) -> None:
        super().add_usage(usage, actions, groups, "Cách dùng: " if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """argparse that speaks Vietnamese."""

    def __init__(self, **options: Any) -> None:
        super().__init__(formatter_class=_Help, **options)
        self._positionals.title, self._optionals.title = "Tham số", "Tùy chọn"

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the arguments and end the process."""
        for english, ours in _REFUSALS.items():
            message = message.replace(english, ours)
        self.exit(WRONG, f"Lệnh không đúng: {message}.\nXem: python {self.prog} --help\n")


def moment(text: str) -> datetime:
    """An argument that is a moment."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} không phải là thời điểm ISO 8601") from None


def count(text: str) -> int:
    """An argument that is a number of processes."""
    if not text.isdigit() or not 1 <= int(text) <= 256:
        raise argparse.ArgumentTypeError(f"{text!r} không phải là số từ 1 đến 256")
    return int(text)


def refuse_no_site(root: Path) -> None:
    """None where there is a site in the folder ``root``, faulty or not. Raises ``UsageError``."""
    if not root.is_dir():
        raise UsageError(f"Không có thư mục {root}.")
    if not (root / SITE_TOML).exists():
        words = no_site_toml()
        raise UsageError(f"{words.message} {words.hint}")


def print_problems(problems: Sequence[Problem], out: TextIO, *, done: bool, shown: int) -> None:
    """Each fault with its place, what is wrong and what to do; then how many there are.

    Of the warnings that ask for the same, the first ``shown`` are printed; errors are printed all, and first, but for
    lost texts of one folder, of which more than ``shown`` are told in one.
    """
    if not problems:
        return
    alike: Counter[str] = Counter()
    for fault in told(problems, shown):
        alike[fault.hint] += not fault.blocking
        if not fault.blocking and alike[fault.hint] > shown:
            continue
        place = f"{fault.path}:{fault.line}" if fault.line else fault.path
        mark = "" if fault.blocking else "  (cảnh báo, bản nháp)" if fault.of_draft else "  (cảnh báo)"
        print(f"{place}{'  ' + fault.field if fault.field else ''}{mark}", file=out)
        print(f"    {fault.message}", file=out)
        if fault.hint:
            print(f"    {fault.hint}", file=out)
    errors = sum(fault.blocking for fault in problems)
    if more := sum(max(0, count - shown) for count in alike.values()):
        print(f"… và {more} cảnh báo tương tự. Xem tất cả: python build.py --full --all", file=out)
    unchanged = "" if done else " Trang đang có không thay đổi."
    print(f"\n{errors} lỗi, {len(problems) - errors} cảnh báo.{unchanged}", file=out)


_STAGES = {
    "read": "Đọc",
    "render": "Dựng",
    "proof": "Soát",
    "links": "Hỏi liên kết",
    "wait": "Đang chờ một lần dựng khác kết thúc",
}


class Progress:
    """A line on the terminal for work that takes longer than a second; nothing where output is no terminal."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._started = time.monotonic()
        self._next = self._started + 1
        self._shown = False

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show how far a stage is; ``total`` is 0 where nobody knows."""
        now = time.monotonic()
        if not self._out.isatty() or (now < self._next and stage != "wait"):
            return
        self._next = now + 0.2
        self._shown = True
        amount = f" {done}/{total}" if total else "…"
        self._out.write(f"\r\x1b[K{_STAGES[stage]}{amount}")
        self._out.flush()

    def clear(self) -> None:
        """Take the line away again."""
        if self._shown:
            self._out.write("\r\x1b[K")
            self._out.flush()
