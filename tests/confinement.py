"""Sees what a build opens, writes, renames, removes or connects to, in this process and in those that it forks.

A hook of the interpreter (PEP 578) hears of it before it happens; it stays for the life of the process and says nothing
but inside ``watching``. As a program it runs ``build.py`` watched, for a process without any of the tests around it::

    python tests/confinement.py --root DIR …
"""

from __future__ import annotations

import json
import os
import runpy
import site
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

REPOSITORY = Path(__file__).resolve().parent.parent
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
# Of which arguments are paths that are changed, with the position of the folder's descriptor, and which are only read.
_CHANGED: dict[str, tuple[tuple[int, int], ...]] = {
    "os.remove": ((0, 1),),
    "os.rmdir": ((0, 1),),
    "os.mkdir": ((0, 2),),
    "os.rename": ((0, 2), (1, 3)),
    "os.link": ((0, 2), (1, 3)),
    # What a link says is only text; where it is made counts.
    "os.symlink": ((1, 2),),
    "os.truncate": ((0, -1),),
    "os.chmod": ((0, 2),),
    "os.chown": ((0, 3),),
    "os.utime": ((0, 3),),
    "os.setxattr": ((0, -1),),
    "os.removexattr": ((0, -1),),
    "sqlite3.connect": ((0, -1),),
}
_READ = {"os.listdir", "os.scandir"}
_ELSEWHERE = {
    *("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"),
    # Programs that are started by ``subprocess`` count as what they are meant to do; some versions of it spawn.
    *("os.system", "os.exec", "os.startfile", "pty.spawn", "webbrowser.open", "os.chdir"),
}


class Bounds(NamedTuple):
    """Below which folders is written and read; whether links are followed to say so, which takes longer."""

    written: tuple[str, ...]
    read: tuple[str, ...]
    is_strict: bool


_bounds: Bounds | None = None
_report = -1


@cache
def _machine() -> tuple[str, ...]:
    """Where the interpreter, its libraries and the system lie, and Loa's own code, templates and files."""
    python = {sys.prefix, sys.base_prefix, sys.exec_prefix, site.getusersitepackages(), *sysconfig.get_paths().values()}
    ours = (str(REPOSITORY / name) for name in ("loa", "templates", "static", "build.py", "tests", "bench", "tools"))
    system = (
        "/proc",
        "/sys",
        "/dev/urandom",
        "/usr",
        "/lib",
        "/lib64",
        "/etc/localtime",
        "/etc/mime.types",
        "/etc/ssl",
    )
    # Tools that run the tests, as mutmut does, bring their packages along.
    brought = (str(Path(folder).absolute()) for folder in os.environ.get("PYTHONPATH", "").split(os.pathsep) if folder)
    # What measures the coverage of forked processes looks for its settings.
    settings = (str(REPOSITORY / name) for name in ("pyproject.toml", ".coveragerc", "setup.cfg", "tox.ini"))
    return (*python, *brought, *ours, *settings, *system)


def _is_below(path: str, folders: Iterable[str]) -> bool:
    return any(path == folder or path.startswith(f"{folder.rstrip('/')}/") for folder in folders)


def _named(path: Any, descriptor: int = -1) -> str:
    """The whole path; empty for what has none, as a pipe."""
    if isinstance(path, int) or path is None:
        return ""
    text = os.fsdecode(path)
    if text.startswith("file:"):
        text = text[5:].partition("?")[0]
    if not text.startswith("/") and descriptor >= 0:
        text = os.path.join(os.readlink(f"/proc/self/fd/{descriptor}"), text)  # noqa: PTH118  # in a hook, all is bare
    return os.path.abspath(text)  # noqa: PTH100  # as above


def _check(bounds: Bounds, event: str, path: str, *, is_written: bool) -> None:
    if not path or path == "/dev/null":
        return
    real = os.path.realpath(path) if bounds.is_strict else path
    folders = bounds.written if is_written else (*bounds.read, *_machine())
    if _is_below(real, folders) and (real == path or _is_below(path, folders)):
        return
    # The way to an output folder is made where there is none; where there is one, asking for it changes nothing.
    if event == "os.mkdir" and (os.path.isdir(path) or any(_is_below(folder, [path]) for folder in bounds.written)):  # noqa: PTH112  # in a hook, all is bare
        return
    # The interpreter's own: compiled modules, and what measures the coverage.
    own = (str(REPOSITORY), sys.prefix)
    if ("/__pycache__" in real or "/.coverage" in real) and _is_below(real, own):
        return
    _tell(f"{event} {'written' if is_written else 'read'} {path}")


def _tell(what: str) -> None:
    os.write(_report, f"{what}\n".encode("utf-8", "surrogateescape"))


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    global _bounds  # noqa: PLW0603  # a hook has no other place
    bounds = _bounds
    if bounds is None:
        return
    # What the hook itself does is no matter.
    _bounds = None
    try:
        if event == "open":
            path, mode, flags = arguments
            is_written = bool((flags or 0) & _WRITES)
            # What is opened below an open folder is told without that folder: when a tree is removed, to look into it.
            if is_written or mode is not None or os.path.isabs(os.fsdecode(path)):  # noqa: PTH117  # in a hook, all is bare
                _check(bounds, event, _named(path), is_written=is_written)
        # The interpreter looks for modules where the program lies.
        elif event in _READ and arguments[0] not in (".", str(REPOSITORY)):
            _check(bounds, event, _named(arguments[0]), is_written=False)
        elif event in _CHANGED:
            for place, at in _CHANGED[event]:
                descriptor = arguments[at] if 0 <= at < len(arguments) else -1
                _check(bounds, event, _named(arguments[place], descriptor), is_written=True)
        elif event in _ELSEWHERE:
            _tell(f"{event} {arguments}")
    finally:
        _bounds = bounds


@cache
def _install() -> None:
    sys.addaudithook(_hook)


@contextmanager
def watching(
    root: Path, *written: Path | None, read: Iterable[Path] = (), is_strict: bool = False
) -> Iterator[list[str]]:
    """The list that holds, once this has ended, what was done outside the site at ``root`` meanwhile.

    Written may be into the folders ``written``, what lies beside them, and the site's own cache.
    """
    global _bounds, _report  # noqa: PLW0603  # as above
    _install()
    outputs = [Path(os.path.abspath(folder)) for folder in written if folder] or [root / "public"]  # noqa: PTH100  # no links are followed
    # One that is a link is filled where it leads, and has its notes beside it there.
    outputs += [Path(os.path.realpath(folder)) for folder in outputs]
    folders = [root / ".cache", root / ".loa-views", *outputs]
    folders += [folder.with_name(f".{folder.name}.loa") for folder in outputs if folder.name]
    if is_strict:
        folders += [Path(os.path.realpath(folder)) for folder in folders]
        root = root.resolve()
    named = tuple(str(folder) for folder in folders)
    found: list[str] = []
    before = _bounds, _report
    _report = os.memfd_create("confinement")
    _bounds = Bounds(named, (str(root), *named, *map(str, read)), is_strict)
    try:
        yield found
    finally:
        report, _bounds, _report = _report, *before
        os.lseek(report, 0, os.SEEK_SET)
        with os.fdopen(report, "rb") as told:
            found += told.read().decode("utf-8", "surrogateescape").splitlines()


def main() -> None:
    """Run ``build.py`` watched, and print as JSON what was done outside."""
    root = Path(sys.argv[sys.argv.index("--root") + 1])
    os.chdir(REPOSITORY)
    sys.path.insert(0, str(REPOSITORY))
    sys.argv[0] = str(REPOSITORY / "build.py")
    code: Any = 0
    leave, own = os._exit, os.getpid()

    def end_here(code: int) -> None:
        """``build.py`` does not wait for the interpreter to tidy up; this program has something to say."""
        if os.getpid() == own:
            raise SystemExit(code)
        leave(code)

    os._exit = end_here  # type: ignore[assignment]  # it does not return either
    release = [Path(sys.argv[at + 1]) for at, option in enumerate(sys.argv) if option == "--release"]
    with watching(root, *release, is_strict=True) as found:
        try:
            runpy.run_path(sys.argv[0], run_name="__main__")
        except SystemExit as end:
            code = end.code
    sys.stdout.write(f"\n{json.dumps([code, found])}\n")


if __name__ == "__main__":
    main()
