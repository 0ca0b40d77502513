"""The command line: which command is meant, and what is said when one fails.

Exit codes: 0 done; 1 faults in the content, nothing changed, or a site that is not as it was published (``--verify``);
2 wrong use or a fault of ours; 3 done with something left out, or without a new index of texts; 4 nothing is due yet
(``--due``).
"""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path

from loa.console import WRONG, Parser
from loa.errors import LoaError
from loa.reasons import reason
from loa.text import nearest

# What each command is for; ``loa.commands`` has a module for each. The first is meant where none is named.
COMMANDS = {
    "build": "dựng và đăng trang",
    "serve": "xem trước trong trình duyệt",
    "check": "kiểm tra nội dung và soát câu chữ, không đăng gì",
    "new": "tạo tệp mới cho một bài viết, trang hoặc văn bản",
    "views": "đếm lượt xem từ nhật ký truy cập",
}

# No other command touches what is published.
_UNHARMED = " Trang đang có không thay đổi, hoặc sẽ được hoàn tất ở lần dựng sau."

_OTHERS = "Lệnh khác: " + "; ".join(f"{name} – {meant}" for name, meant in COMMANDS.items() if name != "build") + "."


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that lacks Vietnamese letters is no reason to fail after the work is done.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    words = list(sys.argv[1:] if arguments is None else arguments)
    name = words.pop(0) if words and not words[0].startswith("-") else "build"
    if name not in COMMANDS:
        near = nearest(name, COMMANDS)
        meant = f" Có phải là {near}?" if near else ""
        if Path(name).suffix or Path(name).exists():
            meant = f" Muốn kiểm tra tệp hay thư mục ấy: python build.py check {shlex.quote(name)}"
        print(f"Không có lệnh {name!r}.{meant}\nXem: python build.py --help", file=sys.stderr)
        return WRONG
    options = parser_of(name).parse_args(words)
    try:
        return int(import_module(f"loa.commands.{name}").run(options))
    except LoaError as error:
        print(error, file=sys.stderr)
        return WRONG
    except OSError as error:
        place = f" {error.filename}" if error.filename else ""
        print(
            f"Không đọc hoặc không ghi được{place}: {reason(error)}.{_UNHARMED if name == 'build' else ''}",
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
        print(f"\nĐã dừng.{_UNHARMED if name == 'build' else ''}", file=sys.stderr)
        return WRONG


def parser_of(name: str) -> Parser:
    """The arguments that the command of that name takes, with its help."""
    command = import_module(f"loa.commands.{name}")
    parser = Parser(
        prog="build.py" if name == "build" else f"build.py {name}",
        description=command.DESCRIPTION,
        epilog=f"{command.EPILOG} {_OTHERS}" if name == "build" else command.EPILOG,
        add_help=False,
    )
    parser.add_argument("-h", "--help", action="help", help="in hướng dẫn này")
    parser.add_argument(
        "--root", type=Path, default=Path(), metavar="THƯ_MỤC", help="thư mục của trang (mặc định: thư mục hiện tại)"
    )
    command.configure(parser)
    return parser
