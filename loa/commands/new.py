"""``python build.py new``: a new file for an editor to write in, held as a draft until its line ``draft`` is taken out.

What the options leave open is asked on a terminal, before anything is written.
"""

from __future__ import annotations

import argparse
import os
import shlex
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from loa import new_messages as say
from loa.console import FAULTS, OK, WRONG, moment, print_problems
from loa.errors import UsageError
from loa.messages import LABELS
from loa.text import nearest, slug

if TYPE_CHECKING:
    from loa.config import Config

DESCRIPTION = "Tạo tệp mới cho một bài viết, một trang hoặc một văn bản; giữ là bản nháp đến khi xóa dòng draft: true."
EPILOG = (
    'Ví dụ: python build.py new "Khai mạc lễ hội đua thuyền" · '
    'python build.py new --type van-ban --number 125/UBND-TH "ứng phó mưa lũ". '
    "Còn thiếu gì thì lệnh hỏi. Không bao giờ ghi đè lên tệp đã có. "
    "Mã thoát: 0 đã tạo; 1 site.toml có lỗi; 2 lệnh sai, hoặc trình soạn thảo báo lỗi."
)

# By folder: the fields that say where the file lies, then the others that are asked for.
_PLACED_BY = {"tin": ("title", "date"), "trang": ("title",), "van-ban": ("subject", "number", "issued")}
_ASKED = {"tin": ("category", "author"), "trang": (), "van-ban": ("kind", "issuer")}
_OPTIONS = ("category", "author", "date", "kind", "number", "issued", "issuer")
# The site or the clock knows these, or they may be left out.
_NEEDS_NO_ANSWER = ("date", "author")
# Of the issuers that documents name, those that most of them do.
_SHOWN = 15


def configure(parser: argparse.ArgumentParser) -> None:
    """Give ``parser`` the arguments of this command."""
    add = parser.add_argument
    add("title", nargs="*", metavar="TIÊU_ĐỀ", help="tiêu đề, đặt trong ngoặc kép; với văn bản là trích yếu")
    add("--type", default="tin", metavar="LOẠI", help="tin (mặc định), trang hoặc van-ban")
    add("--slug", metavar="TÊN", help="tên tệp, cũng là địa chỉ (mặc định: từ tiêu đề; văn bản: từ số, ký hiệu)")
    add("--category", metavar="TÊN", help="chuyên mục của bài viết, như trong site.toml")
    add("--author", metavar="TÊN", help="đơn vị hoặc người viết")
    add("--date", metavar="NGÀY", help="ngày giờ đăng, viết năm trước (mặc định: bây giờ)")
    add("--kind", metavar="LOẠI", help="loại văn bản: Công văn, Quyết định…")
    add("--number", metavar="SỐ", help="số, ký hiệu của văn bản: 125/UBND-TH")
    add("--issued", metavar="NGÀY", help="ngày ban hành văn bản: 2026-05-17")
    add("--issuer", metavar="TÊN", help="cơ quan ban hành văn bản")
    add("--edit", action="store_true", help="mở tệp mới bằng trình soạn thảo trong biến VISUAL hoặc EDITOR")
    add("--now", type=moment, metavar="THỜI_ĐIỂM", help="coi như bây giờ là thời điểm này (ISO 8601), để kiểm thử")


def run(options: argparse.Namespace) -> int:
    """Make the file, and say where it is and what comes next; the exit code."""
    from loa.site_toml import load_config  # noqa: PLC0415  # heavy; not for --help

    config, problems = load_config(options.root)
    if config is None or problems:
        print_problems(problems, sys.stderr, done=True, shown=sys.maxsize)  # no site was to change
        return FAULTS
    editor = _editor() if options.edit else []
    try:
        file, url = _make(options, config)
    except (EOFError, KeyboardInterrupt):
        print(say.stopped(), file=sys.stderr)
        return WRONG
    root = "" if options.root == Path() else shlex.quote(str(options.root))
    print(say.made(shlex.quote(str(file)), config.base_url.rstrip("/") + url, root), flush=True)
    if editor and (code := subprocess.run([*editor, str(file)], check=False).returncode):  # noqa: S603  # the editor's own
        print(say.editor_failed(code, str(file)), file=sys.stderr)
        return WRONG
    return OK


def _editor() -> list[str]:
    """The words of the command that opens a text; where there is none, that is said before anything is asked."""
    variable = next((name for name in ("VISUAL", "EDITOR") if os.environ.get(name, "").strip()), "")
    if not variable:
        raise UsageError(say.no_editor())
    value = os.environ[variable]
    try:
        words = shlex.split(value)
    except ValueError:
        words = []
    if not words or shutil.which(words[0]) is None:
        raise UsageError(say.unknown_editor(variable, value))
    return words


def _make(options: argparse.Namespace, config: Config) -> tuple[Path, str]:
    """The file that was made, and its address. Nothing is written before all is known and found good."""
    from loa import new_entry  # noqa: PLC0415  # heavy; not for --help

    folder = _folder(options.type)
    given = _given(options, folder)
    now = config.clock(options.now).astimezone(config.zone)
    if not _is_terminal():
        _refuse_missing(folder, given, config)

    if folder == "tin":
        given.setdefault("date", new_entry.written(now))
    today = now.date().isoformat()
    values = {name: _value(folder, name, given, config, default=today) for name in _PLACED_BY[folder]}
    path = _path(options.slug, folder, values)
    _refuse_taken(options.root, path)
    issuers = _issuers(options.root) if folder == "van-ban" else {}
    for name in _ASKED[folder]:
        default = new_entry.likely_kind(values["number"]) if name == "kind" else ""
        if value := _value(folder, name, given, config, default=default, issuers=issuers):
            values[name] = value

    text = new_entry.text_of(folder, values)
    faults = new_entry.faults(path, text, config)
    for fault in faults:
        if fault.blocking:
            raise UsageError(f"{fault.message}\n    {fault.hint}".rstrip())
    _write(options.root / "content" / path, text, lambda: _refuse_taken(options.root, path))
    url = new_entry.url_of(path)
    for doubt in faults:
        print(f"{doubt.message}\n    {doubt.hint}", file=sys.stderr)
    if options.slug is None and not values.get("number", "1")[0].isdigit():
        print(say.address_without_number(url), file=sys.stderr)
    return options.root / "content" / path, url


# --- what was asked for ----------------------------------------------------------------------


def _folder(value: str) -> str:
    """The folder of the type that is meant, which may be written as in a sentence: "Văn bản"."""
    folder = slug(value)
    if folder not in _PLACED_BY:
        raise UsageError(say.not_a_type(value, nearest(value, _PLACED_BY), _PLACED_BY))
    return folder


def _given(options: argparse.Namespace, folder: str) -> dict[str, str]:
    """The fields that the command line names."""
    given = {name: getattr(options, name) for name in _OPTIONS if getattr(options, name) is not None}
    fields = (*_PLACED_BY[folder], *_ASKED[folder])
    if others := [name for name in given if name not in fields]:
        raise UsageError(say.not_of_type(others, folder))
    return {**given, fields[0]: " ".join(options.title)} if options.title else given


def _refuse_missing(folder: str, given: dict[str, str], config: Config) -> None:
    fields = (*_PLACED_BY[folder], *_ASKED[folder])
    if fields[0] not in given:
        raise UsageError(say.missing_title(LABELS[fields[0]]))
    missing = {name: LABELS[name] for name in fields if name not in given and name not in _NEEDS_NO_ANSWER}
    if len(config.categories) == 1:
        missing.pop("category", None)
    if missing:
        raise UsageError(say.missing_options(missing, [section.name for section in config.categories]))


def _value(
    folder: str,
    name: str,
    given: dict[str, str],
    config: Config,
    *,
    default: str,
    issuers: Mapping[str, int] = MappingProxyType({}),
) -> str:
    """The value of a field: of an option, of the only choice there is, or of who sits at the terminal."""
    from loa.fields import FieldError  # noqa: PLC0415  # heavy; not for --help
    from loa.issuing import spelling_in_use  # noqa: PLC0415  # as above
    from loa.new_entry import KINDS, near_unit, settled  # noqa: PLC0415  # as above

    def read(value: str) -> str:
        return settled(folder, name, value, config)

    if name in given:
        try:
            value = read(given[name])
        except FieldError as fault:
            is_title = name == _PLACED_BY[folder][0]
            raise UsageError(say.said(fault.words) if is_title else say.of_option(name, fault.words)) from None
        if name == "author" and (near := near_unit(value, config)):
            print(say.author_is_no_unit(value, near), file=sys.stderr)
        if name == "issuer" and (better := spelling_in_use(value, issuers, config)):
            print(say.issuer_in_other_words(value, better), file=sys.stderr)
        return value
    if name == "category":
        names = [section.name for section in config.categories]
        return names[0] if len(names) == 1 else _choose("Chuyên mục", names, read)
    if name == "author":
        return _ask_author([unit.name for unit in config.units], read, config) if _is_terminal() else ""
    if name == "kind":
        return _choose("Loại văn bản", list(KINDS), read, default=default)
    if name == "issuer":
        return _ask_issuer(issuers, read, config)
    label = LABELS[name][0].upper() + LABELS[name][1:]
    return _ask(label, read, default=default if name == "issued" else None)


def _path(wish: str | None, folder: str, values: dict[str, str]) -> str:
    from loa.new_entry import file_name, is_file_name, path_of  # noqa: PLC0415  # heavy; not for --help

    named_by = values["number"] if folder == "van-ban" else values["title"]
    name = file_name(named_by, folder) if wish is None else wish
    if wish is not None and not is_file_name(wish):
        raise UsageError(say.bad_slug(wish, file_name(wish, folder)))
    if not name:
        raise UsageError(say.no_file_name(named_by))
    return path_of(folder, name, values.get("date") or values.get("issued", ""))


# --- questions -------------------------------------------------------------------------------


def _is_terminal() -> bool:
    """Whether somebody is there to answer; timers may start us without any input at all."""
    return sys.stdin is not None and sys.stdin.isatty()


def _ask(question: str, read: Callable[[str], str], *, default: str | None = None) -> str:
    """The answer as ``read`` gives it, asked for until it is good; Enter alone takes ``default`` where there is one."""
    from loa.fields import FieldError  # noqa: PLC0415  # heavy; not for --help

    shown = f" [{default}]" if default else ""
    while True:
        try:
            if answer := input(f"{question}{shown}: ").strip():
                return read(answer)
            if default is not None:
                return default
            print(say.no_answer())
        except FieldError as fault:
            print(say.said(fault.words))
        except UnicodeDecodeError:
            print(say.not_utf8_answer())


def _choose(question: str, names: list[str], read: Callable[[str], str], *, default: str | None = None) -> str:
    """One of ``names``, by its number in a list, or what is typed instead."""
    from loa.fields import FieldError  # noqa: PLC0415  # heavy; not for --help

    def chosen(answer: str) -> str:
        if not (names and answer.isascii() and answer.isdigit()):
            return read(answer)
        if not 1 <= int(answer[:4]) <= len(names):
            raise FieldError(say.no_such_row(len(names)))
        return names[int(answer) - 1]

    print(f"{question}:")
    for number, name in enumerate(names, 1):
        print(f"  {number:>2}. {name}")
    return _ask("Gõ số hoặc tên" + (", Enter để bỏ qua" if default == "" else ""), chosen, default=default)


def _ask_author(names: list[str], read: Callable[[str], str], config: Config) -> str:
    from loa.new_entry import near_unit  # noqa: PLC0415  # heavy; not for --help

    author = _choose("Đơn vị hoặc người viết", names, read, default="")
    if author and (near := near_unit(author, config)):
        print(say.author_is_no_unit(author, near))
        author = _ask("Enter là đúng; không phải thì gõ lại tên", read, default=near)
    return author


def _ask_issuer(used: Mapping[str, int], read: Callable[[str], str], config: Config) -> str:
    """Who has issued a document: the organisation, one of those that others name, or whoever is typed."""
    from loa.issuing import spelling_in_use  # noqa: PLC0415  # heavy; not for --help

    default = spelling_in_use(config.organization, used, config) or config.organization
    most = [name for name, _ in Counter(used).most_common(_SHOWN) if not spelling_in_use(name, used, config)]
    names = list(dict.fromkeys((default, *most)))
    question = "Cơ quan ban hành"
    is_choice = len(names) > 1
    issuer = _choose(question, names, read, default=default) if is_choice else _ask(question, read, default=default)
    if better := spelling_in_use(issuer, used, config):
        print(say.issuer_in_other_words(issuer, better))
        issuer = _ask("Enter là đúng; không phải thì gõ lại tên", read, default=better)
    return issuer


# --- the disk --------------------------------------------------------------------------------


def _refuse_taken(root: Path, path: str) -> None:
    """End with a sentence where another file has the name or the address of the file at ``path``."""
    from loa.new_entry import url_of  # noqa: PLC0415  # heavy; not for --help

    content = root / "content"
    stem = path.removesuffix(".md")
    number = next(n for n in range(2, sys.maxsize) if not _named_alike(content, f"{stem}-{n}.md"))
    free = f"{stem.rpartition('/')[2]}-{number}"
    if other := _named_alike(content, path):
        raise UsageError(say.file_exists(f"content/{other}", free))
    if other := _with_alias(content, url_of(path)):
        raise UsageError(say.address_taken(url_of(path), f"content/{other}", free))


def _named_alike(content: Path, path: str) -> str:
    """The file that has the name of ``path``, or has where capitals do not count; empty when there is none."""
    folder, _, name = path.rpartition("/")
    with suppress(FileNotFoundError):
        lying = sorted(file.name for file in (content / folder).iterdir())
        return next((f"{folder}/{other}" for other in lying if other.casefold() == name), "")
    return ""


def _issuers(root: Path) -> dict[str, int]:
    """The issuers that documents of the site name, with how many name each."""
    from loa.scan import scan_content  # noqa: PLC0415  # heavy; not for --help
    from loa.source import Source, read_source  # noqa: PLC0415  # as above

    found: Counter[str] = Counter()
    for path in scan_content(root / "content").texts:
        with suppress(OSError):
            data = (root / "content" / path).read_bytes() if path.startswith("van-ban/") else b""
            source = read_source(path, data) if data else None
            if isinstance(source, Source) and isinstance(issuer := source.fields.get("issuer"), str) and issuer:
                found[" ".join(issuer.split())] += 1
    return found


def _with_alias(content: Path, url: str) -> str:
    """The file that has ``url`` among its aliases; empty when there is none."""
    from loa.scan import scan_content  # noqa: PLC0415  # heavy; not for --help
    from loa.source import Source, read_source  # noqa: PLC0415  # as above

    for path in scan_content(content).texts:
        data = (content / path).read_bytes()
        if url.encode() in data and isinstance(source := read_source(path, data), Source):
            aliases = source.fields.get("aliases")
            if url in (aliases if isinstance(aliases, list) else [aliases]):
                return path
    return ""


def _write(file: Path, text: str, refuse: Callable[[], None]) -> None:
    """Write a file that was not there; ``refuse`` says what to do where another was quicker."""
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        file.touch(exist_ok=False)
    except FileExistsError:
        refuse()
        raise
    try:
        file.write_text(text, encoding="utf-8", newline="\n")
    except BaseException:
        file.unlink(missing_ok=True)
        raise
