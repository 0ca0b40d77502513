"""``python build.py check``: what a build would refuse, and the proof-reader; ``--fix`` mends the mechanical part."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from loa.config import FILE as SITE_TOML
from loa.console import FAULTS, OK, SHOWN, WRONG, Progress, count, moment, refuse_no_site
from loa.errors import Problem, UsageError
from loa.proof_rules import RULES
from loa.telling import told, visible
from loa.text import nearest

if TYPE_CHECKING:
    from loa.config import Config
    from loa.proofreading import Choice, Link, Reading, Remark

DESCRIPTION = "Kiểm tra nội dung như khi dựng, và soát câu chữ: dấu câu, ngày tháng, chính tả, cấu trúc. Không đăng gì."
EPILOG = (
    "Mã thoát: 0 không có lỗi (chỗ cần soát chỉ là cảnh báo, trừ khi dùng --strict); 1 có lỗi như khi dựng; "
    "2 lệnh sai hoặc lỗi của phần mềm."
)
_WORTH = 64  # files; for fewer, other processes would take longer to begin than to help


def configure(parser: argparse.ArgumentParser) -> None:
    """Give ``parser`` the arguments of this command."""
    add = parser.add_argument
    add("files", nargs="*", type=Path, metavar="TỆP", help="chỉ kiểm tra các tệp, thư mục này (mặc định: cả content/)")
    add("--fix", action="store_true", help="sửa những lỗi máy sửa được (dấu cách, dấu ba chấm, …) và in phần đã sửa")
    add("--links", action="store_true", help="hỏi thử các liên kết ra ngoài")
    add("--internal", action="store_true", help="cùng với --links: hỏi cả địa chỉ trong mạng nội bộ")
    add("--rule", action="append", default=[], metavar="TÊN", help="chỉ soát theo quy tắc này (dùng được nhiều lần)")
    add("--not-rule", action="append", default=[], metavar="TÊN", help="không soát theo quy tắc này")
    add("--strict", action="store_true", help="mã thoát là 1 cả khi chỉ có chỗ cần soát")
    add("--format", choices=("text", "json", "github"), default="text", help="dạng in (mặc định: text)")
    add("--output", type=Path, metavar="THƯ_MỤC", help="so với trang đã đăng ở thư mục này (mặc định: public/)")
    add("--release", type=Path, metavar="THƯ_MỤC", help="so với bản phát hành trong thư mục này")
    add("--now", type=moment, metavar="THỜI_ĐIỂM", help="coi như bây giờ là thời điểm này (ISO 8601), để kiểm thử")
    add("--workers", type=count, default=0, metavar="N", help="số tiến trình (mặc định: số bộ xử lý)")


def run(options: argparse.Namespace) -> int:
    """Check, and say what was found; the exit code."""
    from loa.pipeline import Options, build  # noqa: PLC0415  # heavy too
    from loa.proofreading import Choice  # noqa: PLC0415  # heavy too
    from loa.site_toml import load_config  # noqa: PLC0415  # heavy; not for --help

    _refuse_unknown([*options.rule, *options.not_rule])
    root: Path = options.root
    if options.files:
        # Else they would be blamed.
        refuse_no_site(root)
    chosen = _chosen(root, options.files)
    progress = Progress(sys.stderr)
    config, _ = load_config(root)
    remarks: list[Remark] = []
    is_written = True
    if config is not None and (root / "content").is_dir():
        rules = frozenset(options.rule or RULES) - frozenset(options.not_rule)
        # Who names a rule on the command line wants to see it.
        rules -= frozenset(config.check.ignore) - frozenset(options.rule)
        choice = Choice(rules, frozenset(" ".join(word.casefold().split()) for word in config.check.words))
        paths = chosen or _texts(root)
        if options.fix:
            is_written = _fix(root, paths, choice, out=sys.stdout if options.format == "text" else sys.stderr)
        remarks = _proofread(options, config, paths, choice, progress)
    report = build(
        Options(
            root=root,
            output=options.output,
            release=options.release,
            now=options.now,
            workers=options.workers,
            check_only=True,
        ),
        progress,
    )
    progress.clear()
    problems = [problem for problem in report.problems if not _is_said_anyway(problem)]
    if chosen:
        asked = {f"content/{path}" for path in chosen}
        # Settings that a build would refuse are the fault of every file, as that they do not name a category.
        problems = [p for p in problems if p.path in asked or (p.path == SITE_TOML and p.blocking)]
    named = {f"content/{place}" for file in options.files for place in _places(root, file)}
    # To who names a draft they are what they are once it is published.
    problems = [replace(p, severity="error") if p.of_draft and p.path in named else p for p in problems]
    _print(options.format, root, problems, remarks)
    if not is_written:
        return WRONG
    if any(problem.blocking for problem in problems):
        return FAULTS
    # Nobody is held back by a colleague's draft.
    others = {item.file for item in report.held if item.entry.draft} - named
    found = {problem.path for problem in problems} | {remark.path for remark in remarks}
    return FAULTS if options.strict and found - others else OK


def _refuse_unknown(names: Sequence[str]) -> None:
    for name in names:
        if name not in RULES:
            near = nearest(name, RULES)
            meant = f" Có phải là {near}?" if near else ""
            raise UsageError(f"Không có quy tắc {name!r}.{meant} Các quy tắc: {', '.join(RULES)}.")


def _is_said_anyway(problem: Problem) -> bool:
    """Whether the proof-reader says the same, with the place in the line, and each time."""
    from loa.document_messages import symbol_of_another  # noqa: PLC0415  # see ``run``

    return problem.hint == symbol_of_another("", "").hint


# --- which files ---------------------------------------------------------------------------


def _texts(root: Path) -> list[str]:
    from loa.scan import scan_content  # noqa: PLC0415  # see ``run``

    return sorted(scan_content(root / "content").texts)


def _chosen(root: Path, files: Sequence[Path]) -> list[str]:
    """The paths below ``content`` of the files, or below the folders, that are named as seen from here or the site."""
    texts = _texts(root) if files else []
    known = set(texts)
    chosen: set[str] = set()
    for file in files:
        places = _places(root, file)
        found = known.intersection(places[:1]) or known.intersection(places)
        found = found or {path for path in texts for place in places if place == "." or path.startswith(f"{place}/")}
        if not found:
            raise UsageError(
                f"{file} không phải là một tệp bài viết, hay thư mục có bài viết, trong {root / 'content'}."
            )
        chosen |= found
    return sorted(chosen)


def _places(root: Path, file: Path) -> list[str]:
    """Where ``file`` lies below ``content``, as seen from here and from the site."""
    content = (root / "content").resolve()
    found = (file.resolve(), (root / file).resolve())
    return [place.relative_to(content).as_posix() for place in found if place.is_relative_to(content)]


def _data(root: Path, path: str) -> bytes:
    try:
        return (root / "content" / path).read_bytes()
    except OSError:
        # The build says so.
        return b""


# --- reading, mending ----------------------------------------------------------------------


def _proofread(
    options: argparse.Namespace, config: Config, paths: list[str], choice: Choice, progress: Progress
) -> list[Remark]:
    from loa.proofreading import read  # noqa: PLC0415  # see ``run``
    from loa.workers import default_workers, spread  # noqa: PLC0415  # see ``run``

    def one(path: str) -> Reading:
        return read(path, _data(options.root, path), choice, with_links=options.links)

    remarks: list[Remark] = []
    links: list[Link] = []
    workers = options.workers or default_workers()
    for done, reading in enumerate(spread(one, paths, workers, worth=_WORTH), 1):
        remarks += reading.remarks
        links += reading.links
        progress("proof", done, len(paths))
    if options.links and "external-link" in choice.rules:
        remarks += _dead(options, config, links, progress)
    return sorted(remarks)


def _dead(options: argparse.Namespace, config: Config, links: list[Link], progress: Progress) -> list[Remark]:
    from loa.links import Manners, check_links  # noqa: PLC0415  # few checks need it
    from loa.proofreading import Remark  # noqa: PLC0415  # see ``run``

    manners = Manners(config.base_url, is_internal_allowed=options.internal)
    today = config.clock(options.now).astimezone(config.zone).date()
    remarks = []
    found = check_links(links, manners, options.root / ".cache", today, partial(progress, "links"))
    for link, words, is_dead in found:
        if is_dead:
            remarks.append(
                Remark(link.path, link.line, link.column, "external-link", link.url, words.message, words.hint)
            )
        else:
            print(
                f"{link.path}:{link.line}:{link.column}  {link.url}\n    {words.message} {words.hint}", file=sys.stderr
            )
    return remarks


def _fix(root: Path, paths: list[str], choice: Choice, out: Any) -> bool:
    """Mend the files and show how; whether all of them could be written."""
    from loa.fixes import diff, fixed, replace_file  # noqa: PLC0415  # few checks need it

    mended = failed = 0
    for path in paths:
        before = _data(root, path)
        after = fixed(path, before, choice)
        if after == before:
            continue
        try:
            replace_file(root / "content" / path, after)
        except OSError as error:
            failed += 1
            # It names a file beside this one, which nobody knows.
            reason = "không có quyền ghi" if isinstance(error, PermissionError) else error.strerror or error
            print(f"Không ghi được content/{path}: {reason}. Tệp này giữ nguyên.", file=sys.stderr)
            continue
        for line in diff(f"content/{path}", before, after):
            print(line, file=out)
        mended += 1
    if mended or not failed:
        print(f"Đã sửa {mended} tệp.\n" if mended else "Không có gì để sửa.\n", file=out)
    return not failed


# --- saying it -------------------------------------------------------------------------------


def _print(form: str, root: Path, problems: Sequence[Problem], remarks: Sequence[Remark]) -> None:
    if form == "json":
        rows = [*map(_row_of_problem, problems), *map(_row_of_remark, remarks)]
        print(json.dumps({"findings": rows}, ensure_ascii=False, indent=1))
    elif form == "github":
        for problem in problems:
            kind = "error" if problem.blocking else "warning"
            place = {"file": root / problem.path, "line": problem.line or 1}
            title = {"title": "Bản nháp"} if problem.of_draft else {}
            _annotate(kind, {**place, **title}, f"{problem.message} {problem.hint}")
        for remark in remarks:
            place = {"file": root / remark.path, "line": remark.line, "col": remark.column}
            if remark.end_line == remark.line and remark.end_column > remark.column:
                place["endColumn"] = remark.end_column - 1
            _annotate("warning", {**place, "title": remark.rule}, _sentence(remark))
    else:
        _print_text(problems, remarks)


def _print_text(problems: Sequence[Problem], remarks: Sequence[Remark]) -> None:
    for problem in told(problems, SHOWN):
        place = f"{problem.path}:{problem.line}" if problem.line else problem.path
        field = f"  {problem.field}" if problem.field else ""
        weight = ("lỗi" if problem.blocking else "cảnh báo") + (", bản nháp" if problem.of_draft else "")
        print(f"{place}{field}  ({weight})\n    {problem.message}")
        if problem.hint:
            print(f"    {problem.hint}")
    for remark in remarks:
        print(f"{remark.path}:{remark.line}:{remark.column}  {remark.rule}\n    {_sentence(remark)}")
    errors = sum(problem.blocking for problem in problems)
    mechanical = sum(remark.is_mechanical for remark in remarks)
    for rule, times in Counter(remark.rule for remark in remarks).most_common():
        print(f"  {times:>5}  {rule}: {RULES[rule].about}")
    print(
        f"{errors} lỗi · {len(problems) - errors} cảnh báo · {len(remarks)} chỗ cần soát, "
        f"trong đó {mechanical} chỗ máy sửa được (--fix)"
    )


def _sentence(remark: Remark) -> str:
    change = f" → {_shown(remark.suggestion)}" if remark.suggestion and remark.suggestion != remark.words else ""
    return f"{_shown(remark.words)}{change}. {remark.message} {remark.hint}".rstrip()


_LONGEST = 100


def _shown(words: str) -> str:
    """Words in quotes, on one line, with what nobody would see made visible."""
    seen = visible(words).replace("\r", "").replace("\n", "⏎")
    seen = seen if len(seen) <= _LONGEST else f"{seen[: _LONGEST - 1]}…"
    return f"‘{seen}’" if re.search('[“”"]', seen) else f"“{seen}”"


def _row_of_problem(problem: Problem) -> dict[str, Any]:
    return {
        "path": problem.path,
        "line": problem.line,
        "column": 0,
        "rule": "build",
        "severity": problem.severity,
        "draft": problem.of_draft,
        "field": problem.field,
        "message": problem.message,
        "hint": problem.hint,
    }


def _row_of_remark(remark: Remark) -> dict[str, Any]:
    return {
        "path": remark.path,
        "line": remark.line,
        "column": remark.column,
        "end_line": remark.end_line,
        "end_column": remark.end_column,
        "rule": remark.rule,
        "severity": "warning",
        "words": remark.words,
        "suggestion": remark.suggestion,
        "message": remark.message,
        "hint": remark.hint,
        "fixable": remark.is_mechanical,
    }


def _annotate(kind: str, properties: dict[str, Any], message: str) -> None:
    """A workflow command of GitHub Actions, with what would end it escaped."""
    given = ",".join(f"{name}={_escaped(str(value), ':,')}" for name, value in properties.items())
    print(f"::{kind} {given}::{_escaped(message)}")


def _escaped(text: str, more: str = "") -> str:
    for sign in f"%\r\n{more}":
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text
