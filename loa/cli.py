"""The command line: arguments, exit codes, and everything that is printed.

Exit codes: 0 built; 1 faults in the content, nothing changed; 2 wrong use or a fault of ours;
3 built with something left out.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter, deque
from collections.abc import Sequence
from datetime import datetime
from io import TextIOWrapper
from pathlib import Path
from typing import NoReturn, TextIO

from loa import __version__
from loa.errors import LoaError, Problem, UsageError

OK, FAULTS, WRONG, INCOMPLETE = 0, 1, 2, 3

# What the last build worked on is kept until the process ends, which frees it at once.
_remains: deque[object] = deque(maxlen=1)


# How many warnings that ask for the same are printed: the first build of an old archive may have thousands.
_SHOWN = 10

# What argparse says, and what we say instead.
_REFUSALS = {
    "unrecognized arguments:": "không có tùy chọn",
    "expected one argument": "thiếu giá trị",
    "ignored explicit argument": "không nhận giá trị",
    "ambiguous option:": "tùy chọn không rõ:",
    "could match": "có thể là",
    "argument ": "tùy chọn ",
}


class _Parser(argparse.ArgumentParser):
    """argparse that speaks Vietnamese where it refuses."""

    def error(self, message: str) -> NoReturn:
        for english, ours in _REFUSALS.items():
            message = message.replace(english, ours)
        self.exit(WRONG, f"Lệnh không đúng: {message}.\nXem: python build.py --help\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="build.py",
        description="Dựng cổng thông tin từ content/, templates/, static/ và site.toml.",
        epilog="Mã thoát: 0 đã dựng; 1 nội dung có lỗi, không thay đổi gì; 2 lệnh sai hoặc lỗi của phần mềm; "
        "3 đã dựng nhưng có phần bị bỏ lại.",
        add_help=False,
    )
    add = parser.add_argument
    add("-h", "--help", action="help", help="in hướng dẫn này")
    add("--root", type=Path, default=Path(), metavar="THƯ_MỤC", help="thư mục của trang (mặc định: thư mục hiện tại)")
    add("--output", type=Path, metavar="THƯ_MỤC", help="thư mục kết quả (mặc định: public/ trong thư mục của trang)")
    add("--full", action="store_true", help="dựng lại tất cả, bỏ qua những gì đã ghi nhớ")
    add("--explain", action="store_true", help="in lý do dựng lại từng tệp")
    add("--all", action="store_true", help=f"in mọi cảnh báo (mặc định: {_SHOWN} cảnh báo đầu của mỗi loại)")
    add("--now", type=_moment, metavar="THỜI_ĐIỂM", help="coi như bây giờ là thời điểm này (ISO 8601), để kiểm thử")
    add("--workers", type=_count, default=0, metavar="N", help="số tiến trình (mặc định: số bộ xử lý)")
    add(
        "--skip-bad", action="store_true", help="vẫn đăng các bài khác khi có bài lỗi; bài lỗi giữ bản đã đăng gần nhất"
    )
    add("--release", type=Path, metavar="THƯ_MỤC", help="dựng thành một bản phát hành trọn vẹn trong thư mục này")
    add("--rollback", action="store_true", help="cùng với --release: quay về bản phát hành trước")
    add("--version", action="version", version=f"Loa {__version__}", help="in phiên bản")
    return parser


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} không phải là thời điểm ISO 8601") from None
    return moment


def _count(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 256:
        raise argparse.ArgumentTypeError(f"{text!r} không phải là số từ 1 đến 256")
    return int(text)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that lacks Vietnamese letters is no reason to fail after the work is done.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    options = _parser().parse_args(arguments)
    try:
        if options.rollback:
            return _roll_back(options.release)
        return _build(options)
    except LoaError as error:
        print(error, file=sys.stderr)
        return WRONG
    except OSError as error:
        place = f" {error.filename}" if error.filename else ""
        print(
            f"Không đọc hoặc không ghi được{place}: {error.strerror or error}. "
            "Trang đang có không thay đổi, hoặc sẽ được hoàn tất ở lần dựng sau.",
            file=sys.stderr,
        )
        return WRONG
    except Exception:  # noqa: BLE001  # whatever it is, editors need a sentence and we need the trace
        import traceback  # noqa: PLC0415  # seldom needed, it is hoped

        traceback.print_exc()
        print(
            "\nLỗi của phần mềm, không phải của nội dung. Hãy gửi những dòng trên cho người bảo trì.", file=sys.stderr
        )
        return WRONG
    except KeyboardInterrupt:
        print("\nĐã dừng. Trang đang có không thay đổi, hoặc sẽ được hoàn tất ở lần dựng sau.", file=sys.stderr)
        return WRONG


def _roll_back(release: Path | None) -> int:
    from loa.releases import roll_back  # noqa: PLC0415  # each command imports what it needs

    if release is None:
        raise UsageError("--rollback cần --release THƯ_MỤC.")
    print(f"Đã quay về bản {roll_back(release)}.")
    return OK


def _build(options: argparse.Namespace) -> int:
    from loa import messages  # noqa: PLC0415  # only builds need it
    from loa.pipeline import Options, Report, build  # noqa: PLC0415  # heavy; not for --help or --rollback

    if options.release and options.output:
        raise UsageError("Chỉ dùng một trong hai: --output hoặc --release.")
    progress = _Progress(sys.stderr)
    report: Report = build(
        Options(
            root=options.root,
            output=options.output,
            release=options.release,
            now=options.now,
            full=options.full,
            skip_bad=options.skip_bad,
            workers=options.workers,
        ),
        progress,
    )
    _remains.append(report)
    progress.clear()
    _print_problems(report.problems, sys.stderr, done=report.done, shown=sys.maxsize if options.all else _SHOWN)
    for held in report.held:
        print(f"{held.file}: giữ lại – {held.reason}")
    if not report.done:
        return FAULTS
    for path in report.refused:
        print(f"{path}: {messages.kept_last_good() if path in report.kept else messages.left_out()}")
    if options.explain:
        _explain(report.reasons, report.outputs)
    if report.unknown:
        print(messages.unknown_files_left(report.unknown, str(report.output)), file=sys.stderr)
    print(
        f"Đã đăng {report.published} · giữ lại {len(report.held)} · từ chối {len(report.refused)} · "
        f"ghi {report.written} trong {report.outputs} tệp · xóa {report.removed} · {report.seconds:.1f} giây".replace(
            ".", ","
        )
    )
    return INCOMPLETE if report.refused or report.incomplete else OK


def _print_problems(problems: Sequence[Problem], out: TextIO, *, done: bool, shown: int) -> None:
    """Each fault with its place, what is wrong and what to do; then how many there are.

    Of the warnings that ask for the same, the first ``shown`` are printed; errors are printed all.
    """
    if not problems:
        return
    alike: Counter[str] = Counter()
    for fault in problems:
        alike[fault.hint] += not fault.blocking
        if not fault.blocking and alike[fault.hint] > shown:
            continue
        place = f"{fault.path}:{fault.line}" if fault.line else fault.path
        mark = "" if fault.blocking else "  (cảnh báo)"
        print(f"{place}{'  ' + fault.field if fault.field else ''}{mark}", file=out)
        print(f"    {fault.message}", file=out)
        if fault.hint:
            print(f"    {fault.hint}", file=out)
    errors = sum(fault.blocking for fault in problems)
    if more := sum(max(0, count - shown) for count in alike.values()):
        print(f"… và {more} cảnh báo tương tự. Xem tất cả: python build.py --full --all", file=out)
    unchanged = "" if done else " Trang đang có không thay đổi."
    print(f"\n{errors} lỗi, {len(problems) - errors} cảnh báo.{unchanged}", file=out)


def _explain(reasons: dict[str, tuple[str, ...]], outputs: int) -> None:
    width = max((len(path) for path in reasons), default=0)
    for path, names in sorted(reasons.items()):
        print(f"dựng  {path:<{width}}  {' '.join(names)}")
    print(f"giữ   {outputs - len(reasons)} tệp khác")
    for names, count in Counter(reasons.values()).most_common():
        print(f"      {count} vì {' '.join(names)}")


_STAGES = {"read": "Đọc", "render": "Dựng", "wait": "Đang chờ một lần dựng khác kết thúc"}


class _Progress:
    """A line on the terminal for work that takes longer than a second; nothing where output is no terminal."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._started = time.monotonic()
        self._next = self._started + 1
        self._shown = False

    def __call__(self, stage: str, done: int, total: int) -> None:
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
