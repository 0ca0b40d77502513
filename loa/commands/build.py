"""``python build.py``: bring the published site up to date, or go back to the release before."""

from __future__ import annotations

import argparse
import sys
from collections import Counter, deque
from pathlib import Path
from typing import TYPE_CHECKING

from loa import __version__
from loa.console import FAULTS, INCOMPLETE, NOT_DUE, OK, SHOWN, Progress, count, moment, print_problems
from loa.errors import UsageError
from loa.text import format_moment

if TYPE_CHECKING:
    from loa.pipeline import Options, Report

DESCRIPTION = "Dựng cổng thông tin từ content/, templates/, static/ và site.toml."
EPILOG = (
    "Mã thoát: 0 đã dựng; 1 nội dung có lỗi, không thay đổi gì (--verify: trang không còn như đã dựng); "
    "2 lệnh sai hoặc lỗi của phần mềm; "
    "3 đã dựng nhưng có phần bị bỏ lại, hoặc chưa lập được mục lục toàn văn; 4 chưa có gì đến hạn (--due)."
)

# What the last build worked on is kept until the process ends, which frees it at once.
_remains: deque[object] = deque(maxlen=1)


def configure(parser: argparse.ArgumentParser) -> None:
    """Give ``parser`` the arguments of this command."""
    add = parser.add_argument
    add("--output", type=Path, metavar="THƯ_MỤC", help="thư mục kết quả (mặc định: public/ trong thư mục của trang)")
    add("--full", action="store_true", help="dựng lại tất cả, bỏ qua những gì đã ghi nhớ")
    add("--explain", action="store_true", help="in lý do dựng lại từng tệp")
    add(
        "--all",
        action="store_true",
        help=f"in mọi lỗi, cảnh báo (mặc định: {SHOWN} cảnh báo đầu của mỗi loại; bài mất của một thư mục, "
        "liên kết hỏng đến một thư mục gộp làm một)",
    )
    add("--now", type=moment, metavar="THỜI_ĐIỂM", help="coi như bây giờ là thời điểm này (ISO 8601), để kiểm thử")
    add("--workers", type=count, default=0, metavar="N", help="số tiến trình (mặc định: số bộ xử lý)")
    add(
        "--skip-bad", action="store_true", help="vẫn đăng các bài khác khi có bài lỗi; bài lỗi giữ bản đã đăng gần nhất"
    )
    add(
        "--force",
        action="store_true",
        help="vẫn đăng khi số trang giảm quá 5%% hoặc không còn bài nào (mặc định: từ chối)",
    )
    add("--release", type=Path, metavar="THƯ_MỤC", help="dựng thành một bản phát hành trọn vẹn trong thư mục này")
    add("--rollback", action="store_true", help="cùng với --release: quay về bản phát hành trước")
    add(
        "--verify",
        action="store_true",
        help="không dựng; so từng tệp đã đăng với bản ghi của lần dựng, mã thoát 1 nếu có tệp bị sửa, bị mất hoặc lạ",
    )
    add(
        "--due",
        action="store_true",
        help="không dựng; mã thoát 0 nếu đã có bài đến giờ đăng, hết hạn…, 4 nếu chưa (dùng cho bộ hẹn giờ)",
    )
    add("--version", action="version", version=f"Loa {__version__}", help="in phiên bản")


def run(options: argparse.Namespace) -> int:
    """Build, and say what was done; the exit code."""
    if options.rollback:
        return _roll_back(options.release)
    if options.verify:
        return _verify(options)
    return _ask_due(options) if options.due else _build(options)


def _roll_back(release: Path | None) -> int:
    from loa import life_messages  # noqa: PLC0415  # few builds need it
    from loa.releases import roll_back  # noqa: PLC0415  # as above

    if release is None:
        raise UsageError("--rollback cần --release THƯ_MỤC.")
    print(life_messages.rolled_back(roll_back(release)))
    return OK


def _ask_due(options: argparse.Namespace) -> int:
    from loa.pipeline import is_due  # noqa: PLC0415  # heavy; not for --help or --rollback

    return OK if is_due(_options(options)) else NOT_DUE


def _verify(options: argparse.Namespace) -> int:
    from loa import life_messages  # noqa: PLC0415  # few builds need it
    from loa.pipeline import verified  # noqa: PLC0415  # heavy; not for --help or --rollback

    found = verified(_options(options))
    groups = {"bị sửa": found.changed, "bị mất": found.missing, "lạ": found.foreign}
    for words, paths in groups.items():
        shown = paths if options.all else paths[:SHOWN]
        print("".join(f"{words:6}  {path}\n" for path in shown), end="")
        if len(shown) < len(paths):
            print(f"{words:6}  … và {len(paths) - len(shown)} tệp khác (--all in đủ)")
    counts = {words: len(paths) for words, paths in groups.items() if paths}
    print(life_messages.differs(counts) if counts else life_messages.whole(found.files))
    return OK if found.is_whole else FAULTS


def _options(options: argparse.Namespace) -> Options:
    from loa.pipeline import Options  # noqa: PLC0415  # heavy; not for --help or --rollback

    if options.release and options.output:
        raise UsageError("Chỉ dùng một trong hai: --output hoặc --release.")
    return Options(
        root=options.root,
        output=options.output,
        release=options.release,
        now=options.now,
        full=options.full,
        skip_bad=options.skip_bad,
        force=options.force,
        workers=options.workers,
    )


def _build(options: argparse.Namespace) -> int:
    from loa import life_messages, messages  # noqa: PLC0415  # only builds need it
    from loa.pipeline import build  # noqa: PLC0415  # heavy; not for --help or --rollback

    progress = Progress(sys.stderr)
    report = build(_options(options), progress)
    _remains.append(report)
    progress.clear()
    print_problems(report.problems, sys.stderr, done=report.done, shown=sys.maxsize if options.all else SHOWN)
    for held in report.held:
        print(f"{held.file}: giữ lại – {held.reason}")
    if not report.done:
        return FAULTS
    for path in report.refused:
        print(f"{path}: {_fate(path, report)}")
    if options.explain:
        _explain(report.reasons, report.outputs)
    if report.unknown:
        print(messages.unknown_files_left(report.unknown, str(report.output)), file=sys.stderr)
    if report.due:
        print(life_messages.next_due(format_moment(report.due.moment.astimezone(report.zone)), report.due.file))
    print(
        f"Đã đăng {report.published} · giữ lại {len(report.held)} · từ chối {len(report.refused)} · "
        f"ghi {report.written} trong {report.outputs} tệp · xóa {report.removed} · {report.seconds:.1f} giây".replace(
            ".", ","
        )
    )
    return INCOMPLETE if report.refused or report.incomplete else OK


def _fate(path: str, report: Report) -> str:
    """What became of the refused file at ``path``."""
    from loa import messages  # noqa: PLC0415  # few builds need it

    if path in report.kept:
        return messages.kept_last_good()
    return messages.completed() if path in report.completed else messages.left_out()


def _explain(reasons: dict[str, tuple[str, ...]], outputs: int) -> None:
    width = max((len(path) for path in reasons), default=0)
    for path, names in sorted(reasons.items()):
        print(f"dựng  {path:<{width}}  {' '.join(names)}")
    print(f"giữ   {outputs - len(reasons)} tệp khác")
    for names, times in Counter(reasons.values()).most_common():
        print(f"      {times} vì {' '.join(names)}")
